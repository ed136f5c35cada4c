from typing import Any

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from tests.factories import (
    RoleCategoryFactory,
    RoleIndexPageFactory,
    SharedLinkFactory,
    body,
    shared_link_html,
)
from tests.testapp.models import StaffRolePage
from wagtail_careers.pages.models import RolePage


def main(client: Any, page: Any) -> BeautifulSoup:
    response = client.get(page.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def titles(client: Any, page: Any) -> list[str]:
    return [link.text for link in main(client, page).select("li a")]


def test_roles_are_listed_by_title_under_their_categories(
    publish_role: Any, index: Any, client: Any
) -> None:
    careers = RoleCategoryFactory(name="Careers")
    apprenticeships = RoleCategoryFactory(name="Apprenticeships")
    publish_role(title="nurse", category=careers)
    publish_role(title="Cook", category=careers)
    publish_role(title="Apprentice", category=apprenticeships)
    sections = main(client, index).select("section")
    assert [(s.h2.text, [a.text for a in s.select("a")]) for s in sections] == [
        ("Apprenticeships", ["Apprentice"]),
        ("Careers", ["Cook", "nurse"]),
    ]
    assert not main(client, index).select("section[aria-labelledby], section[aria-label]")


def test_roles_and_categories_are_sorted_as_a_dictionary_sorts_them(
    publish_role: Any, index: Any, client: Any
) -> None:
    summer, zoo = RoleCategoryFactory(name="été"), RoleCategoryFactory(name="Zoo")
    for title in ("Zoologist", "Éducateur", "ZOO keeper", "eagle keeper"):
        publish_role(title=title, category=summer)
    publish_role(title="Feeder", category=zoo)
    assert titles(client, index) == [
        *("eagle keeper", "Éducateur", "ZOO keeper", "Zoologist"),
        "Feeder",
    ]


def test_role_shows_the_beginning_of_its_introduction(
    publish_role: Any, index: Any, client: Any
) -> None:
    publish_role(title="Nurse", slug="nurse", body=body(heading="<p>You <b>care</b>.</p>"))
    item = main(client, index).li
    assert item.a["href"] == "/roles/nurse/"
    assert item.p.text == "You care."


def test_roles_without_a_category_come_last_under_a_heading_of_their_own(
    publish_role: Any, index: Any, client: Any
) -> None:
    publish_role(title="Alpha")
    RolePage.objects.update(category=None)
    publish_role(title="Beta", category=RoleCategoryFactory(name="Zebra"))
    assert [h2.text for h2 in main(client, index).select("h2")] == ["Zebra", "Other roles"]


def test_drafts_and_private_roles_are_not_listed(
    publish_role: Any, index: Any, client: Any
) -> None:
    publish_role(title="Live")
    publish_role(title="Draft").unpublish()
    private = publish_role(title="Private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert titles(client, index) == ["Live"]


@pytest.mark.parametrize("private", ["index", "home"])
def test_private_index_lists_the_roles_that_are_private_with_it(
    publish_role: Any, index: Any, home: Any, admin_client: Any, private: str
) -> None:
    publish_role(title="Nurse")
    more_private = publish_role(title="Cook")
    above = {"index": index, "home": home}[private]
    for page in (above, more_private):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert titles(admin_client, index) == ["Nurse"]


def test_draft_of_a_live_role_does_not_show(publish_role: Any, index: Any, client: Any) -> None:
    role = publish_role(title="Nurse", body=body(heading="<p>Old.</p>"))
    role.title, role.body = "New", body(heading="<p>New.</p>")
    role.save_revision()
    assert main(client, index).li.p.text == "Old."
    assert titles(client, index) == ["Nurse"]


def test_roles_of_a_sites_own_model_are_listed(index: Any, client: Any) -> None:
    index.add_child(instance=StaffRolePage(title="Own", category=RoleCategoryFactory()))
    assert titles(client, index) == ["Own"]


def test_other_pages_below_are_not_listed(index: Any, client: Any) -> None:
    RoleIndexPageFactory(parent=index, title="More roles")
    assert titles(client, index) == []


def test_index_without_roles_says_so(index: Any, client: Any) -> None:
    assert "There are no roles here at the moment." in main(client, index).text


def test_introduction_is_shown_and_described(index: Any, client: Any) -> None:
    link = SharedLinkFactory(base_url="https://jobs.example/")
    index.introduction = f"<p>Find {shared_link_html(link, 'work', 'x')} or <mark>joy</mark>.</p>"
    index.save_revision().publish()
    soup = BeautifulSoup(client.get(index.url).content, "html.parser")
    assert soup.select_one("main p a")["href"] == "https://jobs.example/x"
    # The page lists no traits.
    assert soup.select_one("main p").text == "Find work or joy."
    assert not soup.select("main mark")
    assert soup.select_one("meta[name=description]")["content"] == "Find work or joy."


def test_link_that_is_gone_is_text_in_the_introduction(index: Any, client: Any) -> None:
    index.introduction = (
        f"<p>Find {shared_link_html(4040, 'work')} or "
        '<a linktype="page" id="4040">rest</a> or <a href="https://a.example">joy</a>.</p>'
    )
    index.save_revision().publish()
    paragraph = main(client, index).select_one(".careers-introduction p")
    assert paragraph.text == "Find work or rest or joy."
    assert [a["href"] for a in paragraph.select("a")] == ["https://a.example"]


def test_page_has_one_h1_and_a_title(index: Any, client: Any) -> None:
    soup = BeautifulSoup(client.get(index.url).content, "html.parser")
    assert [h1.text for h1 in soup.select("h1")] == ["Roles"]
    assert soup.title.text == "Roles – Example"


def test_index_is_previewed(index: Any) -> None:
    assert index.make_preview_request().status_code == 200
