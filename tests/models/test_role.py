from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from wagtail.search.backends import get_search_backend

from tests.factories import (
    SECTIONS,
    RoleCategoryFactory,
    RolePageFactory,
    TraitFactory,
    body,
    child,
    step_item,
)
from tests.testapp.models import PaidRolePage, StaffRolePage
from wagtail_careers.models import AlternativeTitle, RolePageMixin, RoleTrait, Step
from wagtail_careers.models.role import group_by_category
from wagtail_careers.pages.models import RolePage


@pytest.mark.django_db
class TestIntroduction:
    @pytest.mark.parametrize(
        ("raw_body", "introduction"),
        [
            (body(heading="<p>You help.</p>"), "<p>You help.</p>"),
            (list(reversed(body(heading="<p>You help.</p>"))), "<p>You help.</p>"),
            (body(heading=None), ""),
            (body(heading={"introduction": None}), ""),
            ([child("heading", "a text"), *body(heading=None)], ""),
            ([], ""),
        ],
    )
    def test_is_the_text_of_the_heading(self, raw_body: Any, introduction: str) -> None:
        assert RolePage(body=raw_body).introduction == introduction

    def test_begins_the_description_for_search_engines(self) -> None:
        page = RolePage(body=body(heading="<p>You <b>help</b> &amp; heal.</p>"))
        assert page.meta_description == "You help & heal."

    def test_gives_way_to_the_editors_description(self) -> None:
        page = RolePage(body=body(), search_description="Work with us.")
        assert page.meta_description == "Work with us."

    def test_of_an_empty_page_gives_no_description(self) -> None:
        assert RolePage(body=[]).meta_description == ""


class TestAlternativeTitles:
    def test_are_kept_in_order_through_a_revision(self, index: Any, client: Any) -> None:
        page = RolePageFactory(parent=index, body=body())
        titles = ["Radiology apprentice", "Imaging trainee", "X-ray apprentice"]
        page.role_alternative_titles.set(
            [AlternativeTitle(title=title, sort_order=n) for n, title in enumerate(titles)]
        )
        page.save_revision().publish()
        assert [str(row) for row in AlternativeTitle.objects.filter(page=page)] == titles
        soup = BeautifulSoup(client.get(page.url).content, "html.parser")
        shown = soup.select_one(".careers-role__alternatives")
        assert shown.p.text == "Also called:"
        assert [item.text for item in shown.select("ul[role=list] > li")] == titles
        assert shown.ul["aria-labelledby"] == shown.p["id"]

    def test_are_deleted_with_the_page(self, index: Any) -> None:
        page = RolePageFactory(parent=index)
        AlternativeTitle.objects.create(page=page, title="Trainee")
        page.delete()
        assert not AlternativeTitle.objects.exists()

    def test_are_copied_with_the_page(self, index: Any) -> None:
        page = RolePageFactory(parent=index)
        AlternativeTitle.objects.create(page=page, title="Trainee")
        page = RolePage.objects.get(pk=page.pk)
        copy = page.copy(update_attrs={"slug": "copy"})
        assert [row.title for row in copy.role_alternative_titles.all()] == ["Trainee"]


class TestValidation:
    def test_page_without_a_category_is_refused(self, index: Any) -> None:
        page = RolePageFactory(parent=index)
        page.category = None
        with pytest.raises(ValidationError) as caught:
            page.full_clean()
        assert list(caught.value.message_dict) == ["category"]

    def test_page_without_a_category_can_be_stored_as_a_draft(self, index: Any) -> None:
        page = RolePageFactory(parent=index, category=None, live=False)
        assert RolePage.objects.get(pk=page.pk).category is None


class TestPlace:
    def test_role_goes_below_an_index_only(self, home: Any, index: Any) -> None:
        assert RolePage.can_create_at(index)
        assert not RolePage.can_create_at(home)

    def test_nothing_goes_below_a_role(self, index: Any) -> None:
        assert RolePage.allowed_subpage_models() == []
        assert [model.__name__ for model in type(index).allowed_subpage_models()] == ["RolePage"]


@pytest.mark.usefixtures("search_index")
class TestSearch:
    def found(self, words: str) -> list[int]:
        return [page.pk for page in get_search_backend().search(words, RolePage)]

    def test_finds_words_of_the_body(self, index: Any) -> None:
        page = RolePageFactory(
            parent=index, body=body(duties="<p>You polish <mark>thermometers</mark>.</p>")
        )
        RolePageFactory(parent=index, body=body())
        assert self.found("thermometers") == [page.pk]

    def test_finds_alternative_titles_as_soon_as_they_are_published(
        self, publish_role: Any
    ) -> None:
        page = publish_role()
        page.role_alternative_titles.add(AlternativeTitle(title="Radiographer"))
        revision = page.save_revision()
        assert self.found("Radiographer") == []
        revision.publish()
        assert self.found("Radiographer") == [page.pk]

    def test_can_be_limited_to_a_category(self, index: Any) -> None:
        one, other = RolePageFactory.create_batch(2, parent=index, body=body(duties="<p>tea</p>"))
        found = get_search_backend().search("tea", RolePage.objects.filter(category=one.category))
        assert [page.pk for page in found] == [one.pk]
        assert sorted(self.found("tea")) == sorted([one.pk, other.pk])


