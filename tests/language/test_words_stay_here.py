"""What is known of a language stands in ``policybot/language``: no other module has words of its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import policybot
from policybot.language import codes
from policybot.language.script import HAN

_SOURCE = Path(policybot.__file__).parent

MESSAGES = {
    "cli/strings.py": "what the terminal says",
    "rendering/chinese.py": "what the page says in Chinese",
    "rendering/english.py": "what the page says in English: the name of Chinese",
    "rendering/failures.py": "errors as a reader meets them",
    "rendering/reasons.py": "the notes of the check as a reader meets them",
    "rendering/strings.py": "the languages that the page speaks",
}
"""Modules with sentences for people, not words for matching."""

CODES = {
    "domain/questions.py": "the languages that answers are written in, as a type",
    "evaluation/page.py": "reports are written in English: an attribute of HTML",
    "indexing/choosing.py": "which passages the chosen model embeds",
    "models/matching.py": "what the weights of the token matcher read",
    "text/detecting.py": "finds the code of a text's language",
}
"""Modules that name a language, and why that needs no word of it."""

LEXICONS = {
    "searching/glossing.py": "the dictionary is of Chinese and English",
    "searching/spelling.py": "letters are mistyped otherwise than characters",
}
"""Modules that ask for the lexicon of one language by its name."""

NOTATIONS = {
    "answering/citing.py": "cite sub sup",  # tags of HTML
    "domain/answers.py": "https",
    "evaluation/judging.py": "correct no supported yes",  # the form of reply that the prompt prescribes
    "indexing/addresses.py": "https",
    "indexing/places.py": "index",  # a folder's name
    "models/chat.py": "API KEY TOKEN install pip",  # messages and variables of LangChain
    "models/prompting.py": "INST SYS end of start system turn user",  # marks of chat models and of prompt files
    "reading/docx_lists.py": "bullet heading list number toc",  # names of Word's styles
    "reading/odp.py": "cm in mm pc pt px",
    "reading/rtf.py": "creatim dy info mo revtim yr",
    "reading/titles.py": (
        "document docx dvi excel html indd md microsoft od pdf powerpoint pptx presentation qxd qxp rtf tex txt word "
        "wps xlsx"
    ),  # suffixes, and what Office calls its files
    "reading/web.py": "href",
    "rendering/texts.py": "www",
    "screening/cues.py": "click error javascript load on",  # code in a question
    "searching/sentences.py": "https",
    "text/detecting.py": "https",
    "text/dictionary.py": (
        "CL Japanese Taiwan abbr also an as be central city county district east erhua from in near north of old "
        "prefecture pr same sb see south sth surname the to township used variant west"
    ),  # how the entries of CC-CEDICT are written
    "text/orders.py": "INST SYS",
    "text/plain.py": (
        "aria color fff head hidden iframe noscript object rgba script style svg template title transparent true white"
    ),  # HTML and CSS
    "text/sentences.py": "i ii iii iv ix v vi vii viii x xi xii xiii xiv xv",  # Roman numerals
}
"""Modules whose patterns match a notation of no language: its words."""

_PATTERNS = {
    "compile",
    "search",
    "match",
    "fullmatch",
    "sub",
    "subn",
    "split",
    "findall",
    "finditer",
    "phrases",
    "each",
}
_SYNTAX = re.compile(
    r"A-Za-z|\(\?P?[<=!][=!]?(?:\w+[>)])?|\(\?[a-zA-Z-]+[:)]|\\[xu][0-9a-fA-F]+|\\.|\[\^?\]?[^\]]*\]|\{[^}]*\}"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_HAN = re.compile(f"[{HAN}]")
_HAN_ESCAPED = re.compile(r"\\u(?:3[4-9]|[4-9])[0-9a-fA-F]{2}")


@cache
def _modules() -> dict[str, ast.Module]:
    """Every module outside ``language``, by its path in the package."""
    paths = (path.relative_to(_SOURCE) for path in sorted(_SOURCE.rglob("*.py")))
    return {
        path.as_posix(): ast.parse((_SOURCE / path).read_text(encoding="utf-8"))
        for path in paths
        if path.parts[0] != "language"
    }


def _literals(module: ast.AST) -> Iterator[str]:
    """The strings of a module that are no notes in it; an f-string's pieces are strings."""
    notes = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
            yield node.value


