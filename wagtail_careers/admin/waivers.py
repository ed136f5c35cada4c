"""The form to waive a problem on a role page, with a reason and a last day.

The rules are imported when they are asked, because a site starts without them.
"""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput

from wagtail_careers.admin.before_publication import role_or_none
from wagtail_careers.dates import today
from wagtail_careers.models import FindingWaiver

#: The number of days for which a problem is waived by default.
WAIVED_DAYS = 90


class WaiverForm(forms.ModelForm):  # type: ignore[type-arg]
    """The reason for a waiver, its last day, and how much of the page it is about."""

    whole_page = forms.BooleanField(
        label=gettext_lazy("The whole page"),
        required=False,
        help_text=gettext_lazy("Select this to waive all problems of this kind on the page."),
    )

    class Meta:
        model = FindingWaiver
        fields = ["reason", "until"]
        widgets = {"until": AdminDateInput, "reason": forms.Textarea(attrs={"rows": 3})}


class WaiverView(WagtailAdminTemplateMixin, View):
    """The form for one problem: ``?rule=`` is the id of its rule, ``?place=`` the key of its place.

    For people who can publish the page, because a waiver lets an error be published.
    """

    page_title: Any = gettext_lazy("Waive a problem")
    template_name = "wagtail_careers/admin/waive.html"
    header_icon = "careers-role"
    request: Any

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.page = role_or_none(kwargs["page_id"])
        if self.page is None:
            raise Http404
        if not self.page.permissions_for_user(request.user).can_publish():
            raise PermissionDenied
        self.finding = self._find()

    def _find(self) -> Any:
        from wagtail_careers.lint.publication import newest_findings
        from wagtail_careers.lint.waivers import place_of

        rule, place = self.request.GET.get("rule"), self.request.GET.get("place")
        for finding in newest_findings(self.page):
            if finding.rule.id == rule and place == place_of(finding):
                return finding
        raise Http404

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        return self._ask(WaiverForm(initial={"until": today() + timedelta(days=WAIVED_DAYS)}))

    def post(self, request: Any, page_id: int) -> HttpResponse:
        from wagtail_careers.lint.waiving import end, waive

        if "end" in request.POST:
            for waiver in self._waivers():
                end(waiver, user=request.user)
            messages.success(request, _("The problem is no longer waived."))
            return self._leave()
        form = WaiverForm(request.POST)
        if form.is_valid():
            data = form.cleaned_data
            whole_page = data.pop("whole_page")
            try:
                waive(self.page, self.finding, user=request.user, whole_page=whole_page, **data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("The problem is waived."))
                return self._leave()
        return self._ask(form)

    def _leave(self) -> HttpResponse:
        return redirect("wagtailadmin_pages:edit", self.page.pk)

    def _waivers(self) -> list[FindingWaiver]:
        """Return the waivers that cover the problem."""
        from wagtail_careers.lint.waivers import place_of

        waivers = FindingWaiver.objects.in_force(today()).filter(
            page=self.page.pk,
            rule=self.finding.rule.id,
            place__in=["", place_of(self.finding)],
        )
        return list(waivers.select_related("made_by", "page"))

    def _ask(self, form: WaiverForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        title = self.page.get_admin_display_title()
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]), "label": title},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        from wagtail_careers.lint.wording import advice, problem

        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "media": context.get("media", forms.Media()) + kwargs["form"].media,
            "finding": self.finding,
            "problem": problem(self.finding),
            "advice": advice(self.finding),
            "waivers": self._waivers(),
        }


def url_patterns() -> list[Any]:
    """Return the URLs. A ``register_admin_urls`` hook."""
    patterns = [path("<int:page_id>/", WaiverView.as_view(), name="waive")]
    return [path("careers/waivers/", include((patterns, "careers_waivers")))]
