import re
from typing import Any

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.db.models.signals import post_save
from wagtail.models import Revision

from tests.factories import (
    RoleIndexPageFactory,
    SharedLinkFactory,
    body,
    link_item,
    shared_link_html,
)
from wagtail_careers.links.deletion import NAMED_IN_ERRORS
from wagtail_careers.links.usage import usage_counts
from wagtail_careers.models import LinkUse, SharedLink


def test_each_page_counts_once_however_often_it_uses_a_link(publish_role: Any) -> None:
    often, once, never = SharedLinkFactory.create_batch(3)
    for _number in range(2):
        publish_role(
            body=body(
                heading=shared_link_html(often, "x"),
                duties=shared_link_html(often, "x", "deep"),
                application_links={"links": [link_item(often), link_item(often, path="a")]},
            )
        )
    publish_role(body=body(application_links={"links": [link_item(once)]}))
    assert usage_counts([often, once, never]) == {often.pk: 2, once.pk: 1, never.pk: 0}


def test_prose_of_other_pages_counts_too(home: Any) -> None:
    link = SharedLinkFactory()
    RoleIndexPageFactory(parent=home, introduction=f"<p>{shared_link_html(link, 'x')}</p>")
    assert usage_counts([link]) == {link.pk: 1}


def test_page_no_longer_counts_when_it_is_deleted(publish_role: Any) -> None:
    link = SharedLinkFactory()
    page = publish_role(body=body(duties=shared_link_html(link, "x")))
    assert usage_counts([link]) == {link.pk: 1}
    page.delete()
    assert usage_counts([link]) == {link.pk: 0}


def test_number_of_queries_does_not_grow_with_the_links(
    publish_role: Any, django_assert_num_queries: Any
) -> None:
    links = SharedLinkFactory.create_batch(20)
    publish_role(body=body(application_links={"links": [link_item(link) for link in links]}))
    usage_counts(links)
    with django_assert_num_queries(1):
        assert set(usage_counts(links).values()) == {1}


def test_no_links_have_no_counts(db: None) -> None:
    assert usage_counts([]) == {}


def test_older_revision_that_is_saved_again_changes_nothing(publish_role: Any) -> None:
    link = SharedLinkFactory()
    page = publish_role(body=body())
    older = page.latest_revision
    page.body = body(duties=shared_link_html(link, "x"))
    page.save_revision()
    older.save()
    assert usage_counts([link]) == {link.pk: 1}


def test_use_that_another_process_notes_at_the_same_moment_is_no_error(
    publish_role: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = SharedLinkFactory()
    page = publish_role(body=body())
    original = LinkUse.objects.bulk_create

    def bulk_create(rows: Any, **kwargs: Any) -> Any:
        LinkUse.objects.create(page_id=page.pk, shared_link=link)
        return original(rows, **kwargs)

    monkeypatch.setattr(LinkUse.objects, "bulk_create", bulk_create)
    page.body = body(duties=shared_link_html(link, "x"))
    page.save_revision()
    assert LinkUse.objects.get().shared_link == link


def test_revision_that_comes_from_a_fixture_changes_nothing(publish_role: Any) -> None:
    """The rows that follow from it are loaded too, and the links may not be there yet."""
    link = SharedLinkFactory()
    page = publish_role(body=body(duties=shared_link_html(link, "x")))
    LinkUse.objects.all().delete()
    post_save.send(Revision, instance=page.latest_revision, created=True, raw=True)
    assert not LinkUse.objects.exists()


class TestDeletion:
    """Outside the admin, whose own refusal comes before: in code, by a query set."""

    @pytest.fixture
    def link(self, db: None) -> SharedLink:
        return SharedLinkFactory(name="NHS Jobs")

    @pytest.fixture(params=["live", "only in a draft", "only in the live version"])
    def page(self, request: Any, publish_role: Any, link: SharedLink) -> Any:
        without, using = body(), body(duties=shared_link_html(link, "x"))
        saved, newest = {
            "live": (using, using),
            "only in a draft": (without, using),
            "only in the live version": (using, without),
        }[request.param]
        page = publish_role(title="Nurse", body=saved)
        page.body = newest
        page.save_revision()
        return page

    @pytest.mark.usefixtures("page")
    def test_link_in_use_is_not_deleted(self, link: SharedLink) -> None:
        message = re.compile(
            r"“NHS Jobs” cannot be deleted because it is in use. .* Used by: Nurse$"
        )
        with pytest.raises(ProtectedError) as raised, transaction.atomic():
            link.delete()
        assert message.match(raised.value.args[0])
        assert SharedLink.objects.filter(pk=link.pk).exists()

    @pytest.mark.usefixtures("page")
    def test_query_set_with_a_link_in_use_deletes_none_of_its_links(self, link: SharedLink) -> None:
        unused = SharedLinkFactory()
        with pytest.raises(ProtectedError), transaction.atomic():
            SharedLink.objects.all().delete()
        assert set(SharedLink.objects.all()) == {link, unused}

    def test_error_has_what_uses_the_link(self, page: Any, link: SharedLink) -> None:
        with pytest.raises(ProtectedError) as raised:
            link.delete()
        assert {each.pk for each in raised.value.protected_objects} == {page.pk}

    def test_link_is_deleted_when_the_page_is_gone(self, page: Any, link: SharedLink) -> None:
        page.delete()
        link.delete()
        assert not SharedLink.objects.exists()

    def test_error_names_some_of_many_pages(self, publish_role: Any, link: SharedLink) -> None:
        for number in range(NAMED_IN_ERRORS + 2):
            publish_role(title=f"Role {number}", body=body(duties=shared_link_html(link, "x")))
        with pytest.raises(ProtectedError) as raised:
            link.delete()
        message = raised.value.args[0]
        assert message.count("Role ") == NAMED_IN_ERRORS
        assert message.endswith(", …")
