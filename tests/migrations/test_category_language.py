"""The migrations that make categories translatable, on a database with categories."""

from typing import Any

from wagtail.models import Locale

from tests.conftest import plant_home
from tests.factories import RoleCategoryFactory, RoleIndexPageFactory, RolePageFactory
from tests.migrations.conftest import latest, migrate
from wagtail_careers.models import RoleCategory

BEFORE = ("wagtail_careers", "0009_replacement_of_plain_links")


def test_existing_categories_are_in_the_default_language(migrated_back: Any) -> None:
    index = RoleIndexPageFactory(parent=plant_home())
    role = RolePageFactory(parent=index, category=RoleCategoryFactory(slug="careers"))
    old = migrated_back(BEFORE).get_model("wagtail_careers", "RoleCategory")
    assert not {"locale", "translation_key"} & {field.name for field in old._meta.fields}
    old.objects.create(name="Apprenticeships", slug="apprenticeships")
    migrate(latest())
    categories = list(RoleCategory.objects.order_by("slug"))
    assert [category.slug for category in categories] == ["apprenticeships", "careers"]
    assert {category.locale for category in categories} == {Locale.get_default()}
    assert len({category.translation_key for category in categories}) == 2
    # The table of pages lacks the columns of later migrations.
    pks = type(role).objects.filter(pk=role.pk).values_list("category__slug", flat=True)
    assert list(pks) == ["careers"]


def test_categories_get_a_language_on_a_site_that_has_changed_its_default(
    migrated_back: Any, settings: Any
) -> None:
    old = migrated_back(BEFORE).get_model("wagtail_careers", "RoleCategory")
    old.objects.create(name="Careers", slug="careers")
    settings.LANGUAGE_CODE = "fr"
    migrate(latest())
    assert RoleCategory.objects.get().locale == Locale.objects.get()
