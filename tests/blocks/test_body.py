import json
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.blocks import (
    CharBlock,
    ChooserBlock,
    DateBlock,
    IntegerBlock,
    ListBlock,
    StreamValue,
    StructBlock,
    URLBlock,
)
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.rich_text import RichText

from tests.blocks.cleaning import BODY, problems, stream
from tests.factories import (
    DEFAULT_TITLES,
    SECTIONS,
    RolePageFactory,
    SharedLinkFactory,
    body,
    child,
    link_item,
    step_item,
)
from wagtail_careers.blocks import ProseBlock, RoleBodyBlock, SectionBlock, default_body
from wagtail_careers.blocks.body import anchor, shown_sections
from wagtail_careers.blocks.shared_link import LinkBlock
from wagtail_careers.blocks.step import StepBlock
from wagtail_careers.pages.models import RolePage

DRAFTS = {
    "empty": [],
    "new": [child(name, {}) for name in SECTIONS],
    "blank": body(**dict.fromkeys(SECTIONS, "")),
    "without heading": body(heading=None),
    "heading last": [*body(heading=None), *body(**dict.fromkeys(SECTIONS[1:]))],
    "link not chosen": body(
        application_links={
            "links": [child("item", {"shared_link": None, "path": "", "text": "", "note": ""})]
        }
    ),
    "step without a role": body(progression={"steps": [step_item()]}),
    "text without a title": body(text={"title": "", "prose": ""}),
    "only text": [child("text", {"title": "A day", "prose": "<p>Seven.</p>"})],
}

LONG = "x" * 600


def unchosen(**kwargs: Any) -> dict[str, Any]:
    return child("item", {"shared_link": None, "path": "", "text": "", "note": "", **kwargs})


UNPUBLISHABLE = {
    "long title": body(duties={"title": LONG}),
    "section twice": [*body(), child("duties", {"title": "", "prose": "<p>More.</p>"})],
    "heading twice": [*body(), child("heading", {"introduction": "<p>More.</p>"})],
    "hostile path": body(application_links={"links": [unchosen(path="//evil.example")]}),
    "long path": body(application_links={"links": [unchosen(path=LONG)]}),
    "long note": body(application_links={"links": [unchosen(note=LONG)]}),
    "long step": body(progression={"steps": [step_item(title=LONG, note=LONG)]}),
    "strange step": body(progression={"steps": [step_item(title="x", relation="upwards")]}),
}


def problems_while_saving(saving: Event, published: Event) -> dict[str, str]:
    """Return what publishing finds in a thread of its own while another saves a draft.

    Publishing waits for ``saving``, and sets ``published`` at its end.
    """

    def publish() -> dict[str, str]:
        assert saving.wait(timeout=10)
        try:
            return problems(BODY, stream(body(heading="")))
        finally:
            published.set()

    with ThreadPoolExecutor() as threads:
        draft = threads.submit(BODY.clean_deferred, stream(body(heading="")))
        found = threads.submit(publish)
        assert draft.result() is not None
        return found.result()


def test_label_of_an_entry_does_not_name_a_chooser() -> None:
    # Wagtail writes “null” for a chooser that is empty.
    for block in (StepBlock(), LinkBlock()):
        named = re.findall(r"{(\w+)}", block.meta.label_format or "")
        assert not [each for each in named if isinstance(block.child_blocks[each], ChooserBlock)]


@pytest.mark.django_db
class TestNewPage:
    def test_has_the_six_sections_in_order_with_their_default_titles(self) -> None:
        value = RolePage().body
        assert [section.block_type for section in value] == list(SECTIONS)
        assert [section.value["title"] for section in list(value)[1:]] == [
            str(title) for title in DEFAULT_TITLES.values()
        ]
        assert list(DEFAULT_TITLES) == list(SECTIONS[1:])

    def test_has_nothing_written_in_them(self) -> None:
        for section in RolePage().body:
            for name, value in section.value.items():
                assert name == "title" or not value

    def test_has_the_titles_that_the_site_sets(self, settings: Any) -> None:
        settings.WAGTAIL_CAREERS = {"DEFAULT_TITLES": {"duties": "Your day"}}
        titles = {name: value.get("title") for name, value in default_body()}
        assert titles["duties"] == "Your day"
        assert titles["training"] == str(DEFAULT_TITLES["training"])

    def test_does_not_share_its_body_with_the_next(self) -> None:
        one, other = RolePage(), RolePage()
        one.body[1].value["title"] = "Changed"
        one.body[4].value["links"].append(None)
        assert other.body[1].value["title"] == DEFAULT_TITLES["person_spec"]
        assert len(other.body[4].value["links"]) == 0


