import time
from datetime import UTC, date, datetime, timedelta
from errno import ENETUNREACH
from socket import EAI_AGAIN, EAI_NONAME, gaierror
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone
from werkzeug import Request, Response

import wagtail_careers
from tests.factories import SharedLinkFactory, body, link_item, shared_link_html
from tests.web.servers import Web
from wagtail_careers.choices import Verdict
from wagtail_careers.link_checks import health, run
from wagtail_careers.models import LinkCheck, SharedLink
from wagtail_careers.web.client import Limits, Network

pytestmark = pytest.mark.django_db

TODAY = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Clock:
    """The time of day, as Django tells it."""

    def __init__(self) -> None:
        self.now = TODAY

    def next_day(self) -> None:
        self.now += timedelta(days=1)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def user() -> Any:
    return get_user_model().objects.create_superuser("editor")


def check_all() -> None:
    for _row in run.check_links():
        pass


def row_of(link: SharedLink, deep_path: str = "") -> LinkCheck:
    return LinkCheck.objects.get(shared_link=link, deep_path=deep_path)


def found(
    link: SharedLink, verdict: Verdict, final_url: str = "", deep_path: str = ""
) -> LinkCheck:
    """A check with a result, as a run leaves it."""
    health.prepare([link.pk])
    row = row_of(link, deep_path)
    LinkCheck.objects.filter(pk=row.pk).update(verdict=verdict, final_url=final_url, status=200)
    return row_of(link, deep_path)


