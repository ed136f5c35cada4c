"""Role pages are translated with wagtail-localize."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from tests.factories import (
    RoleCategoryFactory,
    RolePageFactory,
    SharedLinkFactory,
    body,
    link_item,
    shared_link_html,
    step_item,
)
from tests.sites.test_journey import links_of
from wagtail_careers.models import RoleCategory, SharedLink
from wagtail_careers.pages.models import RolePage

if not apps.is_installed("wagtail_localize"):
    pytest.skip("the site does not use wagtail-localize", allow_module_level=True)

from wagtail_localize.models import StringTranslation, Translation, TranslationSource


@pytest.fixture
def welsh(site: Any) -> Locale:
    return Locale.objects.create(language_code="cy")


@pytest.fixture
def role(site: Any, welsh: Locale) -> RolePage:
    """A live role with everything that refers to something else."""
    link = SharedLinkFactory(name="NHS Jobs", base_url="https://careers.example/")
    target = RolePageFactory(parent=site, title="Ward manager", live=True)
    page: RolePage = RolePageFactory(
        parent=site,
        title="Nurse",
        slug="nurse",
        category=RoleCategoryFactory(name="Careers"),
        live=False,
        body=body(
            person_spec="<p>You show <mark>patience</mark>.</p>",
            duties=f"<p>See {shared_link_html(link, 'this', 'nursing')}.</p>",
            application_links={"links": [link_item(link, "apply", "Search here")]},
            progression={"steps": [step_item(page=target), step_item(title="Matron")]},
        ),
    )
    page.save_revision().publish()
    return RolePage.objects.get(pk=page.pk)


def translate(admin: Client, page: Any, locale: Locale) -> Any:
    """The translation that an editor starts."""
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    response = admin.post(url, {"locales": [locale.pk], "include_subtree": "on"})
    assert response.status_code == 302
    return page.get_translation(locale)


def offered(page: Any) -> set[str]:
    """What a translator is asked for."""
    source, _created = TranslationSource.update_or_create_from_instance(page)
    texts = source.stringsegment_set.values_list("string__data", flat=True)
    values = source.overridablesegment_set.values_list("data_json", flat=True)
    objects = source.relatedobjectsegment_set.values_list("object__content_type__model", flat=True)
    return {*texts, *values, *objects}


def test_only_words_are_offered_for_translation(role: RolePage) -> None:
    sections = {"person_spec", "duties", "training", "application_links", "progression"}
    assert offered(role) == {
        *("Nurse", "nurse", "rolecategory"),
        *(f"Title of {name}" for name in sections),
        *(f"Words on {name}." for name in ("heading", "training", "application_links")),
        "Words on progression.",
        *("You show", "patience", "."),
        'See <a id="a1">this</a>.',
        "Search here",
        "Matron",
    }


def test_translation_is_edited_and_published(admin: Client, role: RolePage, welsh: Locale) -> None:
    translate(admin, role.get_parent().get_parent(), welsh)
    copy = role.get_translation(welsh)
    edit_url = reverse("wagtailadmin_pages:edit", args=[copy.pk])
    assert admin.get(edit_url).status_code == 200
    translation = Translation.objects.get(source__object_id=role.translation_key)
    for segment in translation.source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=welsh,
            context=segment.context,
            data=f"{segment.string.data} (cy)",
        )
    assert admin.post(edit_url, {"action": "publish"}).status_code == 302
    copy.refresh_from_db()
    assert copy.live
    # The URLs of the example site have no languages.
    shown = links_of(BeautifulSoup(copy.make_preview_request().content, "html.parser"))
    assert shown["this"] == "https://careers.example/nursing"
    assert shown["NHS Jobs"] == "https://careers.example/apply"
    assert admin.get(edit_url).status_code == 200


@pytest.mark.parametrize("model", [SharedLink, RoleCategory])
def test_editor_of_a_translated_record_opens(
    admin: Client, role: RolePage, welsh: Locale, model: Any
) -> None:
    record = model.objects.order_by("pk").first()
    names = [model._meta.app_label, model._meta.model_name, record.pk]
    url = reverse("wagtail_localize:submit_snippet_translation", args=names)
    assert admin.post(url, {"locales": [welsh.pk]}).status_code == 302
    copy = record.get_translation(welsh)
    usual = f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}"
    assert admin.get(reverse(f"{usual}:edit", args=[copy.pk])).status_code == 200
    assert "https://careers.example/" not in offered(record)
