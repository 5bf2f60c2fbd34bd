"""EML -> text: who wrote what to whom and when, and the message."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from policybot.domain import Markup
from policybot.errors import BrokenFile
from policybot.reading.characters import clean_line, clean_text
from policybot.reading.content import Content, Source, all_from
from policybot.reading.encoding import decode
from policybot.reading.html import markdown_of

_SHOWN = ("From", "To", "Cc", "Date", "Subject")
_MAX_HEADER_CHARS = 1000
_MAX_PARTS = 1000
_MAX_DEPTH = 20


def read_eml(source: Source) -> Content:
    """Read a saved mail: its head, its text (else its page), and the names of its attachments.

    Raises:
        BrokenFile: It is no mail, damaged, or holds more than 1,000 parts.
    """
    try:
        message = email.message_from_bytes(source.data, policy=email.policy.default)
        heads = {name: _header(message, name) for name in _SHOWN}
        if not (heads["From"] or heads["Subject"] or heads["Date"]):
            raise BrokenFile(
                f"{source.name}: this is no mail: it names neither sender, subject nor date. "
                "Save it again as .eml, or as .txt."
            )
        texts, pages, attached = _parts(message, source.name)
        body = "\n\n".join(texts) or "\n\n".join(pages)
    except BrokenFile:
        raise
    except Exception as exc:  # the email package throws whatever its parser stumbles over
        raise BrokenFile(
            f"{source.name}: the mail cannot be parsed ({type(exc).__name__}). Save it again as .eml, or as .txt."
        ) from exc
    head = "\n".join(f"{name}: {value}" for name, value in heads.items() if value)
    names = f"Attachments: {', '.join(attached)}" if attached else ""
    text = "\n\n".join(part for part in (head, clean_text(body).strip(), names) if part)
    stated = {"title": heads["Subject"], "author": heads["From"], "published": _day(message)}
    stated = {key: value for key, value in stated.items() if value}
    markup: Markup = "plain" if texts else "markdown"
    return Content(text, markup, stated=stated, origins=all_from("mail-header", stated))


def _header(message: EmailMessage, name: str) -> str:
    return clean_line(str(message.get(name, "")), limit=_MAX_HEADER_CHARS)


def _parts(message: EmailMessage, name: str) -> tuple[list[str], list[str], list[str]]:
    """Plain texts, pages as Markdown, and names of attachments, in order."""
    texts: list[str] = []
    pages: list[str] = []
    attached: list[str] = []
    waiting: list[tuple[EmailMessage, int]] = [(message, 0)]
    count = 0
    while waiting:
        part, depth = waiting.pop()
        count += 1
        if count > _MAX_PARTS or depth > _MAX_DEPTH:
            raise BrokenFile(f"{name}: the mail holds too many parts. Save its text as .txt, or remove it.")
        if part.is_multipart():
            waiting += [(each, depth + 1) for each in reversed(list(part.iter_parts()))]
        elif part.get_content_disposition() == "attachment" or part.get_filename():
            attached.append(clean_line(part.get_filename() or "?", limit=200))
        elif part.get_content_type() == "text/plain":
            texts.append(_decoded(part, name))
        elif part.get_content_type() == "text/html":
            pages.append(markdown_of(_decoded(part, name), name=name))
    return texts, pages, attached


def _decoded(part: EmailMessage, name: str) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data:
        return ""
    return decode(data, name=name, declared=part.get_content_charset() or "")


def _day(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(str(message["Date"])).date().isoformat() if message["Date"] else ""
    except (ValueError, TypeError, OverflowError):
        return ""  # the mail is readable without it