class TestPrepare:
    def test_row_that_another_run_adds_at_the_same_moment_is_no_error(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        link = SharedLinkFactory()
        original = LinkCheck.objects.bulk_create

        def bulk_create(rows: Any, **kwargs: Any) -> Any:
            LinkCheck.objects.create(shared_link=link, url=link.base_url)
            return original(rows, **kwargs)

        monkeypatch.setattr(LinkCheck.objects, "bulk_create", bulk_create)
        (row,) = health.prepare()
        assert row.shared_link == link

    def test_each_link_has_its_address_and_those_that_pages_make(self, publish_role: Any) -> None:
        link = SharedLinkFactory(base_url="https://jobs.example/careers")
        unused = SharedLinkFactory(base_url="https://unused.example/")
        page = publish_role(body=body(duties=shared_link_html(link, "x", "nursing")))
        page.body = body(application_links={"links": [link_item(link, path="draft?page=2")]})
        page.save_revision()
        rows = {(row.shared_link, row.deep_path): row.url for row in health.prepare()}
        assert rows == {
            (link, ""): "https://jobs.example/careers",
            (link, "nursing"): "https://jobs.example/careers/nursing",
            (link, "draft?page=2"): "https://jobs.example/careers/draft?page=2",
            (unused, ""): "https://unused.example/",
        }
        assert row_of(link).host == "jobs.example"

    def test_addresses_that_are_no_longer_used_are_forgotten(self, publish_role: Any) -> None:
        link = SharedLinkFactory()
        page = publish_role(body=body(duties=shared_link_html(link, "x", "nursing")))
        health.prepare()
        page.delete()
        assert [row.deep_path for row in health.prepare()] == [""]

    def test_what_was_found_of_another_address_is_forgotten(self) -> None:
        link = SharedLinkFactory(base_url="https://old.example/")
        found(link, Verdict.GONE)
        SharedLink.objects.update(base_url="https://new.example/")
        (row,) = health.prepare()
        assert (row.url, row.verdict) == ("https://new.example/", Verdict.NOT_CHECKED)

    def test_what_was_found_of_the_same_address_is_kept(self) -> None:
        row = found(SharedLinkFactory(), Verdict.GONE)
        assert [(kept.pk, kept.verdict) for kept in health.prepare()] == [(row.pk, Verdict.GONE)]

    def test_those_of_other_links_are_left_alone(self) -> None:
        one, two = SharedLinkFactory.create_batch(2)
        health.prepare()
        assert [row.shared_link for row in health.prepare([one.pk])] == [one]
        assert row_of(two)

    def test_the_longest_unchecked_comes_first(self) -> None:
        for days, name in ((1, "b"), (2, "c"), (None, "d"), (3, "a")):
            link = SharedLinkFactory(base_url=f"https://{name}.example/")
            health.prepare([link.pk])
            at = None if days is None else TODAY - timedelta(days=days)
            LinkCheck.objects.filter(shared_link=link).update(checked_at=at)
        assert [row.host[0] for row in health.prepare()] == ["d", "a", "c", "b"]

    def test_number_of_queries_does_not_grow_with_the_links(
        self, django_assert_max_num_queries: Any
    ) -> None:
        SharedLinkFactory.create_batch(30)
        with django_assert_max_num_queries(17):
            assert len(health.prepare()) == 30


class TestChecks:
    @pytest.fixture(autouse=True)
    def _on_this_machine(self, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(run, "network", lambda: web.network)

    def test_what_was_found_is_saved(self, web: Web, clock: Clock, publish_role: Any) -> None:
        link = SharedLinkFactory(base_url="https://careers.example/")
        publish_role(body=body(duties=shared_link_html(link, "x", "nursing")))
        web.page("/", etag='"v1"')
        web.redirect("/nursing", "/nurses")
        web.page("/nurses", 404)
        check_all()
        good, bad = row_of(link), row_of(link, "nursing")
        assert (good.verdict, good.status, good.etag) == (Verdict.OK, 200, '"v1"')
        assert (good.checked_at, good.last_good_at) == (TODAY, TODAY)
        assert (bad.verdict, bad.status) == (Verdict.NOT_FOUND, 404)
        assert bad.final_url == "https://careers.example/nurses"
        assert (bad.failing_days, bad.failed_on, bad.last_good_at) == (1, TODAY.date(), None)

    def test_next_check_is_conditional(self, web: Web) -> None:
        SharedLinkFactory(base_url="https://careers.example/")
        web.page("/", etag='"v1"')
        check_all()
        check_all()
        sent = [request.headers.get("If-None-Match") for request, _answer in web.https.log]
        assert sent == [None, '"v1"']

    def test_address_of_several_links_is_asked_for_once(self, web: Web, publish_role: Any) -> None:
        one = SharedLinkFactory(base_url="https://careers.example/a")
        two = SharedLinkFactory(base_url="https://careers.example/")
        publish_role(body=body(duties=shared_link_html(two, "x", "a")))
        web.page("/a")
        web.page("/")
        check_all()
        assert web.asked("/a") == ["GET"]
        assert row_of(one).verdict == row_of(two, "a").verdict == Verdict.OK

    def test_link_is_dead_after_failing_on_three_days(self, web: Web, clock: Clock) -> None:
        link = SharedLinkFactory(base_url="https://careers.example/")
        web.page("/", 410)
        for day, is_dead in enumerate((False, False, True, True), start=1):
            # However often it is checked on one day.
            check_all()
            check_all()
            row = row_of(link)
            assert (row.failing_days, row.is_dead) == (day, is_dead)
            assert LinkCheck.objects.dead().exists() == is_dead
            clock.next_day()

    def test_setting_says_after_how_many_days(self, web: Web, clock: Clock, settings: Any) -> None:
        settings.WAGTAIL_CAREERS = {"DEAD_AFTER_DAYS": 1}
        link = SharedLinkFactory(base_url="https://careers.example/")
        web.page("/", 410)
        check_all()
        assert row_of(link).is_dead

    def test_days_are_those_of_the_site(self, web: Web, clock: Clock, settings: Any) -> None:
        settings.TIME_ZONE = "Asia/Tokyo"
        link = SharedLinkFactory(base_url="https://careers.example/")
        web.page("/", 410)
        clock.now = datetime(2026, 11, 24, 14, 59, tzinfo=UTC)
        check_all()
        clock.now += timedelta(minutes=2)
        check_all()
        assert (row_of(link).failing_days, row_of(link).failed_on) == (2, date(2026, 11, 25))

    def test_one_good_day_starts_the_count_again(self, web: Web, clock: Clock) -> None:
        link = SharedLinkFactory(base_url="https://careers.example/")
        for status in (410, 410, 200, 410, 410):
            web.clear()
            web.page("/", status)
            check_all()
            clock.next_day()
        assert (row_of(link).failing_days, row_of(link).is_dead) == (2, False)
        assert row_of(link).last_good_at == TODAY + timedelta(days=2)

    def test_site_that_refuses_to_say_leaves_the_count(self, web: Web, clock: Clock) -> None:
        link = SharedLinkFactory(base_url="https://careers.example/")
        for status in (410, 403, 410, 403, 410):
            web.clear()
            web.page("/", status)
            check_all()
            clock.next_day()
        assert (row_of(link).failing_days, row_of(link).is_dead) == (3, True)

    @pytest.mark.parametrize("status", [500, 503, 301])
    def test_fault_that_does_not_say_that_the_page_is_gone_is_no_death(
        self, web: Web, clock: Clock, status: int
    ) -> None:
        link = SharedLinkFactory(base_url="https://careers.example/nursing")
        web.page("/nursing", status, **({"location": "/"} if status == 301 else {}))
        web.page("/")
        for day in range(1, 5):
            check_all()
            row = row_of(link)
            assert (row.failing_days, row.is_dead, row.faulty_since) == (0, False, TODAY.date())
            assert LinkCheck.objects.needing_attention().exists() == (day >= 3)
            assert not LinkCheck.objects.dead().exists()
            clock.next_day()
        web.clear()
        web.page("/nursing")
        check_all()
        assert row_of(link).faulty_since is None
        assert not LinkCheck.objects.needing_attention().exists()

    def test_only_days_on_which_the_page_did_not_exist_count(self, web: Web, clock: Clock) -> None:
        link = SharedLinkFactory(base_url="https://careers.example/")
        for status, days in ((500, 0), (404, 1), (500, 1), (400, 1), (410, 2), (500, 2), (404, 3)):
            web.clear()
            web.page("/", status)
            check_all()
            row = row_of(link)
            assert (row.failing_days, row.is_dead) == (days, days == 3)
            clock.next_day()

    def test_address_to_check_manually_is_never_dead_and_asks_for_attention(
        self, web: Web, clock: Clock
    ) -> None:
        link = SharedLinkFactory(base_url="https://careers.example/")
        web.page("/", 400)
        for _day in range(4):
            check_all()
            clock.next_day()
        row = row_of(link)
        assert (row.verdict, row.failing_days, row.is_dead) == (Verdict.CHECK_MANUALLY, 0, False)
        assert row.last_good_at is None
        assert row in LinkCheck.objects.needing_attention()

    def test_site_that_always_refuses_is_never_dead(self, web: Web, clock: Clock) -> None:
        link = SharedLinkFactory(base_url="https://careers.example/")
        web.page("/", 403)
        for _day in range(5):
            check_all()
            clock.next_day()
        assert (row_of(link).failing_days, row_of(link).is_dead) == (0, False)

    def test_address_that_is_not_asked_is_never_dead_and_asks_for_attention(
        self, clock: Clock
    ) -> None:
        link = SharedLinkFactory(base_url="https://careers.example:8443/")
        for _day in range(4):
            check_all()
            clock.next_day()
        row = row_of(link)
        assert (row.verdict, row.failing_days, row.is_dead) == (Verdict.UNSAFE, 0, False)
        assert row.last_good_at is None
        assert not LinkCheck.objects.dead().exists()
        assert row in LinkCheck.objects.needing_attention()

    def test_address_that_was_not_reached_in_time_keeps_what_was_known(
        self, web: Web, clock: Clock, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        link = SharedLinkFactory(base_url="https://careers.example/")
        web.page("/", 410)
        check_all()
        before = row_of(link)
        clock.next_day()
        monkeypatch.setattr(run, "limits", lambda: run.Limits(run_seconds=0))
        check_all()
        after = row_of(link)
        assert (after.verdict, after.failing_days) == (Verdict.GONE, 1)
        assert after.checked_at == before.checked_at

    def test_what_editors_do_meanwhile_is_not_undone(
        self, web: Web, user: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        link, lost, moved, edited = (
            SharedLinkFactory(base_url=f"https://{name}.careers.example/") for name in "abce"
        )
        web.page("/", 404)
        rows = health.prepare()
        health.ignore(row_of(link), because="Known", until=timezone.localdate(), user=user)
        pk = lost.pk
        lost.delete()
        SharedLink.objects.filter(pk=moved.pk).update(base_url="https://d.careers.example/")
        health.prepare()
        # Unlike the one above, it keeps its row.
        edited.base_url = "https://f.careers.example/"
        edited.save()
        assert row_of(edited) in rows
        assert len(list(run.check_addresses(rows))) == 4
        assert row_of(link).is_ignored
        assert row_of(link).verdict == Verdict.NOT_FOUND
        assert not LinkCheck.objects.filter(shared_link=pk).exists()
        assert row_of(moved).verdict == Verdict.NOT_CHECKED
        assert row_of(edited).verdict == Verdict.NOT_CHECKED

    @pytest.mark.parametrize("number", [1, 3])
    @pytest.mark.parametrize("error", [EAI_NONAME, EAI_AGAIN, None])
    def test_day_without_a_network_counts_for_no_link(
        self, web: Web, clock: Clock, monkeypatch: pytest.MonkeyPatch, error: Any, number: int
    ) -> None:
        async def resolve(host: str, port: int) -> Any:
            if error is None:
                raise OSError(ENETUNREACH, "Network is unreachable")
            raise gaierror(error, "No network")

        network = Network(web.network.policy, resolve)
        monkeypatch.setattr(run, "network", lambda: network)
        monkeypatch.setattr(run, "limits", lambda: Limits(retry_pause_seconds=0))
        links = [SharedLinkFactory(base_url=f"https://{n}.careers.example/") for n in range(number)]
        check_all()
        assert {row_of(link).failing_days for link in links} == {0}
        assert {row_of(link).faulty_since for link in links} == {None}
        assert {row_of(link).verdict for link in links} == {Verdict.NOT_CHECKED}

    def test_day_on_which_only_names_do_not_exist_counts(self, web: Web, clock: Clock) -> None:
        link = SharedLinkFactory(base_url="https://careers.unknown/")
        for day in range(1, 4):
            check_all()
            assert (row_of(link).verdict, row_of(link).failing_days) == (Verdict.NO_SUCH_HOST, day)
            clock.next_day()
        assert row_of(link).is_dead

    def test_run_that_is_given_up_keeps_what_was_saved(self, web: Web) -> None:
        def slow(request: Request) -> Response:
            time.sleep(0.5)
            return Response("A page")

        SharedLinkFactory(base_url="https://careers.example/quick")
        SharedLinkFactory(base_url="https://careers.example/slow")
        web.page("/quick")
        web.https.expect_request("/slow").respond_with_handler(slow)
        checks = run.check_links()
        next(checks)
        checks.close()
        assert [row.url[-6:] for row in LinkCheck.objects.filter(verdict=Verdict.OK)] == ["/quick"]


class TestAcceptMove:
    def test_new_address_is_published(self, user: Any) -> None:
        link = SharedLinkFactory(base_url="https://old.example/")
        link.save_revision().publish()
        health.accept_move(found(link, Verdict.MOVED, "HTTPS://New.example"), user=user)
        link.refresh_from_db()
        assert (link.base_url, link.live) == ("https://new.example/", True)
        assert not link.has_unpublished_changes
        assert link.latest_revision.user == user
        row = row_of(link)
        assert (row.url, row.verdict) == ("https://new.example/", Verdict.NOT_CHECKED)

    def test_https_version_is_published(self, user: Any) -> None:
        link = SharedLinkFactory(base_url="http://old.example/")
        health.accept_move(found(link, Verdict.HTTP_ONLY, "https://old.example/"), user=user)
        link.refresh_from_db()
        assert link.base_url == "https://old.example/"

    def test_link_that_was_never_saved_as_a_revision_is_published_too(self, user: Any) -> None:
        link = SharedLinkFactory(base_url="https://old.example/")
        health.accept_move(found(link, Verdict.MOVED, "https://new.example/"), user=user)
        link.refresh_from_db()
        assert link.base_url == "https://new.example/"

    def test_draft_of_someone_else_is_not_published_along(self, user: Any) -> None:
        link = SharedLinkFactory(base_url="https://old.example/", name="Name")
        link.name = "New name"
        link.save_revision()
        health.accept_move(found(link, Verdict.MOVED, "https://new.example/"), user=user)
        link.refresh_from_db()
        assert (link.base_url, link.name) == ("https://old.example/", "Name")
        draft = link.get_latest_revision_as_object()
        assert (draft.base_url, draft.name) == ("https://new.example/", "New name")
        assert row_of(link).verdict == Verdict.MOVED

    def test_addresses_with_a_deep_path_follow(self, user: Any, publish_role: Any) -> None:
        link = SharedLinkFactory(base_url="https://old.example/")
        publish_role(body=body(duties=shared_link_html(link, "x", "nursing")))
        health.accept_move(found(link, Verdict.MOVED, "https://new.example/jobs"), user=user)
        assert row_of(link, "nursing").url == "https://new.example/jobs/nursing"

    @pytest.mark.parametrize(
        ("verdict", "final_url"),
        [
            (Verdict.OK, "https://new.example/"),
            (Verdict.SOFT_DEAD, "https://new.example/"),
            (Verdict.MOVED, ""),
        ],
    )
    def test_nothing_is_accepted_where_nothing_was_found(
        self, user: Any, verdict: Verdict, final_url: str
    ) -> None:
        row = found(SharedLinkFactory(base_url="https://old.example/"), verdict, final_url)
        with pytest.raises(ValidationError, match="No new address is known"):
            health.accept_move(row, user=user)

    def test_deep_path_is_a_matter_of_its_pages(self, user: Any, publish_role: Any) -> None:
        link = SharedLinkFactory(base_url="https://old.example/")
        publish_role(body=body(duties=shared_link_html(link, "x", "nursing")))
        row = found(link, Verdict.MOVED, "https://old.example/nurses", "nursing")
        with pytest.raises(ValidationError, match="Change it on these pages"):
            health.accept_move(row, user=user)

    def test_address_that_an_editor_has_corrected_since_stays(self, user: Any) -> None:
        link = SharedLinkFactory(base_url="https://old.example/")
        row = found(link, Verdict.MOVED, "https://landing.example/")
        SharedLink.objects.filter(pk=link.pk).update(base_url="https://right.example/")
        with pytest.raises(ValidationError, match="no longer has the address"):
            health.accept_move(row, user=user)
        link.refresh_from_db()
        assert link.base_url == "https://right.example/"

    def test_address_of_another_link_is_not_taken(self, user: Any) -> None:
        SharedLinkFactory(base_url="https://new.example/", name="The other")
        link = SharedLinkFactory(base_url="https://old.example/")
        with pytest.raises(ValidationError, match="The other"):
            health.accept_move(found(link, Verdict.MOVED, "https://new.example/"), user=user)
        link.refresh_from_db()
        assert link.base_url == "https://old.example/"


@pytest.mark.parametrize(
    ("base_url", "final_url", "path"),
    [
        ("https://a.example/", "https://a.example/nurses", "nurses"),
        ("https://a.example/jobs", "https://a.example/jobs/nurses?page=2#top", "nurses?page=2#top"),
        ("https://a.example/jobs/", "https://a.example/jobs/x/", "x/"),
        ("https://a.example/jobs", "https://a.example/jobs", ""),
        ("https://a.example/jobs", "https://a.example/jobs/", ""),
    ],
)
def test_moved_path_is_relative_to_the_link(
    db: None, base_url: str, final_url: str, path: str
) -> None:
    link = SharedLinkFactory(base_url=base_url)
    assert health.moved_path(found(link, Verdict.MOVED, final_url)) == path


@pytest.mark.parametrize("page", ["Error/404?aspxerrorpath=/a", "login", "", "?from=a"])
def test_page_of_another_kind_is_no_new_address(page: str, user: Any) -> None:
    link = SharedLinkFactory(base_url="https://careers.example/nursing")
    row = found(link, Verdict.MOVED, f"https://careers.example/{page}")
    assert not row.can_move
    with pytest.raises(ValidationError, match="No new address is known"):
        health.accept_move(row, user=user)
    with pytest.raises(ValidationError, match="No new address is known"):
        health.moved_path(row)


@pytest.mark.parametrize(
    "final_url",
    [
        "https://b.example/jobs/nurses",
        "https://a.example/nurses",
        "https://a.example/jobsearch",
        "http://a.example/jobs/nurses",
        "https://a.example/jobs/../nurses",
        "https://a.example/jobs//nurses",
    ],
)
def test_moved_path_elsewhere_needs_another_link(final_url: str) -> None:
    link = SharedLinkFactory(base_url="https://a.example/jobs")
    with pytest.raises(ValidationError, match="Use another shared link"):
        health.moved_path(found(link, Verdict.MOVED, final_url))


def test_moved_path_of_an_address_that_was_corrected_since_is_refused() -> None:
    row = LinkCheck(
        shared_link=SharedLinkFactory(base_url="https://b.example/"),
        deep_path="nursing",
        url="https://a.example/nursing",
        verdict=Verdict.MOVED,
        final_url="https://b.example/nurses",
    )
    with pytest.raises(ValidationError, match="no longer has the address"):
        health.moved_path(row)


class TestCorrectedAddress:
    def test_what_was_found_of_the_old_one_is_forgotten_at_once(self, publish_role: Any) -> None:
        link = SharedLinkFactory(base_url="https://old.example/")
        publish_role(body=body(duties=shared_link_html(link, "x", "nursing")))
        for path in ("", "nursing"):
            found(link, Verdict.MOVED, "https://landing.example/", path)
        link.base_url = "https://right.example/"
        link.save_revision().publish()
        assert not LinkCheck.objects.needing_attention().exists()
        assert row_of(link).url == "https://right.example/"
        assert row_of(link, "nursing").url == "https://right.example/nursing"

    def test_in_a_draft_leaves_what_was_found_of_the_live_one(self) -> None:
        link = SharedLinkFactory(base_url="https://old.example/")
        found(link, Verdict.MOVED, "https://landing.example/")
        link.base_url = "https://right.example/"
        link.save_revision()
        assert row_of(link).verdict == Verdict.MOVED

    def test_other_changes_leave_what_was_found(self) -> None:
        link = SharedLinkFactory()
        found(link, Verdict.MOVED, "https://landing.example/")
        link.name = "Another name"
        link.save()
        assert row_of(link).verdict == Verdict.MOVED


class TestIgnore:
    def test_ignored_link_needs_no_attention_until_the_day_has_passed(
        self, clock: Clock, user: Any
    ) -> None:
        row = found(SharedLinkFactory(), Verdict.MOVED, "https://new.example/")
        assert row in LinkCheck.objects.needing_attention()
        until = timezone.localdate() + timedelta(days=1)
        health.ignore(row, because=" They are moving. ", until=until, user=user)
        row.refresh_from_db()
        assert (row.ignored_because, row.ignored_by) == ("They are moving.", user)
        for needs_attention in (False, False, True):
            assert (row in LinkCheck.objects.needing_attention()) == needs_attention
            assert row.is_ignored != needs_attention
            clock.next_day()

    def test_attention_can_be_asked_for_again(self, user: Any) -> None:
        row = found(SharedLinkFactory(), Verdict.MOVED, "https://new.example/")
        health.ignore(row, because="x", until=timezone.localdate(), user=user)
        health.stop_ignoring(row)
        row.refresh_from_db()
        assert not row.is_ignored
        assert (row.ignored_because, row.ignored_by) == ("", None)
        assert row in LinkCheck.objects.needing_attention()

    @pytest.mark.parametrize(
        ("because", "days", "field"),
        [("", 1, "ignored_because"), ("  ", 1, "ignored_because"), ("x", -1, "ignored_until")],
    )
    def test_reason_and_a_day_to_come_are_needed(
        self, user: Any, because: str, days: int, field: str
    ) -> None:
        row = found(SharedLinkFactory(), Verdict.GONE)
        until = timezone.localdate() + timedelta(days=days)
        with pytest.raises(ValidationError) as caught:
            health.ignore(row, because=because, until=until, user=user)
        assert list(caught.value.message_dict) == [field]
        assert not row_of(row.shared_link).is_ignored

    def test_reason_is_not_too_long(self, user: Any) -> None:
        row = found(SharedLinkFactory(), Verdict.GONE)
        with pytest.raises(ValidationError) as caught:
            health.ignore(row, because="x" * 256, until=timezone.localdate(), user=user)
        assert list(caught.value.message_dict) == ["ignored_because"]


class TestSettings:
    @pytest.mark.parametrize(
        ("configured", "base_url", "comment"),
        [
            ({"LINK_CHECK_CONTACT": "web@careers.example"}, "x", "; +web@careers.example"),
            ({}, "https://admin.careers.example", "; +https://admin.careers.example/"),
            ({}, "https://bücher.example", "; +https://xn--bcher-kva.example/"),
            ({}, "https://[bücher.example", ""),
            ({}, None, ""),
            ({}, "", ""),
        ],
    )
    def test_user_agent_says_who_asks_and_whom_to_turn_to(
        self, settings: Any, configured: dict[str, str], base_url: str, comment: str
    ) -> None:
        settings.WAGTAIL_CAREERS = configured
        settings.WAGTAILADMIN_BASE_URL = base_url
        version = wagtail_careers.__version__
        assert run.user_agent() == f"wagtail-careers/{version} (link check{comment})"

    def test_ports_and_the_length_of_a_run_are_settings(self, settings: Any) -> None:
        settings.WAGTAIL_CAREERS = {"LINK_CHECK_PORTS": [443, 8443], "LINK_CHECK_RUN_SECONDS": 7}
        assert run.network().policy.ports == {443, 8443}
        assert run.limits().run_seconds == 7

    def test_no_setting_allows_what_is_not_public(self, settings: Any) -> None:
        assert run.network() == run.Network()
        assert run.network().policy.exceptions == ()
