"""The page's colours and type as a Gradio theme: system fonts only, nothing is loaded from elsewhere."""

from __future__ import annotations

from gradio.themes import Base, Color
from gradio.themes.utils.sizes import radius_sm, spacing_md, text_md

SANS = (
    "system-ui",
    "-apple-system",
    "Segoe UI",
    "Roboto",
    "Helvetica Neue",
    "Noto Sans",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "sans-serif",
)
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Noto Sans Mono CJK SC", "monospace")

TEAL = Color(
    name="teal",
    c50="#eef6f6",
    c100="#d5eaea",
    c200="#aed6d6",
    c300="#7fbcbd",
    c400="#4d9c9e",
    c500="#2b7f82",
    c600="#17676b",
    c700="#135457",
    c800="#124447",
    c900="#10383b",
    c950="#062123",
)


def theme() -> Base:
    """A plain theme with one accent colour."""
    built: Base = Base(
        primary_hue=TEAL,
        secondary_hue=TEAL,
        neutral_hue="stone",
        text_size=text_md,
        spacing_size=spacing_md,
        radius_size=radius_sm,
        font=SANS,
        font_mono=MONO,
    ).set(
        body_background_fill="#fbfaf8",
        body_background_fill_dark="#191a1b",
        body_text_color="#22252a",
        body_text_color_dark="#e4e3e0",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#212324",
        border_color_primary="#dedbd5",
        border_color_primary_dark="#3a3d3f",
        input_background_fill="#ffffff",
        input_background_fill_dark="#212324",
        button_primary_background_fill="#17676b",
        button_primary_background_fill_hover="#135457",
        button_primary_background_fill_dark="#1f7a7e",
        button_primary_background_fill_hover_dark="#2b8e92",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#ffffff",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
    )
    return built
