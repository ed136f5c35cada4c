"""What editors do about the addresses in the report of link health."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
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
from wagtail.permission_policies import ModelPermissionPolicy

from wagtail_careers import tasks
from wagtail_careers.admin.replacing import advance
from wagtail_careers.choices import MOVES
from wagtail_careers.links import health, replace
from wagtail_careers.models import LinkCheck, Replacement, SharedLink

#: How long a link is ignored unless an editor says otherwise, in days.
IGNORED_DAYS = 30

#: How many results a message links to.
LINKED_RESULTS = 10

#: How many new addresses are offered at once. Django refuses forms of more than 1000 values.
LISTED_MOVES = 500

POLICY = ModelPermissionPolicy(SharedLink)


class _HealthView(WagtailAdminTemplateMixin, PermissionCheckedMixin, View):
    """A page about link checks, for those who may change shared links."""

    permission_policy = POLICY
    permission_required = "change"
    header_icon = "careers-shared-link"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("careers_link_health:index"), "label": _("Link health")},
            {"url": "", "label": self.get_page_title()},
        ]


class AcceptMovesView(_HealthView):
    """Take over the addresses that links have moved to: all, or those that are ticked."""

    page_title: Any = gettext_lazy("Accept new addresses")
    template_name = "wagtail_careers/admin/accept_moves.html"
    request: Any

    def get(self, request: HttpRequest) -> HttpResponse:
        context = self.get_context_data(
            checks=movable()[:LISTED_MOVES], count=movable().count(), listed=LISTED_MOVES
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen = movable().filter(
            pk__in=[pk for pk in request.POST.getlist("check") if pk.isdigit()]
        )
        # By address, so a link's own comes first: with it, those of pages below are right as well.
        keys = [check.pk for check in chosen]
        accepted, replacements = 0, []
        for check in filter(None, (movable().filter(pk=key).first() for key in keys)):
            try:
                replacement = accept(check, request.user)
            except ValidationError as error:
                messages.error(request, f"{check.url}: {' '.join(error.messages)}")
            else:
                accepted += 1
                replacements += [replacement] if replacement else []
                self._warn_of_draft(check)
        if accepted:
            self._say(accepted, replacements)
        if len(replacements) == 1:
            return redirect("careers_shared_links:replacement", replacements[0].pk)
        return redirect("careers_link_health:index")

    def _warn_of_draft(self, check: LinkCheck) -> None:
        link = SharedLink.objects.get(pk=check.shared_link_id)
        if not check.deep_path and link.base_url == check.url:
            message = _("The new address of “%(link)s” is a draft. Somebody has to publish it.")
            messages.warning(self.request, message % {"link": link})

    def _say(self, accepted: int, replacements: list[Replacement]) -> None:
        message = ngettext(
            "%(count)d new address accepted.", "%(count)d new addresses accepted.", accepted
        )
        buttons = [
            messages.button(
                reverse("careers_shared_links:replacement", args=[replacement.pk]),
                replacement.title,
            )
            for replacement in replacements[:LINKED_RESULTS]
        ]
        messages.success(self.request, message % {"count": accepted}, buttons=buttons)


def movable() -> Any:
    """The addresses that have moved, and that editors are asked about."""
    moved = LinkCheck.objects.of_concern().filter(verdict__in=MOVES).exclude(final_url="")
    return moved.select_related("shared_link").order_by("url")


def accept(check: LinkCheck, user: Any) -> Replacement | None:
    """Make the address that was found the one that pages lead to.

    For the address of a page below a link, gives the replacement that changes its path.
    Raises ``ValidationError`` when that needs another shared link.
    """
    if not check.deep_path:
        may_publish = POLICY.user_has_permission(user, "publish")
        health.accept_move(check, user=user, publish=may_publish)
        return None
    new_path = health.moved_path(check)
    replacement = replace.replace_path(check.shared_link, check.deep_path, new_path, user=user)
    advance(replacement)
    return replacement


class IgnoreForm(forms.ModelForm):  # type: ignore[type-arg]
    """Why, and until when, an address asks for no attention."""

    class Meta:
        model = LinkCheck
        fields = ["ignored_because", "ignored_until"]
        widgets = {"ignored_until": AdminDateInput}
        help_texts = {
            "ignored_because": gettext_lazy("Others read it in the report."),
            "ignored_until": gettext_lazy("The last day on which the address is ignored."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Only an address that is not ignored has none.
        for field in self.fields.values():
            field.required = True


class IgnoreView(_HealthView):
    """Ignore an address for some time, with a reason; or stop ignoring it."""

    page_title: Any = gettext_lazy("Ignore")
    template_name = "wagtail_careers/admin/ignore_check.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        checks = LinkCheck.objects.select_related("shared_link", "ignored_by")
        self.check = get_object_or_404(checks, pk=kwargs["pk"])

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        until = timezone.localdate() + timedelta(days=IGNORED_DAYS)
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
    """Check all links now, in the background; without a worker, say how to do it."""

    page_title: Any = gettext_lazy("Check now")
    template_name = "wagtail_careers/admin/check_now.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        context = self.get_context_data(
            in_background=tasks.run_in_background(), **self.get_subject()
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not tasks.run_in_background():
            return self.get(request, **kwargs)
        self.enqueue()
        messages.success(request, _("The links are being checked. Come back in a while."))
        return redirect("careers_link_health:index")

    def get_subject(self) -> dict[str, Any]:
        return {"count": SharedLink.objects.count()}

    def enqueue(self) -> None:
        tasks.check_shared_links.enqueue(timezone.now().isoformat())


class CheckLinkView(CheckNowView):
    """The same for one link."""

    page_title: Any = gettext_lazy("Check this link")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.link = get_object_or_404(SharedLink, pk=kwargs["link_pk"])

    def get_subject(self) -> dict[str, Any]:
        return {"link": self.link}

    def enqueue(self) -> None:
        tasks.check_shared_link.enqueue(self.link.pk)
