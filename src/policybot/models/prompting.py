"""Prompts from prompts/*.md, with strict variables: a missing or an unused one is an error."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from policybot.errors import PromptError
from policybot.text.plain import visible

_VARIABLE = re.compile(r"\{\{(\w+)\}\}")
_ROLE_SIGN = re.compile(r"<\||\|>|\[/?INST\]|<</?SYS>>|</?s>|<(?:start|end)_of_turn>", re.IGNORECASE)
"""Signs of the chat templates of Qwen and ChatML, Llama, Mistral and Gemma."""

_PARTS = re.compile(r"\A# system\n(?P<system>.+?)\n# user\n(?P<user>.+)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt with its variables still open: ``{{name}}`` in the user part, none in the system part."""

    name: str
    system: str
    user: str

    @property
    def variables(self) -> frozenset[str]:
        """Names of the open variables."""
        return frozenset(_VARIABLE.findall(self.user))

    def fill(self, **values: str) -> tuple[str, str]:
        """The system and the user message. A value is text: a ``{{name}}`` inside it stays as it is.

        What cannot be seen in a value is left out, and the signs by which chat models part roles are broken up.

        Raises:
            PromptError: A variable got no value, or a value belongs to no variable.
        """
        missing = sorted(self.variables - values.keys())
        unused = sorted(values.keys() - self.variables)
        if missing or unused:
            raise PromptError(
                f"Prompt {self.name!r} and its values do not match: missing {missing}, unused {unused}. "
                f"Correct the variables in {self.name}.md."
            )
        return self.system, _VARIABLE.sub(lambda match: _as_text(values[match.group(1)]), self.user)


def _as_text(value: str) -> str:
    """The value with nothing in it that a tokenizer reads as more than text."""
    return _ROLE_SIGN.sub(lambda sign: " ".join(sign.group()), visible(value))


def load_prompt(prompts_dir: Path, name: str) -> Prompt:
    """Read ``NAME.md``: a ``# system`` part, then a ``# user`` part.

    Raises:
        PromptError: The file is missing, cannot be read, or does not have exactly these two parts.
    """
    path = prompts_dir / f"{name}.md"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise PromptError(f"The prompt {path} cannot be read: {exc}. Restore it or set POLICYBOT_PROMPTS_DIR.") from exc
    parts = _PARTS.match(text)
    if parts is None or _VARIABLE.search(parts["system"]):
        raise PromptError(
            f"The prompt {path} must have a part '# system' without variables, then a part '# user'. Correct the file."
        )
    return Prompt(name, parts["system"].strip(), parts["user"].strip())
