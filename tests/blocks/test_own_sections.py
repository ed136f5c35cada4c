"""A section that a site adds with one class and one template has the rights of the package's."""

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from wagtail.blocks import CharBlock, StructBlock

from tests.factories import RoleCategoryFactory, body, child, step_item
from tests.testapp.models import CaseStudyBlock, OwnBodyBlock, OwnRoleIndexPage, OwnRolePage
from wagtail_careers.admin.role_list import describe_newest_versions
from wagtail_careers.blocks import (
    HeadingBlock,
    ProseBlock,
    RoleBodyBlock,
    TextBlock,
    default_body,
)
from wagtail_careers.blocks.checks import check_bodies_have_an_introduction
from wagtail_careers.blocks.completeness import completeness
from wagtail_careers.blocks.registry import sections_of, site_sections
from wagtail_careers.models import RoleTrait, Step
from wagtail_careers.publishing import publishing_problems

STUDY = {
    "title": "",
    "prose": "<p>I have <mark>patience</mark>.</p>",
    "leads_to": [step_item(title="Lead porter")],
}


def own_raw_body(**sections: Any) -> list[dict[str, Any]]:
    return [
        *body(progression=None),
        child("case_study", {**STUDY, **sections}),
        {"type": "quote", "value": "No day is like another.", "id": "q"},
    ]


@pytest.fixture
def own_index(home: Any) -> OwnRoleIndexPage:
    return home.add_child(instance=OwnRoleIndexPage(title="Own roles", slug="own"))


@pytest.fixture
def role(own_index: OwnRoleIndexPage) -> OwnRolePage:
    page = OwnRolePage(
        title="Porter", slug="porter", category=RoleCategoryFactory(), body=own_raw_body()
    )
    own_index.add_child(instance=page)
    page.save_revision().publish()
    return OwnRolePage.objects.get(pk=page.pk)


def soup(role: OwnRolePage, client: Any) -> BeautifulSoup:
    return BeautifulSoup(client.get(role.url).content, "html.parser")


def test_it_is_in_the_registry() -> None:
    section = sections_of(OwnBodyBlock())["case_study"]
    assert section.counts_for_completeness
    assert section.default_title == "Meet a colleague"
    assert (section.prose, section.steps) == ("prose", "leads_to")
    assert "case_study" in site_sections()


def test_a_new_page_has_it(db: None) -> None:
    assert [section.block_type for section in OwnRolePage().body] == [
        *("heading", "person_spec", "duties", "training", "application_links", "case_study")
    ]
    assert OwnRolePage().body[5].value["title"] == "Meet a colleague"
    assert "case_study" not in dict(default_body())


def test_it_counts_for_completeness() -> None:
    block = OwnBodyBlock()
    assert completeness(block, own_raw_body()).is_complete
    silent = own_raw_body(prose="<p></p>", leads_to=[])
    assert completeness(block, silent).empty == ("case_study",)


def test_a_role_without_the_section_that_the_site_dropped_is_complete(role: OwnRolePage) -> None:
    describe_newest_versions([role])
    assert role.role_completeness == {"written": 6, "total": 6, "empty": [], "unused": []}


def test_list_of_roles_names_it_when_it_is_empty(role: OwnRolePage) -> None:
    role.body = own_raw_body(prose="", leads_to=[])
    role.latest_revision = None
    describe_newest_versions([role])
    assert role.role_completeness["empty"] == ["Case study"]


def test_readers_find_it_in_the_contents_list(role: OwnRolePage, client: Any) -> None:
    page = soup(role, client)
    links = {link["href"]: link.text for link in page.select(".careers-contents a")}
    assert links["#case-study"] == "Meet a colleague"
    section = page.select_one("section#case-study")
    assert section.h2.text == "Meet a colleague"
    assert section.select_one("mark.careers-trait").text == "patience"


def test_readers_do_not_see_it_while_it_is_not_written(role: OwnRolePage, client: Any) -> None:
    role.body = own_raw_body(prose="<p> </p>", leads_to=[])
    role.save()
    page = soup(role, client)
    assert not page.select("#case-study, a[href='#case-study']")


def test_its_traits_and_steps_are_derived(role: OwnRolePage) -> None:
    assert [row.trait.name for row in RoleTrait.objects.filter(page=role)] == ["patience"]
    assert [step.title for step in Step.objects.filter(page=role)] == ["Lead porter"]


