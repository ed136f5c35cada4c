from typing import Any

import pytest
from django.utils import timezone
from django_tasks import default_task_backend
from django_tasks.backends.immediate import ImmediateBackend

from tests.factories import SharedLinkFactory
from tests.web.servers import Web
from wagtail_careers.background import run_in_background
from wagtail_careers.choices import Verdict
from wagtail_careers.link_checks import run
from wagtail_careers.models import LinkCheck
from wagtail_careers.tasks import check_shared_link, check_shared_links

IMMEDIATE = "django_tasks.backends.immediate.ImmediateBackend"
DUMMY = "django_tasks.backends.dummy.DummyBackend"


@pytest.fixture
def backend(settings: Any) -> Any:
    """A function that sets the engine of the site."""

    def use(path: str) -> None:
        settings.TASKS = {"default": {"BACKEND": path}}

    return use


@pytest.mark.django_db
def test_one_link_is_checked_by_whichever_engine_runs_it(
    web: Web, monkeypatch: pytest.MonkeyPatch, backend: Any
) -> None:
    backend(IMMEDIATE)
    monkeypatch.setattr(run, "network", lambda: web.network)
    link, other = (SharedLinkFactory(base_url=f"https://careers.example/{n}") for n in range(2))
    web.page("/0")
    check_shared_link.enqueue(link.pk)
    assert LinkCheck.objects.get(shared_link=link).verdict == Verdict.OK
    assert not LinkCheck.objects.filter(shared_link=other).exists()


@pytest.mark.django_db
def test_run_that_was_asked_for_twice_asks_each_site_once(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "network", lambda: web.network)
    SharedLinkFactory(base_url="https://careers.example/")
    web.page("/")
    asked_at = timezone.now().isoformat()
    check_shared_links.func(asked_at)
    check_shared_links.func(asked_at)
    assert web.asked() == ["GET"]
    check_shared_links.func(timezone.now().isoformat())
    assert web.asked() == ["GET", "GET"]


@pytest.mark.django_db
def test_link_that_was_deleted_meanwhile_is_no_error(backend: Any) -> None:
    link = SharedLinkFactory()
    pk = link.pk
    link.delete()
    check_shared_link.func(pk)


@pytest.mark.django_db
def test_nothing_is_asked_when_a_check_is_put_off(web: Web, backend: Any) -> None:
    link = SharedLinkFactory(base_url="https://careers.example/")
    backend(DUMMY)
    check_shared_link.enqueue(link.pk)
    (put_off,) = default_task_backend.results
    assert (put_off.task.name, put_off.args) == ("check_shared_link", [link.pk])
    assert web.asked() == []


class Slower(ImmediateBackend):
    """An engine that a site has made of the immediate one."""


@pytest.mark.parametrize(
    ("path", "elsewhere"),
    [
        (IMMEDIATE, False),
        (f"{__name__}.Slower", False),
        (DUMMY, True),
    ],
)
def test_whether_tasks_run_elsewhere_is_known(backend: Any, path: str, elsewhere: bool) -> None:
    backend(path)
    assert run_in_background() == elsewhere


def test_without_a_setting_tasks_run_at_once(backend: Any, settings: Any) -> None:
    if hasattr(settings, "TASKS"):
        del settings.TASKS
    assert not run_in_background()


def test_djangos_own_engine_is_known(backend: Any) -> None:
    pytest.importorskip("django.tasks", reason="Django has tasks of its own since 6.0")
    backend("django.tasks.backends.immediate.ImmediateBackend")
    assert not run_in_background()
