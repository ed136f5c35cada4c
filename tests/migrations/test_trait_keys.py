"""What 0005 does to traits whose keys become the same."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.factories import body
from wagtail_careers.models import RoleTrait, Trait, TraitAlias

migration = import_module("wagtail_careers.migrations.0005_trait_keys")


@pytest.fixture(scope="module")
def old_apps() -> Any:
    """The models as they were before the migration."""
    return MigrationLoader(None).project_state(("wagtail_careers", "0004_wording")).apps


@pytest.fixture
def recompute(db: None, old_apps: Any) -> Any:
    return lambda: migration.recompute(old_apps, SimpleNamespace(connection=connection))


def old_trait(name: str, *aliases: str) -> Trait:
    """A trait with the keys that the first version gave."""
    trait = Trait.objects.bulk_create([Trait(name=name, key=name.casefold())])[0]
    TraitAlias.objects.bulk_create(
        TraitAlias(trait=trait, name=alias, key=alias.casefold()) for alias in aliases
    )
    return trait


def ask(page: Any, *traits: Trait) -> None:
    RoleTrait.objects.bulk_create(
        RoleTrait(page_id=page.pk, trait=trait, sort_order=number)
        for number, trait in enumerate(traits)
    )


def pages_of(trait: Trait) -> set[int]:
    return set(RoleTrait.objects.filter(trait=trait).values_list("page_id", flat=True))


def test_names_and_keys_are_recomputed(recompute: Any) -> None:
    old_trait("Can\u2011do cafe\u0301\u200b", "team\xadwork")
    recompute()
    assert Trait.objects.values_list("name", "key").get() == ("Can\u2011do café", "can-do café")
    assert TraitAlias.objects.values_list("name", "key").get() == ("teamwork", "teamwork")


def test_traits_that_are_now_the_same_are_merged_with_their_pages_and_aliases(
    recompute: Any, publish_role: Any
) -> None:
    first, second, third = (
        old_trait("can-do", "able"),
        old_trait("can\u2011do", "willing"),
        old_trait("can\u200b-do"),
    )
    other = old_trait("wit")
    of_first, of_second, of_all = (publish_role(body=body()) for _number in range(3))
    ask(of_first, first)
    ask(of_second, second, other)
    ask(of_all, third, second, first)
    recompute()
    assert set(Trait.objects.all()) == {first, other}
    assert pages_of(first) == {of_first.pk, of_second.pk, of_all.pk}
    assert pages_of(other) == {of_second.pk}
    assert {alias.name for alias in first.aliases.all()} == {"able", "willing"}


def test_aliases_that_are_now_the_same_become_the_oldest(recompute: Any) -> None:
    first = old_trait("wit", "people's humour", "people’s humour")
    old_trait("fun", "people\u02bcs humour")
    recompute()
    alias = TraitAlias.objects.get()
    assert (alias.trait, alias.name) == (first, "people's humour")


def test_trait_that_is_now_an_alias_of_another_is_merged_into_that(
    recompute: Any, publish_role: Any
) -> None:
    alias_like = old_trait("can\u2011do", "keen")
    kept = old_trait("positive", "can-do")
    role = publish_role(body=body())
    ask(role, alias_like, kept)
    recompute()
    assert Trait.objects.get() == kept
    assert pages_of(kept) == {role.pk}
    assert {alias.name for alias in kept.aliases.all()} == {"can-do", "keen"}


def test_traits_that_are_now_aliases_of_each_other_become_one(recompute: Any) -> None:
    old_trait("can-do", "go\u2011to")
    old_trait("go-to", "can\u2011do")
    recompute()
    assert Trait.objects.count() == 1
    assert set(TraitAlias.objects.values_list("key", flat=True)) == {"can-do", "go-to"}


def test_rows_may_exchange_keys(recompute: Any) -> None:
    one, two = old_trait("one"), old_trait("two")
    Trait.objects.filter(pk=one.pk).update(name="two", key="one")
    Trait.objects.filter(pk=two.pk).update(name="one")
    recompute()
    assert dict(Trait.objects.values_list("pk", "key")) == {one.pk: "two", two.pk: "one"}


def test_key_that_would_be_too_long_stays(recompute: Any) -> None:
    old_trait("ﷺ" * 200)
    recompute()
    assert Trait.objects.get().key == "ﷺ" * 200


def test_another_run_changes_nothing(recompute: Any) -> None:
    for name in ("can-do", "can\u2011do", "wit\u200b"):
        old_trait(name, f"{name} alias")
    recompute()
    before = [list(model.objects.order_by("pk").values()) for model in (Trait, TraitAlias)]
    recompute()
    after = [list(model.objects.order_by("pk").values()) for model in (Trait, TraitAlias)]
    assert after == before
