"""What stops a page from being published, as messages and as names."""

from typing import Any

from tests.factories import body, link_item, step_item
from wagtail_careers.pages.models import RolePage
from wagtail_careers.publishing import incomplete_places, publishing_problems


def test_complete_page_has_no_problem(publish_role: Any) -> None:
    page = publish_role()
    page.body = body()
    assert publishing_problems(page) == []
    assert incomplete_places(page) == ()


def test_places_are_fields_and_sections_each_once(publish_role: Any) -> None:
    page: RolePage = publish_role()
    page.category = None
    page.body = body(
        duties="<p> </p>",
        application_links={"links": [link_item(1, path="//a.example"), link_item(2, path="..")]},
    )
    assert incomplete_places(page) == ("category", "duties", "application_links")
    assert len(publishing_problems(page)) >= 4


def test_step_to_the_role_itself_is_a_problem(publish_role: Any) -> None:
    other, page = publish_role(), publish_role()
    page.body = body(progression={"steps": [step_item(page=other), step_item(page=page)]})
    assert publishing_problems(page) == [
        "Progression: a role cannot lead to itself. Choose a different page in step 2."
    ]
    page.body = body(progression={"steps": [step_item(page=other)]})
    assert publishing_problems(page) == []


def test_missing_introduction_is_a_problem_of_the_body(publish_role: Any) -> None:
    page: RolePage = publish_role()
    page.body = body(heading=None)
    assert incomplete_places(page) == ("body",)
    assert publishing_problems(page) == [
        "The Heading section is missing. Add one that describes the role."
    ]
