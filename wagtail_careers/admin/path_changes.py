"""The form that changes a deep path of a shared link on all pages that add it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_careers.admin.link_forms import refuse_long_path
from wagtail_careers.admin.replacing import SHOWN, SharedLinkView, start
from wagtail_careers.admin.usage import usage_rows
from wagtail_careers.admin.visibility import visible_pages_with_path
from wagtail_careers.links import replacements
from wagtail_careers.models import Replacement, SharedLink
from wagtail_careers.safe_url import clean_deep_path, path_below
from wagtail_careers.text import storable


class PathForm(forms.Form):
    """The new path, which can be given as a full address."""

    path = forms.CharField(required=False, label=gettext_lazy("New path"))

    def __init__(self, *args: Any, link: SharedLink, old_path: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.link, self.old_path = link, old_path
        self.fields["path"].help_text = _(
            "Enter the path that follows “%(base)s”, or the full address. Leave empty to link to "
            "the site itself."
        ) % {"base": link.base_url}

    def clean_path(self) -> str:
        text = self.cleaned_data["path"].strip()
        path = refuse_long_path(self._path_of(text) if "://" in text else clean_deep_path(text))
        if path == self.old_path:
            raise ValidationError(_("Enter a different path."))
        return path

    def _path_of(self, address: str) -> str:
        path = path_below(self.link.base_url, address)
        if path is None:
            raise ValidationError(
                _("“%(url)s” is not below “%(base)s”. Use another shared link on these pages.")
                % {"url": address, "base": self.link.base_url}
            )
        return path


class ChangePathView(SharedLinkView):
    """The form for the new path, with the pages that it changes. ``?path=`` is the old path."""

    page_title: Any = gettext_lazy("Change path")
    template_name = "wagtail_careers/admin/change_path.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._ask(PathForm(link=self.link, old_path=self.old_path))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = PathForm(request.POST, link=self.link, old_path=self.old_path)
        if self._pages and form.is_valid() and (replacement := self._replace(form)):
            start(replacement)
            return redirect("careers_shared_links:replacement", replacement.pk)
        return self._ask(form)

    def _replace(self, form: PathForm) -> Replacement | None:
        """Return the new replacement, or None if another one of the link is not finished."""
        new_path = form.cleaned_data["path"]
        try:
            return replacements.replace_path(
                self.link, self.old_path, new_path, user=self.request.user
            )
        except ValidationError as error:
            form.add_error("path", error)
            return None

    @property
    def old_path(self) -> str:
        return storable(self.request.GET.get("path", ""))

    @cached_property
    def _pages(self) -> list[int]:
        pages = visible_pages_with_path(self.request.user, self.link, self.old_path)
        return list(pages.order_by("title", "pk").values_list("pk", flat=True))

    def _ask(self, form: PathForm) -> HttpResponse:
        context = self.get_context_data(
            form=form,
            old_url=self.link.url_for(self.old_path),
            count=len(self._pages),
            rows=usage_rows(self._pages[:SHOWN], self.link, self.request.user),
            more=max(len(self._pages) - SHOWN, 0),
            usage_url=url_with_path("usage", self.link.pk, self.old_path),
        )
        return self.render_to_response(context)


def url_with_path(name: str, link_pk: int, path: str) -> str:
    """Return the URL of a view about one deep path of a shared link."""
    url = reverse(f"careers_shared_links:{name}", args=[link_pk])
    return f"{url}?{urlencode({'path': path})}"
