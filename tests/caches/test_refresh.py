"""New versions of fragments, and the cost of it all."""

import gc
from contextlib import suppress
from typing import Any
from weakref import WeakSet

import pytest
from django.core.cache import cache
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.caches.conftest import Purges
from tests.caches.how_to import example
from tests.caches.recorder import Recorder
from tests.factories import RolePageFactory, SharedLinkFactory, body, shared_link_html
from wagtail_careers import caches
from wagtail_careers.caches import collector, purging, showing
from wagtail_careers.caches.changes import Changes
from wagtail_careers.caches.refresh import refresh
from wagtail_careers.models import CachePurge, RoleCategory, SharedLink, Trait
from wagtail_careers.pages.models import RoleIndexPage, RolePage

FRAGMENT = Template(example("html+django"))


def cached_body(page: Any) -> str:
    request = RequestFactory().get("/")
    fresh = type(page).objects.get(pk=page.pk)
    return FRAGMENT.render(Context({"page": fresh, "request": request}))


@pytest.fixture
def _empty_cache() -> Any:
    cache.clear()
    yield
    cache.clear()


@pytest.mark.usefixtures("_empty_cache")
def test_a_cached_fragment_shows_the_new_address_at_once(
    publish_role: Any, django_capture_on_commit_callbacks: Any
) -> None:
    link = SharedLinkFactory(base_url="https://old.example/")
    role = publish_role(body=body(duties=shared_link_html(link, "Apply")))
    assert "https://old.example/" in cached_body(role)

    # Nobody is told of this one, so that the fragment is still the cached one.
    SharedLink.objects.update(base_url="https://new.example/")
    assert "https://old.example/" in cached_body(role)

    link.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        link.save_revision().publish()
    assert "https://new.example/" in cached_body(role)


def test_an_index_page_gets_another_version_with_its_roles(
    publish_role: Any, index: Any, django_capture_on_commit_callbacks: Any
) -> None:
    role = publish_role()
    key = RoleIndexPage.objects.get(pk=index.pk).cache_key
    with django_capture_on_commit_callbacks(execute=True):
        role.save_revision().publish()
    assert RoleIndexPage.objects.get(pk=index.pk).cache_key != key


def test_a_site_without_a_front_end_cache_versions_pages_all_the_same(
    publish_role: Any, django_capture_on_commit_callbacks: Any
) -> None:
    link = SharedLinkFactory()
    role = publish_role(body=body(duties=shared_link_html(link, "x")))
    bystander = publish_role(body=body())
    Recorder.urls.clear()
    with django_capture_on_commit_callbacks(execute=True):
        link.save()
    role.refresh_from_db()
    bystander.refresh_from_db()
    assert role.surroundings_changed_at is not None
    assert bystander.surroundings_changed_at is None
    assert Recorder.urls == []


def test_versioning_changes_nothing_that_an_editor_sees(
    publish_role: Any, django_capture_on_commit_callbacks: Any
) -> None:
    link = SharedLinkFactory()
    role = publish_role(body=body(duties=shared_link_html(link, "x")))
    role.title = "A draft"
    role.save_revision()
    before = RolePage.objects.filter(pk=role.pk).values().get()
    with django_capture_on_commit_callbacks(execute=True):
        link.save()
    after = RolePage.objects.filter(pk=role.pk).values().get()
    assert before.pop("surroundings_changed_at") != after.pop("surroundings_changed_at")
    assert after == before
    assert role.revisions.count() == 2


def test_a_failing_front_end_cache_leaves_the_change_saved(
    settings: Any, publish_role: Any, django_capture_on_commit_callbacks: Any
) -> None:
    link = SharedLinkFactory()
    publish_role(body=body(duties=shared_link_html(link, "x")))
    settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": "no.such.Backend"}}
    link.name = "Saved"
    with django_capture_on_commit_callbacks(execute=True):
        link.save()
    assert SharedLink.objects.get(pk=link.pk).name == "Saved"


class TestWhatSignalsCannotSee:
    """The functions for code that writes with ``update()``."""

    @pytest.fixture
    def role(self, publish_role: Any) -> Any:
        html = f"<p>{shared_link_html(SharedLinkFactory(), 'x')} <mark>calm</mark></p>"
        return publish_role(slug="porter", body=body(person_spec=html))

    def test_links_traits_and_categories_are_announced(self, purges: Purges, role: Any) -> None:
        for announce, model in (
            (caches.purge_for_links, SharedLink),
            (caches.purge_for_traits, Trait),
            (caches.purge_for_categories, RoleCategory),
        ):
            with purges() as purged:
                announce(model.objects.all())
            assert purged == ["/roles/", "/roles/porter/"]

    def test_the_documented_example_does_so(self, purges: Purges, role: Any) -> None:
        SharedLink.objects.update(organisation="NHS BSA")
        with purges() as purged:
            exec(example("python", "caches"), {})  # noqa: S102 - our own document
        assert SharedLink.objects.get().organisation == "NHS Business Services Authority"
        assert purged == ["/roles/", "/roles/porter/"]

    def test_pages_are_announced(self, purges: Purges, role: Any, publish_role: Any) -> None:
        html = f'<a linktype="page" id="{role.pk}">x</a>'
        publish_role(slug="linking", body=body(duties=html))
        with purges() as purged:
            caches.purge_for_pages([role])
        assert purged == ["/roles/", "/roles/linking/"]


