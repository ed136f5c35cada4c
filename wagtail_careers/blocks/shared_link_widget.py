"""The chooser of a shared link in a form, with the state that the chosen link is in.

Imported when a form is built: Wagtail's widgets cannot be imported while models load.
"""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.snippets.widgets import AdminSnippetChooser, SnippetChooserAdapter

from wagtail_careers.rich_text.targets import parse_id


class SharedLinkChooser(AdminSnippetChooser):
    """A chooser that says of a link whether it is not published, replaced, dead or deleted.

    If the editor searches for a whole address, it fills in the path beside it.
    """

    template_name = "wagtail_careers/admin/shared_link_chooser.html"
    js_constructor = "SharedLinkChooser"

    @cached_property
    def media(self) -> Any:
        return super().media + _scripts()

    def get_instance(self, value: Any) -> Any:
        """Return the link, or None for a value that is not a key, as a form shows it again."""
        is_possible = isinstance(value, self.model_class) or parse_id(value) is not None
        return super().get_instance(value) if is_possible else None

    @property
    def resolve_url(self) -> str:
        return reverse("careers_shared_link_chooser:resolve")


class SharedLinkChooserAdapter(SnippetChooserAdapter):
    """The adapter for forms that are built in the browser, such as those of streams."""

    js_constructor = "wagtail_careers.SharedLinkChooser"

    @cached_property
    def media(self) -> Any:
        snippet_chooser = versioned_static("wagtailsnippets/js/snippet-chooser.js")
        return super().media + forms.Media(js=[snippet_chooser]) + _scripts()


def _scripts() -> forms.Media:
    names = (
        "wagtailadmin/js/chooser-modal.js",
        "wagtail_careers/js/shared-link/modal.js",
        "wagtail_careers/js/shared-link/post.js",
        "wagtail_careers/js/shared-link/chooser.js",
        "wagtail_careers/js/link-state.js",
    )
    return forms.Media(js=[versioned_static(name) for name in names])


register(SharedLinkChooserAdapter(), SharedLinkChooser)
