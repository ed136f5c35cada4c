from typing import Any

import pytest
from django.utils import translation
from wagtail.models import Locale

from tests.factories import (
    RolePageFactory,
    SharedLinkFactory,
    body,
    child,
    link_item,
    shared_link_html,
    step_item,
)
from wagtail_careers.models import SharedLink
from wagtail_careers.models.targets import find_targets
from wagtail_careers.rich_text.targets import (
    Ids,
    Targets,
    collect_ids,
    parse_id,
    resolving,
    targets_of,
)


def page_link(pk: int, text: str = "text") -> str:
    return f'<a linktype="page" id="{pk}">{text}</a>'


def test_ids_are_collected_from_prose_and_from_blocks_of_every_section() -> None:
    raw_body = body(
        heading=f"<p>{shared_link_html(1, 'one')} {page_link(11)}</p>",
        duties=f"<ul><li>{shared_link_html(2, 'two', 'deep/path')}</li></ul>",
        application_links={
            "prose": f"<p>{shared_link_html(3, 'three')}</p>",
            "links": [link_item(4), link_item(5, path="x", note="y"), link_item(1)],
        },
        progression={
            "prose": f"<p>{page_link(12)}</p>",
            "steps": [step_item(page=13), step_item(title="No page")],
        },
        text=f"<p>{shared_link_html(6, 'six')}</p>",
    )
    assert collect_ids(raw_body) == Ids(
        shared_links=frozenset({1, 2, 3, 4, 5, 6}), pages=frozenset({11, 12, 13})
    )


@pytest.mark.parametrize(
    "raw",
    [
        [],
        body(),
        [child("heading", {"introduction": None})],
        [child("text", {"title": "x", "prose": '<a href="https://a.example">x</a>'})],
        [child("text", {"title": "x", "prose": '<a linktype="document" id="3">x</a>'})],
        [child("text", {"title": "x", "prose": '<a linktype="shared-link">x</a>'})],
        [child("text", {"title": "x", "prose": '<a linktype="shared-link" id="x">x</a>'})],
        [child("text", {"title": "x", "prose": "the word linktype"})],
        [child("application_links", {"links": [child("item", {"shared_link": None})]})],
        [child("progression", {"steps": [step_item(title="No page")]})],
    ],
)
def test_nothing_is_collected_where_nothing_is_linked(raw: Any) -> None:
    assert collect_ids(raw) == Ids()


def test_attributes_may_come_in_any_order() -> None:
    raw = [child("text", {"prose": '<a id="7" path="x" linktype="shared-link">x</a>'})]
    assert collect_ids(raw).shared_links == {7}


def test_list_items_in_wagtails_old_form_are_collected_too() -> None:
    raw = [child("application_links", {"links": [{"shared_link": 8, "path": "", "note": ""}]})]
    assert collect_ids(raw).shared_links == {8}


@pytest.mark.parametrize(
    ("text", "pk"),
    [
        ("3", 3),
        (3, 3),
        (" 3 ", 3),
        ("", None),
        (None, None),
        ("x", None),
        ("3.5", None),
        ("0", None),
        ("-3", None),
        ("9223372036854775807", 9223372036854775807),
        ("9223372036854775808", None),
        ("9" * 40, None),
    ],
)
def test_parse_id_gives_what_a_key_can_be(text: Any, pk: int | None) -> None:
    assert parse_id(text) == pk


def test_one_query_finds_all_links_and_one_all_pages(
    index: Any, django_assert_num_queries: Any
) -> None:
    links = SharedLinkFactory.create_batch(30)
    pages = RolePageFactory.create_batch(10, parent=index)
    ids = Ids(frozenset(link.pk for link in links), frozenset(page.pk for page in pages))
    # Content types and the paths of sites are cached from here on.
    assert find_targets(ids).live_page(pages[0].pk).get_url()
    with django_assert_num_queries(2):
        targets = find_targets(ids)
        assert [targets.live_shared_link(link.pk) for link in links] == links
        assert [targets.live_page(page.pk).title for page in pages] == [p.title for p in pages]
        assert {targets.live_page(page.pk).get_url() for page in pages} != {None}


