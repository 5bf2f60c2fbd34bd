"""Document -> blocks: headings, paragraphs, list items, tables, with their offsets and section paths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import table as markdown_table

from policybot.domain import Document
from policybot.text.structure import Heading, headings_in

BlockKind = Literal["paragraph", "list_item", "table"]

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's rule for tables without a token for each cell: a sheet of a million takes 2 GB with them."""
    is_table = bool(markdown_table(state, start, end, True))
    if silent or not is_table:
        return is_table
    parent, state.parentType = state.parentType, "table"
    others = state.md.block.ruler.getRules("blockquote")
    line = start + 2
    while (
        line < end
        and state.sCount[line] >= state.blkIndent
        and not state.isEmpty(line)
        and not state.is_code_block(line)
        and not any(rule(state, line, end, True) for rule in others)
    ):
        line += 1
    state.push("table_open", "table", 1).map = [start, line]
    state.push("table_close", "table", -1)
    state.parentType = parent
    state.line = line
    return True


_BLOCK_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["inline", "text_join"])
"""Leaves what stands in a block as it is: only headings are read further, and emphasis takes most of the time."""

_BLOCK_PARSER.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})

_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document that is not cut unless it alone is larger than a passage."""

    start: int
    end: int
    kind: BlockKind
    section: tuple[str, ...]


def blocks(document: Document) -> list[Block]:
    """The document's blocks in order, headings left out (they stand in each block's ``section``).

    Numbered headings without marks ("三、主要任务") are headings, too; below those with marks.
    """
    found = _plain_blocks(document) if document.markup == "plain" else _markdown_blocks(document)
    return [b for b in _below_headings(document, found) if document.text[b.start : b.end].strip()]


def _plain_blocks(document: Document) -> list[Block]:
    found = []
    start = document.body_start
    for match in _BLANK_LINE.finditer(document.text, start):
        found.append(Block(start, match.start(), "paragraph", ()))
        start = match.end()
    found.append(Block(start, len(document.text), "paragraph", ()))
    return found


def _below_headings(document: Document, found: list[Block]) -> Iterator[Block]:
    """The blocks, paragraphs cut at the numbered headings that stand in them."""
    headings = headings_in(document.text, document.body_start)
    path: list[Heading] = []
    marked: tuple[str, ...] = ()
    at = 0
    for block in found:
        if block.section != marked:
            marked, path = block.section, []
        while at < len(headings) and headings[at].start < block.start:
            at += 1
        start = block.start
        while at < len(headings) and headings[at].start < block.end and block.kind == "paragraph":
            heading = headings[at]
            yield Block(start, heading.start, block.kind, (*marked, *(each.text for each in path)))
            path = [each for each in path if each.rank < heading.rank] + ([heading] if heading.text else [])
            start = heading.end if heading.alone else heading.start
            at += 1
        yield Block(start, block.end, block.kind, (*marked, *(each.text for each in path)))


def _markdown_blocks(document: Document) -> list[Block]:
    body = document.text[document.body_start :]
    # markdown-it counts lines at "\n" only, as does this list of line starts.
    line_starts = [document.body_start]
    for match in re.finditer("\n", body):
        line_starts.append(document.body_start + match.end())
    line_starts.append(len(document.text))

    def offset(line: int) -> int:
        return line_starts[min(line, len(line_starts) - 1)]

    found: list[Block] = []
    path: list[tuple[int, str]] = []
    tokens = _BLOCK_PARSER.parse(body)
    title_seen = False
    for index, token in enumerate(tokens):
        if token.map is None:
            continue
        start, end = offset(token.map[0]), offset(token.map[1])
        if token.type == "heading_open":
            level = int(token.tag[1])
            heading = plain_text(tokens[index + 1].content)
            path = [entry for entry in path if entry[0] < level]
            # The first top heading that repeats the title adds nothing to the section path.
            if level == 1 and not title_seen and heading == document.metadata.title:
                title_seen = True
                continue
            if heading:
                path.append((level, heading))
            continue
        section = tuple(heading for _, heading in path)
        if token.level == 0 and token.type in {
            "paragraph_open",
            "code_block",
            "fence",
            "blockquote_open",
            "html_block",
        }:
            found.append(Block(start, end, "paragraph", section))
        elif token.type == "list_item_open" and token.level == 1:
            found.append(Block(start, end, "list_item", section))
        elif token.level == 0 and token.type == "table_open":
            found.append(Block(start, end, "table", section))
    return found


def plain_text(markdown: str) -> str:
    """Inline Markdown as plain text in one line: emphasis, code ticks, links and images reduced to their words."""
    tokens = _PARSER.parseInline(markdown)
    parts: list[str] = []
    for token in tokens[0].children or []:
        if token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif token.type != "image":
            parts.append(token.content)
    return " ".join("".join(parts).split())
