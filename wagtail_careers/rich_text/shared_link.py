"""Shared links in rich text: database form, editor form, HTML.

The database form is ``<a linktype="shared-link" id="3" path="explore-roles/nursing">``.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters import editor_html
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from wagtail_careers.links import resolve
from wagtail_careers.safe_url import clean_deep_path

FEATURE = "shared-link"
ENTITY_TYPE = "SHARED-LINK"


class SharedLinkHandler(LinkHandler):
    """Database form to HTML, and to the reference index."""

    identifier = FEATURE

    @staticmethod
    def get_model() -> Any:
        return apps.get_model("wagtail_careers", "SharedLink")

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        return cls.expand_db_attributes_many([attrs])[0]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """One opening tag each; ``<a>``, as Wagtail has it, where the link is not live.

        Where it does not work the tag is marked, for the template tag ``prose`` to say so.
        """
        pks = [resolve.parse_id(attrs.get("id")) for attrs in attrs_list]
        targets = resolve.targets_of(
            resolve.Ids(shared_links=frozenset(pk for pk in pks if pk is not None))
        )
        return [_opening_tag(targets, pk, attrs) for pk, attrs in zip(pks, attrs_list, strict=True)]

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Iterator[tuple[Any, str, str, str]]:
        pk = resolve.parse_id(attrs.get("id"))
        if pk is not None:
            yield cls.get_model(), str(pk), "", ""


def _opening_tag(targets: resolve.Targets, pk: int | None, attrs: dict[str, str]) -> str:
    link = targets.live_shared_link(pk) if pk is not None else None
    if link is None:
        return "<a>"
    url = link.url_for(attrs.get("path"))
    return resolve.DEAD_TAG if url in targets.dead_urls else f'<a href="{escape(url)}">'


def shared_link_entity(props: dict[str, Any]) -> Any:
    """Editor form to database form; a path that is not safe is left out."""
    attrs = {"linktype": FEATURE, "id": props.get("id")}
    path = _safe_path(props.get("path"))
    if path:
        attrs["path"] = path
    return DOM.create_element("a", attrs, props["children"])


class SharedLinkElementHandler(InlineEntityElementHandler):
    """Database form to the data of a Draftail entity."""

    mutability = "MUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, Any]:
        pk = resolve.parse_id(attrs.get("id"))
        if pk is None:
            return {}
        link = SharedLinkHandler.get_model().objects.filter(pk=pk).first()
        path = attrs.get("path", "")
        if link is None:
            # The id and path are kept: the link may come back, as by a restored backup.
            return {"id": pk, "path": path, "title": _("Missing shared link")}
        return entity_data(link, path)


def entity_data(link: Any, path: str) -> dict[str, Any]:
    """What the editor knows of a shared link: the tooltip shows its name and address."""
    return {"id": link.pk, "path": path, "url": link.url_for(path), "title": link.name}


class EditorHTMLSharedLinkHandler:
    """Database form to and from editor HTML, which Wagtail's API sanitises rich text with."""

    @staticmethod
    def get_db_attributes(tag: Any) -> dict[str, str]:
        attrs = {"id": tag["data-id"]}
        path = _safe_path(tag.get("data-path"))
        return {**attrs, "path": path} if path else attrs

    @staticmethod
    def expand_db_attributes(attrs: dict[str, str]) -> str:
        opening = SharedLinkHandler.expand_db_attributes(attrs).removesuffix(">")
        pk, path = escape(attrs.get("id", "")), escape(attrs.get("path", ""))
        return f'{opening} data-linktype="{FEATURE}" data-id="{pk}" data-path="{path}">'


def _safe_path(path: str | None) -> str:
    try:
        return clean_deep_path(path or "")
    except ValidationError:
        return ""


class SharedLinkFeature(EntityFeature):
    """The toolbar button. The chooser's address is looked up when an editor is built."""

    def __init__(self) -> None:
        super().__init__(
            {
                "type": ENTITY_TYPE,
                "icon": "careers-shared-link",
                "description": gettext_lazy("Shared link"),
                # What survives a paste from another field.
                "attributes": ["id", "path", "url", "title"],
                "allowlist": {"href": "^(http:|https:|undefined$)"},
                "chooserUrls": {"sharedLink": reverse_lazy("careers_shared_link_chooser:choose")},
            },
            js=[
                "wagtailadmin/js/chooser-modal.js",
                "wagtail_careers/js/shared-link.js",
            ],
        )


def register(features: FeatureRegistry) -> None:
    features.register_link_type(SharedLinkHandler)
    features.register_editor_plugin("draftail", FEATURE, SharedLinkFeature())
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {
                f'a[linktype="{FEATURE}"]': SharedLinkElementHandler(ENTITY_TYPE)
            },
            "to_database_format": {"entity_decorators": {ENTITY_TYPE: shared_link_entity}},
        },
    )
    features.register_converter_rule(
        "editorhtml", FEATURE, [editor_html.LinkTypeRule(FEATURE, EditorHTMLSharedLinkHandler)]
    )
