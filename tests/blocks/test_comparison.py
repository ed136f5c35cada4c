"""The page of the admin that compares two versions of a role."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    IntegerBlock,
    ListBlock,
    RichTextBlock,
    StructBlock,
)
from wagtail.models import Revision

from tests.factories import (
    RoleCategoryFactory,
    RoleIndexPageFactory,
    SharedLinkFactory,
    body,
    child,
    link_item,
    lose,
    shared_link_html,
    step_item,
)
from wagtail_careers.blocks import SectionBlock
from wagtail_careers.blocks.comparison import SectionComparison
from wagtail_careers.models import AlternativeTitle, SharedLink


@pytest.fixture
def compare(admin_client: Client) -> Any:
    """A function that compares the live version of an object with its newest one.

    It returns the changes of each field, by its label. What is deleted is in [-…-], and what is
    added in [+…+].
    """

    def compare(thing: Any, view: str = "wagtailadmin_pages:revisions_compare") -> dict[str, str]:
        response = admin_client.get(reverse(view, args=[thing.pk, "earliest", "latest"]))
        assert response.status_code == 200
        table = BeautifulSoup(response.content, "html.parser").select_one("main table.listing")
        for mark in table.select(".deletion, .addition"):
            sign = "-" if "deletion" in mark["class"] else "+"
            mark.insert(0, f"[{sign}")
            mark.append(f"{sign}]")
        return {
            row.select_one("td.title").get_text(strip=True): " ".join(
                row.select_one("td.comparison").get_text(" ").split()
            )
            for row in table.select("tbody tr")
            if row.select_one("td.title")
        }

    return compare


def section_of(text: str, name: str) -> str:
    """The part of a comparison from one section's name to the end."""
    return text[text.index(name) :]


def edited(publish_role: Any, before: list[Any], after: list[Any]) -> Any:
    """A role with two versions; sections keep their ids."""
    page = publish_role(body=before)
    ids = {each["type"]: each["id"] for each in before}
    page.body = [{**each, "id": ids.get(each["type"], each["id"])} for each in after]
    page.save_revision()
    return page


class TestSections:
    def test_are_named_with_their_title_and_what_happened(
        self, publish_role: Any, compare: Any
    ) -> None:
        page = edited(
            publish_role,
            body(training=None),
            body(duties="<p>Other words.</p>", progression=None),
        )
        text = compare(page)["Sections:"]
        assert "Duties: Title of duties (changed)" in text
        assert "Training: Title of training (added)" in text
        assert "Progression: Title of progression (removed)" in text
        assert "Heading (unchanged)" in text
        assert "Application links: Title of application_links (unchanged)" in text

    def test_changed_title_is_shown(self, publish_role: Any, compare: Any) -> None:
        page = edited(publish_role, body(duties={"title": "Work"}), body(duties={"title": "Tasks"}))
        text = compare(page)["Sections:"]
        assert "Duties: Tasks (changed) Title [- Work -] [+ Tasks +]" in text

    def test_default_title_names_a_section_without_one(
        self, publish_role: Any, compare: Any
    ) -> None:
        page = edited(publish_role, body(training=None), body(training={"title": ""}))
        assert "Training: What training would I get? (added)" in compare(page)["Sections:"]

    def test_new_one_says_what_is_in_it(self, publish_role: Any, compare: Any) -> None:
        link = SharedLinkFactory(name="NHS Jobs")
        page = edited(
            publish_role,
            body(application_links=None),
            body(application_links={"prose": "", "links": [link_item(link, "porter", "Soon")]}),
        )
        assert (
            "Links Shared link [+ NHS Jobs +] Page on that site [+ porter +] Note [+ Soon +]"
            in compare(page)["Sections:"]
        )