def test_nothing_is_looked_up_without_ids(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        targets = find_targets(Ids())
    assert targets.live_shared_link(1) is None
    assert targets.live_page(1) is None


def test_unpublished_link_is_known_but_not_for_readers(db: None) -> None:
    link = SharedLinkFactory(live=False)
    targets = find_targets(Ids(shared_links=frozenset({link.pk})))
    assert targets.shared_links[link.pk] == link
    assert targets.live_shared_link(link.pk) is None


def test_deleted_link_is_unknown(db: None) -> None:
    link = SharedLinkFactory()
    pk = link.pk
    link.delete()
    targets = find_targets(Ids(shared_links=frozenset({pk})))
    assert targets.shared_links == {}
    assert targets.live_shared_link(pk) is None


def test_unpublished_and_deleted_pages_are_not_for_readers(index: Any) -> None:
    live, draft, gone = RolePageFactory.create_batch(3, parent=index)
    draft.unpublish()
    pks = frozenset({live.pk, draft.pk, gone.pk})
    gone.delete()
    targets = find_targets(Ids(pages=pks))
    assert targets.live_page(live.pk).pk == live.pk
    assert [targets.live_page(pk) for pk in pks - {live.pk}] == [None, None]
    assert set(targets.pages) == {live.pk, draft.pk}


def test_found_pages_are_of_their_own_class(index: Any) -> None:
    role = RolePageFactory(parent=index)
    found = find_targets(Ids(pages=frozenset({role.pk}))).live_page(role.pk)
    assert type(found) is type(role)


class TestResolving:
    def test_answers_from_what_was_looked_up(
        self, db: None, django_assert_num_queries: Any
    ) -> None:
        one, two = SharedLinkFactory.create_batch(2)
        raw_body = body(duties=shared_link_html(one, "x"), training=shared_link_html(two, "x"))
        with resolving(raw_body) as targets, django_assert_num_queries(0):
            assert targets_of(Ids(shared_links=frozenset({one.pk}))) is targets
            assert targets_of(Ids(shared_links=frozenset({one.pk, two.pk}))) is targets
            assert targets_of(Ids()) is targets

    def test_remembers_what_is_missing(self, db: None, django_assert_num_queries: Any) -> None:
        raw_body = body(duties=shared_link_html(404, "x"), training=page_link(405))
        with resolving(raw_body), django_assert_num_queries(0):
            ids = Ids(frozenset({404}), frozenset({405}))
            assert targets_of(ids).live_shared_link(404) is None
            assert targets_of(ids).live_page(405) is None

    def test_looks_up_what_the_body_does_not_mention(
        self, db: None, django_assert_num_queries: Any
    ) -> None:
        link = SharedLinkFactory()
        with resolving(body()) as targets, django_assert_num_queries(1):
            found = targets_of(Ids(shared_links=frozenset({link.pk})))
        assert found is not targets
        assert found.live_shared_link(link.pk) == link

    def test_ends_with_the_rendering_even_when_that_fails(self, db: None) -> None:
        link = SharedLinkFactory()
        ids = Ids(shared_links=frozenset({link.pk}))
        with pytest.raises(RuntimeError), resolving(body(duties=shared_link_html(link, "x"))):
            raise RuntimeError
        SharedLink.objects.all().delete()
        assert targets_of(ids).live_shared_link(link.pk) is None

    def test_of_a_body_within_a_body_gives_way_to_the_outer_one(self, db: None) -> None:
        one, two = SharedLinkFactory.create_batch(2)
        with resolving(body(duties=shared_link_html(one, "x"))) as outer:
            with resolving(body(duties=shared_link_html(two, "x"))) as inner:
                assert targets_of(Ids(shared_links=frozenset({two.pk}))) is inner
            assert targets_of(Ids(shared_links=frozenset({one.pk}))) is outer


class TestTranslations:
    @pytest.fixture
    def french(self, add_language: Any) -> Locale:
        locale: Locale = add_language("fr")
        return locale

    @pytest.fixture
    def link(self, french: Locale) -> SharedLink:
        return SharedLinkFactory(name="Jobs")

    def translated(self, link: SharedLink, locale: Locale, **values: Any) -> SharedLink:
        copy = link.copy_for_translation(locale)
        for name, value in {"name": "Emplois", "live": True, **values}.items():
            setattr(copy, name, value)
        copy.save()
        return copy

    def find(self, *, link: Any = None, page: Any = None) -> Targets:
        return find_targets(
            Ids(
                shared_links=frozenset({link.pk} if link else ()),
                pages=frozenset({page.pk} if page else ()),
            )
        )

    def test_reader_gets_the_link_in_the_active_language(
        self, french: Locale, link: SharedLink
    ) -> None:
        copy = self.translated(link, french)
        assert self.find(link=link).live_shared_link(link.pk) == link
        with translation.override("fr"):
            assert self.find(link=link).live_shared_link(link.pk) == copy

    def test_reader_gets_the_original_when_the_translation_is_a_draft(
        self, french: Locale, link: SharedLink
    ) -> None:
        self.translated(link, french, live=False)
        with translation.override("fr"):
            assert self.find(link=link).live_shared_link(link.pk) == link

    def test_reader_gets_a_live_translation_of_an_unpublished_link(
        self, french: Locale, link: SharedLink
    ) -> None:
        copy = self.translated(link, french)
        SharedLink.objects.filter(pk=link.pk).update(live=False)
        with translation.override("fr"):
            assert self.find(link=link).live_shared_link(link.pk) == copy
        assert self.find(link=link).live_shared_link(link.pk) is None

    def test_reader_gets_the_page_in_the_active_language(self, french: Locale, index: Any) -> None:
        role = RolePageFactory(parent=index, title="Nurse")
        copy = role.copy_for_translation(french, copy_parents=True)
        with translation.override("fr"):
            assert self.find(page=role).live_page(role.pk).pk == role.pk, "the copy is a draft"
            copy.save_revision().publish()
            assert self.find(page=role).live_page(role.pk).pk == copy.pk
        assert self.find(page=role).live_page(role.pk).pk == role.pk

    def test_translations_cost_one_query_for_links_and_one_for_pages(
        self, french: Locale, index: Any, django_assert_num_queries: Any
    ) -> None:
        links = SharedLinkFactory.create_batch(5)
        pages = RolePageFactory.create_batch(5, parent=index)
        for link in links:
            self.translated(link, french, base_url=f"{link.base_url}fr")
        ids = Ids(frozenset(link.pk for link in links), frozenset(page.pk for page in pages))
        with translation.override("fr"):
            find_targets(ids)
            with django_assert_num_queries(6):  # Two of them find the active locale.
                find_targets(ids)

    def test_translations_are_left_alone_when_the_site_has_one_language(
        self, french: Locale, link: SharedLink, settings: Any
    ) -> None:
        self.translated(link, french)
        settings.WAGTAIL_I18N_ENABLED = False
        with translation.override("fr"):
            assert self.find(link=link).live_shared_link(link.pk) == link
