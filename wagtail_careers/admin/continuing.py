"""Views that continue a replacement, try pages again, and cancel it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from wagtail_careers.admin.replacements import trail_to
from wagtail_careers.admin.replacing import SharedLinkView, advance
from wagtail_careers.admin.visibility import visible_replacements
from wagtail_careers.background import run_in_background
from wagtail_careers.links import progress, replacements
from wagtail_careers.models import Replacement, SharedLink


class ContinueReplacementView(PermissionCheckedMixin, View):
    """The view that continues a replacement and returns its progress, to a script or a form.

    Who selects a button changes the waiting pages with their own permissions. The script, which
    runs for everyone who looks at the progress, continues only what its user has started.
    """

    model = SharedLink
    permission_required = "change"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        found = visible_replacements(request.user).select_related("old", "user", "continued_by")
        replacement = get_object_or_404(found, pk=pk)
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return self._show_progress(replacement)
        try:
            if "retry" in request.POST:
                replacements.retry(replacement, user=request.user)
            else:
                replacements.take_over(replacement, user=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            advance(replacement)
        return redirect("careers_shared_links:replacement", pk)

    def _show_progress(self, replacement: Replacement) -> JsonResponse:
        is_interrupted = Replacement.objects.interrupted().filter(pk=replacement.pk).exists()
        by_request = not run_in_background() and replacement.actor == self.request.user
        if by_request or (is_interrupted and run_in_background()):
            advance(replacement)
        now = progress.of(replacement)
        return JsonResponse({"done": now.done, "total": now.total, "text": str(now)})


class CancelReplacementView(SharedLinkView):
    """The form to cancel a replacement."""

    page_title: Any = gettext_lazy("Cancel replacement")
    template_name = "wagtail_careers/admin/cancel_replacement.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        View.setup(self, request, *args, **kwargs)
        found = visible_replacements(request.user).select_related("old", "new")
        self.replacement = get_object_or_404(found, pk=kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.replacement.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, *trail_to(self.replacement)]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        context = self.get_context_data(
            replacement=self.replacement,
            progress=progress.of(self.replacement),
            retires=self.replacement.links is not None and self.replacement.old_path is None,
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            replacements.cancel(
                self.replacement, user=request.user, restore="restore" in request.POST
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The replacement was cancelled."))
        return redirect("careers_shared_links:replacement", pk)
