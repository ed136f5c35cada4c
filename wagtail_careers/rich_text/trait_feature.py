"""Traits in rich text: an inline style, stored as ``<mark>``."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text.converters.editor_html import WhitelistRule
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    FORCE_WHITESPACE,
    KEEP_WHITESPACE,
    InlineStyleElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import InlineStyleFeature
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.whitelist import allow_without_attributes

from wagtail_careers.rich_text import style_edges
from wagtail_careers.rich_text.style_edges import add_style_edges

FEATURE = "trait"
STYLE_TYPE = "TRAIT"


class TraitFeature(InlineStyleFeature):
    """The toolbar button, and the Draft.js plugins with its shortcut and its end."""

    def __init__(self) -> None:
        super().__init__(
            {
                "type": STYLE_TYPE,
                "icon": "careers-trait",
                "description": _("Trait (Ctrl/⌘+Shift+H)"),
                # Draft.js makes inline CSS of it. It has no colour for text: links keep theirs.
                "style": {
                    "backgroundColor": "var(--careers-editor-trait)",
                    "borderBottom": "2px solid var(--careers-editor-trait-line)",
                },
            },
            css={"all": ["wagtail_careers/css/trait.css"]},
            js=[style_edges.JS, "wagtail_careers/js/trait.js"],
        )

    def construct_options(self, options: dict[str, Any]) -> None:
        super().construct_options(options)
        add_style_edges(options)
        options["plugins"].append({"type": STYLE_TYPE})


class TraitElementHandler(InlineStyleElementHandler):
    """The converter of the database form to the style, with the space at the end of a phrase.

    Wagtail moves that space behind the style. Before a bold or linked part of the same phrase, it
    would make two traits of one.
    """

    def handle_endtag(self, name: str, state: Any, contentstate: Any) -> None:
        if state.leading_whitespace == FORCE_WHITESPACE:
            state.current_block.text += " "
            state.leading_whitespace = KEEP_WHITESPACE
        super().handle_endtag(name, state, contentstate)


def register(features: FeatureRegistry) -> None:
    features.register_editor_plugin("draftail", FEATURE, TraitFeature())
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {"mark": TraitElementHandler(STYLE_TYPE)},
            "to_database_format": {"style_map": {STYLE_TYPE: "mark"}},
        },
    )
    features.register_converter_rule(
        "editorhtml", FEATURE, [WhitelistRule("mark", allow_without_attributes)]
    )
