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


class SharedLinkChooser(AdminSnippetChooser):
    """A chooser that says of a link whether it is not published, replaced, dead or deleted."""

    template_name = "wagtail_careers/admin/shared_link_chooser.html"

    @property
    def resolve_url(self) -> str:
        return reverse("careers_shared_link_chooser:resolve")


class SharedLinkChooserAdapter(SnippetChooserAdapter):
    """The adapter for forms that are built in the browser, such as those of streams."""

    @cached_property
    def media(self) -> Any:
        script = versioned_static("wagtail_careers/js/link-state.js")
        return super().media + forms.Media(js=[script])


register(SharedLinkChooserAdapter(), SharedLinkChooser)
