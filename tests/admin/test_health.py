"""The report of link health, what is done from it, and the panel of the dashboard."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks import task_backends
from openpyxl import load_workbook

from tests.factories import SharedLinkFactory, body, shared_link_html
from wagtail_careers import tasks
from wagtail_careers.choices import Purpose, Verdict
from wagtail_careers.link_checks import run
from wagtail_careers.links import progress
from wagtail_careers.links.mentions import mentions
from wagtail_careers.links.usage import newest_content
from wagtail_careers.models import LinkCheck, Replacement, SharedLink

REPORT = "/admin/reports/link-health/"


def checked(
    name: str, verdict: Verdict, *, path: str = "", days: int = 0, final_url: str = "", **of: Any
) -> LinkCheck:
    """The check of a shared link that is made with it."""
    link = of.pop("link", None) or SharedLinkFactory(
        name=name, base_url=f"https://{name.lower()}.example/", **of
    )
    return LinkCheck.objects.create(
        shared_link=link,
        deep_path=path,
        url=link.url_for(path),
        verdict=verdict,
        failing_days=days,
        final_url=final_url,
        checked_at=timezone.now(),
    )


@pytest.fixture
def works(db: None) -> LinkCheck:
    return checked("Works", Verdict.OK, purpose=Purpose.VACANCIES)


@pytest.fixture
def moved(db: None) -> LinkCheck:
    return checked("Moved", Verdict.MOVED, final_url="https://new.example/")


@pytest.fixture
def dead(db: None) -> LinkCheck:
    return checked("Dead", Verdict.GONE, days=3)


def soup_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser").main


def listed(client: Client, **query: Any) -> list[str]:
    rows = soup_of(client.get(REPORT, query)).select("table tbody tr")
    return [row.select_one("td").get_text(strip=True) for row in rows]


class TestReport:
    def test_lists_addresses_with_their_evidence(
        self, admin_client: Client, works: LinkCheck, moved: LinkCheck, dead: LinkCheck
    ) -> None:
        text = " ".join(soup_of(admin_client.get(REPORT)).get_text(" ").split())
        assert "Works" in text
        assert "Moved permanently → https://new.example/ opens in a new tab" in text
        assert "Dead: Gone Failed on 3 days" in text

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ({}, {"Works", "Moved", "Dead"}),
            ({"attention": "needed"}, {"Moved", "Dead"}),
            ({"verdict": ["ok", "gone"]}, {"Works", "Dead"}),
            ({"host": "dead.example"}, {"Dead"}),
            ({"purpose": "vacancies"}, {"Works"}),
            ({"q": "mov"}, {"Moved"}),
        ],
    )
    def test_is_narrowed_down(
        self,
        admin_client: Client,
        works: LinkCheck,
        moved: LinkCheck,
        dead: LinkCheck,
        query: Any,
        names: set[str],
    ) -> None:
        assert set(listed(admin_client, **query)) == names

    def test_addresses_open_in_a_new_tab_unless_they_are_scripts(
        self, admin_client: Client, moved: LinkCheck
    ) -> None:
        links = soup_of(admin_client.get(REPORT)).select("td a[target=_blank]")
        assert [link["href"] for link in links] == [
            "https://moved.example/",
            "https://new.example/",
        ]
        assert {" ".join(link["rel"]) for link in links} == {"noopener noreferrer"}
        LinkCheck.objects.update(url="javascript:alert(1)", final_url="JavaScript:alert(2)")
        main = soup_of(admin_client.get(REPORT))
        assert "javascript:alert(1)" in main.get_text()
        assert not main.select("td a[target=_blank]")

    def test_verdicts_are_sorted_by_severity(
        self, admin_client: Client, works: LinkCheck, moved: LinkCheck, dead: LinkCheck
    ) -> None:
        checked("Unsure", Verdict.REFUSED_ROBOTS)
        checked("Failing", Verdict.GONE, days=1)
        worst_first = ["Dead", "Moved", "Failing", "Unsure", "Works"]
        assert listed(admin_client, ordering="verdict") == worst_first
        assert listed(admin_client, ordering="-verdict") == worst_first[::-1]

    def test_names_are_sorted_without_regard_to_case(
        self, admin_client: Client, works: LinkCheck, dead: LinkCheck
    ) -> None:
        SharedLink.objects.filter(name="Dead").update(name="zebra")
        assert listed(admin_client, ordering="shared_link__name") == ["Works", "zebra"]

    def test_leads_to_the_pages_with_a_path_and_to_its_change(
        self, admin_client: Client, dead: LinkCheck
    ) -> None:
        checked("", Verdict.NOT_FOUND, days=3, path="a?b=c&d", link=dead.shared_link)
        links = soup_of(admin_client.get(REPORT)).select('td a[href*="?path="]')
        assert [link.get_text() for link in links] == [
            "Pages with this path",
            "Change this path on all pages",
        ]
        assert all(link["href"].endswith("?path=a%3Fb%3Dc%26d") for link in links)
        for link in links:
            response = admin_client.get(link["href"])
            assert "https://dead.example/a?b=c&d" in soup_of(response).get_text()

    def test_is_exported_as_csv_and_xlsx(self, admin_client: Client, dead: LinkCheck) -> None:
        response = admin_client.get(REPORT, {"export": "csv"})
        content = b"".join(response.streaming_content).decode()
        (row,) = csv.DictReader(StringIO(content))
        assert (row["Address"], row["Verdict"]) == ("https://dead.example/", "Gone")
        response = admin_client.get(REPORT, {"export": "xlsx"})
        sheet = load_workbook(BytesIO(response.getvalue())).active
        assert "https://dead.example/" in [cell.value for cell in sheet[2]]

    def test_number_of_queries_does_not_grow_with_the_addresses(
        self, works: LinkCheck, queries_of: Any
    ) -> None:
        before = queries_of(REPORT)
        for number in range(10):
            checked(f"Link{number}", Verdict.MOVED, final_url="https://new.example/")
        assert queries_of(REPORT) == before

    def test_links_that_were_replaced_and_are_still_used_come_first(
        self, admin_client: Client, works: LinkCheck, dead: LinkCheck, publish_role: Any
    ) -> None:
        old, new = dead.shared_link, works.shared_link
        for _number in range(2):
            publish_role(body=body(duties=shared_link_html(old, "x")))
        assert "still used" not in admin_client.get(REPORT).content.decode()
        SharedLink.objects.filter(pk=old.pk).update(successor=new)
        (link,) = soup_of(admin_client.get(REPORT)).select('[aria-labelledby="careers-replaced"] a')
        said = " ".join(link.get_text().split())
        assert said == "Dead: replaced by Works, still used in 2 places"
        assert admin_client.get(link["href"]).status_code == 200

    def test_is_in_the_menu(self, admin_client: Client, outsider: Client) -> None:
        assert REPORT in admin_client.get("/admin/").content.decode()
        assert REPORT not in outsider.get("/admin/").content.decode()

    @pytest.mark.parametrize(
        "page", ["", "results/", "accept/", "check/", "check/{link}/", "{pk}/ignore/"]
    )
    def test_is_for_those_who_may_change_links(
        self, outsider: Client, works: LinkCheck, page: str
    ) -> None:
        assert outsider.get(
            REPORT + page.format(pk=works.pk, link=works.shared_link_id)
        ).status_code in (302, 403)


class TestAccepting:
    def test_has_a_button_in_the_row_that_is_accepted_by_the_site(
        self, admin_user: Any, moved: LinkCheck
    ) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(admin_user)
        form = soup_of(client.get(REPORT)).select_one("td form")
        data = {field["name"]: field["value"] for field in form.select("input")}
        assert client.post(form["action"], data).status_code == 302
        assert SharedLink.objects.get().base_url == "https://new.example/"

    def accept(self, client: Client, *checks: LinkCheck) -> str:
        url = reverse("careers_link_health:accept")
        response = client.post(url, {"check": [check.pk for check in checks]}, follow=True)
        return response.content.decode()

    def test_publishes_the_new_address(self, admin_client: Client, moved: LinkCheck) -> None:
        assert "1 new address accepted." in self.accept(admin_client, moved)
        link = SharedLink.objects.get(pk=moved.shared_link_id)
        assert link.base_url == "https://new.example/"
        assert not link.has_unpublished_changes
        assert LinkCheck.objects.get(shared_link=link).verdict == Verdict.NOT_CHECKED

    def test_by_those_who_may_not_publish_leaves_a_draft(
        self, editor: Client, moved: LinkCheck
    ) -> None:
        assert "is saved as a draft. Publish it next." in self.accept(editor, moved)
        link = SharedLink.objects.get(pk=moved.shared_link_id)
        assert link.base_url == "https://moved.example/"
        assert link.get_latest_revision_as_object().base_url == "https://new.example/"

    def test_of_an_address_that_another_link_has_says_which(
        self, admin_client: Client, moved: LinkCheck
    ) -> None:
        SharedLinkFactory(name="Newcomer", base_url="https://new.example/")
        html = self.accept(admin_client, moved)
        assert "Newcomer" in html
        assert "accepted" not in html

    def test_of_a_page_below_changes_the_path_on_all_pages(
        self, admin_client: Client, publish_role: Any
    ) -> None:
        link = SharedLinkFactory(base_url="https://jobs.example/")
        page = publish_role(body=body(duties=shared_link_html(link, "x", "old")))
        final_url = "https://jobs.example/new"
        check = checked("", Verdict.MOVED, link=link, path="old", final_url=final_url)
        self.accept(admin_client, check)
        assert progress.of(Replacement.objects.get()).is_over
        page.refresh_from_db()
        assert [mention.deep_path for mention in mentions(newest_content(page))] == ["new"]

    def test_of_a_page_that_moved_to_another_site_asks_for_another_link(
        self, admin_client: Client
    ) -> None:
        check = checked("Site", Verdict.MOVED, path="a", final_url="https://other.example/a")
        assert "Use another shared link" in self.accept(admin_client, check)
        assert not Replacement.objects.exists()

    def test_of_a_link_puts_the_pages_below_it_right(
        self, admin_client: Client, moved: LinkCheck
    ) -> None:
        final_url = "https://new.example/a"
        below = checked("", Verdict.MOVED, link=moved.shared_link, path="a", final_url=final_url)
        html = self.accept(admin_client, below, moved)
        assert "1 new address accepted." in html
        assert "Use another shared link" not in html
        below.refresh_from_db()
        assert (below.url, below.verdict) == (final_url, Verdict.NOT_CHECKED)

    def test_of_a_link_with_another_draft_leaves_that_alone(
        self, admin_client: Client, moved: LinkCheck
    ) -> None:
        link = moved.shared_link
        link.base_url = "https://draft.example/"
        link.save_revision()
        assert "has a draft with a different address" in self.accept(admin_client, moved)
        assert link.get_latest_revision_as_object().base_url == "https://draft.example/"

    def test_offers_none_that_is_ignored(self, admin_client: Client, moved: LinkCheck) -> None:
        LinkCheck.objects.update(ignored_until=timezone.localdate(), ignored_because="x")
        assert "No addresses have moved" in admin_client.get(f"{REPORT}accept/").content.decode()

    def test_shows_all_that_moved(
        self, admin_client: Client, moved: LinkCheck, dead: LinkCheck
    ) -> None:
        main = soup_of(admin_client.get(reverse("careers_link_health:accept")))
        ticked = [box["value"] for box in main.select('input[name="check"][checked]')]
        assert ticked == [str(moved.pk)]

    def test_of_what_did_not_move_changes_nothing(
        self, admin_client: Client, works: LinkCheck
    ) -> None:
        self.accept(admin_client, works)
        url = reverse("careers_link_health:accept")
        assert admin_client.post(url, {"check": ["x", "-1", ""]}).status_code == 302
        assert SharedLink.objects.get().base_url == "https://works.example/"


def test_links_that_were_replaced_need_no_attention(
    admin_client: Client, works: LinkCheck, dead: LinkCheck
) -> None:
    SharedLink.objects.filter(pk=dead.shared_link_id).update(successor=works.shared_link)
    assert listed(admin_client, attention="needed") == []


class TestIgnoring:
    def ignore(self, client: Client, check: LinkCheck, **data: Any) -> Any:
        return client.post(reverse("careers_link_health:ignore", args=[check.pk]), data)

    def test_asks_for_no_attention_until_a_day(
        self, admin_client: Client, admin_user: Any, dead: LinkCheck
    ) -> None:
        until = timezone.localdate() + timedelta(days=5)
        self.ignore(
            admin_client, dead, ignored_because="They move offices.", ignored_until=str(until)
        )
        dead.refresh_from_db()
        assert (dead.ignored_until, dead.ignored_by) == (until, admin_user)
        assert listed(admin_client, attention="needed") == []
        assert listed(admin_client, attention="ignored") == ["Dead"]
        assert "They move offices." in admin_client.get(REPORT).content.decode()

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            ({"ignored_because": ""}, "This field is required."),
            ({"ignored_because": "   "}, "This field is required."),
            ({"ignored_until": ""}, "This field is required."),
            ({"ignored_until": "2020-01-01"}, "This day has passed. Enter today or a later day."),
            ({"ignored_until": "soon"}, "Enter a valid date."),
        ],
    )
    def test_needs_a_reason_and_a_day(
        self, admin_client: Client, dead: LinkCheck, data: Any, message: str
    ) -> None:
        good = {"ignored_because": "x", "ignored_until": str(date.today() + timedelta(days=2))}
        response = self.ignore(admin_client, dead, **good | data)
        assert message in response.content.decode()
        dead.refresh_from_db()
        assert dead.ignored_until is None

    def test_is_stopped(self, admin_client: Client, dead: LinkCheck) -> None:
        dead.ignored_until = timezone.localdate()
        dead.ignored_because = "x"
        dead.save()
        self.ignore(admin_client, dead, stop="1")
        dead.refresh_from_db()
        assert not dead.is_ignored


@pytest.mark.parametrize("why", ["ignored", "replaced"])
def test_what_nobody_is_asked_about_cannot_be_accepted(
    admin_client: Client, moved: LinkCheck, works: LinkCheck, why: str
) -> None:
    if why == "ignored":
        moved.ignored_until = timezone.localdate()
        moved.save()
    else:
        moved.shared_link.successor = works.shared_link
        moved.shared_link.save()
    assert not soup_of(admin_client.get(REPORT)).select("td form")
    url = reverse("careers_link_health:accept")
    assert "No addresses have moved" in admin_client.get(url).content.decode()


def test_many_new_addresses_are_offered_some_at_a_time(
    admin_client: Client, moved: LinkCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked("Later", Verdict.MOVED, final_url="https://new.example/later")
    monkeypatch.setattr("wagtail_careers.admin.health_actions.LISTED_MOVES", 1)
    main = soup_of(admin_client.get(reverse("careers_link_health:accept")))
    assert len(main.select("input[name=check]")) == 1
    assert "This list shows the first 1 addresses." in main.get_text()


class TestCheckingNow:
    def test_without_a_worker_says_how_and_asks_no_site(
        self, admin_client: Client, works: LinkCheck, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(run, "check_links", pytest.fail)
        url = reverse("careers_link_health:check")
        for response in (admin_client.get(url), admin_client.post(url)):
            assert "python manage.py check_links" in response.content.decode()

    def test_with_a_worker_hands_it_one_run_over_all_links(
        self, admin_client: Client, works: LinkCheck, dead: LinkCheck, settings: Any
    ) -> None:
        settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
        url = reverse("careers_link_health:check")
        assert "This checks 2 shared links" in admin_client.get(url).content.decode()
        assert admin_client.post(url).status_code == 302
        (result,) = task_backends["default"].results
        assert result.task.func is tasks.check_shared_links.func

    def test_of_one_link_is_a_button_of_its_use(
        self, admin_client: Client, works: LinkCheck, settings: Any
    ) -> None:
        settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
        pk = works.shared_link_id
        usage = admin_client.get(reverse("careers_shared_links:usage", args=[pk]))
        url = reverse("careers_link_health:check_link", args=[pk])
        assert url in usage.content.decode()
        assert "This checks “Works”" in admin_client.get(url).content.decode()
        assert admin_client.post(url).status_code == 302
        (result,) = task_backends["default"].results
        assert (result.task.func, result.args) == (tasks.check_shared_link.func, [pk])

    def test_of_one_link_without_a_worker_asks_no_site(
        self, admin_client: Client, works: LinkCheck, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(run, "check_links", pytest.fail)
        url = reverse("careers_link_health:check_link", args=[works.shared_link_id])
        for response in (admin_client.get(url), admin_client.post(url)):
            command = f"python manage.py check_links {works.shared_link_id}<"
            assert command in response.content.decode()


class TestPanel:
    def test_says_how_many_need_attention(
        self, admin_client: Client, works: LinkCheck, moved: LinkCheck, dead: LinkCheck
    ) -> None:
        main = soup_of(admin_client.get("/admin/"))
        (link,) = main.select(f'a[href="{REPORT}?attention=needed"]')
        assert " ".join(link.get_text().split()) == "2 link addresses need attention"

    def test_says_nothing_when_all_is_well(self, admin_client: Client, works: LinkCheck) -> None:
        assert "need attention" not in admin_client.get("/admin/").content.decode()

    def test_is_for_those_who_may_change_links(self, outsider: Client, dead: LinkCheck) -> None:
        assert "needs attention" not in outsider.get("/admin/").content.decode()


def test_list_of_links_shows_their_health_and_what_replaced_them(
    admin_client: Client, works: LinkCheck, dead: LinkCheck
) -> None:
    SharedLinkFactory(name="Retired", successor=works.shared_link)
    rows = soup_of(admin_client.get(reverse("careers_shared_links:list"))).select("tbody tr")
    texts = [" ".join(row.get_text(" ").split()) for row in rows]
    assert any("Dead" in text and "1 dead address" in text for text in texts)
    assert any("Retired" in text and "Replaced by Works" in text for text in texts)
