"""Plain links in prose are checked in the same run, and reported with their pages."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from tests.factories import SharedLinkFactory, body
from tests.web.servers import Web
from wagtail_careers.choices import Verdict
from wagtail_careers.link_checks import health, run
from wagtail_careers.link_checks.report import CheckReport
from wagtail_careers.lint.pages import page_findings
from wagtail_careers.models import LinkCheck

pytestmark = pytest.mark.django_db

GONE = "https://careers.example/gone?a=1&b=2"
HTML = '<a href="https://careers.example/gone?a=1&amp;b=2">Apply</a>'


@pytest.fixture
def page(publish_role: Any) -> Any:
    return publish_role(title="Porter", body=body(duties=HTML))


def dead(url: str = GONE) -> LinkCheck:
    health.prepare()
    LinkCheck.objects.filter(url=url).update(verdict=Verdict.GONE, failing_days=9)
    return LinkCheck.objects.get(url=url)


class TestPrepare:
    def test_plain_link_has_a_row_beside_those_of_shared_links(self, page: Any) -> None:
        link = SharedLinkFactory()
        rows = {(row.url, row.shared_link) for row in health.prepare()}
        assert rows == {(GONE, None), (link.base_url, link)}
        assert {row.pk for row in health.prepare()} == {row.pk for row in LinkCheck.objects.all()}

    def test_address_on_several_pages_has_one_row(self, page: Any, publish_role: Any) -> None:
        publish_role(body=body(duties=HTML))
        assert [row.url for row in health.prepare()] == [GONE]

    def test_newest_and_live_versions_both_count(self, page: Any) -> None:
        page.body = body(duties='<a href="https://draft.example/">x</a>')
        page.save_revision()
        assert {row.url for row in health.prepare()} == {GONE, "https://draft.example/"}
        page.get_latest_revision().publish()
        assert {row.url for row in health.prepare()} == {"https://draft.example/"}

    def test_row_of_an_address_that_nobody_uses_is_removed(self, page: Any) -> None:
        health.prepare()
        page.delete()
        assert health.prepare() == []

    def test_evidence_is_kept(self, page: Any) -> None:
        check = dead()
        assert [(row.pk, row.failing_days) for row in health.prepare()] == [(check.pk, 9)]

    def test_check_of_one_link_leaves_plain_links_alone(self, page: Any) -> None:
        link = SharedLinkFactory()
        assert [row.shared_link for row in health.prepare([link.pk])] == [link]


def test_run_checks_and_reports_it_with_its_pages(
    page: Any, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "network", lambda: web.network)
    web.page("/gone", 410)
    report = CheckReport(timezone.now())
    report.rows = health.prepare()
    list(run.check_addresses(report.rows))
    (entry,) = report.entries()
    assert (entry["verdict"], entry["shared_link"]) == ("gone", None)
    assert entry["pages"] == [{"id": page.pk, "title": "Porter"}]
    (line,) = report.lines()
    assert line.endswith(f"{GONE} on: Porter")


def test_live_version_alone_is_reported_with_its_page(page: Any) -> None:
    page.body = body()
    page.save_revision()
    health.prepare()
    report = CheckReport(timezone.now())
    report.rows = list(LinkCheck.objects.all())
    (entry,) = report.entries()
    assert entry["pages"] == [{"id": page.pk, "title": "Porter"}]


class TestEditors:
    def test_role_with_a_dead_plain_link_is_found(self, page: Any, publish_role: Any) -> None:
        publish_role(body=body())
        dead()
        assert health.pages_with_dead_links() == {page.pk}
        (finding,) = [each for each in page_findings(page) if each.rule.id == "plain-link-dead"]
        assert (finding.text, finding.other) == ("Apply", GONE)

    def test_it_is_in_link_health_and_can_be_ignored(self, page: Any, admin_client: Any) -> None:
        check = dead()
        index = reverse("careers_link_health:index")
        html = admin_client.get(index).content.decode()
        assert "careers.example/gone" in html
        assert reverse("careers_plain_links:host", args=["careers.example"]) in html
        for export in ("csv", "xlsx"):
            assert b"".join(admin_client.get(f"{index}?export={export}").streaming_content)
        form = {"ignored_because": "Known", "ignored_until": timezone.localdate()}
        admin_client.post(reverse("careers_link_health:ignore", args=[check.pk]), form)
        check.refresh_from_db()
        assert check.is_ignored
        assert health.pages_with_dead_links() == set()

    def test_new_address_of_a_plain_link_is_not_offered(self, page: Any, admin_client: Any) -> None:
        check = dead()
        LinkCheck.objects.update(verdict=Verdict.MOVED, final_url="https://new.example/")
        html = admin_client.get(reverse("careers_link_health:index")).content.decode()
        assert "Accept new address for" not in html
        response = admin_client.post(reverse("careers_link_health:accept"), {"check": check.pk})
        assert response.status_code == 302

    def test_only_editors_of_the_page_see_it(self, page: Any, client: Any) -> None:
        check = dead()
        user = get_user_model().objects.create_user("editor")
        codenames = ["access_admin", "change_sharedlink"]
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        client.force_login(user)
        index = reverse("careers_link_health:index")
        ignore = reverse("careers_link_health:ignore", args=[check.pk])
        assert "careers.example/gone" not in client.get(index).content.decode()
        assert client.get(ignore).status_code == 404
        group = Group.objects.create(name="Porters")
        GroupPagePermission.objects.create(group=group, page=page, permission_type="change")
        user.groups.add(group)
        assert "careers.example/gone" in client.get(index).content.decode()
        assert client.get(ignore).status_code == 200


def test_command_checks_plain_links(
    page: Any, web: Web, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "network", lambda: web.network)
    web.page("/gone", 404)
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("check_links", stdout=out, stderr=StringIO())
    assert f"{GONE} on: Porter" in out.getvalue()