class TestProse:
    def test_phrase_that_became_a_trait(self, publish_role: Any, compare: Any) -> None:
        page = edited(
            publish_role,
            body(person_spec="<p>You show care.</p>"),
            body(person_spec="<p>You show <mark>care</mark>.</p>"),
        )
        assert "You show [- care -] [+ care (trait) +] ." in compare(page)["Sections:"]

    def test_link_with_another_target(self, publish_role: Any, compare: Any) -> None:
        old, new = SharedLinkFactory(name="NHS Jobs"), SharedLinkFactory(name="Health Jobs")
        page = edited(
            publish_role,
            body(duties=shared_link_html(old, "jobs", "a")),
            body(duties=shared_link_html(new, "jobs")),
        )
        assert (
            "[- jobs (link: NHS Jobs: a) -] [+ jobs (link: Health Jobs) +]"
            in compare(page)["Sections:"]
        )

    def test_of_an_index_page(self, home: Any, compare: Any) -> None:
        link = SharedLinkFactory(name="NHS Jobs")
        index = RoleIndexPageFactory(parent=home, introduction="<p>Roles here.</p>")
        index.save_revision()
        index.introduction = f"<p>Roles {shared_link_html(link, 'here')}.</p>"
        index.save_revision()
        assert compare(index) == {"Introduction:": "Roles [- here -] [+ here (link: NHS Jobs) +] ."}


class TestLists:
    def test_links_by_name_and_path(self, publish_role: Any, compare: Any) -> None:
        old, new = SharedLinkFactory(name="NHS Jobs"), SharedLinkFactory(name="Health Jobs")
        item = link_item(old, "porter")
        changed = {**item, "value": {**item["value"], "shared_link": new.pk, "path": "nurse"}}
        page = edited(
            publish_role,
            body(application_links={"links": [item]}),
            body(application_links={"links": [changed]}),
        )
        assert (
            "Shared link [- NHS Jobs -] [+ Health Jobs +] "
            "Page on that site [- porter -] [+ nurse +]"
        ) in compare(page)["Sections:"]

    def test_deleted_link_is_missing(self, publish_role: Any, compare: Any) -> None:
        old, new = SharedLinkFactory(name="NHS Jobs"), SharedLinkFactory(name="Health Jobs")
        item = link_item(old)
        changed = {**item, "value": {**item["value"], "shared_link": new.pk}}
        page = edited(
            publish_role,
            body(application_links={"links": [item]}),
            body(application_links={"links": [changed]}),
        )
        lose(old)
        assert "Shared link [- Missing -] [+ Health Jobs" in compare(page)["Sections:"]

    def test_steps_by_page_and_relation(self, publish_role: Any, compare: Any) -> None:
        target = publish_role(title="Ward manager", body=body())
        item = step_item(page=target)
        changed = {**item, "value": {**item["value"], "relation": "with_training"}}
        page = edited(
            publish_role,
            body(progression={"steps": [item]}),
            body(progression={"steps": [changed, step_item("Nurse", relation="sideways")]}),
        )
        text = section_of(compare(page)["Sections:"], "Steps")
        assert (
            "Role page Ward manager How to get there [- Next step -] [+ With further training +]"
            in text
        )
        assert "Role title [+ Nurse +] How to get there [+ Move sideways +]" in text

    def test_step_whose_page_was_deleted_can_be_compared(
        self, publish_role: Any, compare: Any
    ) -> None:
        target = publish_role(title="Ward manager", body=body())
        page = edited(
            publish_role,
            body(progression={"steps": [step_item(page=target)]}),
            body(progression={"steps": [step_item("Nurse")]}),
        )
        target.delete()
        assert "[+ Nurse +]" in compare(page)["Sections:"]


class TestOtherFields:
    def test_category_and_alternative_titles(self, publish_role: Any, compare: Any) -> None:
        page = publish_role(body=body(), category=RoleCategoryFactory(name="Careers"))
        page.category = RoleCategoryFactory(name="Apprenticeships")
        page.role_alternative_titles.add(AlternativeTitle(title="Orderly"))
        page.save_revision()
        found = compare(page)
        assert found["Category:"] == "[- Careers -] [+ Apprenticeships +]"
        assert "Orderly" in found["Alternative titles:"]

    def test_deleted_category(self, publish_role: Any, compare: Any) -> None:
        page = publish_role(body=body())
        gone = RoleCategoryFactory(name="Gone")
        page.category = gone
        page.save_revision()
        gone.delete()
        assert "[-" in compare(page)["Category:"]

    def test_purpose_of_a_shared_link_is_in_words(self, compare: Any) -> None:
        link = SharedLinkFactory(purpose="information")
        link.save_revision()
        link.purpose = "how_to_apply"
        link.save_revision()
        found = compare(link, "careers_shared_links:revisions_compare")
        assert found == {"Purpose:": "[- Information -] [+ How to apply +]"}


