"""A role is composed, saved as a draft and published through the forms of the admin."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from tests.factories import (
    SECTIONS,
    RoleCategoryFactory,
    SharedLinkFactory,
    body,
    lose,
    shared_link_html,
)
from wagtail_careers.models import RoleTrait, Step
from wagtail_careers.pages.models import RolePage
from wagtail_careers.rich_text import INLINE_FEATURES, PROSE_FEATURES


def prose(html: str) -> str:
    return str(rich_text(html, features=list(PROSE_FEATURES)))


def items(*values: dict[str, Any]) -> dict[str, Any]:
    """Form data of a list block."""
    listed = {
        str(number): {"value": value, "deleted": "", "order": str(number), "type": "item"}
        for number, value in enumerate(values)
    }
    return {**listed, "count": str(len(values))}


def sections(**given: Any) -> list[tuple[str, dict[str, Any]]]:
    """Form data of the six sections, each with some words unless others are given."""
    words = {name: prose(f"<p>Words on {name}.</p>") for name in SECTIONS}
    plain: dict[str, dict[str, Any]] = {
        "heading": {"introduction": rich_text("<p>You help.</p>", features=list(INLINE_FEATURES))},
        **{name: {"title": "", "prose": words[name]} for name in SECTIONS[1:]},
    }
    plain["application_links"]["links"] = items()
    plain["progression"]["steps"] = items()
    return [(name, {**plain[name], **given.get(name, {})}) for name in SECTIONS]


def form(body: list[tuple[str, dict[str, Any]]], **values: Any) -> dict[str, Any]:
    """Form data of the whole page."""
    return nested_form_data(
        {
            "title": "Imaging apprentice",
            "slug": "imaging-apprentice",
            "category": "",
            "role_alternative_titles": inline_formset([]),
            "body": streamfield(body),
            "comments": inline_formset([]),
            "seo_title": "",
            "search_description": "",
            "go_live_at": "",
            "expire_at": "",
            **values,
        }
    )


EMPTY = {"introduction": rich_text("", features=list(INLINE_FEATURES))}


@pytest.fixture
def add_url(index: Any) -> str:
    return reverse("wagtailadmin_pages:add", args=["wagtail_careers_pages", "rolepage", index.pk])


def edit_url(page: RolePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def words(response: Any) -> str:
    """All that a response says, including what the browser is handed for the body's form."""
    return BeautifulSoup(response.content, "html.parser").get_text(" ") + str(response.content)


class TestForm:
    def test_of_a_new_role_has_the_six_sections_with_their_titles(
        self, admin_client: Client, add_url: str
    ) -> None:
        response = admin_client.get(add_url)
        assert response.status_code == 200
        html = response.content.decode()
        for title in ("What would I be doing?", "How do I apply?", "Where could this role lead?"):
            assert title in html

    def test_explains_itself(self, admin_client: Client, add_url: str) -> None:
        html = admin_client.get(add_url).content.decode()
        assert "The kind of role, for example “Apprenticeships”." in html
        assert "Drag the sections into order. The heading must be first." in html

    def test_offers_traits_and_shared_links(self, admin_client: Client, add_url: str) -> None:
        html = admin_client.get(add_url).content.decode()
        assert "wagtail_careers/js/shared-link.js" in html
        assert "wagtail_careers/js/trait.js" in html

    def test_of_a_role_whose_links_are_gone_opens(
        self, admin_client: Client, publish_role: Any
    ) -> None:
        link = SharedLinkFactory()
        page = publish_role(body=body(duties=shared_link_html(link, "x")))
        lose(link)
        assert admin_client.get(edit_url(page)).status_code == 200

    def test_of_a_draft_whose_category_is_gone_opens(
        self, admin_client: Client, publish_role: Any
    ) -> None:
        page = publish_role()
        gone = RoleCategoryFactory()
        page.category = gone
        page.save_revision()
        gone.delete()
        assert admin_client.get(edit_url(page)).status_code == 200

    def test_is_for_those_with_permission(self, outsider: Client, add_url: str) -> None:
        assert outsider.get(add_url).status_code in (302, 403)


