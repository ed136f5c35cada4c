from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.factories import TraitFactory, body
from wagtail_careers.models import RoleTrait, Trait, TraitAlias
from wagtail_careers.models.trait import known_traits, traits_for


def with_alias(name: str, *aliases: str) -> Trait:
    trait: Trait = TraitFactory(name=name)
    for alias in aliases:
        TraitAlias.objects.create(trait=trait, name=alias)
    return trait


def page_of(*traits: str) -> dict[str, Any]:
    """The body of a role that asks for ``traits``."""
    marks = " ".join(f"<mark>{trait}</mark>" for trait in traits)
    return {"body": body(person_spec=f"<p>{marks}</p>")}


def traits_of(page: Any) -> list[str]:
    return [row.trait.name for row in RoleTrait.objects.filter(page=page)]


class TestKey:
    def test_follows_the_name(self, db: None) -> None:
        trait = TraitFactory(name=" “Team  Work”, ")
        assert trait.key == "team work"
        trait.name = "Patience"
        trait.save()
        assert Trait.objects.get(pk=trait.pk).key == "patience"

    def test_is_unique(self, db: None) -> None:
        TraitFactory(name="Team work")
        with pytest.raises(IntegrityError), transaction.atomic():
            TraitFactory(name="TEAM WORK!")

    def test_of_an_alias_is_unique(self, db: None) -> None:
        with_alias("Communication", "talking")
        with pytest.raises(IntegrityError), transaction.atomic():
            TraitAlias.objects.create(trait=TraitFactory(), name="Talking.")

    def test_ignores_unicode_form_and_what_cannot_be_seen(self, db: None) -> None:
        trait = TraitFactory(name="Can\u2011do\u200b cafe\u0301")
        assert (trait.name, trait.key) == ("Can\u2011do café", "can-do café")
        assert traits_for(["can-do café"]) == [trait]

    def test_of_an_alias_ignores_them_too(self, db: None) -> None:
        trait = with_alias("Communication", "peo\xadple’s voice")
        alias = trait.aliases.get()
        assert (alias.name, alias.key) == ("people’s voice", "people's voice")


class TestValidation:
    @pytest.mark.parametrize(
        ("name", "message"),
        [
            ("…", "Enter at least one letter or number."),
            ("\u200b\xad", "Enter at least one letter or number."),
            ("ß" * 200, "Enter a shorter phrase."),
            ("PA\xadTIENCE", "A trait with this name already exists. Enter a different name."),
            ("Talking", "This is an alias of the trait “Communication”. Use that trait instead."),
        ],
    )
    def test_says_what_is_wrong_with_a_name(self, db: None, name: str, message: str) -> None:
        TraitFactory(name="Patience")
        with_alias("Communication", "talking")
        with pytest.raises(ValidationError) as caught:
            Trait(name=name).clean()
        assert caught.value.message_dict == {"name": [message]}

    def test_trait_is_no_double_of_itself(self, db: None) -> None:
        trait = with_alias("Communication", "talking")
        trait.full_clean()

    def test_trait_may_take_the_name_of_its_own_alias(self, db: None) -> None:
        trait = with_alias("Communication", "talking")
        trait.name = "Talking"
        trait.clean()

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            ("!", "Enter at least one letter or number."),
            ("Talking", "This is an alias of the trait “Communication”. Enter a different phrase."),
        ],
    )
    def test_says_what_is_wrong_with_an_alias(self, db: None, name: str, message: str) -> None:
        with_alias("Communication", "talking")
        other = TraitFactory(name="Patience")
        with pytest.raises(ValidationError) as caught:
            TraitAlias(trait=other, name=name).clean()
        assert caught.value.message_dict == {"name": [message]}

    def test_same_alias_twice_in_one_trait_becomes_one(self, db: None) -> None:
        trait = with_alias("Communication", "talking")
        again = TraitAlias(trait=trait, name="Talking")
        again.clean()
        again.save()
        assert [alias.name for alias in trait.aliases.all()] == ["Talking"]

    def test_aliases_of_one_trait_may_change_places(self, db: None) -> None:
        one, two = with_alias("Communication", "talking", "speech").aliases.all()
        one.name, two.name = two.name, one.name
        for alias in (one, two):
            alias.clean()
            alias.save()
        assert sorted(TraitAlias.objects.values_list("pk", "name")) == [
            (one.pk, "speech"),
            (two.pk, "talking"),
        ]

    def test_alias_is_no_double_of_itself(self, db: None) -> None:
        with_alias("Communication", "talking").aliases.get().clean()