def _own_literals(call: ast.Call) -> Iterator[str]:
    """The strings among a call's arguments, without those of calls and functions in them."""
    nodes: list[ast.AST] = [*call.args, *call.keywords]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        if not isinstance(node, ast.Call | ast.Lambda):
            nodes += ast.iter_child_nodes(node)


def _han(module: ast.AST) -> set[str]:
    return {text for text in _literals(module) if _HAN.search(text) or _HAN_ESCAPED.search(text)}


def _codes(module: ast.AST) -> set[str]:
    return set(codes()).intersection(_literals(module))


def _lexicons(module: ast.AST) -> set[str]:
    """Languages whose folders a module imports."""
    imported = {
        name
        for node in ast.walk(module)
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else
            [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        )
    }  # fmt: skip
    return {code for code in codes() if any(name.startswith(f"policybot.language.{code}") for name in imported)}


def _pattern_words(module: ast.AST) -> set[str]:
    """Words in the regular expressions of a module, and in texts that it splits into words."""
    found = set()
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        of_module = isinstance(node.func, ast.Name) or (
            isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
        )
        if name in _PATTERNS and of_module:
            found |= {word for text in _own_literals(node) for word in _WORD.findall(_SYNTAX.sub(" ", text))}
        elif name == "split" and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Constant):
            found |= set(str(node.func.value.value).split())
    return found


def test_no_chinese_outside() -> None:
    """Chinese characters stand in lexicons and in what people are told, nowhere else."""
    assert {path for path, module in _modules().items() if _han(module)} == MESSAGES.keys()


def test_no_language_is_named_outside() -> None:
    """No module asks which language a text is in to know its words: it asks the lexicon."""
    named = {path for path, module in _modules().items() if _codes(module)}

    assert named - MESSAGES.keys() == CODES.keys()


def test_no_lexicon_is_preferred() -> None:
    """Modules ask all lexicons, or the one of a text's language."""
    assert {path for path, module in _modules().items() if _lexicons(module)} == LEXICONS.keys()


def test_patterns_outside_hold_no_words() -> None:
    """A regular expression with words in it belongs to a lexicon, unless a format prescribes them."""
    words = {path: found for path, module in _modules().items() if (found := _pattern_words(module))}

    assert words == {path: set(allowed.split()) for path, allowed in NOTATIONS.items()}


@pytest.mark.parametrize(
    ("find", "source"),
    [
        (_han, "WORDS = ('码头',)"),
        (_han, "f'{number}年'"),
        (_han, r"re.compile(r'[\u3400-\u9fff]')"),
        (_codes, "separator = ', ' if language == 'en' else ','"),
        (_codes, "match language:\n    case 'zh': pass"),
        (_lexicons, "from policybot.language.zh.words import WORDS"),
        (_pattern_words, r"re.compile(rf'\b(?:because|since)\b {more}')"),
        (_pattern_words, "WORDS = frozenset('quay pier toll'.split())"),
        (_pattern_words, r"phrases(lambda lexicon: lexicon.names.things, form=r'{} of the')"),
    ],
)
def test_each_kind_of_word_is_seen(find: object, source: str) -> None:
    """The laws above can fail: each finds what it forbids."""
    assert callable(find)
    assert find(ast.parse(source))


@pytest.mark.parametrize(
    "source",
    [
        '"""Whether 码头 is meant."""',
        r"re.compile(r'(?<!\d)(?P<year>\d{4})(?=[年-]|\W)')",
        "text.split('because')",
    ],
)
def test_notes_and_syntax_are_no_words(source: str) -> None:
    """Docstrings explain with examples, and a pattern's own notation is none."""
    assert not _pattern_words(ast.parse(source))
