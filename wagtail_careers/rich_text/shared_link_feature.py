"""Shared links in rich text: the database form, the editor form and HTML.

The database form is ``<a linktype="shared-link" id="3" path="explore-roles/nursing">``.
"""

from collections.abc import Iterator
from typing import Any

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

from wagtail_careers.rich_text.html import shared_link_tag
from wagtail_careers.rich_text.targets import Ids, parse_id, targets_of
from wagtail_careers.safe_url import clean_deep_path

FEATURE = "shared-link"
ENTITY_TYPE = "SHARED-LINK"


class SharedLinkHandler(LinkHandler):
    """The handler that converts the database form to HTML and to the reference index.

    ``handler_for`` returns a subclass that knows the model.
    """

    identifier = FEATURE

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        return cls.expand_db_attributes_many([attrs])[0]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Return an opening tag for each link: ``<a>``, as Wagtail has it, if it is not live.

        The tag of a dead link is marked, and ``prose_html`` replaces it with a note.
        """
        pks = [parse_id(attrs.get("id")) for attrs in attrs_list]
        ids = Ids(shared_links=frozenset(pk for pk in pks if pk is not None))
        targets = targets_of(ids)
        return [shared_link_tag(targets, attrs) for attrs in attrs_list]

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Iterator[tuple[Any, str, str, str]]:
        pk = parse_id(attrs.get("id"))
        if pk is not None:
            yield cls.get_model(), str(pk), "", ""


def handler_for(model: Any) -> type[SharedLinkHandler]:
    """Return a handler for links to ``model``."""

    class Handler(SharedLinkHandler):
        @staticmethod
        def get_model() -> Any:
            return model

    return Handler


def shared_link_entity(props: dict[str, Any]) -> Any:
    """Convert the editor form to the database form, and drop an unsafe path."""
    # Editors that were opened before an update post the name "id".
    attrs = {"linktype": FEATURE, "id": props.get("sharedLink") or props.get("id")}
    path = _safe_path(props.get("path"))
    if path:
        attrs["path"] = path
    return DOM.create_element("a", attrs, props["children"])


class SharedLinkElementHandler(InlineEntityElementHandler):
    """The handler that converts the database form to the data of a Draftail entity."""

    mutability = "MUTABLE"

    def __init__(self, model: Any) -> None:
        super().__init__(ENTITY_TYPE)
        self.model = model

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, Any]:
        pk = parse_id(attrs.get("id"))
        if pk is None:
            return {}
        link = self.model.objects.filter(pk=pk).first()
        path = attrs.get("path", "")
        if link is None:
            # Keep the id and the path: the link may come back, for example from a backup.
            return {"sharedLink": pk, "path": path, "name": _("Missing shared link")}
        return entity_data(link, path)


def entity_data(link: Any, path: str) -> dict[str, Any]:
    """Return the data of a shared link in the editor, whose tooltip shows the name and address.

    The names are not those of Wagtail's links, whose chooser would read an ``id`` as a page's.
    """
    return {
        "sharedLink": link.pk,
        "path": path,
        "address": link.href_for(path),
        "name": link.name,
    }


class EditorHTMLSharedLinkHandler:
    """The converter between the database form and editor HTML, which Wagtail's API sanitises."""

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


def _safe_path(path: Any) -> str:
    try:
        return clean_deep_path(path) if isinstance(path, str) else ""
    except ValidationError:
        return ""


#: The texts of the editor's script, which has no catalogue of translations of its own.
LABELS = {
    "edit": gettext_lazy("Edit"),
    "remove": gettext_lazy("Remove"),
    "removeLink": gettext_lazy("Remove link"),
    "saveLink": gettext_lazy("Save link"),
    "known": gettext_lazy("Pasted links that can be shared links:"),
    "unknown": gettext_lazy("Websites without a shared link:"),
    "useShared": gettext_lazy("Use shared links"),
    "newLink": gettext_lazy("New shared link for %(host)s"),
    "keep": gettext_lazy("Keep as pasted"),
    "done": gettext_lazy("The pasted links are shared links now."),
}

#: The data that is kept when a link is pasted from another field, and their names in text that
#: was copied from an editor before an update.
_ATTRIBUTES = ["sharedLink", "path", "address", "name", "id", "url", "title"]

_JS = (
    "wagtailadmin/js/chooser-modal.js",
    "wagtail_careers/js/shared-link/modal.js",
    "wagtail_careers/js/shared-link/post.js",
    "wagtail_careers/js/shared-link/entities.js",
    "wagtail_careers/js/shared-link/resolver.js",
    "wagtail_careers/js/shared-link/source.js",
    "wagtail_careers/js/shared-link/tooltip.js",
    "wagtail_careers/js/shared-link/pasted-links.js",
    "wagtail_careers/js/shared-link.js",
)


class SharedLinkFeature(EntityFeature):
    """The toolbar button, the shortcut, and the notice about pasted links.

    The addresses of the chooser are resolved when an editor is rendered.
    """

    def __init__(self) -> None:
        super().__init__(
            {
                "type": ENTITY_TYPE,
                "icon": "careers-shared-link",
                "description": gettext_lazy("Shared link (Ctrl/⌘+Shift+L)"),
                "attributes": _ATTRIBUTES,
            },
            js=list(_JS),
            css={"all": ["wagtail_careers/css/shared-link.css"]},
        )

    def construct_options(self, options: dict[str, Any]) -> None:
        super().construct_options(options)
        plugin = {
            "type": ENTITY_TYPE,
            "options": {
                "chooserUrl": reverse_lazy("careers_shared_link_chooser:choose"),
                "resolveUrl": reverse_lazy("careers_shared_link_chooser:resolve"),
                "labels": LABELS,
            },
        }
        options.setdefault("plugins", []).append(plugin)
        options.setdefault("controls", []).append({"type": ENTITY_TYPE})


def register(features: FeatureRegistry, model: Any) -> None:
    """Register the feature. ``model`` is the model of shared links."""
    features.register_link_type(handler_for(model))
    features.register_editor_plugin("draftail", FEATURE, SharedLinkFeature())
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {f'a[linktype="{FEATURE}"]': SharedLinkElementHandler(model)},
            "to_database_format": {"entity_decorators": {ENTITY_TYPE: shared_link_entity}},
        },
    )
    features.register_converter_rule(
        "editorhtml", FEATURE, [editor_html.LinkTypeRule(FEATURE, EditorHTMLSharedLinkHandler)]
    )
