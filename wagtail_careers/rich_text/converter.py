"""The converter between the database form of rich text and the editor's.

It is imported when an editor is needed, because models import this package before Wagtail's admin
can be imported.
"""

import json
import re
from copy import copy
from typing import Any

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.converters.html_to_contentstate import HtmlToContentStateHandler
from wagtail.rich_text import features as registry

from wagtail_careers.rich_text.cleaning import without_empty_text
from wagtail_careers.rich_text.contentstate import sound_state
from wagtail_careers.rich_text.entities import (
    is_broken,
    without_broken_entities,
    without_missing_links,
)
from wagtail_careers.text import storable

_LINK_TEXT = re.compile(r"(<a\b[^>]*>)(.*?)(?=</a>)", re.DOTALL)


class ProseConverter(ContentstateConverter):
    """A converter that threads can share, and that no link or embed can stop.

    Wagtail's converter reads all HTML with one parser. All requests share the converter of a
    block, so two editors that open at the same time would write to each other's content.
    """

    def __init__(self, features: list[str]) -> None:
        super().__init__(features)
        self.html_to_contentstate_handler = _Reader(tuple(features))
        rules = (registry.get_converter_rule("contentstate", feature) for feature in features)
        self._entity_types = {
            entity_type
            for rule in rules
            if rule is not None
            for entity_type in rule["to_database_format"].get("entity_decorators", {})
        }

    def from_database_format(self, html: str) -> str:
        own = copy(self)
        own.html_to_contentstate_handler = copy(self.html_to_contentstate_handler)
        contentstate: str = super(ProseConverter, own).from_database_format(html)
        return contentstate

    def to_database_format(self, contentstate_json: str) -> str:
        state = sound_state(contentstate_json, self._entity_types)
        html = storable(super().to_database_format(json.dumps(state)))
        html = _LINK_TEXT.sub(_with_line_breaks, html)
        return without_empty_text(without_missing_links(without_broken_entities(html)))


def _with_line_breaks(link: re.Match[str]) -> str:
    """Return a link with its line breaks as tags. The exporter makes tags of all but these."""
    return link[1] + link[2].replace("\n", "<br/>")


class _Reader(HtmlToContentStateHandler):
    """A parser that reads broken links and embeds as tags without meaning."""

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(name, [] if is_broken(name, dict(attrs)) else attrs)


def protect(widget: Any) -> None:
    """Give Wagtail's editor the converter above. An editor with a converter of its own keeps it."""
    if type(getattr(widget, "converter", None)) is ContentstateConverter:
        widget.converter = ProseConverter(widget.features)
