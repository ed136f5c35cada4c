from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils import translation
from wagtail.models import PageViewRestriction

from tests.blocks.cleaning import BODY, problems, stream
from tests.factories import RolePageFactory, body, step_item
from tests.testapp.models import OwnRolePage, PaidRolePage, StaffRolePage
from wagtail_careers.blocks import RolePageChooserBlock, StepBlock
from wagtail_careers.choices import Relation
from wagtail_careers.pages.models import RolePage


def step(**kwargs: Any) -> Any:
    value = stream(body(progression={"steps": [step_item(**kwargs)]}))[5].value
    return value["steps"][0]


def rendered(*steps: dict[str, Any]) -> Any:
    """The list of ``steps``; None when there is nothing in it."""
    value = stream(body(progression={"steps": list(steps)}))
    return BeautifulSoup(value.render_as_block(), "html.parser").select_one("ol.careers-steps")


@pytest.fixture
def nurse(index: Any) -> RolePage:
    page: RolePage = RolePageFactory(parent=index, title="Nurse", slug="nurse")
    return page


def test_step_with_a_page_links_to_it(nurse: RolePage) -> None:
    (a,) = rendered(step_item(page=nurse)).select("a")
    assert (a["href"], a.text) == ("/roles/nurse/", "Nurse")


def test_title_of_the_editors_own_comes_before_that_of_the_page(nurse: RolePage) -> None:
    (a,) = rendered(step_item(page=nurse, title="Staff nurse")).select("a")
    assert (a["href"], a.text) == ("/roles/nurse/", "Staff nurse")


def test_step_without_a_page_is_text(db: None) -> None:
    item = rendered(step_item(title="Matron", note="After ten years.")).li
    assert not item.select("a")
    assert item.select_one(".careers-steps__title").text == "Matron"
    assert item.select_one(".careers-steps__note").text == "After ten years."


@pytest.mark.parametrize("relation", Relation)
def test_step_says_how_it_is_reached(relation: Relation) -> None:
    item = rendered(step_item(title="Matron", relation=relation.value)).li
    assert item.select_one(".careers-steps__relation").text == str(relation.label)


def test_step_to_an_unpublished_page_is_text(nurse: RolePage) -> None:
    nurse.save_revision().publish()
    nurse.refresh_from_db()
    nurse.unpublish()
    item = rendered(step_item(page=nurse)).li
    assert not item.select("a")
    assert "Nurse" in item.text


def test_step_to_a_deleted_page_keeps_its_title(nurse: RolePage) -> None:
    titled, untitled = step_item(page=nurse, title="Staff nurse"), step_item(page=nurse)
    nurse.delete()
    items = rendered(titled, untitled).select("li")
    assert len(items) == 1, "there is nothing to say of the other one"
    assert "Staff nurse" in items[0].text
    assert not items[0].select("a")


def test_step_to_a_page_outside_every_site_is_text(db: None) -> None:
    page = RolePageFactory(parent=None, title="Nurse")
    item = rendered(step_item(page=page)).li
    assert not item.select("a")
    assert "Nurse" in item.text


def test_step_to_a_page_that_was_never_published_does_not_tell_its_title(index: Any) -> None:
    draft = RolePageFactory(parent=index, title="Working title", live=False)
    assert rendered(step_item(page=draft, note="Soon.")) is None
    titled = rendered(step_item(page=draft, title="Staff nurse"))
    assert [item.select_one(".careers-steps__title").text for item in titled.select("li")] == [
        "Staff nurse"
    ]


def restrict(page: Any) -> PageViewRestriction:
    restriction: PageViewRestriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )
    return restriction