class TestDraft:
    @pytest.mark.parametrize("raw_body", DRAFTS.values(), ids=DRAFTS)
    def test_may_be_incomplete(self, db: None, raw_body: list[dict[str, Any]]) -> None:
        value = BODY.clean_deferred(stream(raw_body))
        assert [section.block_type for section in value] == [part["type"] for part in raw_body]

    @pytest.mark.parametrize("raw_body", DRAFTS.values(), ids=DRAFTS)
    def test_that_is_incomplete_cannot_be_published(
        self, db: None, raw_body: list[dict[str, Any]]
    ) -> None:
        BODY.clean_deferred(stream(raw_body))
        assert problems(BODY, stream(raw_body))

    @pytest.mark.parametrize("raw_body", UNPUBLISHABLE.values(), ids=UNPUBLISHABLE)
    def test_keeps_what_cannot_be_published(self, db: None, raw_body: list[dict[str, Any]]) -> None:
        value = BODY.clean_deferred(stream(raw_body))
        assert list(value.raw_data) == raw_body
        assert problems(BODY, stream(raw_body))

    def test_keeps_it_in_a_section_of_the_site_as_well(self) -> None:
        class ReviewBlock(StructBlock):
            site = URLBlock()
            year = IntegerBlock(max_value=2000)
            day = DateBlock()
            text = ProseBlock(max_length=3)

            def clean(self, value: Any) -> Any:
                raise ValidationError("Never.")

        block = RoleBodyBlock([("reviews", ListBlock(ReviewBlock(), max_num=1))])
        given = {"site": "no address", "year": "2020", "day": None, "text": RichText("<p>long</p>")}
        value = block.to_python([("reviews", [given, given])])
        kept = block.clean_deferred(value)
        assert [dict(review) for review in kept[0].value] == [given, given]
        raw_body = json.loads(json.dumps(list(kept.get_prep_value())))
        again = block.to_python(raw_body)
        assert [dict(review) for review in again[0].value] == [given, given]

    @pytest.mark.parametrize("typed", ["32/13/2020", "2020-13-45"])
    def test_refuses_what_could_not_be_read_again_with_its_place(self, typed: str) -> None:
        block = RoleBodyBlock([("day", DateBlock()), ("words", CharBlock(max_length=1))])
        value = StreamValue(block, [("words", "too long"), ("day", typed)])
        with pytest.raises(StreamBlockValidationError) as refused:
            block.clean_deferred(value)
        assert 1 in refused.value.block_errors

    def test_refuses_a_character_that_databases_refuse(self) -> None:
        title = {"title": "a\x00b", "prose": "<p>x</p>"}
        with pytest.raises(StreamBlockValidationError):
            BODY.clean_deferred(stream([child("text", title)]))

    def test_keeps_ids_and_values(self, db: None) -> None:
        raw_body = body(duties={"prose": ""})
        value = BODY.clean_deferred(stream(raw_body))
        assert list(value.raw_data) == raw_body


@pytest.mark.parametrize("pk", ["abc", "", "9" * 30, 10**30, -1, [1], {"id": 1}])
def test_id_that_is_impossible_is_no_target(
    admin_client: Client, client: Client, publish_role: Any, pk: Any
) -> None:
    links = {"links": [child("item", {"shared_link": pk, "path": "", "note": "A note"})]}
    steps = {"steps": [child("item", {"page": pk, "title": "A step", "relation": "next"})]}
    page = publish_role(body=body(application_links=links, progression=steps))
    assert page.body[4].value["links"][0]["shared_link"] is None
    assert page.body[5].value["steps"][0]["page"] is None
    shown = client.get(page.url).content
    assert b"A note" in shown
    assert b"A step" in shown
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert admin_client.get(url).status_code == 200


