"""What is wrong only beside another section: the same title, the same name of a link."""

from typing import Any

import pytest

from tests.blocks.cleaning import BODY, problems, stream
from tests.factories import SharedLinkFactory, body, child, link_item


def text(title: str) -> dict[str, Any]:
    return child("text", {"title": title, "prose": "<p>Words.</p>"})


class TestTitles:
    @pytest.mark.parametrize("other", ["A day", "a DAY ", "A\xa0day", "A \u200b day"])
    def test_of_two_sections_that_sound_the_same_are_refused(self, other: str) -> None:
        raw_body = [*body(), text("A day"), text(other)]
        assert problems(BODY, stream(raw_body)) == {
            "7.title": f"Another section has the title “{other}”. Enter a different title."
        }

    def test_include_the_default_titles(self) -> None:
        raw_body = [*body(duties={"title": ""}), text("What would I be doing?")]
        assert list(problems(BODY, stream(raw_body))) == ["6.title"]

    def test_that_differ_are_published(self) -> None:
        BODY.clean(stream([*body(), text("A day"), text("A night")]))

    def test_can_be_the_same_in_a_draft(self) -> None:
        BODY.clean_deferred(stream([*body(), text("A day"), text("A day")]))


@pytest.mark.django_db
class TestNamesOfLinks:
    def links(self, *items: dict[str, Any]) -> Any:
        return stream(body(application_links={"links": list(items)}))

    def test_that_lead_to_different_places_are_refused(self) -> None:
        one, other = SharedLinkFactory(name="NHS Jobs"), SharedLinkFactory(name="nhs  jobs")
        assert problems(BODY, self.links(link_item(one), link_item(other))) == {
            "4.links.1.text": (
                "Another link with the name “nhs  jobs” leads elsewhere. Enter a text that says "
                "where this one leads."
            )
        }
        BODY.clean(self.links(link_item(one), link_item(other, text="Jobs in Wales")))

    def test_with_other_paths_need_a_text_too(self) -> None:
        link = SharedLinkFactory(name="NHS Jobs")
        twice = [link_item(link, "a", "For nurses."), link_item(link, "b", "For porters.")]
        assert list(problems(BODY, self.links(*twice))) == ["4.links.1.text"]

    def test_may_repeat_for_one_place(self) -> None:
        link = SharedLinkFactory(name="NHS Jobs")
        BODY.clean(self.links(link_item(link), link_item(link)))

    def test_are_the_texts_of_entries_that_have_one(self) -> None:
        one, other = SharedLinkFactory(), SharedLinkFactory()
        entries = [link_item(one, text="Jobs"), link_item(other, text="jobs")]
        assert list(problems(BODY, self.links(*entries))) == ["4.links.1.text"]

    def test_can_be_the_same_in_a_draft(self) -> None:
        one, other = SharedLinkFactory(name="NHS Jobs"), SharedLinkFactory(name="NHS Jobs")
        BODY.clean_deferred(self.links(link_item(one), link_item(other)))

    def test_do_not_say_which_page_of_a_site_a_path_leads_to(self) -> None:
        link = SharedLinkFactory(name="NHS Jobs")
        assert problems(BODY, self.links(link_item(link, "porters"))) == {
            "4.links.0.text": (
                "This link leads to a page of “NHS Jobs”. Enter a text that says which page."
            )
        }
        BODY.clean(self.links(link_item(link, "porters", text="Porter jobs")))
        BODY.clean(self.links(link_item(link, "porters", note="Look for “porter”.")))
        BODY.clean_deferred(self.links(link_item(link, "porters")))
