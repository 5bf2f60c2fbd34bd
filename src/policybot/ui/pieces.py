"""The page's pieces of HTML, and its script: one file, named by its content, that connects them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import gradio as gr

_HERE = Path(__file__).parent

CSS = "".join((_HERE / name).read_text(encoding="utf-8") for name in ("page.css", "documents.css"))
SCRIPT = "".join((_HERE / name).read_text(encoding="utf-8") for name in ("page.js", "documents.js"))
SCRIPT_PATH = f"assets/policybot-{hashlib.sha256(SCRIPT.encode()).hexdigest()[:16]}.js"
"""Where the server must serve the script; another script has another path, so browsers may keep it for good."""


def piece(elem_id: str, *events: str, prefix: str = "") -> gr.HTML:
    """A piece of the page, empty at first.

    Args:
        events: What its buttons may tell the server; Gradio takes the names from the quoted words in the script.
        prefix: Path that a reverse proxy puts in front of the page's.
    """
    return gr.HTML(
        "",
        elem_id=elem_id,
        head=f'<script src="{prefix}/{SCRIPT_PATH}"></script>',
        js_on_load=f"policybotPiece(element, trigger, watch, {json.dumps(events)});",
        apply_default_css=False,
        container=False,
        padding=False,
    )
