"""Addresses of any size and kind are checked, and one bad row does not stop the others."""

import json
import logging
from datetime import UTC, datetime
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, OperationalError, connection
from django.test.utils import CaptureQueriesContext

from tests.factories import RolePageFactory, SharedLinkFactory, body, link_item, shared_link_html
from wagtail_careers.choices import Verdict
from wagtail_careers.link_checks import check, health, run
from wagtail_careers.link_checks.report import CheckReport
from wagtail_careers.models import LinkCheck, SharedLink

pytestmark = pytest.mark.django_db

LONG_BASE = "https://a.example/" + "b" * 482
LONG_PATH = "p" * 500


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Every address has the result that this function makes of it; at first it works."""
    answers: dict[str, Any] = {}

    def check_urls(targets: Any, **kwargs: Any) -> Any:
        works = {"verdict": Verdict.OK, "status": 200}
        yield [check.CheckResult(each.url, **works | answers.get(each.url, {})) for each in targets]

    monkeypatch.setattr(check, "check_urls", check_urls)
    return answers


def urls_checked() -> set[str]:
    return {row.url for row in run.check_links()}


def test_longest_address_with_the_longest_path_is_checked(publish_role: Any, answered: Any) -> None:
    link = SharedLinkFactory(base_url=LONG_BASE)
    publish_role(body=body(application_links={"links": [link_item(link, LONG_PATH)]}))
    assert urls_checked() == {LONG_BASE, f"{LONG_BASE}/{LONG_PATH}"}


def test_path_of_a_draft_that_is_longer_than_forms_accept_is_checked(
    publish_role: Any, answered: Any
) -> None:
    link = SharedLinkFactory(base_url="https://a.example/")
    path = LONG_PATH * 3
    publish_role(body=body(duties=shared_link_html(link, "x", path)))
    assert f"https://a.example/{path}" in urls_checked()


@pytest.mark.parametrize("path", [5, 0.5, True, ["a"], {"a": "b"}, None, "\ud800"])
def test_path_that_is_not_text_leads_to_the_address_of_the_link(
    path: Any, index: Any, answered: Any
) -> None:
    link = SharedLinkFactory(base_url="https://a.example/")
    other = SharedLinkFactory(base_url="https://b.example/")
    page = RolePageFactory(parent=index, body=body(duties=shared_link_html(other, "x", "c")))
    revision = page.save_revision()
    raw = body(application_links={"links": [link_item(link, "stored"), link_item(other)]})
    raw[4]["value"]["links"][0]["value"]["path"] = path
    revision.content = {**revision.content, "body": json.dumps(raw)}
    revision.save()
    assert urls_checked() >= {"https://a.example/", "https://b.example/"}


@pytest.mark.parametrize(
    "address", ["http://[", "http://[::1", "//", "", "x", "javascript:alert(1)", "h" * 500]
)
def test_address_that_is_not_one_does_not_stop_the_others(
    address: str, publish_role: Any, answered: Any
) -> None:
    bad = SharedLinkFactory()
    SharedLinkFactory(base_url="https://b.example/")
    publish_role(body=body(application_links={"links": [link_item(bad, "nursing?a=1#b")]}))
    SharedLink.objects.filter(pk=bad.pk).update(base_url=address)
    assert "https://b.example/" in urls_checked()


def test_texts_of_a_site_are_stored_without_what_databases_refuse(answered: Any) -> None:
    link = SharedLinkFactory(base_url="https://a.example/")
    answered[link.base_url] = {
        "verdict": Verdict.MOVED,
        "final_url": "https://c.example/" + "d" * 5000,
        "detail": "before\x00\ud800after",
        "etag": "\x00",
    }
    urls_checked()
    row = LinkCheck.objects.get()
    assert row.final_url == "https://c.example/" + "d" * 5000
    assert (row.detail, row.etag) == ("beforeafter", "")


def test_row_that_cannot_be_saved_is_reported_and_the_others_are_saved(
    answered: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for url in ("https://a.example/", "https://b.example/", "https://c.example/"):
        SharedLinkFactory(base_url=url)
    update = LinkCheck.objects.filter().__class__.update

    def refuse(rows: Any, **values: Any) -> Any:
        if "verdict" in values and rows.filter(url="https://b.example/").exists():
            raise DataError("value too long")
        return update(rows, **values)

    monkeypatch.setattr("wagtail_careers.models.link_check.LinkCheckQuerySet.update", refuse)
    report = CheckReport(datetime(2020, 1, 1, tzinfo=UTC))
    report.rows = health.prepare()
    with caplog.at_level(logging.CRITICAL):
        for _row in run.check_addresses(report.rows):
            pass
    assert list(report.lines()) == [
        "Not checked yet: https://b.example/ (The result could not be saved: value too long)"
    ]
    assert not report.is_all_well
    saved = LinkCheck.objects.order_by("url").values_list("verdict", flat=True)
    assert list(saved) == [Verdict.OK, Verdict.NOT_CHECKED, Verdict.OK]


@pytest.mark.parametrize("number", [2, 20])
def test_results_of_a_moment_are_saved_in_one_transaction(number: int, answered: Any) -> None:
    for each in range(number):
        SharedLinkFactory(base_url=f"https://a.example/{each}")
    rows = health.prepare()
    with CaptureQueriesContext(connection) as queries:
        assert len(list(run.check_addresses(rows))) == number
    # MariaDB quotes names in its own way.
    statements = [query["sql"].replace("`", '"') for query in queries]
    writes = [index for index, sql in enumerate(statements) if 'SET "verdict"' in sql]
    assert len(writes) == number
    assert writes == list(range(writes[0], writes[0] + number))


def test_results_are_saved_one_by_one_where_others_are_in_the_way(
    answered: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in range(3):
        SharedLinkFactory(base_url=f"https://a.example/{each}")
    update = LinkCheck.objects.filter().__class__.update
    refused: list[str] = []

    def refuse_once(rows: Any, **values: Any) -> Any:
        if "verdict" in values and not refused:
            refused.append("deadlock detected")
            raise OperationalError(refused[0])
        return update(rows, **values)

    monkeypatch.setattr("wagtail_careers.models.link_check.LinkCheckQuerySet.update", refuse_once)
    list(run.check_links())
    assert refused
    assert set(LinkCheck.objects.values_list("verdict", flat=True)) == {Verdict.OK}


def test_address_that_cleaning_makes_too_long_is_refused() -> None:
    # Without a path, an address gets one: "?" becomes "/?".
    link = SharedLinkFactory.build(name="x", base_url="https://a.example?" + "q" * 482)
    assert len(link.base_url) == 500
    with pytest.raises(ValidationError) as raised:
        link.full_clean(exclude=["translation_key", "locale"])
    assert list(raised.value.message_dict) == ["base_url"]


def test_host_of_the_longest_name_with_a_port_fits(answered: Any) -> None:
    host = ".".join(["a" * 61] * 4)
    assert len(host) == 247
    link = SharedLinkFactory(base_url=f"https://{host}.abcde:65535/")
    assert urls_checked() == {link.base_url}


def test_checked_paths_get_their_digests(answered: Any, publish_role: Any) -> None:
    link = SharedLinkFactory()
    publish_role(body=body(application_links={"links": [link_item(link, "nursing")]}))
    urls_checked()
    before = set(LinkCheck.objects.values_list("deep_path", "path_digest"))
    for number, row in enumerate(LinkCheck.objects.all()):
        LinkCheck.objects.filter(pk=row.pk).update(path_digest=number)
    migration = import_module("wagtail_careers.migrations.0013_sizes")
    migration.fill(apps, SimpleNamespace(connection=connection))
    assert set(LinkCheck.objects.values_list("deep_path", "path_digest")) == before