class TestPublishing:
    def test_complete_role_goes_live_with_all_that_was_composed(
        self, admin_client: Client, client: Client, add_url: str, publish_role: Any
    ) -> None:
        category = RoleCategoryFactory(name="Apprenticeships")
        link = SharedLinkFactory(name="Health Careers", base_url="https://health.example/")
        target = publish_role(title="Radiographer")
        data = form(
            sections(
                person_spec={"prose": prose("<p>You show <mark>patience</mark>.</p>")},
                training={
                    "title": "What you learn",
                    "prose": prose(f"<p>See {shared_link_html(link, 'this', 'imaging')}.</p>"),
                },
                application_links={
                    "links": items({"shared_link": link.pk, "path": "/apply", "note": "Search."})
                },
                progression={
                    "steps": items(
                        {"page": target.pk, "title": "", "relation": "next", "note": "Soon."},
                        {"page": "", "title": "Manager", "relation": "specialise", "note": ""},
                    )
                },
            ),
            category=str(category.pk),
            role_alternative_titles=inline_formset([{"title": "X-ray apprentice"}]),
            **{"action-publish": "action-publish"},
        )
        response = admin_client.post(add_url, data)
        assert response.status_code == 302, words(response)
        page = RolePage.objects.get(slug="imaging-apprentice")
        assert page.live
        assert page.category == category
        assert [row.trait.name for row in RoleTrait.objects.filter(page=page)] == ["patience"]
        assert [step.title for step in Step.objects.filter(page=page)] == [
            "Radiographer",
            "Manager",
        ]
        soup = BeautifulSoup(client.get(page.url).content, "html.parser")
        links = {a.text: a["href"] for a in soup.select("article a")}
        assert links["this"] == "https://health.example/imaging"
        assert links["Health Careers"] == "https://health.example/apply"
        assert links["Radiographer"] == target.url
        assert soup.select_one("mark").text == "patience"
        assert soup.select_one(".careers-role__alternatives li").text == "X-ray apprentice"
        assert "What you learn" in [h2.text for h2 in soup.select("section h2")]
        assert "What would I be doing?" in [h2.text for h2 in soup.select("section h2")]

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ({"heading": EMPTY}, "Heading: enter an introduction."),
            (
                {"person_spec": {"prose": prose("")}},
                "Person spec: describe the kind of person who suits the role, or remove this "
                "section.",
            ),
            (
                {"duties": {"prose": prose("")}},
                "Duties: describe the work, or remove this section.",
            ),
            (
                {"application_links": {"prose": prose("")}},
                "Application links: enter text, add a link, or remove this section.",
            ),
            (
                {"progression": {"prose": prose("")}},
                "Progression: enter text, add a step, or remove this section.",
            ),
            (
                {"progression": {"steps": items({"relation": "next", "page": "", "title": ""})}},
                "Enter a role title or choose a role page.",
            ),
        ],
    )
    def test_incomplete_role_is_refused_and_says_what_is_missing(
        self, admin_client: Client, add_url: str, given: Any, message: str
    ) -> None:
        data = form(
            sections(**given),
            category=str(RoleCategoryFactory().pk),
            **{"action-publish": "action-publish"},
        )
        response = admin_client.post(add_url, data)
        assert response.status_code == 200
        assert message in words(response)
        assert not RolePage.objects.exists()

    def test_role_without_a_category_is_refused(self, admin_client: Client, add_url: str) -> None:
        data = form(sections(), **{"action-publish": "action-publish"})
        response = admin_client.post(add_url, data)
        assert response.status_code == 200
        errors = BeautifulSoup(response.content, "html.parser").select(".error-message")
        assert "This field is required." in [error.text.strip() for error in errors]
        assert not RolePage.objects.exists()

    @pytest.mark.parametrize(
        ("body", "message"),
        [
            (sections()[1:], "The Heading section is missing. Add one that describes the role."),
            (
                [*sections()[1:], sections()[0]],
                "The Heading section is not first. Move it to the top.",
            ),
        ],
    )
    def test_role_without_its_heading_on_top_is_refused(
        self, admin_client: Client, add_url: str, body: Any, message: str
    ) -> None:
        data = form(
            body, category=str(RoleCategoryFactory().pk), **{"action-publish": "action-publish"}
        )
        assert message in words(admin_client.post(add_url, data))
        assert not RolePage.objects.exists()

    def test_role_that_leads_to_itself_is_refused_and_stays_a_draft(
        self, admin_client: Client, publish_role: Any
    ) -> None:
        page = publish_role(title="Porter")
        step = {"page": str(page.pk), "title": "", "relation": "next", "note": ""}
        composed = sections(progression={"steps": items(step)})
        data = form(composed, category=str(page.category_id))
        response = admin_client.post(edit_url(page), data, follow=True)
        assert "a role cannot lead to itself" not in words(response)
        page.refresh_from_db()
        assert f'"page": {page.pk}' in page.latest_revision.content["body"]
        response = admin_client.post(edit_url(page), {**data, "action-publish": "1"})
        assert "a role cannot lead to itself" in words(response)
        assert not Step.objects.filter(page=page).exists()

    def test_hostile_path_is_refused(self, admin_client: Client, add_url: str) -> None:
        link = SharedLinkFactory()
        hostile = {"shared_link": link.pk, "path": "//evil.example", "note": ""}
        data = form(
            sections(application_links={"links": items(hostile)}),
            category=str(RoleCategoryFactory().pk),
            **{"action-publish": "action-publish"},
        )
        response = admin_client.post(add_url, data)
        assert response.status_code == 200
        assert "Enter only the part of the address" in words(response)
        assert not RolePage.objects.exists()

    def test_changes_go_live_when_they_are_published(
        self, admin_client: Client, client: Client, publish_role: Any
    ) -> None:
        page = publish_role(title="Imaging apprentice", slug="imaging-apprentice", body=body())
        changed = sections(duties={"prose": prose("<p>You polish lamps.</p>")})
        data = form(changed, category=str(page.category_id))
        assert admin_client.post(edit_url(page), data).status_code == 302
        assert b"polish lamps" not in client.get(page.url).content
        data["action-publish"] = "action-publish"
        assert admin_client.post(edit_url(page), data).status_code == 302
        assert b"polish lamps" in client.get(page.url).content


