"""Role pages in another language than their site."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls

from tests.factories import body

#: The addresses of a site whose pages are all in one language.
urlpatterns = i18n_patterns(path("", include(wagtail_urls)))


def html_of(client: Any, page: Any) -> BeautifulSoup:
    return BeautifulSoup(client.get(page.url).content, "html.parser")


@pytest.mark.parametrize(
    ("language", "attributes"),
    [
        ("", {"lang": "en-gb", "dir": "ltr"}),
        ("cy", {"lang": "cy", "dir": "ltr"}),
        ("ur", {"lang": "ur", "dir": "rtl"}),
        ("so", {"lang": "so", "dir": "ltr"}),
        ("ps", {"lang": "ps", "dir": "rtl"}),
    ],
)
def test_page_is_in_the_chosen_language(
    client: Any, publish_role: Any, language: str, attributes: dict[str, str]
) -> None:
    page = publish_role(title="Porthor", content_language=language)
    assert html_of(client, page).html.attrs == attributes


def test_unknown_language_that_a_script_has_stored_is_not_said(
    client: Any, publish_role: Any
) -> None:
    page = publish_role(title="Porthor")
    type(page).objects.update(content_language='zz" onclick="x')
    assert html_of(client, page).html.attrs == {"lang": "en-gb", "dir": "ltr"}


def test_phrases_and_sections_are_marked_against_the_language_of_the_page(
    client: Any, publish_role: Any
) -> None:
    page = publish_role(
        title="Xamaal",
        content_language="so",
        body=body(
            duties={"title": "Shaqo", "prose": "<p>Haa</p>", "language": "so"},
            training={"title": "Training", "prose": "<p>Yes</p>", "language": "en-GB"},
            person_spec='<p><span lang="en-GB">Kind</span> <span lang="so">wanaag</span></p>',
        ),
    )
    main = html_of(client, page).main
    assert main is not None
    found = [(tag.name, tag["lang"]) for tag in main.select("[lang]")]
    assert found == [("a", "en-GB"), ("span", "en-GB"), ("section", "en-GB")]


@pytest.mark.urls("tests.pages.test_page_languages")
def test_links_of_a_page_and_a_section_in_a_foreign_language_lead_to_the_site(
    client: Any, publish_role: Any, settings: Any
) -> None:
    settings.LANGUAGES = [("en-gb", "English")]
    target = publish_role(title="Nurse")
    link = f'<p><a linktype="page" id="{target.pk}">Nurse</a></p>'
    page = publish_role(
        title="Porthor",
        content_language="cy",
        body=body(duties={"title": "x", "prose": link, "language": "ur"}),
    )
    main = html_of(client, page).main
    assert main is not None
    addresses = [tag["href"] for tag in main.select("a[href^='/']")]
    assert target.url in addresses
    assert {client.get(address).status_code for address in addresses} == {200}


def test_language_of_the_page_is_that_of_its_locale_without_a_choice(publish_role: Any) -> None:
    page = publish_role(title="Porter")
    assert page.shown_language == "en-GB"
    page.content_language = "cy"
    assert page.shown_language == "cy"


def test_migrations_have_no_list_of_languages(publish_role: Any) -> None:
    field = publish_role(title="Porter")._meta.get_field("content_language")
    _name, path_of_class, _args, kwargs = field.deconstruct()
    assert path_of_class == "django.db.models.CharField"
    assert set(kwargs) == {"blank", "default", "max_length"}
    assert field.clone().deconstruct()[1:] == field.deconstruct()[1:]