class TestPrivatePage:
    @pytest.mark.parametrize("restricted", ["nurse", "index"])
    def test_its_title_and_address_are_not_shown(
        self, nurse: RolePage, index: Any, restricted: str
    ) -> None:
        restrict({"nurse": nurse, "index": index}[restricted])
        assert rendered(step_item(page=nurse)) is None
        (item,) = rendered(step_item(page=nurse, title="Senior role")).select("li")
        assert item.select_one(".careers-steps__title").text == "Senior role"
        assert not item.select("a")

    def test_its_last_title_is_not_shown_once_it_is_unpublished(self, nurse: RolePage) -> None:
        restrict(nurse)
        nurse.save_revision().publish()
        nurse.refresh_from_db()
        nurse.unpublish()
        assert rendered(step_item(page=nurse)) is None

    def test_readers_of_a_public_page_do_not_see_it(
        self, client: Any, nurse: RolePage, publish_role: Any
    ) -> None:
        restrict(nurse)
        porter = publish_role(body=body(progression={"steps": [step_item(page=nurse)]}))
        assert "urse" not in client.get(porter.url).content.decode()

    def test_readers_behind_the_same_restriction_see_it(
        self, admin_client: Any, nurse: RolePage, publish_role: Any, home: Any
    ) -> None:
        restrict(home)
        porter = publish_role(body=body(progression={"steps": [step_item(page=nurse)]}))
        page = BeautifulSoup(admin_client.get(porter.url).content, "html.parser")
        assert page.select_one("a.careers-steps__title").text == "Nurse"
        restrict(nurse)
        page = BeautifulSoup(admin_client.get(porter.url).content, "html.parser")
        assert not page.select(".careers-steps__title")

    def test_its_translation_can_be_public(self, nurse: RolePage, add_language: Any) -> None:
        nurse_fr = nurse.copy_for_translation(add_language("fr"), copy_parents=True)
        nurse_fr.title = "Infirmière"
        nurse_fr.save_revision().publish()
        restrict(nurse)
        with translation.override("fr"):
            assert rendered(step_item(page=nurse)).select_one("a").text == "Infirmière"
            restrict(nurse_fr)
            assert rendered(step_item(page=nurse)) is None


class TestTranslation:
    @pytest.fixture
    def infirmiere(self, nurse: RolePage, add_language: Any) -> RolePage:
        page: RolePage = nurse.copy_for_translation(add_language("fr"), copy_parents=True)
        page.title = "Infirmière"
        page.save_revision()
        return page

    def title(self, nurse: RolePage) -> str:
        with translation.override("fr"):
            item = rendered(step_item(page=nurse)).li
            return str(item.select_one(".careers-steps__title").text)

    def test_step_has_the_title_of_the_translation_that_it_leads_to(
        self, nurse: RolePage, infirmiere: RolePage
    ) -> None:
        infirmiere.get_latest_revision().publish()
        assert self.title(nurse) == "Infirmière"

    def test_step_keeps_the_title_while_the_translation_is_a_draft(
        self, nurse: RolePage, infirmiere: RolePage
    ) -> None:
        assert self.title(nurse) == "Nurse"


def test_draft_of_a_step_without_a_role_renders_no_item(db: None) -> None:
    assert rendered(step_item(note="After ten years.")) is None
    assert step(title="").role_title == ""


def test_step_needs_a_title_or_a_page(nurse: RolePage) -> None:
    block = StepBlock()
    block.clean(step(title="Matron"))
    block.clean(step(page=nurse))
    assert problems(block, step()) == {"title": "Enter a role title or choose a role page."}
    assert block.clean_deferred(step())["title"] == ""


def test_chooser_offers_every_role_page_model_and_no_other() -> None:
    assert set(RolePageChooserBlock().target_models) == {
        *(RolePage, PaidRolePage, StaffRolePage, OwnRolePage)
    }


def test_many_chosen_pages_cost_one_query(index: Any, django_assert_num_queries: Any) -> None:
    pages = RolePageFactory.create_batch(8, parent=index)
    block = RolePageChooserBlock()
    pks = [page.pk for page in pages]
    block.bulk_to_python(pks)
    with django_assert_num_queries(1):
        found = block.bulk_to_python([*pks, None, 4040])
    assert [page and page.pk for page in found] == [*pks, None, None]


def test_migrations_hold_wagtails_class() -> None:
    path, args, kwargs = StepBlock().child_blocks["page"].deconstruct()
    assert (path, args) == ("wagtail.blocks.PageChooserBlock", ())
    assert kwargs["required"] is False


def test_body_freezes_without_a_class_of_this_package() -> None:
    """A class in a migration could never be renamed or moved again."""
    from wagtail.blocks.definition_lookup import BlockDefinitionLookupBuilder

    builder = BlockDefinitionLookupBuilder()
    builder.add_block(BODY)
    paths = {path for path, _args, _kwargs in builder.get_lookup_as_dict().values()}
    assert len(paths) > 4
    assert {path.split(".")[0] for path in paths} == {"wagtail"}
