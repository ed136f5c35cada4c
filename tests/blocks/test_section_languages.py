"""Sections in another language than their page."""

from typing import Any

import pytest
from django.utils import translation
from wagtail.test.utils.form_data import nested_form_data, streamfield

from tests.factories import body
from wagtail_careers.blocks import DutiesBlock, RoleBodyBlock, SectionBlock
from wagtail_careers.blocks.body import shown_sections
from wagtail_careers.blocks.completeness import is_written
from wagtail_careers.blocks.language import LanguageBlock
from wagtail_careers.blocks.wording import WORDING
from wagtail_careers.languages import speaking

BODY = RoleBodyBlock()


def render(raw_body: list[dict[str, Any]]) -> str:
    return str(BODY.render(BODY.to_python(raw_body)))


def section_in(language: str, **values: Any) -> list[dict[str, Any]]:
    section = {"prose": "<p>Words</p>", "title": "Gwaith", "language": language, **values}
    return body(duties=section)


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en-gb"):
        yield


def test_section_and_its_entry_in_the_contents_list_say_the_language() -> None:
    html = render(section_in("cy"))
    assert 'id="duties" lang="cy">' in html
    assert '<a href="#duties" lang="cy">Gwaith</a>' in html
    assert 'id="duties-title" dir="auto">Gwaith</h2>' in html
    assert html.count("lang=") == 2


def test_section_from_right_to_left_says_its_direction() -> None:
    html = render(section_in("ur", title="کام"))
    assert 'id="duties" dir="rtl" lang="ur">' in html
    assert '<a href="#duties" dir="rtl" lang="ur">کام</a>' in html
    with translation.override("ar"):
        assert 'lang="ur">' in render(section_in("ur"))
        assert 'dir="ltr" lang="cy">' in render(section_in("cy"))


@pytest.mark.parametrize("language", ["", "en-GB", "en_gb", "zz", 'cy" onclick="x', None])
def test_language_of_the_page_and_what_is_no_language_are_not_said(language: Any) -> None:
    assert "lang=" not in render(section_in(language))


def test_default_title_that_is_not_translated_is_in_the_language_of_the_page() -> None:
    html = render(section_in("cy", title=""))
    assert 'id="duties" lang="cy">' in html
    assert '<a href="#duties" dir="auto">What would I be doing?</a>' in html
    assert 'id="duties-title" lang="en-GB">What would I be doing?</h2>' in html


def test_default_title_is_translated_if_there_is_a_translation(settings: Any) -> None:
    class Title:
        def __str__(self) -> str:
            return "Beth?" if translation.get_language() == "cy" else "What?"

    settings.WAGTAIL_CAREERS = {"DEFAULT_TITLES": {"duties": Title()}}
    html = render(section_in("cy", title=""))
    assert '<a href="#duties" lang="cy">Beth?</a>' in html
    assert 'id="duties-title" dir="auto">Beth?</h2>' in html


def test_introduction_says_its_language() -> None:
    html = render(body(heading={"introduction": "<p>Shwmae</p>", "language": "cy"}))
    assert 'class="careers-prose careers-introduction" lang="cy">' in html
    assert html.count("lang=") == 1


def test_phrase_in_the_language_of_the_page_is_marked_in_a_section_of_another() -> None:
    html = render(section_in("cy", prose='<p><span lang="en-GB">Porter</span> da</p>'))
    assert '<p><span lang="en-GB">Porter</span> da</p>' in html
    html = render(section_in("cy", prose='<p><span lang="cy">Porthor</span> da</p>'))
    assert "<p><span>Porthor</span> da</p>" in html


def test_section_in_the_language_of_a_page_says_nothing() -> None:
    with speaking("so"):
        attributes = [each.attributes for each in shown_sections(BODY.to_python(section_in("so")))]
    assert set(attributes) == {""}


def test_language_alone_is_no_content() -> None:
    assert not is_written({"title": "Gwaith", "prose": "", "language": "cy"})
    assert is_written({"title": "Gwaith", "prose": "<p>x</p>", "language": "cy"})


def test_language_is_the_last_field_and_among_the_settings() -> None:
    for name, block in BODY.child_blocks.items():
        assert list(block.child_blocks)[-1] == "language", name
        assert block.meta.form_layout.settings == ["language"], name


def test_section_of_a_site_can_do_without_a_language() -> None:
    class QuietBlock(SectionBlock):
        language = None

    assert list(QuietBlock().child_blocks) == ["title"]
    assert QuietBlock().meta.form_layout.settings == []
    value = QuietBlock().to_python({"title": "x"})
    assert QuietBlock().get_prep_value(value) == {"title": "x"}


def test_only_a_chosen_language_is_stored() -> None:
    block = DutiesBlock()
    for language, stored in (("cy", {"language": "cy"}), ("", {}), ("zz", {})):
        raw = {"title": "x", "prose": "<p>y</p>", "language": language}
        kept = block.get_prep_value(block.to_python(raw))
        assert kept == {"title": "x", "prose": "<p>y</p>", **stored}


def test_language_is_chosen_in_the_form() -> None:
    section = {"title": "x", "prose": "null", "language": "cy"}
    data = nested_form_data({"body": streamfield([("duties", section)])})
    value = BODY.value_from_datadict(data, {}, "body")
    assert BODY.clean_deferred(value)[0].value["language"] == "cy"
    data["body-0-value-language"] = "zz"
    value = BODY.value_from_datadict(data, {}, "body")
    assert BODY.clean_deferred(value)[0].value["language"] == ""


def test_migrations_have_no_list_of_languages() -> None:
    path, args, kwargs = LanguageBlock().deconstruct()
    assert (path, args) == ("wagtail.blocks.CharBlock", ())
    assert not {"choices", *WORDING} & kwargs.keys()


def test_names_of_languages_are_neither_searched_nor_translated() -> None:
    block = LanguageBlock()
    assert block.get_searchable_content("cy") == []
    assert block.get_translatable_segments("cy") == []
