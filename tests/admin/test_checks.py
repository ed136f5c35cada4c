"""The system checks of the guards around Wagtail's own views."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import wagtail.admin.urls
from django.core.checks import Tags, run_checks
from django.urls import resolve, reverse
from wagtail.admin.urls import pages
from wagtail.snippets.views.snippets import WorkflowActionView

from wagtail_careers.admin.checks import check_approvals_are_guarded
from wagtail_careers.admin.moderation import guard_approvals

ROOT = Path(__file__).resolve().parent.parent.parent

# A process that has not loaded any URL yet, on a site where no hook guards approvals.
UNGUARDED = """
import django
django.setup()
from django.core.checks import Tags, run_checks
from wagtail import hooks
from wagtail_careers.admin import moderation
hooks.search_for_hooks()
hooks._hooks["register_admin_urls"] = [
    each for each in hooks._hooks["register_admin_urls"] if each[0] != moderation.guard_approvals
]
print([message.id for message in run_checks(tags=[Tags.urls])])
"""


def ids() -> list[str | None]:
    return [message.id for message in check_approvals_are_guarded()]


@pytest.fixture
def approval() -> Any:
    (pattern,) = (each for each in pages.urlpatterns if each.name == "workflow_action")
    return pattern


def test_guards_are_set() -> None:
    assert run_checks(tags=[Tags.urls]) == []


def test_renamed_pattern_is_an_error(approval: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approval, "name", "approve")
    guard_approvals()
    assert [message.id for message in run_checks(tags=[Tags.urls])] == ["wagtail_careers.E006"]


def test_pattern_without_the_guard_is_an_error(
    approval: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(approval, "callback", lambda request: None)
    assert ids() == ["wagtail_careers.E006"]


def test_moved_module_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(wagtail.admin.urls, "pages", raising=False)
    monkeypatch.setitem(sys.modules, "wagtail.admin.urls.pages", None)
    assert guard_approvals() == []
    assert ids() == ["wagtail_careers.E006"]


def test_hook_that_is_not_called_is_an_error() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", UNGUARDED],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == "['wagtail_careers.E006']"


def test_approval_of_links_by_another_view_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    approval = resolve(reverse("careers_shared_links:workflow_action", args=[1, "approve", 1]))
    monkeypatch.setattr(approval.func, "view_class", WorkflowActionView)
    assert ids() == ["wagtail_careers.E007"]


def test_approval_of_links_without_a_known_pattern_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wagtail.admin.urls, "urlpatterns", [])
    assert ids() == ["wagtail_careers.E007"]


def test_site_without_the_admin_has_nothing_to_guard(
    approval: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(approval, "name", "approve")
    monkeypatch.delitem(sys.modules, "wagtail.admin.urls")
    assert ids() == []
