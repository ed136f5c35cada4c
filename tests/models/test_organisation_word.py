"""The organisation's own words: what they need, and the pages that they are about."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from tests.factories import body
from wagtail_careers.lint.publication import newest_findings
from wagtail_careers.lint.rule import OwnWord
from wagtail_careers.lint.words import own_words
from wagtail_careers.models import OrganisationWord

pytestmark = [pytest.mark.django_db]


def make(word: str, language: str = "en-gb", **values: Any) -> OrganisationWord:
    locale, _created = Locale.objects.get_or_create(language_code=language)
    return OrganisationWord.objects.create(word=word, locale=locale, **values)


def test_word_is_found_on_a_page_in_its_language(publish_role: Any) -> None:
    page = publish_role(body=body(duties="<p>You utilise beds.</p>"))
    language = page.locale.language_code
    make("beds", "cy")
    assert "You utilise" not in {finding.text for finding in newest_findings(page)}
    make("utilise", language, replacement="use", reason="It is short.")
    assert own_words(language) == (OwnWord("utilise", "use", "It is short."),)
    found = [finding.text for finding in newest_findings(page)]
    assert "utilise" in found
    assert "beds" not in found


@pytest.mark.parametrize(
    ("values", "field"),
    [({"word": "…"}, "word"), ({"word": "use", "replacement": "Use"}, "replacement")],
)
def test_entry_that_says_nothing_is_refused(values: Any, field: str) -> None:
    with pytest.raises(ValidationError) as error:
        OrganisationWord(**values, locale=Locale.get_default()).clean()
    assert set(error.value.message_dict) == {field}


def test_word_is_in_the_list_once_for_each_language() -> None:
    make("utilise", Locale.get_default().language_code)
    with pytest.raises(ValidationError, match="in the list already"):
        OrganisationWord(word="Utilise ", locale=Locale.get_default()).clean()
    OrganisationWord(word="utilise", locale=Locale.objects.create(language_code="cy")).clean()


def test_editor_adds_a_word_in_the_careers_menu(admin_client: Client) -> None:
    menu = admin_client.get("/admin/").content.decode()
    assert reverse("careers_words:list") in menu
    data = {"word": " utilise ", "replacement": "use", "reason": ""}
    response = admin_client.post(reverse("careers_words:add"), data)
    assert response.url == reverse("careers_words:list")
    assert OrganisationWord.objects.get().word == "utilise"
    assert "utilise" in admin_client.get(reverse("careers_words:list")).content.decode()
