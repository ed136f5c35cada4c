"""What stops a page from being published, as messages and as names."""

from typing import Any

from tests.factories import RolePageFactory, SharedLinkFactory, body, link_item, step_item
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


class TestSectionThatListsOnlyWhatNobodySees:
    MESSAGE = (
        "{}: Readers would see nothing in this section, because what it lists is not published. "
        "Publish that first, or enter text."
    )

    def progression(self, step: RolePage, **values: Any) -> Any:
        return body(progression={"prose": "", "steps": [step_item(page=step)], **values})

    def test_step_that_was_never_published(self, publish_role: Any, index: Any) -> None:
        page, step = publish_role(), RolePageFactory(parent=index, live=False)
        page.body = self.progression(step)
        assert publishing_problems(page) == [self.MESSAGE.format("Progression")]
        page.body = self.progression(step, prose="<p>It depends.</p>")
        assert publishing_problems(page) == []
        page.body = self.progression(step, steps=[step_item(title="Nurse", page=step)])
        assert publishing_problems(page) == []

    def test_step_that_is_published_with_it(self, publish_role: Any, index: Any) -> None:
        page, step = publish_role(), RolePageFactory(parent=index, live=False)
        page.body = self.progression(step)
        assert publishing_problems(page, published_with={step.pk}) == []

    def test_link_that_was_never_published(self, publish_role: Any) -> None:
        page, link = publish_role(), SharedLinkFactory(live=False)
        page.body = body(application_links={"prose": "", "links": [link_item(link)]})
        assert publishing_problems(page) == [self.MESSAGE.format("Application links")]


def test_title_without_a_letter_or_number_is_a_problem(publish_role: Any) -> None:
    page: RolePage = publish_role()
    page.title, page.body = "\u200b…", body()
    assert publishing_problems(page) == ["Title: Enter at least one letter or number."]
    assert incomplete_places(page) == ("title",)
