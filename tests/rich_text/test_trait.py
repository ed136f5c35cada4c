from typing import Any

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.converters.editor_html import EditorHTMLConverter
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea
from wagtail.rich_text import features as registry

from tests.factories import SharedLinkFactory
from wagtail_careers.rich_text import INLINE_FEATURES, PROSE_FEATURES
from wagtail_careers.rich_text.traits import trait_phrases


def round_trip(html: str, features: list[str] | None = None) -> str:
    """From the database to the editor and back."""
    converter = ContentstateConverter(features=features or list(PROSE_FEATURES))
    return str(converter.to_database_format(converter.from_database_format(html)))


@pytest.mark.parametrize(
    "inner",
    [
        "<mark>patience</mark>",
        "Much <mark>patience</mark> and <mark>care</mark>.",
        "<b>Bold</b> <mark>patience</mark> <i>slanted</i>",
        "<mark>Q&amp;A &lt;b&gt;</mark>",
    ],
)
def test_trait_survives_the_editor(inner: str) -> None:
    html = f'<p data-block-key="a1b2c">{inner}</p>'
    assert round_trip(html) == html


def test_trait_survives_in_a_list() -> None:
    html = '<ul><li data-block-key="a1b2c"><mark>patience</mark> with people</li></ul>'
    assert round_trip(html) == html


def test_trait_keeps_other_styles_within() -> None:
    html = round_trip('<p data-block-key="a1b2c"><mark>very <b>clear</b> words</mark></p>')
    assert "<mark>" in html
    assert "<b>" in html
    assert "very" in html
    assert "clear" in html


@pytest.mark.parametrize(
    ("inner", "phrases"),
    [
        ("<mark>strong <b>communication</b> skills</mark>", ("strong communication skills",)),
        ("<mark>strong <i>communication</i></mark>", ("strong communication",)),
        ("<mark><b>strong <i>team</i></b>work</mark>", ("strong teamwork",)),
        ("<b>very <mark>pa</mark></b><mark>tient</mark>", ("patient",)),
        (
            '<mark>good <a linktype="shared-link" id="{link}" path="x">English</a> skills</mark>',
            ("good English skills",),
        ),
        ('<a href="https://a.example/"><mark>calm</mark></a><mark>ness</mark>', ("calmness",)),
        ("<mark>wit</mark> <mark>care</mark>", ("wit", "care")),
        ("<mark>wit</mark><b> </b><mark>care</mark>", ("wit", "care")),
        ("<mark>wit </mark> <mark>care</mark>", ("wit", "care")),
        (
            '<mark>good <span lang="cy">Cymraeg llafar</span> skills</mark>',
            ("good Cymraeg llafar skills",),
        ),
        ('<mark>a <span lang="cy">dau <b>tri </b>pedwar</span> b</mark>', ("a dau tri pedwar b",)),
    ],
)
def test_trait_is_one_phrase_when_a_part_of_it_is_bold_or_linked(
    db: None, inner: str, phrases: tuple[str, ...]
) -> None:
    html = f"<p>{inner.format(link=SharedLinkFactory().pk)}</p>"
    for _opened_and_saved in range(3):
        html = round_trip(html)
        assert trait_phrases(html) == phrases


def test_traits_of_two_paragraphs_are_two() -> None:
    html = round_trip("<p><mark>wit</mark></p><p><mark>care</mark></p>")
    assert trait_phrases(html) == ("wit", "care")


def test_field_without_the_feature_keeps_the_words() -> None:
    html = round_trip('<p data-block-key="a1b2c">Much <mark>patience</mark>!</p>', ["bold"])
    assert html == '<p data-block-key="a1b2c">Much patience!</p>'


def test_editor_html_keeps_the_trait_and_drops_its_attributes() -> None:
    converter = EditorHTMLConverter(features=list(PROSE_FEATURES))
    html = '<p>Much <mark class="x" onclick="alert(1)">patience</mark></p>'
    assert converter.to_database_format(html) == "<p>Much <mark>patience</mark></p>"
    assert converter.from_database_format("<p><mark>a</mark></p>") == "<p><mark>a</mark></p>"


@pytest.mark.parametrize("features", [INLINE_FEATURES, PROSE_FEATURES])
def test_editor_offers_the_button_with_an_icon_and_a_shortcut(features: Any) -> None:
    widget = DraftailRichTextArea(features=list(features))
    (style,) = [style for style in widget.options["inlineStyles"] if style["type"] == "TRAIT"]
    assert style["icon"] == "careers-trait"
    assert "Ctrl/⌘+Shift+H" in str(style["description"])
    assert {"type": "TRAIT"} in widget.options["plugins"]
    assert "wagtail_careers/js/trait.js" in str(widget.media)
    assert "wagtail_careers/css/trait.css" in str(widget.media)


def test_style_in_the_editor_leaves_links_their_colour() -> None:
    widget = DraftailRichTextArea(features=["trait", "shared-link"])
    (style,) = [style for style in widget.options["inlineStyles"] if style["type"] == "TRAIT"]
    assert set(style["style"]) == {"backgroundColor", "borderBottom"}


def test_editor_without_the_feature_has_no_trace_of_it() -> None:
    widget = DraftailRichTextArea(features=["bold"])
    assert "TRAIT" not in str(widget.options)
    assert "trait.js" not in str(widget.media)


def test_feature_is_registered_under_its_name() -> None:
    assert registry.get_editor_plugin("draftail", "trait") is not None
