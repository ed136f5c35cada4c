"""Categories on a site in several languages."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Locale

from tests.factories import RoleCategoryFactory, RolePageFactory
from wagtail_careers.models import RoleCategory
from wagtail_careers.models.category import shown_categories
from wagtail_careers.models.role import group_by_category


@pytest.fixture
def welsh(add_language: Any) -> Locale:
    return add_language("cy")


@pytest.fixture
def english(db: None) -> Locale:
    return Locale.get_default()


@pytest.fixture
def category(db: None) -> RoleCategory:
    return RoleCategoryFactory(name="Apprenticeships", slug="apprenticeships")


@pytest.fixture
def translation(category: RoleCategory, welsh: Locale) -> RoleCategory:
    copy = category.copy_for_translation(welsh)
    copy.name = "Prentisiaethau"
    copy.save()
    return copy


@pytest.fixture
def role(publish_role: Any, category: RoleCategory) -> Any:
    return publish_role(title="Porter", slug="porter", category=category)


def options(client: Client, page: Any) -> dict[str, str]:
    """The categories that the form of a page offers, by name, and the chosen one as "chosen"."""
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content
    select = BeautifulSoup(html, "html.parser").select_one("select[name=category]")
    found = {
        option.text: option["value"] for option in select.select("option[value]:not([value=''])")
    }
    chosen = select.select_one("option[selected]")
    return {**found, "chosen": chosen.text if chosen else ""}


class TestSlug:
    def test_can_be_the_same_in_another_language(self, translation: RoleCategory) -> None:
        assert translation.slug == "apprenticeships"

    def test_is_unique_in_one_language(self, category: RoleCategory, english: Locale) -> None:
        double = RoleCategory(name="Double", slug=category.slug)
        with pytest.raises(ValidationError, match="Another category has this slug"):
            double.full_clean(exclude=["locale"])
        with pytest.raises(IntegrityError), transaction.atomic():
            double.save()

    def test_of_the_category_itself_is_no_double(self, category: RoleCategory) -> None:
        category.full_clean()

    def test_is_checked_by_the_form(self, admin_client: Client, category: RoleCategory) -> None:
        url = reverse("careers_categories:add")
        response = admin_client.post(url, {"name": "Double", "slug": category.slug})
        assert response.status_code == 200
        assert "Another category has this slug" in response.content.decode()


class TestReaders:
    def test_page_shows_the_translation(self, role: Any, translation: RoleCategory) -> None:
        copy = role.create_alias(
            parent=role.get_parent(), update_slug="alias", update_locale=translation.locale
        )
        assert copy.category_id == role.category_id
        assert copy.shown_category == translation
        assert role.shown_category == role.category

    def test_page_without_a_translated_category_shows_the_original(
        self, role: Any, welsh: Locale
    ) -> None:
        copy = role.copy_for_translation(welsh, copy_parents=True)
        assert copy.shown_category == role.category

    def test_template_shows_the_translation(
        self, role: Any, translation: RoleCategory, client: Client
    ) -> None:
        role.locale = translation.locale
        role.save()
        assert "Prentisiaethau" in client.get(role.url).content.decode()

    def test_page_in_one_language_shows_the_category_that_it_has(
        self, role: Any, translation: RoleCategory, settings: Any
    ) -> None:
        settings.WAGTAIL_I18N_ENABLED = False
        role.locale = translation.locale
        assert role.shown_category == role.category

    def test_index_groups_versions_of_one_category_together(
        self, category: RoleCategory, translation: RoleCategory
    ) -> None:
        welsh = translation.locale
        roles = [
            RolePageFactory.build(title="1", category=category, locale=welsh),
            RolePageFactory.build(title="2", category=translation, locale=welsh),
        ]
        assert group_by_category(roles) == [(translation, roles)]

    def test_takes_one_query_in_one_language_and_two_in_several(
        self,
        category: RoleCategory,
        translation: RoleCategory,
        english: Locale,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        more = RoleCategoryFactory.create_batch(5)
        with django_assert_num_queries(1):
            shown_categories([(each.pk, english.pk) for each in more])
        with django_assert_num_queries(2):
            shown = shown_categories(
                [(each.pk, translation.locale_id) for each in [category, *more]]
            )
        assert shown == [translation, *more]

    def test_of_pages_without_categories_there_are_none(self, english: Locale) -> None:
        assert shown_categories([(None, english.pk), (99, english.pk)]) == [None, None]


class TestCopies:
    def test_copy_for_translation_gets_the_translated_category(
        self, role: Any, translation: RoleCategory
    ) -> None:
        copy = role.copy_for_translation(translation.locale, copy_parents=True)
        copy = type(copy).objects.get(pk=copy.pk)
        assert copy.category == translation
        assert copy.get_latest_revision_as_object().category == translation

    def test_copy_for_translation_keeps_a_category_that_is_not_translated(
        self, role: Any, welsh: Locale
    ) -> None:
        copy = role.copy_for_translation(welsh, copy_parents=True)
        assert type(copy).objects.get(pk=copy.pk).category == role.category

    def test_pages_below_get_it_too(self, index: Any, role: Any, translation: RoleCategory) -> None:
        from wagtail.actions.copy_for_translation import CopyPageForTranslationAction

        CopyPageForTranslationAction(
            index, translation.locale, copy_parents=True, include_subtree=True
        ).execute(skip_permission_checks=True)
        copy = role.get_translation(translation.locale)
        assert copy.category == translation

    def test_alias_keeps_the_category_of_its_source(
        self, role: Any, translation: RoleCategory
    ) -> None:
        alias = role.copy_for_translation(translation.locale, copy_parents=True, alias=True)
        assert type(alias).objects.get(pk=alias.pk).category == role.category


class TestEditors:
    def test_form_offers_each_category_in_the_language_of_the_page(
        self, admin_client: Client, role: Any, translation: RoleCategory
    ) -> None:
        other = RoleCategoryFactory(name="Careers")
        copy = role.copy_for_translation(translation.locale, copy_parents=True)
        assert options(admin_client, copy) == {
            "Prentisiaethau": str(translation.pk),
            "Careers": str(other.pk),
            "chosen": "Prentisiaethau",
        }
        assert set(options(admin_client, role)) == {"Apprenticeships", "Careers", "chosen"}

    def test_form_keeps_the_category_that_the_page_has(
        self, admin_client: Client, role: Any, welsh: Locale
    ) -> None:
        copy = role.copy_for_translation(welsh, copy_parents=True)
        role.category.copy_for_translation(welsh).save()
        assert options(admin_client, copy)["chosen"] == "Apprenticeships"

    def test_form_in_one_language_offers_all(
        self, admin_client: Client, role: Any, translation: RoleCategory, settings: Any
    ) -> None:
        settings.WAGTAIL_I18N_ENABLED = False
        assert set(options(admin_client, role)) == {"Apprenticeships", "Prentisiaethau", "chosen"}

    def test_list_shows_and_filters_by_all_versions(
        self, admin_client: Client, role: Any, translation: RoleCategory
    ) -> None:
        role.copy_for_translation(translation.locale, copy_parents=True)
        url = reverse("careers_roles:index")
        response = admin_client.get(url, {"category": role.category_id})
        shown = {(page.locale_id, page.role_category) for page in response.context["object_list"]}
        assert shown == {
            (role.locale_id, role.category),
            (translation.locale_id, translation),
        }
        offered = response.context["filters"].form.fields["category"].queryset
        assert list(offered) == [role.category]
