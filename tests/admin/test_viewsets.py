import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from tests.factories import RoleCategoryFactory, SharedLinkFactory, TraitFactory
from wagtail_careers.models import RoleCategory, SharedLink, Trait, TraitAlias

LISTINGS = [
    ("careers_roles:index", "Role pages"),
    ("careers_shared_links:list", "Shared links"),
    ("careers_traits:list", "Traits"),
    ("careers_categories:list", "Categories"),
]


def menu_of(client: Any) -> str:
    """What the side menu is made of, as Wagtail hands it to the browser."""
    soup = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    return str(soup.select_one("#wagtail-sidebar-props").string)


@pytest.mark.parametrize(("name", "label"), LISTINGS)
def test_careers_menu_leads_to_every_listing(admin_client: Client, name: str, label: str) -> None:
    menu = menu_of(admin_client)
    assert '"label": "Careers"' in menu
    assert f'"url": "{reverse(name)}"' in menu
    assert f'"label": "{label}"' in menu


def test_roles_of_a_sites_own_models_have_listings_of_their_own(admin_client: Client) -> None:
    urls = set(re.findall(r'"url": "(/admin/careers/careers_roles[^"]*)"', menu_of(admin_client)))
    assert len(urls) == 4
    for url in urls:
        assert admin_client.get(url).status_code == 200


def test_menu_has_nothing_for_people_without_permissions(outsider: Client) -> None:
    menu = menu_of(outsider)
    for name, _label in LISTINGS[1:]:
        assert reverse(name) not in menu


class TestPermissions:
    """What the tutorial says to give to a group."""

    NAMES = (
        *("add_sharedlink", "change_sharedlink", "publish_sharedlink"),
        *("add_rolecategory", "change_rolecategory", "add_trait", "change_trait"),
    )

    def test_are_offered_for_a_group(self, admin_client: Client) -> None:
        html = admin_client.get(reverse("wagtailusers_groups:add")).content
        boxes = BeautifulSoup(html, "html.parser").select("input[name=permissions]")
        needed = Permission.objects.filter(codename__in=self.NAMES).values_list("pk", flat=True)
        assert len(needed) == len(self.NAMES)
        assert {str(pk) for pk in needed} <= {box["value"] for box in boxes}

    def test_are_enough_to_follow_it(self, client_of: Any, index: Any) -> None:
        pages = ("add_page", "change_page", "publish_page")
        client = client_of(*self.NAMES, pages=pages, page=index)
        menu = menu_of(client)
        for name, label in LISTINGS:
            assert f'"label": "{label}"' in menu
            assert client.get(reverse(name)).status_code == 200
        for name in ("careers_shared_links", "careers_traits", "careers_categories"):
            assert client.get(reverse(f"{name}:add")).status_code == 200
        form = client.get(reverse("careers_shared_links:add")).content.decode()
        assert 'name="action-publish"' in form
        add_role = ["wagtail_careers_pages", "rolepage", index.pk]
        assert client.get(reverse("wagtailadmin_pages:add", args=add_role)).status_code == 200


@pytest.mark.parametrize(("name", "label"), LISTINGS)
def test_listing_renders_when_it_is_empty(admin_client: Client, name: str, label: str) -> None:
    response = admin_client.get(reverse(name))
    assert response.status_code == 200
    assert label in response.content.decode()


@pytest.mark.parametrize(("name", "label"), LISTINGS)
def test_listing_sends_strangers_to_the_login(
    client: Client, db: None, name: str, label: str
) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response.url.startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize(("name", "label"), LISTINGS[1:])
def test_listing_refuses_people_without_permissions(
    outsider: Client, name: str, label: str
) -> None:
    response = outsider.get(reverse(name))
    assert response.status_code == 302
    assert response.url == reverse("wagtailadmin_home")


def test_icons_are_in_the_admins_sprite(admin_client: Client) -> None:
    sprite = admin_client.get(reverse("wagtailadmin_sprite")).content.decode()
    for name in ("role", "trait", "shared-link", "training", "progression"):
        assert f'id="icon-careers-{name}"' in sprite


