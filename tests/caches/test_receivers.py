"""Which change purges which pages: exactly those that show it, once each."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import PageViewRestriction, ReferenceIndex

from tests.caches.conftest import Purges
from tests.caches.recorder import Recorder
from tests.factories import (
    RoleCategoryFactory,
    RoleIndexPageFactory,
    RolePageFactory,
    SharedLinkFactory,
    TraitFactory,
    body,
    link_item,
    shared_link_html,
    step_item,
)
from wagtail_careers.caches import purging
from wagtail_careers.choices import Verdict
from wagtail_careers.link_checks import health, run
from wagtail_careers.link_checks.check import CheckResult
from wagtail_careers.models import LinkCheck, SharedLink, Trait, TraitAlias


def page_link(page: Any) -> str:
    return f'<a linktype="page" id="{page.pk}">{page.title}</a>'


@pytest.fixture
def link(db: None) -> SharedLink:
    return SharedLinkFactory(base_url="https://old.example/")


@pytest.fixture
def users(publish_role: Any, link: SharedLink) -> list[Any]:
    """Two roles that use the link, once and twice, beside one that does not."""
    publish_role(slug="other", body=body())
    in_list = {"links": [link_item(link)]}
    html = shared_link_html(link, "x")
    return [
        publish_role(slug="once", body=body(duties=html)),
        publish_role(slug="twice", body=body(duties=html, application_links=in_list)),
    ]


USERS = ["/roles/", "/roles/once/", "/roles/twice/"]


def test_cache_that_fails_fails_neither_the_save_nor_what_else_waits_for_the_commit(
    link: SharedLink,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(changes: Any) -> None:
        raise ConnectionError("The cache does not answer.")

    monkeypatch.setattr("wagtail_careers.caches.collector.refresh", fail)
    done = []
    link.name = "Another name"
    with django_capture_on_commit_callbacks(execute=True):
        link.save()
        transaction.on_commit(lambda: done.append("what else waits"))
    assert done == ["what else waits"]
    # Said all the same, to whoever reads the log.
    assert "The cache does not answer." in caplog.text


@pytest.mark.usefixtures("users")
class TestSharedLink:
    def test_publishing_it_purges_its_pages_and_their_index(
        self, purges: Purges, link: SharedLink
    ) -> None:
        link.base_url = "https://new.example/"
        with purges() as purged:
            link.save_revision().publish()
        assert purged == USERS

    def test_saving_it_in_code_does_so_too(self, purges: Purges, link: SharedLink) -> None:
        link.name = "Another name"
        with purges() as purged:
            link.save()
        assert purged == USERS

    def test_a_draft_of_it_purges_nothing(self, purges: Purges, link: SharedLink) -> None:
        link.base_url = "https://new.example/"
        with purges() as purged:
            link.save_revision()
        assert purged == []

    def test_unpublishing_it_purges_its_pages(self, purges: Purges, link: SharedLink) -> None:
        with purges() as purged:
            link.unpublish()
        assert purged == USERS

    def test_retiring_it_purges_its_pages(self, purges: Purges, link: SharedLink) -> None:
        link.successor = SharedLinkFactory()
        with purges() as purged:
            link.save(update_fields=["successor"])
        assert purged == USERS

    def test_a_new_one_purges_nothing(self, purges: Purges) -> None:
        with purges() as purged:
            SharedLinkFactory(live=False)
            SharedLinkFactory()
        assert purged == []


def test_a_page_that_is_not_in_the_reference_index_yet_is_purged(
    purges: Purges, link: SharedLink, publish_role: Any
) -> None:
    publish_role(slug="new", body=body(duties=shared_link_html(link, "x")))
    ReferenceIndex.objects.all().delete()
    with purges() as purged:
        link.save()
    assert purged == ["/roles/", "/roles/new/"]


def test_pages_that_readers_do_not_see_are_not_purged(
    purges: Purges, link: SharedLink, publish_role: Any, index: Any
) -> None:
    html = shared_link_html(link, "x")
    RolePageFactory(parent=index, live=False, body=body(duties=html))
    drafted = publish_role(slug="drafted", body=body())
    drafted.body = body(duties=html)
    drafted.save_revision()
    with purges() as purged:
        link.save()
    assert purged == []


def test_other_pages_with_the_link_are_purged_once(purges: Purges, home: Any) -> None:
    link = SharedLinkFactory()
    html = f"<p>{shared_link_html(link, 'x')}</p>"
    index = RoleIndexPageFactory(parent=home, slug="roles", introduction=html)
    RolePageFactory(parent=index, slug="porter", body=body(duties=html))
    with purges() as purged:
        link.save()
    assert purged == ["/roles/", "/roles/porter/"]


class TestTranslations:
    @pytest.fixture
    def translation(self, add_language: Any, link: SharedLink) -> SharedLink:
        # The site has one language of pages; its links have two.
        return SharedLinkFactory(
            locale=add_language("cy"),
            translation_key=link.translation_key,
            base_url="https://cymraeg.example/",
        )

    def test_changing_what_is_shown_instead_purges(
        self, purges: Purges, users: Any, translation: SharedLink
    ) -> None:
        with purges() as purged:
            translation.save()
        assert purged == USERS

    def test_deleting_what_is_shown_instead_purges(
        self, purges: Purges, users: Any, translation: SharedLink
    ) -> None:
        with purges() as purged:
            translation.delete()
        assert purged == USERS

    def test_it_is_another_link_on_a_site_of_one_language(
        self, purges: Purges, users: Any, translation: SharedLink, settings: Any
    ) -> None:
        settings.WAGTAIL_I18N_ENABLED = False
        with purges() as purged:
            translation.save()
        assert purged == []


class TestTransactions:
    def test_many_changes_purge_each_page_once(
        self, purges: Purges, link: SharedLink, users: list[Any]
    ) -> None:
        with purges() as purged, transaction.atomic():
            link.save_revision().publish()
            with transaction.atomic():
                link.save()
            users[0].category.save()
            link.save()
        assert purged == USERS

    def test_what_is_rolled_back_purges_nothing(
        self, purges: Purges, link: SharedLink, users: list[Any]
    ) -> None:
        with purges() as purged, transaction.atomic():
            link.save()
            transaction.set_rollback(True)
        assert purged == []

    @pytest.mark.parametrize("rolled_back", ["first", "last"])
    def test_the_rest_is_purged_when_a_part_is_rolled_back(
        self, purges: Purges, link: SharedLink, users: list[Any], rolled_back: str
    ) -> None:
        category = users[0].category
        with purges() as purged, transaction.atomic():
            if rolled_back == "last":
                category.save()
            with transaction.atomic():
                link.save()
                transaction.set_rollback(True)
            if rolled_back == "first":
                category.save()
        assert purged == ["/roles/", "/roles/once/"]

    def test_nothing_is_purged_before_the_commit(
        self, purges: Purges, link: SharedLink, users: list[Any]
    ) -> None:
        with purges() as purged:
            link.save()
            assert Recorder.urls == []
        assert purged == USERS


@pytest.mark.django_db(transaction=True)
class TestWithoutTransaction:
    """Each write is committed by itself, as those of most scripts and admin views are."""

    @pytest.fixture
    def recorded(self, settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": "tests.caches.recorder.Recorder"}}
        monkeypatch.setattr(purging, "_run_in_thread", purging.purge_due)
        return Recorder.urls

    def test_each_page_is_purged_once(
        self, recorded: list[str], home: Any, publish_role: Any
    ) -> None:
        role = publish_role(slug="senior", body=body())
        hub = RoleIndexPageFactory(parent=home, slug="hub", introduction=page_link(role))
        link = SharedLinkFactory()
        publish_role(slug="user", body=body(duties=shared_link_html(link, "x")))
        recorded.clear()
        link.save_revision().publish()
        assert sorted(recorded) == ["http://localhost/roles/", "http://localhost/roles/user/"]

        role.title = "Chief porter"
        revision = role.save_revision()
        recorded.clear()
        revision.publish()
        assert sorted(recorded) == [
            f"http://localhost/{path}" for path in (f"{hub.slug}/", "roles/", "roles/senior/")
        ]

    def test_an_index_page_is_purged_when_the_new_summary_is_there(
        self, recorded: list[str], publish_role: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        role = publish_role(slug="porter", body=body(heading="<p>Old words.</p>"))
        role.body = body(heading="<p>New words.</p>")
        revision = role.save_revision()
        seen = []

        def purge_due() -> None:
            seen.append(type(role).objects.get(pk=role.pk).summary)

        monkeypatch.setattr(purging, "_run_in_thread", purge_due)
        revision.publish()
        assert set(seen) == {"New words."}


class TestTrait:
    @pytest.fixture
    def patient(self, publish_role: Any) -> Any:
        publish_role(slug="other", body=body(person_spec="<p><mark>Calm</mark></p>"))
        return publish_role(slug="patient", body=body(person_spec="<p><mark>Patience</mark></p>"))

    def test_renaming_it_purges_the_roles_that_ask_for_it(
        self, purges: Purges, patient: Any
    ) -> None:
        trait = Trait.objects.get(key="patience")
        trait.name = "Being patient"
        with purges() as purged:
            trait.save()
        assert purged == ["/roles/", "/roles/patient/"]

    def test_deleting_it_purges_them(self, purges: Purges, patient: Any) -> None:
        with purges() as purged:
            Trait.objects.get(key="patience").delete()
        assert purged == ["/roles/", "/roles/patient/"]

    def test_merging_it_into_another_purges_them(self, purges: Purges, patient: Any) -> None:
        kindness = TraitFactory(name="Kindness")
        with purges() as purged:
            TraitAlias.objects.create(trait=kindness, name="patience")
        assert purged == ["/roles/", "/roles/patient/"]


def test_renaming_a_category_purges_its_roles(purges: Purges, publish_role: Any) -> None:
    category = RoleCategoryFactory()
    publish_role(slug="in-it", category=category)
    publish_role(slug="in-another")
    with purges() as purged:
        category.save()
    assert purged == ["/roles/", "/roles/in-it/"]


class TestLinkedRole:
    """A role that one role names as a step, and another links to in its text."""

    @pytest.fixture
    def role(self, publish_role: Any) -> Any:
        role = publish_role(slug="senior", title="Senior porter", body=body())
        publish_role(slug="step", body=body(progression={"steps": [step_item(page=role)]}))
        publish_role(slug="prose", body=body(duties=page_link(role)))
        publish_role(slug="other", body=body())
        return role

    LINKING = ["/roles/", "/roles/prose/", "/roles/step/"]

    def test_another_title_purges_them(self, purges: Purges, role: Any) -> None:
        role.title = "Chief porter"
        with purges() as purged:
            role.save_revision().publish()
        assert purged == sorted([*self.LINKING, "/roles/senior/"])

    def test_another_title_set_in_code_purges_them(self, purges: Purges, role: Any) -> None:
        role.title = "Chief porter"
        with purges() as purged:
            role.save()
        assert purged == self.LINKING

    def test_another_slug_purges_them(self, purges: Purges, role: Any) -> None:
        role.slug = "chief"
        with purges() as purged:
            role.save_revision().publish()
        assert purged == sorted([*self.LINKING, "/roles/chief/", "/roles/senior/"])

    def test_other_words_on_it_purge_its_index_alone(self, purges: Purges, role: Any) -> None:
        role.body = body(heading="<p>Other words.</p>")
        with purges() as purged:
            role.save_revision().publish()
        assert purged == ["/roles/", "/roles/senior/"]

    def test_a_draft_of_it_purges_nothing(self, purges: Purges, role: Any) -> None:
        role.title = "Chief porter"
        role.slug = "chief"
        with purges() as purged:
            role.save_revision()
        assert purged == []

    def test_unpublishing_it_purges_them(self, purges: Purges, role: Any) -> None:
        with purges() as purged:
            role.unpublish()
        assert purged == sorted([*self.LINKING, "/roles/senior/"])

    def test_publishing_it_again_purges_them(self, purges: Purges, role: Any) -> None:
        role.unpublish()
        with purges() as purged:
            role.save_revision().publish()
        assert purged == sorted([*self.LINKING, "/roles/senior/"])

    def test_deleting_it_purges_them(self, purges: Purges, role: Any) -> None:
        with purges() as purged:
            role.delete()
        assert purged == sorted([*self.LINKING, "/roles/senior/"])

    def test_moving_it_purges_them(self, purges: Purges, role: Any, home: Any) -> None:
        new_index = RoleIndexPageFactory(parent=home, slug="new")
        with purges() as purged:
            role.move(new_index, pos="last-child")
        moved = ["/new/", "/new/senior/", "/roles/senior/"]
        assert purged == sorted([*self.LINKING, *moved])

    def test_moving_one_that_nobody_links_to_purges_both_indexes(
        self, purges: Purges, home: Any, publish_role: Any
    ) -> None:
        role = publish_role(slug="porter", body=body())
        new_index = RoleIndexPageFactory(parent=home, slug="new")
        with purges() as purged:
            role.move(new_index, pos="last-child")
        assert purged == ["/new/", "/new/porter/", "/roles/", "/roles/porter/"]

    def test_another_title_further_up_purges_all_whose_breadcrumb_shows_it(
        self, purges: Purges, role: Any, home: Any
    ) -> None:
        home.title = "Start"
        with purges() as purged:
            home.save()
        roles = [f"/roles/{slug}/" for slug in ("other", "prose", "senior", "step")]
        assert purged == ["/roles/", *roles]

    def test_another_slug_of_its_index_purges_them_and_all_below(
        self, purges: Purges, role: Any, home: Any, index: Any
    ) -> None:
        linking = RoleIndexPageFactory(parent=home, slug="more")
        RolePageFactory(parent=linking, slug="far", body=body(duties=page_link(role)))
        index.slug = "jobs"
        with purges() as purged:
            index.save()
        roles = [
            f"/{index}/{slug}"
            for index in ("jobs", "roles")
            for slug in ("", "other/", "prose/", "senior/", "step/")
        ]
        assert purged == sorted([*roles, "/more/", "/more/far/"])

    def test_another_title_of_its_index_purges_the_roles_below(
        self, purges: Purges, role: Any, index: Any
    ) -> None:
        index.title = "Jobs"
        with purges() as purged:
            index.save()
        roles = [f"/roles/{slug}/" for slug in ("other", "prose", "senior", "step")]
        assert purged == ["/roles/", *roles]


def test_a_new_live_role_purges_its_index(purges: Purges, index: Any) -> None:
    with purges() as purged:
        RolePageFactory(parent=index, slug="new")
    assert purged == ["/roles/"]


def test_a_new_draft_purges_nothing(purges: Purges, index: Any) -> None:
    with purges() as purged:
        RolePageFactory(parent=index, live=False).save_revision()
    assert purged == []


def test_saving_a_draft_asks_the_database_nothing_for_caches(
    publish_role: Any, django_assert_num_queries: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from wagtail_careers.caches import receivers

    role = publish_role()
    fields = ["latest_revision", "draft_title", "has_unpublished_changes"]
    with django_assert_num_queries(0), django_capture_on_commit_callbacks() as callbacks:
        receivers._remember_page(type(role), role, update_fields=fields)
        receivers._on_page_saved(type(role), role)
    assert callbacks == []


def iter_of(*findings: CheckResult) -> Iterator[CheckResult]:
    yield from findings


class TestRestriction:
    def test_on_a_role_purges_it_and_its_index(self, purges: Purges, publish_role: Any) -> None:
        publish_role(slug="other")
        page = publish_role(slug="nurse")
        with purges() as purged:
            restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
        assert purged == ["/roles/", "/roles/nurse/"]
        with purges() as purged:
            restriction.delete()
        assert purged == ["/roles/", "/roles/nurse/"]

    def test_further_up_purges_all_roles_below(
        self, purges: Purges, publish_role: Any, home: Any
    ) -> None:
        publish_role(slug="nurse")
        with purges() as purged:
            PageViewRestriction.objects.create(page=home, restriction_type="login")
        assert purged == ["/roles/", "/roles/nurse/"]

    def test_purges_the_steps_that_lead_to_the_roles_below(
        self, purges: Purges, publish_role: Any, home: Any
    ) -> None:
        private = RoleIndexPageFactory(parent=home, slug="staff")
        nurse = RolePageFactory(parent=private, slug="nurse")
        publish_role(slug="porter", body=body(progression={"steps": [step_item(page=nurse)]}))
        with purges() as purged:
            restriction = PageViewRestriction.objects.create(page=private, restriction_type="login")
        assert "/roles/porter/" in purged
        with purges() as purged:
            restriction.delete()
        assert "/roles/porter/" in purged


class TestDeadLink:
    @pytest.fixture
    def check(self, users: Any, link: SharedLink) -> LinkCheck:
        return LinkCheck.objects.create(
            shared_link=link, url=link.base_url, verdict=Verdict.GONE, failing_days=2
        )

    @pytest.fixture
    def shown(self, settings: Any) -> None:
        settings.WAGTAIL_CAREERS = {"SHOW_DEAD_LINKS": True}

    @pytest.mark.usefixtures("shown")
    def test_dying_and_coming_back_purge_its_pages(self, purges: Purges, check: LinkCheck) -> None:
        for failing_days in (3, 0):
            check.failing_days = failing_days
            with purges() as purged:
                check.save()
            assert purged == USERS

    @pytest.mark.usefixtures("shown")
    def test_a_check_that_finds_it_dead_purges_its_pages(
        self, purges: Purges, check: LinkCheck, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        gone = CheckResult(check.url, Verdict.GONE, 410)
        monkeypatch.setattr(run.check, "check_urls", lambda *args, **kwargs: iter_of([gone]))
        with purges() as purged:
            list(run.check_addresses([check]))
        assert purged == USERS

    @pytest.mark.usefixtures("shown")
    def test_being_ignored_purges_its_pages(self, purges: Purges, check: LinkCheck) -> None:
        check.failing_days = 3
        check.save()
        with purges() as purged:
            health.ignore(check, because="x", until=timezone.localdate(), user=None)
        assert purged == USERS

    @pytest.mark.usefixtures("shown")
    def test_the_end_of_the_last_day_of_being_ignored_purges_its_pages_once(
        self, purges: Purges, check: LinkCheck
    ) -> None:
        yesterday = timezone.localdate() - timedelta(days=1)
        LinkCheck.objects.update(failing_days=3, ignored_until=yesterday, ignored_because="x")
        with purges() as purged:
            health.prepare()
        assert purged == USERS
        with purges() as purged:
            health.prepare()
        assert purged == []

    @pytest.mark.usefixtures("shown")
    def test_a_link_that_stays_as_it_was_purges_nothing(
        self, purges: Purges, check: LinkCheck
    ) -> None:
        for failing_days in (1, 0):
            check.failing_days = failing_days
            with purges() as purged:
                check.save()
            assert purged == []

    @pytest.mark.usefixtures("shown")
    def test_forgetting_a_dead_one_purges_its_pages(self, purges: Purges, check: LinkCheck) -> None:
        check.failing_days = 3
        check.save()
        with purges() as purged:
            check.delete()
        assert purged == USERS

    def test_pages_that_do_not_say_so_are_not_purged(
        self, purges: Purges, check: LinkCheck
    ) -> None:
        check.failing_days = 3
        with purges() as purged:
            check.save()
        with purges() as purged_later:
            check.delete()
        assert purged == purged_later == []