class TestGroups:
    def test_are_by_name_of_category_and_those_without_come_last(self, db: None) -> None:
        zebra, apple = RoleCategoryFactory(name="zebra"), RoleCategoryFactory(name="Apple")
        roles = [
            RolePage(title=title, category=category)
            for title, category in [("1", None), ("2", zebra), ("3", apple), ("4", zebra)]
        ]
        groups = [
            (category, [r.title for r in group]) for category, group in group_by_category(roles)
        ]
        assert groups == [(apple, ["3"]), (zebra, ["2", "4"]), (None, ["1"])]

    def test_of_no_roles_are_none(self, db: None) -> None:
        assert group_by_category([]) == []


MODELS = pytest.mark.parametrize("model", [PaidRolePage, StaffRolePage])


@pytest.mark.django_db
class TestPagesOfASite:
    """A page that adds to AbstractRolePage, and one that mixes RolePageMixin into its own."""

    def make(self, model: Any, home: Any, **values: Any) -> Any:
        own = {"salary": "£20,000"} if model is PaidRolePage else {"team": "Imaging"}
        page = model(
            title="Radiographer",
            category=RoleCategoryFactory(name="Careers"),
            live=False,
            **{"body": body(), **own, **values},
        )
        return home.add_child(instance=page)

    @MODELS
    def test_starts_with_the_six_sections(self, model: Any) -> None:
        assert [section.block_type for section in model().body] == list(SECTIONS)

    @MODELS
    def test_is_published_with_all_that_is_derived(self, model: Any, home: Any) -> None:
        page = self.make(
            model,
            home,
            body=body(
                heading="<p>You take X-rays.</p>",
                person_spec="<p><mark>patience</mark></p>",
                progression={"steps": [step_item(title="Consultant")]},
            ),
        )
        assert not RoleTrait.objects.exists()
        page.save_revision().publish()
        page = model.objects.get(pk=page.pk)
        assert page.summary == "You take X-rays."
        assert [row.trait.name for row in RoleTrait.objects.filter(page=page)] == ["patience"]
        assert [step.title for step in Step.objects.filter(page=page)] == ["Consultant"]
        page.unpublish()
        assert model.objects.get(pk=page.pk).summary == ""
        assert not RoleTrait.objects.exists()

    @MODELS
    def test_is_rendered_by_the_packages_template(self, model: Any, home: Any, client: Any) -> None:
        page = self.make(model, home)
        page.role_alternative_titles.add(AlternativeTitle(title="X-ray operator"))
        page.save_revision().publish()
        response = client.get(page.url)
        assert response.status_code == 200
        soup = BeautifulSoup(response.content, "html.parser")
        assert soup.h1.text == "Radiographer"
        assert soup.select_one(".careers-role__category").text == "Careers"
        assert "X-ray operator" in soup.text
        assert [h.text for h in soup.select("section h2")] == [
            f"Title of {name}" for name in SECTIONS[1:]
        ]

    @MODELS
    def test_can_be_composed_in_the_admin(self, model: Any, home: Any, admin_client: Any) -> None:
        page = self.make(model, home)
        response = admin_client.get(f"/admin/pages/{page.pk}/edit/")
        assert response.status_code == 200
        soup = BeautifulSoup(response.content, "html.parser")
        names = {tag.get("name") for tag in soup.select("[name]")}
        assert {"category", "role_alternative_titles-TOTAL_FORMS"} <= names
        assert ("salary" in names) is (model is PaidRolePage)
        assert ("team" in names) is (model is StaffRolePage)
        assert soup.select_one("#body[data-block]") or soup.select_one("#body")

    @MODELS
    def test_is_previewed_while_it_is_incomplete(self, model: Any, home: Any) -> None:
        page = self.make(model, home, body=[])
        response = page.make_preview_request()
        assert response.status_code == 200
        assert b"Radiographer" in response.content

    @MODELS
    @pytest.mark.usefixtures("search_index")
    def test_is_found_in_search_by_its_body(self, model: Any, home: Any) -> None:
        page = self.make(model, home, body=body(duties="<p>thermometers</p>"))
        found = get_search_backend().search("thermometers", model)
        assert [result.pk for result in found] == [page.pk]

    def test_can_be_the_step_of_another(self, home: Any, index: Any, publish_role: Any) -> None:
        target = self.make(StaffRolePage, home)
        target.save_revision().publish()
        role = publish_role(body=body(progression={"steps": [step_item(page=target)]}))
        step = Step.objects.get(page=role)
        assert (step.target_id, step.title) == (target.pk, "Radiographer")
        assert f'href="{target.url}"' in role.body.render_as_block()

    def test_has_a_template_of_its_own_when_the_site_has_one(self) -> None:
        templates = PaidRolePage(title="x").get_template(HttpRequest())
        assert templates == ["testapp/paid_role_page.html", "wagtail_careers/role_page.html"]

    def test_mixin_brings_no_table_of_its_own(self) -> None:
        assert RolePageMixin._meta.abstract
        assert not hasattr(RolePageMixin, "objects")


def test_body_of_another_page_is_untouched_by_traits(index: Any) -> None:
    """Saving a draft derives nothing: only what is published counts."""
    page = RolePageFactory(parent=index, live=False, body=body(duties="<mark>patience</mark>"))
    page.save_revision()
    TraitFactory()
    assert not RoleTrait.objects.exists()
    assert page.summary == ""
