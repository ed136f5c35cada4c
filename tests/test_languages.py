"""The languages of texts: which are known, their names, directions and attributes."""

from typing import Any

import pytest
from django.conf import global_settings
from django.utils import translation

from wagtail_careers.languages import (
    FURTHER,
    MAX_TAG,
    interface_language,
    known_language,
    known_languages,
    language_around,
    language_attributes,
    language_choices,
    language_name,
    site_languages,
    speaking,
    text_direction,
)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("cy", "cy"),
        (" CY ", "cy"),
        ("cy-GB", "cy"),
        ("en_gb", "en-GB"),
        ("zh-hans-cn", "zh-Hans"),
        ("zh-TW", "zh"),
        ("sr-latn", "sr-Latn"),
        ("so", "so"),
    ],
)
def test_tag_in_any_spelling_means_the_known_language(text: str, tag: str) -> None:
    assert known_language(text) == tag


@pytest.mark.parametrize(
    "text",
    ["", "zz", "x", "english", "cy onclick", 'cy" onclick="x', "cy\n<b>", "cy-", "ｃｙ", None, 7],
)
def test_what_is_not_a_known_language_is_dropped(text: Any) -> None:
    assert known_language(text) == ""


def test_languages_of_the_site_come_first_and_are_written_as_html_has_them(settings: Any) -> None:
    settings.LANGUAGE_CODE = "cy"
    settings.WAGTAIL_CONTENT_LANGUAGES = [("cy", "Cymraeg"), ("en-us", "American"), ("xk", "Ours")]
    assert site_languages() == ("cy", "en-US", "xk")
    assert known_languages()[:3] == site_languages()
    assert known_language("en-us") == "en-US"
    assert [tag for tag, _name in language_choices()[0][1]] == ["cy", "en-US", "xk"]
    assert language_name("xk") == "Ours"


def test_language_that_a_site_adds_is_offered_among_the_others(settings: Any) -> None:
    settings.LANGUAGES = [*global_settings.LANGUAGES, ("gsw", "Swiss German")]
    assert site_languages() == ("en-GB",)
    assert known_language("gsw") == "gsw"
    assert ("gsw", "Swiss German") in language_choices()[1][1]


def test_each_language_is_offered_once_and_fits_its_field() -> None:
    offered = [tag for _group, choices in language_choices() for tag, _name in choices]
    assert sorted(offered) == sorted(known_languages())
    assert len(offered) == len(set(offered)) > 100
    assert max(map(len, offered)) <= MAX_TAG
    assert set(FURTHER) <= set(offered)


def test_name_is_in_the_active_language_and_in_the_language_itself() -> None:
    assert language_name("cy") == "Welsh (Cymraeg)"
    assert language_name("so") == "Somali (Soomaali)"
    assert language_name("rom") == "Romani"
    with translation.override("de"):
        assert language_name("cy") == "Walisisch (Cymraeg)"


@pytest.mark.parametrize("tag", ["ar", "ar-DZ", "ckb", "fa", "he", "ps", "ur", "yi", "ku-Arab"])
def test_arabic_and_hebrew_scripts_run_from_right_to_left(tag: str) -> None:
    assert text_direction(tag) == "rtl"


@pytest.mark.parametrize("tag", ["cy", "en-GB", "ku", "zh-Hans", "uz-Latn", "ur-Latn", ""])
def test_other_scripts_run_from_left_to_right(tag: str) -> None:
    assert text_direction(tag) == "ltr"


@pytest.mark.parametrize(
    ("tag", "around", "attributes"),
    [
        ("", "en-GB", {}),
        ("cy", "cy", {}),
        ("cy", "en-GB", {"lang": "cy"}),
        ("ur", "en-GB", {"lang": "ur", "dir": "rtl"}),
        ("ur", "ar", {"lang": "ur"}),
        ("en-GB", "ar", {"lang": "en-GB", "dir": "ltr"}),
    ],
)
def test_element_says_only_what_is_different(
    tag: str, around: str, attributes: dict[str, str]
) -> None:
    assert language_attributes(tag, around) == attributes


def test_language_around_is_that_of_the_templates() -> None:
    with translation.override("fr"):
        assert language_around() == "fr"
    with translation.override(None):
        assert language_around() == ""


def test_language_of_a_text_is_around_what_is_in_it() -> None:
    with translation.override("fr"):
        with speaking("cy"), speaking(""):
            assert (language_around(), translation.get_language()) == ("cy", "cy")
        # Not one of Django's: addresses keep the prefix of the page's language.
        with speaking("so"):
            assert (language_around(), translation.get_language()) == ("so", "fr")
        assert (language_around(), translation.get_language()) == ("fr", "fr")


def test_only_languages_of_the_site_can_be_activated(settings: Any) -> None:
    settings.LANGUAGES = [("en-gb", "English")]
    assert interface_language("en-GB") == "en-gb"
    assert interface_language("cy") == ""