def test_a_page_cannot_have_it_twice(role: OwnRolePage) -> None:
    role.body = [*own_raw_body(), child("case_study", STUDY)]
    assert publishing_problems(role) == ["Case study: The maximum number of items is 1"]


def test_what_it_requires_is_asked_for(role: OwnRolePage) -> None:
    role.body = own_raw_body(prose="<p></p>")
    assert publishing_problems(role) == ["Case study: enter what this person says."]


def test_a_plain_block_at_the_top_level_is_shown_and_breaks_nothing(
    role: OwnRolePage, client: Any
) -> None:
    assert publishing_problems(role) == []
    page = soup(role, client)
    assert "No day is like another." in page.main.text
    assert not [heading for heading in page.select("h2, .careers-contents a") if not heading.text]
    call_command("rebuild_roles", verbosity=0)
    assert RoleTrait.objects.filter(page=role).count() == 1


def test_the_import_finds_it_by_its_phrases(own_index: OwnRoleIndexPage, tmp_path: Path) -> None:
    pytest.importorskip("frontmatter")
    post = tmp_path / "porter.md"
    post.write_text(
        "---\nID: 7\npost_title: Porter\n---\n"
        "<p>You move beds.</p>\n<h2>What would I be doing?</h2><p>You push.</p>\n"
        "<h2>A colleague tells</h2><p>I need <strong>patience</strong> every day.</p>\n",
        encoding="utf-8",
    )
    call_command("import_roles", str(post), parent="/own/", verbosity=0)
    page = OwnRolePage.objects.get(title="Porter").get_latest_revision_as_object()
    sections = {section.block_type: section.value for section in page.body}
    assert list(sections) == ["heading", "duties", "case_study"]
    assert sections["case_study"]["title"] == "A colleague tells"
    assert "I need <mark>patience</mark> every day." in sections["case_study"]["prose"].source


def test_a_page_with_a_plain_block_is_imported_again(
    own_index: OwnRoleIndexPage, tmp_path: Path
) -> None:
    pytest.importorskip("frontmatter")
    post = tmp_path / "porter.md"
    front = "---\nID: 7\npost_title: Porter\n---\n"
    post.write_text(f"{front}<p>You move beds.</p>", encoding="utf-8")
    call_command("import_roles", str(post), parent="/own/", verbosity=0)
    page = OwnRolePage.objects.get(title="Porter").get_latest_revision_as_object()
    page.body.append(("quote", "No day is like another."))
    page.save_revision(clean=False)
    post.write_text(f"{front}<p>You move beds and chairs.</p>", encoding="utf-8")
    call_command("import_roles", str(post), parent="/own/", verbosity=0)
    page = OwnRolePage.objects.get(title="Porter").get_latest_revision_as_object()
    assert "chairs" in page.body[0].value["introduction"].source
    assert page.body[1].value == "No day is like another."


class PayBlock(StructBlock):
    """A block with rich text that has no title, and so is not begun by a heading."""

    prose = ProseBlock()


@pytest.mark.parametrize(
    ("name", "block", "is_begun"),
    [
        ("pay", PayBlock(), False),
        ("quote", CharBlock(), False),
        ("text", TextBlock(), False),
        ("heading", HeadingBlock(), False),
        ("case_study", CaseStudyBlock(), True),
    ],
)
def test_headings_begin_sections_with_a_title_and_a_place_for_text(
    name: str, block: Any, is_begun: bool
) -> None:
    kind = sections_of(RoleBodyBlock([(name, block)]))[name]
    assert kind.is_begun_by_heading is is_begun


def drop(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take a section out of the body of ``OwnRolePage``, whose order is kept for others."""
    block = OwnRolePage._meta.get_field("body").stream_block
    others = {key: child for key, child in block.child_blocks.items() if key != name}
    monkeypatch.setattr(block, "child_blocks", others)


@pytest.mark.parametrize("name", ["heading", "text"])
def test_the_import_refuses_pages_without_a_section_that_it_needs(
    own_index: OwnRoleIndexPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    pytest.importorskip("frontmatter")
    drop(name, monkeypatch)
    with pytest.raises(CommandError, match=f"have no “{name}” section"):
        call_command("import_roles", str(tmp_path), parent="/own/", verbosity=0)


def test_a_body_without_an_introduction_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_bodies_have_an_introduction() == []
    drop("heading", monkeypatch)
    (error,) = check_bodies_have_an_introduction()
    assert error.id == "wagtail_careers.E008"
    assert "testapp.OwnRolePage" in error.msg
