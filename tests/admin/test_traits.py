"""The list of traits, their usage and their deletion: one number, and its roles."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.factories import RoleCategoryFactory, TraitFactory, body
from tests.testapp.models import StaffRolePage
from wagtail_careers.models import RoleTrait, Trait, TraitAlias


def asking_for(*phrases: str) -> dict[str, Any]:
    marks = " ".join(f"<mark>{phrase}</mark>" for phrase in phrases)
    return {"body": body(duties=f"<p>{marks}</p>")}


def publish_cook(index: Any, title: str) -> None:
    """A role of another model, which asks for patience."""
    role = StaffRolePage(title=title, category=RoleCategoryFactory(), **asking_for("patience"))
    index.add_child(instance=role).save_revision().publish()


def main_of(client: Client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser").select_one("main, body")
    assert soup is not None
    return soup


def words_of(soup: Any) -> str:
    return " ".join(soup.get_text(" ").split())


def listed(client: Client, **query: Any) -> dict[str, str]:
    """The usage of the traits in the list, by name, in order."""
    soup = main_of(client, reverse("careers_traits:list") + query_string(query))
    return {
        row.select_one("td.title .title-wrapper").get_text(strip=True): words_of(
            row.select("td")[-1]
        )
        for row in soup.select("table.listing tbody tr")
    }


def query_string(query: dict[str, Any]) -> str:
    return "?" + "&".join(f"{name}={value}" for name, value in query.items())


def url_of(view: str, trait: Trait) -> str:
    return reverse(f"careers_traits:{view}", args=[trait.pk])


def used(client: Client, trait: Trait) -> list[str]:
    rows = main_of(client, url_of("usage", trait)).select("main table tbody tr")
    return [words_of(row.select("td")[0]) for row in rows]


@pytest.fixture
def patience(publish_role: Any, index: Any) -> Trait:
    """A trait of two role pages, one of which names it twice, a role of another model, a draft
    and a page that was unpublished."""
    trait: Trait = TraitFactory(name="Patience")
    TraitAlias.objects.create(trait=trait, name="calm")
    publish_role(title="nurse", **asking_for("patience", "calm"))
    publish_role(title="Porter", **asking_for("calm"))
    publish_cook(index, title="Cook")
    draft = publish_role(title="Draft", body=body())
    draft.body = asking_for("patience")["body"]
    draft.save_revision()
    publish_role(title="Gone", **asking_for("patience")).unpublish()
    return trait


class TestNumber:
    def test_in_the_list(self, admin_client: Client, patience: Trait) -> None:
        TraitFactory(name="Wit")
        assert listed(admin_client) == {"Patience": "3 published roles", "Wit": "Not used"}

    def test_of_one(self, admin_client: Client, publish_role: Any) -> None:
        publish_role(**asking_for("wit"))
        assert listed(admin_client) == {"wit": "1 published role"}

    def test_in_the_list_leads_to_the_roles(self, admin_client: Client, patience: Trait) -> None:
        soup = main_of(admin_client, reverse("careers_traits:list"))
        (link,) = [a for a in soup.select("td a") if "published role" in a.text]
        assert link["href"] == url_of("usage", patience)

    def test_beside_the_form(self, admin_client: Client, patience: Trait) -> None:
        soup = main_of(admin_client, url_of("edit", patience))
        (link,) = [a for a in soup.select("a") if "published role" in a.text]
        assert words_of(link) == "3 published roles"
        assert link["href"] == url_of("usage", patience)
        assert "Used 0 times" not in words_of(soup)

    def test_is_that_of_the_rows_in_the_usage(self, admin_client: Client, patience: Trait) -> None:
        assert used(admin_client, patience) == ["Cook", "nurse", "Porter"]
        soup = main_of(admin_client, url_of("usage", patience))
        assert "Patience (3 published roles)" in words_of(soup)

    def test_before_deletion(self, admin_client: Client, patience: Trait) -> None:
        soup = main_of(admin_client, url_of("delete", patience))
        (link,) = [a for a in soup.select("a") if "published role" in a.text]
        assert words_of(link) == "3 published roles highlight this trait."
        assert link["href"] == url_of("usage", patience)
        assert "referenced" not in words_of(soup)

    def test_before_the_deletion_of_many(self, admin_client: Client, patience: Trait) -> None:
        wit = TraitFactory(name="Wit")
        soup = main_of(admin_client, bulk_url(patience, wit))
        assert "Trait Usage Patience 3 published roles Wit Not used" in words_of(soup)
        assert "referenced" not in words_of(soup)
        assert "delete 2 traits?" in words_of(soup)


class TestUsage:
    def test_leads_to_the_roles(self, admin_client: Client, patience: Trait) -> None:
        soup = main_of(admin_client, url_of("usage", patience))
        edits = [a["href"] for a in soup.select("main table tbody a")]
        pages = RoleTrait.objects.filter(trait=patience).values_list("page_id", flat=True)
        for pk in pages:
            assert reverse("wagtailadmin_pages:edit", args=[pk]) in edits

    def test_hides_titles_from_those_who_may_not_edit_the_pages(
        self, client_of: Any, patience: Trait
    ) -> None:
        client = client_of("change_trait", "view_trait")
        assert used(client, patience) == [
            "(Private staff role page)",
            "(Private role page)",
            "(Private role page)",
        ]

    def test_of_an_unused_trait_is_empty(self, admin_client: Client, db: None) -> None:
        assert used(admin_client, TraitFactory()) == []

    def test_number_of_queries_does_not_grow_with_the_roles(
        self, admin_client: Client, publish_role: Any, queries_of: Any
    ) -> None:
        publish_role(**asking_for("wit"))
        url = url_of("usage", Trait.objects.get())
        before = queries_of(url)
        for _number in range(8):
            publish_role(**asking_for("wit"))
        assert queries_of(url) == before


class TestDeletion:
    def test_says_what_happens(self, admin_client: Client, patience: Trait) -> None:
        for url in (url_of("delete", patience), bulk_url(patience)):
            words = words_of(main_of(admin_client, url))
            assert "The words stay highlighted" in words
            assert "recorded as a new trait" in words
            assert "Add its name to the aliases of the other trait" in words

    def test_of_an_unused_trait_says_so(self, admin_client: Client, db: None) -> None:
        words = words_of(main_of(admin_client, url_of("delete", TraitFactory())))
        assert "No published role highlights this trait." in words
        assert "stay highlighted" not in words

    def test_does_what_it_says(
        self, admin_client: Client, client: Client, publish_role: Any
    ) -> None:
        page = publish_role(**asking_for("patience"))
        admin_client.post(url_of("delete", Trait.objects.get()))
        assert not Trait.objects.exists()
        client.logout()
        assert ">patience</mark>" in client.get(page.url).content.decode()
        page.save_revision().publish()
        assert Trait.objects.get().name == "patience"

    def test_of_many(self, admin_client: Client, patience: Trait) -> None:
        wit = TraitFactory(name="Wit")
        kept = TraitFactory(name="Kept")
        admin_client.post(bulk_url(patience, wit))
        assert Trait.objects.get() == kept

    def test_of_many_costs_the_same_for_few_and_for_many(
        self, admin_client: Client, publish_role: Any, queries_of: Any
    ) -> None:
        traits = TraitFactory.create_batch(2)
        before = queries_of(bulk_url(*traits))
        traits += TraitFactory.create_batch(8)
        publish_role(**asking_for(*(trait.name for trait in traits)))
        assert queries_of(bulk_url(*traits)) == before


def bulk_url(*traits: Trait) -> str:
    url = reverse("wagtail_bulk_action", args=["wagtail_careers", "trait", "delete"])
    return f"{url}?" + "&".join(f"id={trait.pk}" for trait in traits)


class TestOrder:
    def test_of_names_ignores_case(self, admin_client: Client, db: None) -> None:
        for name in ("beta", "Gamma", "Alpha"):
            TraitFactory(name=name)
        assert list(listed(admin_client)) == ["Alpha", "beta", "Gamma"]
        assert list(listed(admin_client, ordering="-name")) == ["Gamma", "beta", "Alpha"]

    def test_by_usage_counts_as_the_column_does(
        self, admin_client: Client, publish_role: Any, patience: Trait
    ) -> None:
        publish_role(**asking_for("Wit"))
        TraitFactory(name="Care")
        in_order = ["Patience", "Wit", "Care"]
        assert list(listed(admin_client, ordering="-usage")) == in_order
        assert list(listed(admin_client, ordering="usage")) == in_order[::-1]

    def test_of_the_filter_of_roles_ignores_case(
        self, admin_client: Client, publish_role: Any
    ) -> None:
        publish_role(**asking_for("beta", "Gamma", "Alpha"))
        soup = main_of(admin_client, reverse("careers_roles:index"))
        labels = [label.get_text(strip=True) for label in soup.select("#id_trait label")]
        options = labels or [each.get_text() for each in soup.select("#id_trait option")]
        assert [each for each in options if each in ("beta", "Gamma", "Alpha")] == [
            *("Alpha", "beta", "Gamma")
        ]


@pytest.mark.usefixtures("search_index")
class TestSearch:
    def test_finds_names_and_aliases(self, admin_client: Client, db: None) -> None:
        TraitAlias.objects.create(trait=TraitFactory(name="Communication"), name="talking")
        TraitFactory(name="Patience")
        assert list(listed(admin_client, q="Patience")) == ["Patience"]
        assert list(listed(admin_client, q="talking")) == ["Communication"]

    def test_finds_aliases_that_the_form_adds(self, admin_client: Client, db: None) -> None:
        data = {
            "name": "Communication",
            "aliases-TOTAL_FORMS": 1,
            "aliases-INITIAL_FORMS": 0,
            "aliases-0-name": "talking",
            "aliases-0-ORDER": 1,
        }
        admin_client.post(reverse("careers_traits:add"), data)
        assert list(listed(admin_client, q="talking")) == ["Communication"]

    def test_keeps_the_order_of_the_list(
        self, admin_client: Client, publish_role: Any, patience: Trait
    ) -> None:
        TraitFactory(name="Patience and care")
        found = listed(admin_client, q="patience", ordering="usage")
        assert list(found) == ["Patience and care", "Patience"]

    def test_of_the_admin_leads_to_traits(
        self, admin_client: Client, client_of: Any, index: Any
    ) -> None:
        search = f"{reverse('wagtailadmin_pages:search')}?q=talking"
        tab = f'a[href^="{reverse("careers_traits:list")}?q"]'
        assert main_of(admin_client, search).select(tab)
        editor = client_of("change_sharedlink", pages=("add_page",), page=index)
        assert not main_of(editor, search).select(tab)


def test_list_costs_the_same_for_few_and_for_many(
    admin_client: Client, publish_role: Any, queries_of: Any
) -> None:
    publish_role(**asking_for("patience"))
    TraitAlias.objects.create(trait=Trait.objects.get(), name="calm")
    url = reverse("careers_traits:list")
    before = queries_of(url)
    for trait in TraitFactory.create_batch(8):
        TraitAlias.objects.create(trait=trait, name=f"also {trait.name}")
        publish_role(**asking_for(trait.name))
    assert queries_of(url) == before
