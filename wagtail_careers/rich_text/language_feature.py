"""Phrases in another language in rich text: inline styles, stored as ``<span lang="cy">``.

Each language is a style of its own, so that a phrase can also be a link or a trait: a character
has any number of styles in Draft.js, but only one entity.
"""

import json
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text.converters.editor_html import WhitelistRule
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text.feature_registry import FeatureRegistry

from wagtail_careers.languages import known_language, known_languages, language_choices
from wagtail_careers.rich_text import style_edges
from wagtail_careers.rich_text.style_edges import add_style_edges

FEATURE = "language"
#: The name of the button and of its dialog. No text has an entity of this type.
BUTTON_TYPE = "LANGUAGE"
#: What the names of the styles begin with, before the tag of the language.
STYLE_PREFIX = "LANG-"

#: The texts of the editor's script, which has no catalogue of translations of its own.
LABELS = {
    "title": _("Language of the phrase"),
    "help": _(
        "Choose the language of the selected words, for example Welsh. Screen readers pronounce "
        "them in it. Names and words that are used in both languages need none."
    ),
    "language": _("Language"),
    "none": _("Same as the text around it"),
    "apply": _("Set language"),
    "cancel": _("Cancel"),
}

_JS = (
    style_edges.JS,
    "wagtail_careers/js/language/styles.js",
    "wagtail_careers/js/language/dialog.js",
    "wagtail_careers/js/language.js",
)


def _choices_as_json() -> str:
    return json.dumps(language_choices(), ensure_ascii=False)


# In the language of the one who opens the editor. Telepath sends a value that many fields share
# once, if it is the same object.
_CHOICES = lazy(_choices_as_json, str)()


class LanguageFeature(EntityFeature):
    """The toolbar button, the shortcut, the dialog, and a style for each known language."""

    def __init__(self) -> None:
        super().__init__(
            {
                "type": BUTTON_TYPE,
                "icon": "careers-language",
                "description": _("Language (Ctrl/⌘+Shift+Y)"),
                "labels": LABELS,
                "languages": _CHOICES,
            },
            css={"all": ["wagtail_careers/css/language.css"]},
            js=list(_JS),
        )

    def construct_options(self, options: dict[str, Any]) -> None:
        super().construct_options(options)
        # Without an icon and a label, they get no buttons.
        options.setdefault("inlineStyles", []).extend(
            {"type": f"{STYLE_PREFIX}{tag}"} for tag in known_languages()
        )
        add_style_edges(options)
        options["plugins"].append({"type": BUTTON_TYPE})


class LanguageElementHandler(InlineStyleElementHandler):
    """The converter of the database form to a style. An unknown language leaves the text alone."""

    def __init__(self) -> None:
        super().__init__(STYLE_PREFIX)

    def handle_starttag(
        self, name: str, attrs: list[tuple[str, str | None]], state: Any, contentstate: Any
    ) -> None:
        super().handle_starttag(name, attrs, state, contentstate)
        tag = known_language(dict(attrs).get("lang"))
        state.current_inline_styles[-1].style = f"{STYLE_PREFIX}{tag}" if tag else ""

    def handle_endtag(self, name: str, state: Any, contentstate: Any) -> None:
        phrase = state.current_inline_styles[-1]
        language, phrase.style = phrase.style, self.style
        super().handle_endtag(name, state, contentstate)
        phrase.style = language
        if not language:
            state.current_block.inline_style_ranges.remove(phrase)


def _style_map() -> dict[str, Any]:
    return {
        f"{STYLE_PREFIX}{tag}": {"element": "span", "props": {"lang": tag}}
        for tag in known_languages()
    }


def _keep_language_only(span: Any) -> None:
    """Clean a ``<span>`` of editor HTML, which Wagtail's API sanitises."""
    tag = known_language(span.get("lang"))
    span.attrs = {"lang": tag} if tag else {}
    if not tag:
        span.unwrap()


def register(features: FeatureRegistry) -> None:
    features.register_editor_plugin("draftail", FEATURE, LanguageFeature())
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {"span[lang]": LanguageElementHandler()},
            "to_database_format": {"style_map": _style_map()},
        },
    )
    features.register_converter_rule(
        "editorhtml", FEATURE, [WhitelistRule("span", _keep_language_only)]
    )
