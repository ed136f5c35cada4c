from typing import Any

from tests.factories import (
    RoleIndexPageFactory,
    SharedLinkFactory,
    body,
    link_item,
    shared_link_html,
)
from wagtail_careers.links.usage import usage_counts


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
    with django_assert_num_queries(2):
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