class TestCost:
    @pytest.fixture
    def link(self, index: Any) -> SharedLink:
        link = SharedLinkFactory()
        for _number in range(12):
            RolePageFactory(parent=index, body=body(duties=shared_link_html(link, "x")))
        return link

    def queries(self, link: SharedLink) -> int:
        CachePurge.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            refresh(Changes(links=frozenset({link.pk})))
        urls = [url for purge in CachePurge.objects.all() for url in purge.urls]
        assert len(urls) == len(set(urls)) == 13
        return len(queries)

    def test_queries_go_with_chunks_of_pages_not_with_pages(
        self, link: SharedLink, monkeypatch: pytest.MonkeyPatch, purges: Purges
    ) -> None:
        monkeypatch.setattr(purging, "_run_in_thread", lambda: None)
        self.queries(link)  # Finds the addresses of the sites, which are cached.
        one_chunk = self.queries(link)
        assert one_chunk <= 10
        monkeypatch.setattr(showing, "CHUNK", 4)
        three_chunks = self.queries(link)
        monkeypatch.setattr(showing, "CHUNK", 2)
        six_chunks = self.queries(link)
        a_chunk = (six_chunks - three_chunks) / 3
        assert a_chunk <= 5
        assert three_chunks == one_chunk + 2 * a_chunk

    def test_no_page_is_left_out_at_the_edge_of_a_chunk(
        self, link: SharedLink, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        everyone = set(RolePage.objects.values_list("pk", flat=True))
        for size in (1, 5, 6, 12, 13):
            monkeypatch.setattr(showing, "CHUNK", size)
            for changes in (
                Changes(links=frozenset({link.pk})),
                Changes(shown_on=frozenset(everyone)),
                Changes(links=frozenset({link.pk}), shown_on=frozenset(everyone)),
            ):
                chunks = list(showing.live_pages_showing(changes))
                assert all(len(chunk) <= size for chunk in chunks)
                found = [page.pk for chunk in chunks for page in chunk]
                assert sorted(found) == sorted(everyone)

    def test_a_chunk_is_let_go_before_the_next_is_loaded(
        self, link: SharedLink, monkeypatch: pytest.MonkeyPatch, purges: Purges
    ) -> None:
        load, alive, left = showing._load, WeakSet(), []

        def note(pages: Any) -> list[Any]:
            left.append(len(alive))
            found = load(pages)
            alive.update(found)
            return found

        monkeypatch.setattr(showing, "_load", note)
        monkeypatch.setattr(showing, "CHUNK", 3)
        gc.disable()
        try:
            refresh(Changes(links=frozenset({link.pk})))
        finally:
            gc.enable()
        assert left == [0] * 6

    def test_a_parent_among_many_is_found(
        self, link: SharedLink, index: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(showing, "CONDITIONS", 1)
        changes = Changes(pages=frozenset({index.pk, index.get_parent().pk}))
        chunks = showing.live_pages_showing(changes)
        assert sum(len(chunk) for chunk in chunks) == 13


@pytest.mark.django_db(transaction=True)
def test_many_transactions_can_purge_once(monkeypatch: pytest.MonkeyPatch) -> None:
    refreshed: list[Changes] = []
    monkeypatch.setattr(collector, "refresh", refreshed.append)
    with suppress(KeyboardInterrupt), collector.purging_once():
        collector.record(Changes(pages=frozenset({1})))
        with collector.purging_once():
            collector.record(Changes(pages=frozenset({2})))
        assert refreshed == []
        raise KeyboardInterrupt
    assert refreshed == [Changes(pages=frozenset({1, 2}))]
    collector.record(Changes(pages=frozenset({3})))
    assert len(refreshed) == 2


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_leaves_few_changes_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refreshed: list[Changes] = []
    monkeypatch.setattr(collector, "refresh", refreshed.append)
    monkeypatch.setattr(collector, "MAX_HELD", 2)
    with collector.purging_once():
        for pk in range(5):
            collector.record(Changes(pages=frozenset({pk})))
        assert refreshed == [
            Changes(pages=frozenset({0, 1})),
            Changes(pages=frozenset({2, 3})),
        ]
    assert refreshed[2:] == [Changes(pages=frozenset({4}))]