class TestDamagedVersions:
    @pytest.mark.parametrize(
        "damage",
        [
            child("unknown", {"title": "x"}),
            child("duties", {"title": None, "prose": None}),
            child("duties", {}),
            child("text", {"title": "x", "prose": '<p><a linktype="shared-link" id="x">y'}),
            child("progression", {"steps": [step_item(relation="unheard-of")]}),
            child("progression", {"steps": [step_item(page=2**70)]}),
            child("application_links", {"links": [link_item(2**70)]}),
            child("application_links", {"links": []}),
        ],
    )
    def test_can_be_compared(self, publish_role: Any, compare: Any, damage: Any) -> None:
        page = publish_role(body=body())
        page.save_revision()
        revision = Revision.objects.get(pk=page.latest_revision_id)
        revision.content["body"] = json.dumps([damage])
        revision.save()
        assert "(removed)" in compare(page)["Sections:"]

    def test_names_are_escaped(self, publish_role: Any, admin_client: Client) -> None:
        evil = "<script>alert(1)</script>"
        link = SharedLinkFactory(name=evil)
        target = publish_role(title=evil, slug="evil", body=body())
        page = edited(
            publish_role,
            body(),
            body(
                duties={"title": evil, "prose": shared_link_html(link, "x")},
                application_links={"links": [link_item(link, note=evil)]},
                progression={"steps": [step_item(evil, target)]},
            ),
        )
        url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", "latest"])
        html = admin_client.get(url).content.decode()
        assert html.count("&lt;script&gt;") > 4
        assert evil not in html


def test_links_are_looked_up_at_once(publish_role: Any, admin_client: Client) -> None:
    def queries(links: list[SharedLink]) -> int:
        prose = "".join(shared_link_html(link, "x") for link in links)
        items = {"links": [link_item(link) for link in links]}
        page = edited(
            publish_role,
            body(),
            body(duties=prose, training=prose, person_spec=prose, application_links=items),
        )
        url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", "latest"])
        admin_client.get(url)
        with CaptureQueriesContext(connection) as captured:
            admin_client.get(url)
        return len(captured)

    links = SharedLinkFactory.create_batch(20)
    assert queries(links[:1]) == queries(links)


class OwnSection(SectionBlock):
    """A section of a site, of Wagtail's blocks."""

    prose = RichTextBlock(required=False)
    shifts = ListBlock(CharBlock())
    hours = IntegerBlock(required=False)
    place = ChoiceBlock(choices=[("Towns", [("leeds", "Leeds")]), ("york", "York")])
    rest = StructBlock([("note", CharBlock(required=False))])

    class Meta:
        label = "Shifts"


class TestOwnSection:
    def versions(self, *raw: dict[str, Any]) -> Any:
        block = OwnSection()
        return block, [block.to_python({"title": "Hours", **each}) for each in raw]

    def test_is_compared_like_those_of_the_package(self, db: None) -> None:
        block, (before, after) = self.versions(
            {"prose": "<p>a</p>", "shifts": ["day"], "hours": 36, "place": "leeds"},
            {"prose": "<p><mark>a</mark></p>", "shifts": ["day", "night"], "place": "york"},
        )
        html = SectionComparison(block, True, True, before, after).htmldiff()
        text = " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())
        assert text.startswith("Shifts: Hours (changed)")
        for part in ("a a (trait)", "day night", "Leeds York", "36"):
            assert part in text

    @pytest.mark.parametrize("exists", [(True, False), (False, True)])
    def test_can_be_added_and_removed(self, db: None, exists: tuple[bool, bool]) -> None:
        block, (value,) = self.versions({"shifts": ["day"], "hours": 36, "rest": {"note": "x"}})
        values = [value if there else None for there in exists]
        html = SectionComparison(block, *exists, *values).htmlvalue(value)
        text = BeautifulSoup(html, "html.parser").get_text(" ")
        assert "day" in text
        assert "36" in text
