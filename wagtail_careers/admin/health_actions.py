"""The actions of editors for the addresses in the report on link health."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets import AdminDateInput

from wagtail_careers import tasks
from wagtail_careers.admin.policies import SHARED_LINKS
from wagtail_careers.admin.replacing import advance
from wagtail_careers.admin.visibility import visible_checks
from wagtail_careers.background import run_in_background
from wagtail_careers.choices import MOVES
from wagtail_careers.dates import today
from wagtail_careers.link_checks import health
from wagtail_careers.links import replacements
from wagtail_careers.models import LinkCheck, Replacement, SharedLink
from wagtail_careers.rich_text.targets import parse_id

#: The number of days for which a link is ignored by default.
IGNORED_DAYS = 30

#: The number of results that a message links to.
LINKED_RESULTS = 10

#: The number of new addresses in one list. Django refuses forms with more than 1000 values.
LISTED_MOVES = 500


class _HealthView(WagtailAdminTemplateMixin, PermissionCheckedMixin, View):
    """A page about link checks, for users who can change shared links."""

    permission_policy = SHARED_LINKS
    permission_required = "change"
    header_icon = "careers-shared-link"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("careers_link_health:index"), "label": _("Link health")},
            {"url": "", "label": self.get_page_title()},
        ]


class AcceptMovesView(_HealthView):
    """The form to accept new addresses of links that have moved: all, or those selected."""

    page_title: Any = gettext_lazy("Accept new addresses")
    template_name = "wagtail_careers/admin/accept_moves.html"
    request: Any

    def get(self, request: HttpRequest) -> HttpResponse:
        moves = movable(request.user)
        context = self.get_context_data(
            checks=moves[:LISTED_MOVES], count=moves.count(), listed=LISTED_MOVES
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest) -> HttpResponse:
        pks = map(parse_id, request.POST.getlist("check"))
        moves = movable(request.user)
        chosen = moves.filter(pk__in=[pk for pk in pks if pk is not None])
        # By address, so a link comes before its deep paths, which it can correct too.
        keys = [check.pk for check in chosen]
        accepted, started = 0, []
        for check in filter(None, (moves.filter(pk=key).first() for key in keys)):
            try:
                replacement = accept(check, request.user)
            except ValidationError as error:
                messages.error(request, f"{check.url}: {' '.join(error.messages)}")
            else:
                accepted += 1
                started += [replacement] if replacement else []
                self._warn_of_draft(check)
        if accepted:
            self._say(accepted, started)
        if len(started) == 1:
            return redirect("careers_shared_links:replacement", started[0].pk)
        return redirect("careers_link_health:index")

    def _warn_of_draft(self, check: LinkCheck) -> None:
        link = SharedLink.objects.get(checks=check)
        if not check.deep_path and link.base_url == check.url:
            message = _("The new address of “%(link)s” is saved as a draft. Publish it next.")
            messages.warning(self.request, message % {"link": link})

    def _say(self, accepted: int, started: list[Replacement]) -> None:
        message = ngettext(
            "%(count)d new address accepted.", "%(count)d new addresses accepted.", accepted
        )
        buttons = [
            messages.button(
                reverse("careers_shared_links:replacement", args=[replacement.pk]),
                replacement.title,
            )
            for replacement in started[:LINKED_RESULTS]
        ]
        messages.success(self.request, message % {"count": accepted}, buttons=buttons)


def movable(user: Any) -> Any:
    """Return the checks of addresses that have moved, for ``user`` to accept."""
    moved = (
        LinkCheck.objects.of_concern()
        .filter(verdict__in=MOVES)
        .exclude(Q(final_url="") | Q(shared_link=None))
    )
    return visible_checks(user, moved).select_related("shared_link").order_by("url")


def accept(check: LinkCheck, user: Any) -> Replacement | None:
    """Change the address that pages lead to, to the new address that was found.

    For an address with a deep path, return the replacement that changes the path. Raises
    ``ValidationError`` if the new address needs another shared link.
    """
    if not check.deep_path:
        may_publish = SHARED_LINKS.user_has_permission(user, "publish")
        health.accept_move(check, user=user, publish=may_publish)
        return None
    new_path = health.moved_path(check)
    link: Any = check.shared_link
    replacement = replacements.replace_path(link, check.deep_path, new_path, user=user)
    advance(replacement)
    return replacement


class IgnoreForm(forms.ModelForm):  # type: ignore[type-arg]
    """The reason to ignore an address, and the last day."""

    class Meta:
        model = LinkCheck
        fields = ["ignored_because", "ignored_until"]
        widgets = {"ignored_until": AdminDateInput}
        help_texts = {
            "ignored_because": gettext_lazy(
                "Enter a reason, for example “The site is being rebuilt”. The report shows it."
            ),
            "ignored_until": gettext_lazy("Enter the last day on which to ignore the address."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The model allows empty values only for an address that is not ignored.
        for field in self.fields.values():
            field.required = True


class IgnoreView(_HealthView):
    """The form to ignore an address for some time with a reason, or to stop ignoring it."""

    page_title: Any = gettext_lazy("Ignore")
    template_name = "wagtail_careers/admin/ignore_check.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        checks = visible_checks(request.user, LinkCheck.objects.filter(pk=kwargs["pk"]))
        self.check = get_object_or_404(checks.select_related("shared_link", "ignored_by"))

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        until = today() + timedelta(days=IGNORED_DAYS)
        return self._ask(IgnoreForm(initial={"ignored_until": until}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if "stop" in request.POST:
            health.stop_ignoring(self.check)
            return redirect("careers_link_health:index")
        form = IgnoreForm(request.POST)
        if form.is_valid():
            because, until = (
                form.cleaned_data["ignored_because"],
                form.cleaned_data["ignored_until"],
            )
            try:
                health.ignore(self.check, because=because, until=until, user=request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return redirect("careers_link_health:index")
        return self._ask(form)

    def _ask(self, form: IgnoreForm) -> HttpResponse:
        context = self.get_context_data(form=form, media=form.media, check=self.check)
        return self.render_to_response(context)


class CheckNowView(_HealthView):
    """The form to check all links in the background. Without a worker, it shows the command."""

    page_title: Any = gettext_lazy("Check all links")
    template_name = "wagtail_careers/admin/check_now.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        context = self.get_context_data(in_background=run_in_background(), **self.get_subject())
        return self.render_to_response(context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not run_in_background():
            return self.get(request, **kwargs)
        self.enqueue()
        messages.success(request, _("Link check started. Refresh this report in a few minutes."))
        return redirect("careers_link_health:index")

    def get_subject(self) -> dict[str, Any]:
        return {"count": SharedLink.objects.count()}

    def enqueue(self) -> None:
        tasks.check_shared_links.enqueue(timezone.now().isoformat())


class CheckLinkView(CheckNowView):
    """The form to check one link."""

    page_title: Any = gettext_lazy("Check this link")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.link = get_object_or_404(SharedLink, pk=kwargs["link_pk"])

    def get_subject(self) -> dict[str, Any]:
        return {"link": self.link}

    def enqueue(self) -> None:
        tasks.check_shared_link.enqueue(self.link.pk)
