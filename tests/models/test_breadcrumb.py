"""The pages above a page, as readers may see them."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Page, PageViewRestriction, Site

from tests.factories import RoleIndexPageFactory, RolePageFactory
from wagtail_careers.models.breadcrumb import Crumb, breadcrumb

HOME, ROLES = Crumb("Home", "/"), Crumb("Roles", "/roles/")


@pytest.fixture
def role(index: Any) -> Any:
    return RolePageFactory(parent=index, title="Porter", slug="porter")


def test_leads_from_the_home_page_to_the_parent(role: Any, index: Any, home: Any) -> None:
    assert breadcrumb(role) == [HOME, ROLES]
    assert breadcrumb(index) == [HOME]
    assert breadcrumb(home) == []


def test_leaves_out_pages_that_are_not_live(role: Any, index: Any) -> None:
    type(index).objects.update(live=False)
    assert breadcrumb(role) == [HOME]


def test_shows_private_pages_to_readers_who_have_passed_them(
    admin_client: Any, client: Any, role: Any, index: Any
) -> None:
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(role.url).status_code == 302, "Who cannot open the index cannot open this."
    html = admin_client.get(role.url).content
    links = BeautifulSoup(html, "html.parser").select("nav.careers-breadcrumb a")
    assert [link.text for link in links] == ["Home", "Roles"]


def test_is_empty_outside_all_sites(db: None) -> None:
    index = RoleIndexPageFactory(parent=Page.get_first_root_node())
    assert breadcrumb(RolePageFactory(parent=index)) == []


def test_begins_at_the_home_page_of_a_site_inside_another(role: Any, index: Any) -> None:
    Site.objects.create(hostname="roles.example", root_page=index)
    assert [crumb.title for crumb in breadcrumb(role)] == ["Roles"]


def test_takes_one_query_however_deep_the_page_is(
    role: Any, home: Any, django_assert_num_queries: Any
) -> None:
    below = home
    for number in range(5):
        below = RoleIndexPageFactory(parent=below, title=f"Level {number}")
    deep = RolePageFactory(parent=below)
    for page, number in ((role, 2), (deep, 6)):
        breadcrumb(page)  # Wagtail caches the addresses of sites.
        with django_assert_num_queries(1):
            assert len(breadcrumb(page)) == number


class TestOnAPage:
    def trail(self, client: Any, page: Any) -> BeautifulSoup:
        return BeautifulSoup(client.get(page.url).content, "html.parser").select_one(
            "nav[aria-label=Breadcrumb]"
        )

    def test_is_an_ordered_list_that_ends_with_the_page_itself(
        self, client: Any, role: Any
    ) -> None:
        *above, here = self.trail(client, role).select("ol[role=list] > li")
        assert [(item.a.text, item.a["href"]) for item in above] == [HOME, ROLES]
        assert here.select_one("[aria-current=page]").text == "Porter"
        assert not here.select("a")

    def test_comes_before_the_main_landmark_so_that_the_skip_link_skips_it(
        self, client: Any, role: Any
    ) -> None:
        assert self.trail(client, role).find_parent("main") is None
        assert self.trail(client, role).find_next("main")

    def test_is_on_an_index_page_too(self, client: Any, index: Any) -> None:
        assert [link.text for link in self.trail(client, index).select("a")] == ["Home"]

    def test_is_not_there_without_a_page_above(self, client: Any, role: Any) -> None:
        Page.objects.exclude(pk=role.pk).update(live=False)
        assert self.trail(client, role) is None
