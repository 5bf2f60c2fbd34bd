"""The page: a Gradio app that talks to an ``Assistant``. Only this package and the server know Gradio."""

from __future__ import annotations

from policybot.ui.assistant import Assistant
from policybot.ui.page import build_page
from policybot.ui.pieces import CSS, SCRIPT, SCRIPT_PATH
from policybot.ui.theme import theme
from policybot.ui.visitors import Visitor

__all__ = ["CSS", "SCRIPT", "SCRIPT_PATH", "Assistant", "Visitor", "build_page", "theme"]
