"""The forms of a shared link and of its deep path, which take whole addresses apart."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.choosers import SearchFilterMixin

from wagtail_careers.admin.searching import WordsMixin
from wagtail_careers.links.addresses import find_links
from wagtail_careers.models import SharedLink
from wagtail_careers.models.shared_link import TAKEN
from wagtail_careers.safe_url import (
    MAX_DEEP_PATH,
    clean_deep_path,
    full_address,
    path_below,
    query_of,
    split_address,
)

#: The code of the error for an address below that of another link. It offers that link.
BELOW = "below"


class SearchForm(WordsMixin, SearchFilterMixin):
    """The search of the chooser. Takes the address of a page, too."""

    q = forms.CharField(
        required=False,
        label=gettext_lazy("Search shared links, or paste a web address"),
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Name or web address")}),
    )


class DeepPathForm(forms.Form):
    """The deep path that a page adds to a shared link, or a whole address instead of it."""

    # A whole address may be longer than a path, so the field has no limit.
    path = forms.CharField(
        required=False,
        label=gettext_lazy("Page on that site"),
        help_text=gettext_lazy(
            "Optional. Enter the path that follows the address above, for example "
            "“explore-roles/nursing”, or paste the whole address. Leave empty to link to the site "
            "itself."
        ),
    )

    def __init__(self, *args: Any, base_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.base_url = base_url

    @property
    def other_address(self) -> str:
        """The address of another site, or of another part of the site, that was entered."""
        address = full_address(self.data.get("path", ""))
        return "" if path_below(self.base_url, address) is not None else address

    def clean_path(self) -> str:
        text: str = self.cleaned_data["path"]
        below = path_below(self.base_url, full_address(text))
        return refuse_long_path(clean_deep_path(text) if below is None else below)


def refuse_long_path(path: str) -> str:
    """Return ``path``. Raises ``ValidationError`` if it is too long to be stored.

    A field cannot check this itself: it takes whole addresses, which may be longer.
    """
    if len(path) > MAX_DEEP_PATH:
        message = _("Enter a path of at most %(max)d characters.")
        raise ValidationError(message % {"max": MAX_DEEP_PATH})
    return path


class OffersExistingLinkMixin(forms.BaseForm):
    """A form of a shared link whose error leads to the link that already has the address."""

    def full_clean(self) -> None:
        super().full_clean()
        for error in self.errors.as_data().get("base_url", []):
            if error.code in (TAKEN, BELOW) and error.params:
                text = " ".join([error.message % error.params])
                offer = self.offer(error.params["link"], error.params.get("path", ""))
                error.message, error.params = format_html("{} {}", text, offer), None

    def offer(self, link: SharedLink, path: str) -> str:
        """Return the HTML of a link or button by which the editor uses ``link``."""
        raise NotImplementedError


class SharedLinkForm(OffersExistingLinkMixin, WagtailAdminModelForm):
    """The form of the Careers menu."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if query := query_of(self.instance.base_url):
            self.fields["base_url"].help_text = _(
                "“?%(query)s” is part of the address, so pages that add a path keep it."
            ) % {"query": query}

    def offer(self, link: SharedLink, path: str) -> str:
        url = reverse("careers_shared_links:edit", args=[link.current.pk])
        return format_html('<a href="{}">{}</a>', url, _("Open “%s”") % link.current)


class CreationForm(OffersExistingLinkMixin, forms.ModelForm):  # type: ignore[type-arg]
    """The fields to create a shared link without leaving the text.

    ``address`` is the whole address that a page is to lead to. ``chosen_url`` returns the address
    by which the modal chooses a link with a deep path.
    """

    address = forms.CharField(required=False, widget=forms.HiddenInput)
    #: Set when the editor was told of the link that an address is below.
    separate = forms.BooleanField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = SharedLink
        fields = ["name", "base_url", "purpose", "organisation"]

    def __init__(self, *args: Any, chosen_url: Callable[[Any, str], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen_url = chosen_url
        if address := self["address"].value():
            self.fields["base_url"].help_text = _(
                "The address of the site or of its careers section. This text leads to %(address)s."
            ) % {"address": address}

    @staticmethod
    def initial_for(address: str) -> dict[str, str]:
        """Return the values of a new link for the site of ``address``."""
        base_url, _path = split_address(address)
        host = SharedLink(base_url=base_url).host
        return {"name": host, "base_url": base_url, "address": address}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        base_url = cleaned.get("base_url", "")
        found = find_links([base_url], self.instance.locale_id).get(base_url)
        # The model refuses the address of another link.
        if found and found.path and not cleaned.get("separate"):
            self.data = {**dict(self.data.items()), self.add_prefix("separate"): "on"}
            message = gettext_lazy(
                "This address belongs to the shared link “%(name)s”. Use that link, or select "
                "“Create link” again to create a separate link."
            )
            params = {"name": found.link.name, "link": found.link, "path": found.path}
            self.add_error("base_url", ValidationError(message, BELOW, params))
        return cleaned

    @property
    def deep_path(self) -> str | None:
        """The deep path of the whole address; None if it is not below the new link."""
        return path_below(self.instance.base_url, self.cleaned_data["address"])

    def offer(self, link: SharedLink, path: str) -> str:
        # The address that the text is to lead to, else the one that was entered.
        address = self.cleaned_data.get("address") or ""
        path = path or path_below(link.base_url, address) or ""
        return format_html(
            '<a href="{}" class="button button-small" data-chooser-modal-choice>{}</a>',
            self.chosen_url(link, path),
            _("Use “%s”") % link.current,
        )