class TestDraft:
    @pytest.mark.parametrize(
        "body",
        [
            [],
            sections()[1:],
            sections(heading=EMPTY),
            sections(**{name: {"prose": prose("")} for name in SECTIONS[1:]}),
            sections(progression={"steps": items({"relation": "next", "page": "", "title": ""})}),
            sections(application_links={"links": items({"shared_link": "", "path": ""})}),
        ],
        ids=["empty", "no heading", "blank heading", "blank sections", "no role", "no link"],
    )
    def test_incomplete_role_is_saved(self, admin_client: Client, add_url: str, body: Any) -> None:
        response = admin_client.post(add_url, form(body))
        assert response.status_code == 302, words(response)
        page = RolePage.objects.get()
        assert not page.live
        assert [child.block_type for child in page.body] == [name for name, _value in body]
        assert not RoleTrait.objects.exists()

    def test_draft_of_a_live_role_may_be_incomplete_and_changes_nothing_live(
        self, admin_client: Client, publish_role: Any
    ) -> None:
        page = publish_role(title="Imaging apprentice", slug="imaging-apprentice", body=body())
        admin_client.post(edit_url(page), form([], category=str(page.category_id)))
        page.refresh_from_db()
        assert page.live
        assert page.has_unpublished_changes
        assert len(page.body) == 6
        assert len(page.get_latest_revision_as_object().body) == 0

    def test_editor_without_the_right_to_publish_saves_a_draft(
        self, editor: Client, add_url: str
    ) -> None:
        data = form(
            sections(),
            category=str(RoleCategoryFactory().pk),
            **{"action-publish": "action-publish"},
        )
        assert editor.post(add_url, data).status_code == 302
        assert not RolePage.objects.get().live

    def test_preview_of_an_unsaved_incomplete_role_renders(
        self, admin_client: Client, add_url: str
    ) -> None:
        index_pk = add_url.rstrip("/").split("/")[-1]
        preview = reverse(
            "wagtailadmin_pages:preview_on_add",
            args=["wagtail_careers_pages", "rolepage", index_pk],
        )
        link = SharedLinkFactory(name="NHS Jobs")
        chosen = items({"shared_link": link.pk, "path": "x", "note": ""}, {"shared_link": ""})
        data = form(sections(heading=EMPTY, application_links={"links": chosen}))
        answer = admin_client.post(preview, data)
        assert answer.json()["is_valid"]
        html = admin_client.get(preview).content.decode()
        assert "Imaging apprentice" in html
        assert f'href="{link.base_url}x"' in html


def test_editing_without_a_change_loses_nothing(admin_client: Client, publish_role: Any) -> None:
    """Every link, trait and id of the body is there after a round trip through the form."""
    link = SharedLinkFactory()
    inner = (
        f"See {shared_link_html(link, 'this', 'deep?a=1&amp;b=2')} and <mark>patience</mark>, "
        f'<b>bold</b>, <i>slanted</i>, <a linktype="page" id="{publish_role().pk}">role</a>, '
        '<a href="https://other.example/">other</a>'
    )
    html = f'<p data-block-key="a1b2c">{inner}</p>'
    prose_by_name = {name: {"prose": prose(html)} for name in SECTIONS[1:]}
    heading = {"introduction": rich_text(html, features=list(INLINE_FEATURES))}
    page = publish_role(title="Imaging apprentice", slug="imaging-apprentice")
    data = form(sections(heading=heading, **prose_by_name), category=str(page.category_id))
    assert admin_client.post(edit_url(page), data).status_code == 302
    draft = RolePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.introduction == html
    assert [child.value["prose"].source for child in list(draft.body)[1:]] == [html] * 5
