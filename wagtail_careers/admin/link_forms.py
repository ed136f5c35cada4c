"""The forms of a shared link, which offer the link that already has an address."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from wagtail_careers.models import SharedLink
from wagtail_careers.models.shared_link import TAKEN


class OffersExistingLinkMixin(forms.BaseForm):
    """A form of a shared link whose error leads to the link that already has the address."""

    def full_clean(self) -> None:
        super().full_clean()
        for error in self.errors.as_data().get("base_url", []):
            if error.code == TAKEN and error.params:
                link: Any = error.params["link"]
                text = " ".join([error.message % error.params])
                error.message, error.params = format_html("{} {}", text, self.offer(link)), None

    def offer(self, link: SharedLink) -> str:
        """Return the HTML of a link or button by which the editor uses ``link``."""
        raise NotImplementedError


class SharedLinkForm(OffersExistingLinkMixin, WagtailAdminModelForm):  # type: ignore[misc]
    """The form of the Careers menu."""

    def offer(self, link: SharedLink) -> str:
        url = reverse("careers_shared_links:edit", args=[link.current.pk])
        return format_html('<a href="{}">{}</a>', url, _("Open “%s”") % link.current)
