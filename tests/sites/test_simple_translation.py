"""Role pages are copied into another language with Wagtail's simple_translation."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page

from tests.factories import SharedLinkFactory
from tests.sites.test_journey import link, links_of, role, run_tasks  # noqa: F401 - fixtures
from wagtail_careers.choices import PageOutcome
from wagtail_careers.links.usage import usage_counts
from wagtail_careers.models import Replacement, SharedLink

if not apps.is_installed("wagtail.contrib.simple_translation"):
    pytest.skip("the site does not use simple_translation", allow_module_level=True)


@pytest.fixture
def welsh(site: Any) -> Locale:
    return Locale.objects.create(language_code="cy")


@pytest.fixture(params=[True, False], ids=["alias", "copy"])
def translation(
    request: pytest.FixtureRequest,
    admin: Client,
    site: Any,
    role: Any,  # noqa: F811
    welsh: Locale,
) -> Any:
    """An alias, which Wagtail keeps like its source, or the draft that an editor has begun."""
    site.get_parent().copy_for_translation(welsh, alias=True)
    if request.param:
        site.copy_for_translation(welsh, alias=True)
        role.copy_for_translation(welsh, alias=True)
    else:
        submit(admin, site, welsh)
    return role.get_translation(welsh)


def submit(admin: Client, page: Page, locale: Locale) -> None:
    url = reverse("simple_translation:submit_page_translation", args=[page.pk])
    assert admin.get(url).status_code == 200
    response = admin.post(url, {"locales": [locale.pk], "include_subtree": "on"})
    assert response.status_code == 302, response.content.decode()


def shown(page: Any) -> dict[str, str]:
    # The URLs of the example site have no languages.
    page = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    return links_of(BeautifulSoup(page.make_preview_request().content, "html.parser"))


def test_translation_has_the_links_of_its_source_and_counts(
    admin: Client,
    link: SharedLink,  # noqa: F811
    role: Any,  # noqa: F811
    translation: Any,
) -> None:
    assert shown(translation) == shown(role)
    assert shown(translation)["this"] == "https://careers.example/nursing"
    assert usage_counts([link]) == {link.pk: 2}
    delete_url = reverse("careers_shared_links:delete", args=[link.pk])
    admin.post(delete_url)
    assert SharedLink.objects.filter(pk=link.pk).exists()
    assert admin.get(reverse("wagtailadmin_pages:edit", args=[translation.pk])).status_code == 200


def test_translation_shows_the_link_in_its_language(
    link: SharedLink,  # noqa: F811
    role: Any,  # noqa: F811
    translation: Any,
    welsh: Locale,
) -> None:
    copy = link.copy_for_translation(welsh)
    copy.base_url = "https://cy.example/"
    copy.live = True
    copy.save()
    assert shown(translation)["this"] == "https://cy.example/nursing"
    assert shown(role)["this"] == "https://careers.example/nursing"


def test_link_is_replaced_in_both_languages(
    admin: Client,
    link: SharedLink,  # noqa: F811
    role: Any,  # noqa: F811
    translation: Any,
) -> None:
    new = SharedLinkFactory(name="New", base_url="https://new.example/")
    url = reverse("careers_shared_links:replace", args=[link.pk])
    assert admin.post(url, {"new": new.pk, "paths": "keep"}).status_code == 302
    run_tasks()
    replacement = Replacement.objects.get()
    admin.post(reverse("careers_shared_links:continue_replacement", args=[replacement.pk]))
    outcomes = {row.page_id: row.outcome for row in replacement.pages.all()}
    changed = {} if translation.alias_of_id else {translation.pk: PageOutcome.DRAFTED}
    assert outcomes == {role.pk: PageOutcome.PUBLISHED, **changed}
    for page in (role, translation):
        assert shown(page)["this"] == "https://new.example/nursing"
    # A draft that was never published is stored as it was made, beside its newest version.
    left = 0 if translation.alias_of_id else 1
    assert usage_counts([link, new]) == {link.pk: left, new.pk: 2}