class TestSharedLinkForm:
    def post(self, client: Client, **values: Any) -> Any:
        data = {
            "name": "NHS Jobs",
            "base_url": "https://jobs.example",
            "purpose": "vacancies",
            "organisation": "",
            "description": "",
            **values,
        }
        return client.post(reverse("careers_shared_links:add"), data)

    def test_publishes(self, admin_client: Client) -> None:
        self.post(admin_client, **{"action-publish": "1"})
        link = SharedLink.objects.get()
        assert (link.name, link.base_url, link.live) == ("NHS Jobs", "https://jobs.example/", True)

    def test_saves_a_draft(self, admin_client: Client) -> None:
        self.post(admin_client)
        assert not SharedLink.objects.get().live

    @pytest.mark.parametrize(
        ("base_url", "message"),
        [
            ("javascript:alert(1)", "Enter a valid URL"),
            ("https://user:secret@jobs.example/", "Remove the user name and password"),
            ("ftp://jobs.example/", "starts with “https://” or “http://”"),
        ],
    )
    def test_says_what_is_wrong_with_an_address(
        self, admin_client: Client, base_url: str, message: str
    ) -> None:
        response = self.post(admin_client, base_url=base_url)
        assert response.status_code == 200
        assert message in response.content.decode()
        assert not SharedLink.objects.exists()

    def test_names_the_link_that_is_there_already(self, admin_client: Client) -> None:
        SharedLinkFactory(name="Jobs of the NHS", base_url="https://jobs.example/")
        response = self.post(admin_client, base_url="HTTPS://JOBS.example")
        assert "“Jobs of the NHS” already has this address" in response.content.decode()
        assert SharedLink.objects.count() == 1

    def test_leads_to_the_link_that_is_there_already(self, admin_client: Client) -> None:
        link = SharedLinkFactory(name="50 % & <b>", base_url="http://www.jobs.example/")
        response = self.post(admin_client, base_url="https://jobs.example/?utm_source=a")
        soup = BeautifulSoup(response.content, "html.parser")
        offer = soup.select_one(".error-message a")
        assert offer["href"] == reverse("careers_shared_links:edit", args=[link.pk])
        assert offer.text == "Open “50 % & <b>”"
        assert not soup.select(".error-message b")

    def test_says_that_pages_keep_the_query_of_an_address(self, admin_client: Client) -> None:
        link = SharedLinkFactory(base_url="https://jobs.example/?a=<b>")
        response = admin_client.get(reverse("careers_shared_links:edit", args=[link.pk]))
        soup = BeautifulSoup(response.content, "html.parser")
        help_text = soup.select_one(
            "#panel-child-link-child-base_url-content .help, .help:-soup-contains(keep)"
        )
        assert help_text.text.strip().startswith("“?a=<b>” is part of the address")

    def test_address_without_a_scheme_is_taken_to_be_https(self, admin_client: Client) -> None:
        self.post(admin_client, base_url="jobs.example/careers")
        assert SharedLink.objects.get().base_url == "https://jobs.example/careers"

    def test_changes_nothing_live_until_it_is_published(self, admin_client: Client) -> None:
        link = SharedLinkFactory(base_url="https://old.example/")
        data = {"name": "New", "base_url": "https://new.example/", "purpose": "other"}
        url = reverse("careers_shared_links:edit", args=[link.pk])
        admin_client.post(url, data)
        link.refresh_from_db()
        assert (link.base_url, link.has_unpublished_changes) == ("https://old.example/", True)
        admin_client.post(url, {**data, "action-publish": "1"})
        link.refresh_from_db()
        assert link.base_url == "https://new.example/"

    def test_editor_cannot_publish(self, editor: Client) -> None:
        self.post(editor, **{"action-publish": "1"})
        assert not SharedLink.objects.get().live


class TestTraitForm:
    def post(self, client: Client, url: str, name: str, *aliases: str) -> Any:
        data = {
            "name": name,
            "aliases-TOTAL_FORMS": len(aliases),
            "aliases-INITIAL_FORMS": 0,
            "aliases-MIN_NUM_FORMS": 0,
            "aliases-MAX_NUM_FORMS": 1000,
        }
        for number, alias in enumerate(aliases):
            data[f"aliases-{number}-name"] = alias
            data[f"aliases-{number}-ORDER"] = number + 1
        return client.post(url, data)

    def test_creates_a_trait_with_aliases(self, admin_client: Client) -> None:
        self.post(admin_client, reverse("careers_traits:add"), "Care", "Caring", "kindness")
        trait = Trait.objects.get()
        assert (trait.name, trait.key) == ("Care", "care")
        assert [alias.key for alias in trait.aliases.all()] == ["caring", "kindness"]

    def test_alias_with_the_name_of_another_trait_merges_it(self, admin_client: Client) -> None:
        TraitFactory(name="Kindness")
        self.post(admin_client, reverse("careers_traits:add"), "Care", "kindness")
        assert Trait.objects.get().name == "Care"

    def test_phrase_twice_among_the_aliases_is_kept_once(self, admin_client: Client) -> None:
        response = self.post(
            admin_client, reverse("careers_traits:add"), "Care", "kindness", "Kindness!"
        )
        assert response.status_code == 302
        assert TraitAlias.objects.get().key == "kindness"

    @pytest.mark.parametrize(
        ("name", "aliases", "message"),
        [
            ("COMMUNICATION", [], "A trait with this name already exists. Enter a different name."),
            (
                "talking",
                [],
                "This is an alias of the trait “Communication”. Use that trait instead.",
            ),
            (
                "Care",
                ["talking"],
                "This is an alias of the trait “Communication”. Enter a different phrase.",
            ),
            ("…", [], "Enter at least one letter or number."),
            ("Care", ["…"], "Enter at least one letter or number."),
        ],
    )
    def test_says_what_is_wrong(
        self, admin_client: Client, name: str, aliases: list[str], message: str
    ) -> None:
        TraitAlias.objects.create(trait=TraitFactory(name="Communication"), name="talking")
        response = self.post(admin_client, reverse("careers_traits:add"), name, *aliases)
        assert response.status_code == 200
        assert message in response.content.decode()
        assert Trait.objects.count() == 1

    def test_deletes_a_trait_in_use(self, admin_client: Client) -> None:
        trait = TraitFactory()
        response = admin_client.post(reverse("careers_traits:delete", args=[trait.pk]))
        assert response.status_code == 302
        assert not Trait.objects.exists()


class TestCategoryForm:
    def test_creates_a_category(self, admin_client: Client) -> None:
        data = {"name": "Apprenticeships", "slug": "apprenticeships", "is_apprenticeship": "on"}
        admin_client.post(reverse("careers_categories:add"), data)
        assert RoleCategory.objects.get().is_apprenticeship

    def test_does_not_delete_one_in_use(self, publish_role: Any, admin_client: Client) -> None:
        category = RoleCategoryFactory()
        publish_role(category=category)
        url = reverse("careers_categories:delete", args=[category.pk])
        assert admin_client.get(url).status_code == 200
        response = admin_client.post(url)
        assert response.status_code < 500
        assert RoleCategory.objects.filter(pk=category.pk).exists()