class TestTraitsFor:
    def test_finds_traits_by_name_whatever_the_spelling(self, db: None) -> None:
        patience, care = TraitFactory(name="Patience"), TraitFactory(name="Care")
        assert traits_for(["care", "PATIENCE"]) == [care, patience]
        assert Trait.objects.count() == 2

    def test_finds_traits_by_alias(self, db: None) -> None:
        trait = with_alias("Communication", "clear speech", "talking")
        assert traits_for(["Talking", "patience", "Clear  speech"])[0] == trait
        assert Trait.objects.count() == 2

    def test_gives_each_trait_once(self, db: None) -> None:
        trait = with_alias("Communication", "talking")
        assert traits_for(["talking", "communication", "Talking"]) == [trait]

    def test_makes_traits_of_unknown_phrases(self, db: None) -> None:
        (trait,) = traits_for(["Team work"])
        assert (trait.name, trait.key) == ("Team work", "team work")
        assert trait.pk

    def test_name_comes_before_alias(self, db: None) -> None:
        """Only old data could have both; the admin merges them."""
        with_alias("Communication", "talking")
        talking = Trait(name="Talking", key="talking")
        Trait.objects.bulk_create([talking])
        assert traits_for(["talking"]) == [talking]

    @pytest.mark.parametrize("number", [1, 40])
    def test_costs_two_queries_for_known_phrases(
        self, db: None, django_assert_num_queries: Any, number: int
    ) -> None:
        names = [trait.name for trait in TraitFactory.create_batch(number)]
        with django_assert_num_queries(2):
            assert len(traits_for(names)) == number

    def test_names_new_traits_without_what_cannot_be_seen(self, db: None) -> None:
        (trait,) = traits_for(["team\xadwork\u200b!"])
        assert trait.name == "teamwork"

    def test_of_nothing_is_nothing(self, db: None) -> None:
        assert traits_for([]) == []


def test_known_traits_are_named_by_the_keys_of_names_and_aliases(
    db: None, django_assert_num_queries: Any
) -> None:
    with_alias("Communication", "Talking", "Clear  speech")
    TraitFactory(name="Patience")
    with django_assert_num_queries(2):
        assert known_traits() == {
            "communication": "Communication",
            "talking": "Communication",
            "clear speech": "Communication",
            "patience": "Patience",
        }


class TestAbsorb:
    def test_takes_over_pages_and_aliases(self, publish_role: Any) -> None:
        role = publish_role(**page_of("talking"))
        both = publish_role(**page_of("communication", "talking"))
        talking = Trait.objects.get(key="talking")
        TraitAlias.objects.create(trait=talking, name="speech")
        communication = Trait.objects.get(key="communication")
        communication.absorb(talking)
        assert traits_of(role) == ["communication"]
        assert traits_of(both) == ["communication"]
        assert [alias.name for alias in communication.aliases.all()] == ["speech"]
        assert not Trait.objects.filter(pk=talking.pk).exists()

    def test_leaves_other_traits_alone(self, publish_role: Any) -> None:
        role = publish_role(**page_of("patience", "talking", "communication"))
        Trait.objects.get(key="communication").absorb(Trait.objects.get(key="talking"))
        assert traits_of(role) == ["patience", "communication"]

    def test_happens_when_an_alias_gets_the_name_of_a_trait(self, publish_role: Any) -> None:
        role = publish_role(**page_of("talking"))
        with_alias("Communication", "Talking")
        assert traits_of(role) == ["Communication"]
        assert list(Trait.objects.values_list("name", flat=True)) == ["Communication"]

    def test_is_remembered_when_the_page_is_published_again(self, publish_role: Any) -> None:
        role = publish_role(**page_of("talking"))
        with_alias("Communication", "Talking")
        role.save_revision().publish()
        assert traits_of(role) == ["Communication"]
        assert Trait.objects.count() == 1

    def test_alias_with_the_name_of_its_own_trait_is_harmless(self, db: None) -> None:
        trait = with_alias("Communication", "communication")
        assert traits_for(["COMMUNICATION"]) == [trait]
        assert Trait.objects.get() == trait


class TestDeletion:
    def test_of_a_trait_leaves_the_page_as_it_is(self, publish_role: Any, client: Any) -> None:
        role = publish_role(**page_of("patience"))
        Trait.objects.all().delete()
        assert traits_of(role) == []
        html = client.get(role.url).content.decode()
        assert '<mark class="careers-trait">patience</mark>' in html
        shown = BeautifulSoup(html, "html.parser").select(".careers-traits__item")
        assert [item.text for item in shown] == ["patience"]

    def test_of_a_page_takes_its_rows_and_leaves_the_traits(self, publish_role: Any) -> None:
        publish_role(**page_of("patience")).delete()
        assert not RoleTrait.objects.exists()
        assert Trait.objects.get().name == "patience"


@pytest.mark.parametrize(
    "obj", [Trait(name="Care"), TraitAlias(name="Care"), RoleTrait(trait=Trait(name="Care"))]
)
def test_str_is_the_phrase(obj: Any) -> None:
    assert str(obj) == "Care"
