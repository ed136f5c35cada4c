"""Phrases in another language, from the editor to readers."""

import json
from typing import Any

import pytest
from django.utils import translation
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.converters.editor_html import EditorHTMLConverter
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea
from wagtail.rich_text import features as registry

from wagtail_careers.languages import known_languages
from wagtail_careers.rich_text import INLINE_FEATURES, PROSE_FEATURES
from wagtail_careers.rich_text.comparison import diff, read_tokens
from wagtail_careers.rich_text.converter import ProseConverter
from wagtail_careers.rich_text.html import prose_html
from wagtail_careers.rich_text.targets import Ids, Targets
from wagtail_careers.rich_text.traits import trait_phrases
from wagtail_careers.text import plain_text

NO_TARGETS = Targets(Ids())


def round_trip(html: str, features: list[str] | None = None) -> str:
    converter = ProseConverter(features=features or list(PROSE_FEATURES))
    return converter.to_database_format(converter.from_database_format(html))


def render(html: str) -> str:
    return prose_html(html, NO_TARGETS, lambda page: None)


@pytest.mark.parametrize("tag", known_languages())
def test_phrase_in_each_known_language_survives_the_editor(tag: str) -> None:
    html = f'<p data-block-key="a1b2c">Say <span lang="{tag}">this</span> aloud.</p>'
    assert round_trip(html) == html


def test_phrase_can_be_partly_bold_linked_or_a_trait() -> None:
    html = round_trip(
        '<p><span lang="cy">bore <b>da</b> <a href="https://a.example/">pawb</a></span>'
        ' <mark>very <span lang="la">bona</span> fide</mark></p>'
    )
    assert '<b><span lang="cy">da</span></b>' in html
    assert '<a href="https://a.example/"><span lang="cy">pawb</span></a>' in html
    assert plain_text(html) == "bore da pawb very bona fide"
    assert trait_phrases(html) == ("very bona fide",)
    assert '<span lang="cy">pawb</span>' in round_trip(html)


@pytest.mark.parametrize(
    ("inner", "kept"),
    [
        ('<span lang="zz">one</span>', "one"),
        ('<span lang="zz">one <span lang="fr">two</span></span>', 'one <span lang="fr">two</span>'),
        ('<span lang="fr">one <span lang="zz">two</span></span>', '<span lang="fr">one two</span>'),
        ('<span lang="">one</span>', "one"),
        ("<span lang>one</span>", "one"),
        ('<span lang="cy&quot; onclick=&quot;x">one</span>', "one"),
        ('<span lang="CY-gb" class="x">one</span>', '<span lang="cy">one</span>'),
        ("<span>one</span>", "one"),
    ],
)
def test_only_known_languages_survive_and_all_words_do(inner: str, kept: str) -> None:
    expected = f'<p data-block-key="a1b2c">{kept}</p>'
    html = f'<p data-block-key="a1b2c">{inner}</p>'
    assert round_trip(html) == expected
    stock = ContentstateConverter(features=list(PROSE_FEATURES))
    assert stock.to_database_format(stock.from_database_format(html)) == expected


@pytest.mark.parametrize("style", ["LANG-zz", "LANG-", 'LANG-cy" onclick="x', "LANG"])
def test_unknown_style_that_a_script_posts_leaves_the_text(style: str) -> None:
    ranges = [{"offset": 0, "length": 3, "style": style}]
    block = {"key": "a", "text": "one two", "type": "unstyled", "inlineStyleRanges": ranges}
    state = json.dumps({"blocks": [block], "entityMap": {}})
    html = ProseConverter(features=list(PROSE_FEATURES)).to_database_format(state)
    assert html == '<p data-block-key="a">one two</p>'


def test_field_without_the_feature_keeps_the_words() -> None:
    html = '<p data-block-key="a1b2c">Say <span lang="cy">bore da</span>!</p>'
    assert round_trip(html, ["bold"]) == '<p data-block-key="a1b2c">Say bore da!</p>'


def test_editor_html_keeps_the_language_and_drops_all_other_attributes() -> None:
    clean = EditorHTMLConverter(features=list(INLINE_FEATURES)).whitelister.clean
    assert clean('<p><span lang="cy-gb" class="x" onclick="y">da</span></p>') == (
        '<p><span lang="cy">da</span></p>'
    )
    assert clean('<p><span lang="zz">a <b>b</b></span> <span>c</span></p>') == (
        "<p>a <b>b</b> c</p>"
    )


@pytest.mark.parametrize(
    ("active", "stored", "shown"),
    [
        ("en-gb", '<span lang="cy">bore da</span>', '<span lang="cy">bore da</span>'),
        ("en-gb", '<span lang="ur">صبح</span>', '<span lang="ur" dir="rtl">صبح</span>'),
        ("ar", '<span lang="ur">صبح</span>', '<span lang="ur">صبح</span>'),
        ("ar", '<span lang="cy">bore da</span>', '<span lang="cy" dir="ltr">bore da</span>'),
        ("cy", '<span lang="cy">bore da</span>', "<span>bore da</span>"),
        ("en-gb", '<span lang="zz">x</span>', "<span>x</span>"),
        ("en-gb", "<span class='a>b' LANG='cy' onclick='x'>x</span>", '<span lang="cy">x</span>'),
        ("en-gb", '<span lang="&lt;b&gt;">x</span>', "<span>x</span>"),
        ("en-gb", '<span class="note">x</span>', '<span class="note">x</span>'),
    ],
)
def test_readers_get_known_languages_and_their_directions(
    active: str, stored: str, shown: str
) -> None:
    with translation.override(active):
        html = render(f"<p>{stored}</p>").replace('<p dir="auto">', "<p>")
        assert html == f"<p>{shown}</p>"


def test_comparison_shows_a_change_of_language() -> None:
    before = read_tokens("<p>Say bore da to all</p>", NO_TARGETS)
    after = read_tokens('<p>Say <span lang="cy">bore da</span> to all</p>', NO_TARGETS)
    assert "<del>" in diff(before, after)
    assert "bore da (Welsh (Cymraeg))" in diff(before, after)
    assert "<del>" not in diff(after, after)


def test_both_features_of_a_field_share_one_plugin_and_languages_have_no_buttons() -> None:
    widget = DraftailRichTextArea(features=["trait", "language"])
    plugins = [plugin["type"] for plugin in widget.options["plugins"]]
    assert plugins == ["CAREERS-STYLE-EDGES", "TRAIT", "LANGUAGE"]
    styles: list[dict[str, Any]] = widget.options["inlineStyles"]
    languages = [style for style in styles if style["type"].startswith("LANG-")]
    assert len(languages) == len(known_languages())
    assert not any({"icon", "label"} & style.keys() for style in languages)


def test_names_of_the_languages_are_in_the_language_of_the_editor() -> None:
    feature = registry.get_editor_plugin("draftail", "language")
    with translation.override("de"):
        german = json.loads(str(feature.data["languages"]))
    english = json.loads(str(feature.data["languages"]))
    assert ["cy", "Walisisch (Cymraeg)"] in german[1][1]
    assert ["cy", "Welsh (Cymraeg)"] in english[1][1]