class TestPublishing:
    def test_accepts_a_complete_body(self, db: None) -> None:
        raw_body = body()
        assert list(BODY.clean(stream(raw_body)).raw_data) == raw_body

    def test_is_as_strict_while_somebody_saves_a_draft(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Blocks are shared by the threads of a process; see ``wagtail_careers.blocks.body``."""
        introduction = BODY.child_blocks["heading"].child_blocks["introduction"]
        saving, published = Event(), Event()

        def clean_slowly(value: Any) -> Any:
            if introduction.is_deferred_validation and not saving.is_set():
                saving.set()
                # In vain, unless publishing gets by meanwhile.
                published.wait(timeout=0.5)
            return original(value)

        original = introduction.clean
        monkeypatch.setattr(introduction, "clean", clean_slowly)
        found = problems_while_saving(saving, published)
        assert "0.introduction" in found

    def test_is_as_strict_until_a_draft_has_made_all_fields_required_again(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        saved, published = Event(), Event()

        def restore_slowly() -> None:
            saved.set()
            # In vain, unless publishing gets by meanwhile.
            published.wait(timeout=0.5)
            original()

        original = BODY.restore_deferred_validation
        monkeypatch.setattr(BODY, "restore_deferred_validation", restore_slowly)
        found = problems_while_saving(saved, published)
        assert "0.introduction" in found

    def test_accepts_a_heading_alone(self) -> None:
        BODY.clean(stream(body(**dict.fromkeys(SECTIONS[1:]))))

    def test_accepts_any_order_below_the_heading(self) -> None:
        heading, *others = body()
        value = BODY.clean(stream([heading, *reversed(others)]))
        assert value[1].block_type == "progression"

    def test_accepts_many_texts(self) -> None:
        texts = [child("text", {"title": f"{n}", "prose": "<p>x</p>"}) for n in range(30)]
        assert len(BODY.clean(stream([*body(), *texts]))) == 36

    @pytest.mark.parametrize(
        ("raw_body", "expected"),
        [
            ([], {"": "The Heading section is missing. Add one that describes the role."}),
            (
                body(heading=None),
                {"": "The Heading section is missing. Add one that describes the role."},
            ),
            (
                [*body(heading=None), body()[0]],
                {"": "The Heading section is not first. Move it to the top."},
            ),
            (
                body(heading="<p> </p>"),
                {"0.introduction": "Heading: enter an introduction."},
            ),
            (
                body(person_spec=""),
                {
                    "1.prose": "Person spec: describe the kind of person who suits the role, or "
                    "remove this section."
                },
            ),
            (body(duties=""), {"2.prose": "Duties: describe the work, or remove this section."}),
            (
                body(training="<p></p>"),
                {"3.prose": "Training: describe the training, or remove this section."},
            ),
            (
                body(application_links=""),
                {"4.prose": "Application links: enter text, add a link, or remove this section."},
            ),
            (
                body(progression=""),
                {"5.prose": "Progression: enter text, add a step, or remove this section."},
            ),
            (
                body(text={"title": "A day", "prose": ""}),
                {"6.prose": "Text: enter text, or remove this section."},
            ),
            (body(text={"title": ""}), {"6.title": "Text: enter a title, or remove this section."}),
            (
                body(progression={"steps": [step_item(title="Nurse"), step_item()]}),
                {"5.steps.1.title": "Enter a role title or choose a role page."},
            ),
            (
                body(duties="", training="", heading=""),
                {
                    "0.introduction": "Heading: enter an introduction.",
                    "2.prose": "Duties: describe the work, or remove this section.",
                    "3.prose": "Training: describe the training, or remove this section.",
                },
            ),
        ],
    )
    def test_says_what_is_missing_and_where(
        self, raw_body: list[dict[str, Any]], expected: dict[str, str]
    ) -> None:
        assert problems(BODY, stream(raw_body)) == expected

    def test_says_that_a_link_is_not_chosen(self, db: None) -> None:
        links = [child("item", {"shared_link": None, "path": "", "note": "see there"})]
        found = problems(BODY, stream(body(application_links={"links": links})))
        assert found == {
            "4.links.0.shared_link": "Application links: choose a shared link, or delete the entry."
        }

    @pytest.mark.parametrize("name", SECTIONS)
    def test_refuses_a_second_section_of_the_same_name(self, name: str) -> None:
        raw_body = body()
        again = next(section for section in raw_body if section["type"] == name)
        found = problems(BODY, stream([*raw_body, {**again, "id": "again"}]))
        label = str(BODY.child_blocks[name].label)
        assert found == {"": f"{label}: The maximum number of items is 1"}

    def test_refuses_a_hostile_path(self, db: None) -> None:
        raw_body = body(application_links={"links": [link_item(1, path="//evil.example")]})
        found = problems(BODY, stream(raw_body))
        assert found["4.links.0.path"].startswith("Enter only the part of the address")


class TestRendering:
    def soup(self, raw_body: list[dict[str, Any]]) -> BeautifulSoup:
        return BeautifulSoup(stream(raw_body).render_as_block(), "html.parser")

    def test_every_section_begins_with_its_heading_and_is_not_a_landmark(self, db: None) -> None:
        soup = self.soup(body(text="<p>x</p>"))
        sections = soup.select("section")
        assert len(sections) == 6
        for section in sections:
            assert section.find().name == "h2"
            # A section with a name is a region: six of them would drown the landmarks of the page.
            assert not {"aria-label", "aria-labelledby", "role"} & section.attrs.keys()

    def test_way_to_apply_is_linked_before_the_sections(self, db: None) -> None:
        soup = self.soup(body(application_links={"title": "Apply now"}))
        link = soup.select_one("a")
        assert (link["href"], link.text) == ("#application-links", "Apply now")
        assert soup.find(id="application-links").name == "section"

    @pytest.mark.parametrize(
        "given",
        [
            {"application_links": None},
            dict.fromkeys(("person_spec", "duties", "training")),
            {"application_links": ""},
        ],
        ids=["without the section", "right above the section", "with an empty section"],
    )
    def test_way_to_apply_is_linked_only_where_the_link_helps(self, db: None, given: Any) -> None:
        assert not self.soup(body(**given)).select(".careers-action")

    def test_contents_list_leads_to_every_section_in_order(self, db: None) -> None:
        soup = self.soup(body(text="<p>x</p>"))
        links = soup.select("nav a")
        assert [link["href"] for link in links] == [f"#{s['id']}" for s in soup.select("section")]
        assert [link.text for link in links] == [h.text for h in soup.select("section > h2")]
        assert "Title of duties" in [link.text for link in links]

    def test_one_section_needs_no_contents_list(self, db: None) -> None:
        raw_body = body(**dict.fromkeys(("person_spec", "duties", "training", "progression")))
        soup = self.soup(raw_body)
        assert len(soup.select("section")) == 1
        assert not soup.select("nav")

    def test_section_that_is_not_written_is_left_out(self, db: None) -> None:
        unwritten = {"duties": "<p> </p>", "training": {"prose": None}, "application_links": ""}
        soup = self.soup(body(heading="<p></p>", **unwritten))
        anchors = ["person-spec", "progression"]
        assert [section["id"] for section in soup.select("section")] == anchors
        assert [link["href"] for link in soup.select("nav a")] == [f"#{name}" for name in anchors]
        assert not soup.select(".careers-introduction")

    def test_model_that_has_become_a_role_page_shows_nothing_yet(self, db: None) -> None:
        html = RolePage().body.render_as_block()
        assert not BeautifulSoup(html, "html.parser").select("h2, section, div")

    def test_section_of_lists_alone_is_for_readers(self, db: None) -> None:
        steps = {"prose": "", "steps": [step_item(title="Nurse")]}
        assert self.soup(body(progression=steps)).select("#progression li")

    def test_section_of_entries_that_nobody_sees_is_for_editors_alone(self, index: Any) -> None:
        draft_link = SharedLinkFactory(live=False)
        draft_page = RolePageFactory(parent=index, live=False)
        sections = {
            "application_links": {"prose": "", "links": [link_item(draft_link, note="Soon.")]},
            "progression": {"prose": "<p></p>", "steps": [step_item(page=draft_page)]},
        }
        value = stream(body(**sections))
        assert not {section.name for section in shown_sections(value)} & sections.keys()
        previewed = shown_sections(value, is_preview=True)
        assert {section.name for section in previewed} > sections.keys()
        draft_link.save_revision().publish()
        shown = shown_sections(stream(body(**sections)))
        assert {section.name for section in shown} & sections.keys() == {"application_links"}

    def test_section_that_does_not_count_is_for_readers_whatever_is_in_it(self) -> None:
        class VacanciesBlock(SectionBlock):
            class Meta:
                counts_for_completeness = False

        block = RoleBodyBlock([("vacancies", VacanciesBlock(label="Vacancies"))])
        value = block.to_python([child("vacancies", {"title": ""})])
        assert [section.title for section in shown_sections(value)] == ["Vacancies"]

    def test_sections_that_readers_see_can_be_had_as_values(self) -> None:
        value = stream(body(training="", text={"title": "A day"}))
        shown = shown_sections(value)
        assert [(section.name, section.title) for section in shown] == [
            ("heading", ""),
            ("person_spec", "Title of person_spec"),
            ("duties", "Title of duties"),
            ("application_links", "Title of application_links"),
            ("progression", "Title of progression"),
            ("text", "A day"),
        ]
        assert shown[1].anchor == "person-spec"
        previewed = shown_sections(value, is_preview=True)
        assert [section.name for section in previewed if section not in shown] == ["training"]

    def test_headings_that_are_empty_are_the_default_titles(self, db: None, settings: Any) -> None:
        settings.WAGTAIL_CAREERS = {"DEFAULT_TITLES": {"duties": "Your day"}}
        raw_body = body(**{name: {"title": ""} for name in SECTIONS[1:]})
        headings = [heading.text for heading in self.soup(raw_body).select("section > h2")]
        assert headings == [
            "Your day" if name == "duties" else str(DEFAULT_TITLES[name]) for name in SECTIONS[1:]
        ]

    def test_no_id_comes_twice(self, db: None) -> None:
        texts = [child("text", {"title": "Same", "prose": "<p>x</p>"}) for _number in range(5)]
        steps = [step_item(title=f"{n}") for n in range(3)]
        soup = self.soup([*body(progression={"steps": steps}), *texts])
        ids = Counter(tag["id"] for tag in soup.select("[id]"))
        assert len(ids) >= 20
        assert set(ids.values()) == {1}

    def test_anchor_of_a_named_section_is_its_name(self) -> None:
        anchors = [anchor(section, number) for number, section in enumerate(stream(body()))]
        assert anchors == [name.replace("_", "-") for name in SECTIONS]

    def test_anchor_of_a_text_outlives_a_change_of_title_and_order(self) -> None:
        one = child("text", {"title": "One", "prose": "x"})
        two = child("text", {"title": "Two", "prose": "x"})
        before = [anchor(section, number) for number, section in enumerate(stream([one, two]))]
        renamed = {**one, "value": {"title": "Uno", "prose": "x"}}
        after = [anchor(section, number) for number, section in enumerate(stream([two, renamed]))]
        assert after == before[::-1]
        assert len(set(before)) == 2

    def test_anchors_of_texts_that_were_never_saved_differ(self, db: None) -> None:
        texts = [("text", BODY.child_blocks["text"].get_default()) for _number in range(2)]
        value = BODY.to_python(texts)
        soup = BeautifulSoup(value.render_as_block(), "html.parser")
        ids = [section["id"] for section in soup.select("section")]
        assert len(set(ids)) == 2


@pytest.mark.parametrize("stored", ["a text", ["a", "list"]])
def test_section_that_was_stored_as_something_else_is_left_out(index: Any, stored: Any) -> None:
    raw_body = [*body(duties=None), child("duties", stored)]
    page = RolePageFactory(parent=index, body=raw_body)
    html = BeautifulSoup(page.body.render_as_block(), "html.parser")
    assert [section["id"] for section in html.select("section")][-1] == "progression"


def test_old_body_with_an_unknown_section_still_renders(index: Any) -> None:
    raw_body = [*body(), child("video", {"url": "x"})]
    page = RolePageFactory(parent=index, body=raw_body)
    assert "Title of training" in BeautifulSoup(page.body.render_as_block(), "html.parser").text


class TestTraits:
    LONG = "x" * 300

    def soup(self, **sections: Any) -> BeautifulSoup:
        html = stream(body(**sections)).render_as_block()
        return BeautifulSoup(html, "html.parser")

    def marked(self, soup: BeautifulSoup) -> list[str]:
        return [mark.text for mark in soup.select("mark.careers-trait")]

    def listed(self, soup: BeautifulSoup) -> list[str]:
        return [item.text for item in soup.select(".careers-traits li")]

    def test_of_all_sections_are_highlighted_and_listed(self) -> None:
        soup = self.soup(
            heading={"introduction": "<p>You need <mark>care</mark>.</p>"},
            person_spec="<p><mark>Patience</mark> and <mark>care</mark></p>",
            duties="<p>Your <mark><b>kind</b></mark><b><mark>ness</mark></b> helps.</p>",
        )
        assert self.listed(soup) == ["care", "Patience", "kindness"]
        assert self.marked(soup) == ["care", "Patience", "care", "kind", "ness"]

    @pytest.mark.parametrize("phrase", ["x", "…", LONG])
    def test_that_are_too_short_or_too_long_are_plain_text(self, phrase: str) -> None:
        soup = self.soup(person_spec=f"<p><mark>{phrase}</mark> and <mark>care</mark></p>")
        assert self.listed(soup) == self.marked(soup) == ["care"]
        assert phrase in soup.text

    def test_of_a_page_that_does_not_list_them_are_plain_text(self) -> None:
        soup = self.soup(person_spec=None, duties="<p>With <mark>care</mark>.</p>")
        assert not soup.select("mark")
        assert "With care." in soup.text
