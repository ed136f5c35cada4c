"""What a page costs the database does not depend on how much is in it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bare.models import BarePage
from tests.factories import (
    RoleCategoryFactory,
    RolePageFactory,
    SharedLinkFactory,
    body,
    child,
    link_item,
    lose,
    shared_link_html,
    step_item,
)

#: How many queries a role page may cost more than a page that has a title and no more.
MORE_THAN_A_BARE_PAGE = 6


@pytest.fixture
def queries(client: Any) -> Callable[[Any], int]:
    """A function that counts the queries for a page that was asked for before."""

    def count(page: Any) -> int:
        assert client.get(page.url).status_code == 200
        with CaptureQueriesContext(connection) as context:
            assert client.get(page.url).status_code == 200
        return len(context)

    return count


def linked(links: list[Any]) -> dict[str, Any]:
    """A body with all ``links`` in the prose of each section and in the list."""
    prose = "".join(f"<p>{shared_link_html(link, link.name, 'deep')}</p>" for link in links)
    items = [link_item(link, path="deep", note="See there.") for link in links]
    return {
        "heading": prose,
        "person_spec": prose,
        "duties": prose,
        "training": prose,
        "application_links": {"prose": prose, "links": items},
        "text": prose,
    }


def test_number_of_shared_links_makes_no_difference(
    publish_role: Any, queries: Callable[[Any], int]
) -> None:
    links = SharedLinkFactory.create_batch(60)
    few = publish_role(body=body(**linked(links[:3])))
    many = publish_role(body=body(**linked(links)))
    assert queries(few) == queries(many)


def test_number_of_text_sections_makes_no_difference(
    publish_role: Any, queries: Callable[[Any], int]
) -> None:
    link = SharedLinkFactory()
    prose = f"<p>{shared_link_html(link, 'x')} <mark>patience</mark></p>"
    texts = [child("text", {"title": f"Text {n}", "prose": prose}) for n in range(30)]
    one = publish_role(body=[*body(), *texts[:1]])
    many = publish_role(body=[*body(), *texts])
    assert queries(one) == queries(many)


def test_number_of_links_to_pages_makes_no_difference(
    publish_role: Any, index: Any, queries: Callable[[Any], int]
) -> None:
    def linking(pages: list[Any]) -> Any:
        prose = "".join(f'<p><a linktype="page" id="{page.pk}">x</a></p>' for page in pages)
        steps = [step_item(page=page) for page in pages]
        return publish_role(body=body(duties=prose, progression={"prose": prose, "steps": steps}))

    pages = RolePageFactory.create_batch(20, parent=index)
    assert queries(linking(pages[:1])) == queries(linking(pages))


def test_number_of_steps_and_traits_makes_no_difference(
    publish_role: Any, queries: Callable[[Any], int]
) -> None:
    def with_number(number: int) -> Any:
        marks = " ".join(f"<mark>trait {n}</mark>" for n in range(number))
        steps = [step_item(title=f"Role {n}") for n in range(number)]
        return publish_role(body=body(person_spec=marks, progression={"steps": steps}))

    assert queries(with_number(1)) == queries(with_number(30))


def test_full_page_costs_little_more_than_a_bare_one(
    publish_role: Any, index: Any, home: Any, queries: Callable[[Any], int]
) -> None:
    # At the same depth as the role: Wagtail finds a page step by step from the home page.
    parent = home.add_child(instance=BarePage(title="Parent", slug="parent"))
    bare = parent.add_child(instance=BarePage(title="Bare", slug="bare"))
    targets = RolePageFactory.create_batch(4, parent=index)
    links = SharedLinkFactory.create_batch(12)
    full = publish_role(
        body=body(
            **linked(links)
            | {"progression": {"steps": [step_item(page=target) for target in targets]}}
        )
    )
    assert queries(full) <= queries(bare) + MORE_THAN_A_BARE_PAGE


def test_links_that_are_gone_cost_nothing_more(
    publish_role: Any, queries: Callable[[Any], int]
) -> None:
    links = SharedLinkFactory.create_batch(6)
    page = publish_role(body=body(**linked(links)))
    before = queries(page)
    lose(*links[:2])
    links[2].unpublish()
    type(links[3]).objects.filter(pk=links[3].pk).update(live=False, first_published_at=None)
    assert queries(page) == before


def test_number_of_roles_in_an_index_makes_no_difference(
    index: Any, queries: Callable[[Any], int]
) -> None:
    categories = RoleCategoryFactory.create_batch(3)
    RolePageFactory(parent=index, body=body(), category=categories[0])
    before = queries(index)
    for number in range(15):
        RolePageFactory(parent=index, body=body(), category=categories[number % 3])
    assert queries(index) == before
