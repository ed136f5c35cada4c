"""The converter between the database form of rich text and the editor's.

It is imported when an editor is needed, because models import this package before Wagtail's admin
can be imported.
"""

import json
import re
from collections.abc import Iterator, Mapping
from copy import copy
from typing import Any

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.converters.html_to_contentstate import HtmlToContentStateHandler
from wagtail.rich_text import features as registry

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
        state = json.loads(contentstate_json)
        if isinstance(state, Mapping):
            contentstate_json = json.dumps({**state, "blocks": list(self._blocks(state))})
        html = storable(super().to_database_format(contentstate_json))
        html = _LINK_TEXT.sub(_with_line_breaks, html)
        return without_missing_links(without_broken_entities(html))

    def _blocks(self, state: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """Yield the blocks of ``state`` without the entities that cannot be converted.

        Text in such an entity is kept. A block that is nothing but the entity is left out.
        """
        entities = state.get("entityMap") or {}
        sound = {key for key, entity in entities.items() if self._is_sound(entity)}
        for block in state.get("blocks") or ():
            ranges = block.get("entityRanges") or []
            kept = [each for each in ranges if str(each.get("key")) in sound]
            if kept or block.get("type") != "atomic":
                yield {**block, "entityRanges": kept}

    def _is_sound(self, entity: Any) -> bool:
        if not isinstance(entity, Mapping) or entity.get("type") not in self._entity_types:
            return False
        data = entity.get("data")
        if not isinstance(data, Mapping):
            return False
        is_address = entity["type"] == "LINK" and data.get("id") is None
        return isinstance(data.get("url"), str) if is_address else True


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
