"""Any post: a second reader finds on the page what it finds in the post.

It reads the post and the page as it is served, and compares them with the account of the import.
"""

import re
from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.importing.second_reader import not_shown, page_words, shown, source_words
from wagtail_careers.importing.planning.options import Options, apply_map
from wagtail_careers.importing.reading import posts
from wagtail_careers.importing.report import account_entries
from wagtail_careers.importing.roles.conversion import convert
from wagtail_careers.importing.roles.role import Choice, Role
from wagtail_careers.importing.sources.posts import Field, Post
from wagtail_careers.importing.sources.wordpress_markdown import read_post as read_file
from wagtail_careers.importing.writing.body import raw_body
from wagtail_careers.pages.models import RolePage

OPTIONS = Options()
#: 2,000 in the profile of the first run of all tests.
EXAMPLES = 5 * settings().max_examples

LATIN = ["word", "two words", "You move beds.", "a,", "“q”", "&amp;", "1 &lt; 2", "café", "x.y"]
OTHER_SCRIPTS = [
    "שלום עולם",
    "تنظيف الأجنحة",
    "看護師の仕事",
    "간호사",
    "พยาบาล",
    "Медсестра отделения",
    "नर्स",
    "👩🏽‍⚕️",
]
WORDS = st.sampled_from([*LATIN, *OTHER_SCRIPTS])
SPACES = st.sampled_from(["", "", " ", "\n", "\n\n", "<br>", "&nbsp;"])
#: Tags of shortcodes, which no reader saw.
SHORTCODES = st.sampled_from(
    [
        '[gallery ids="1,2"]',
        '[vc_row css=".x{}"]',
        "[/vc_row]",
        '[vc_column width="1/2"]',
        "[/vc_column]",
        '[et_pb_text admin_label="Text"]',
        "[/et_pb_text]",
        '[contact-form-7 id="9"]',
    ]
)
SHORTCODE = re.compile(r"\[/?(?:gallery|vc_row|vc_column|et_pb_text|contact-form-7)\b[^\]]*\]")

LINK = "a href='https://h.example/p'"
INLINE = ["b", "strong", "em", "span", LINK, LINK, "u", "code", "mark", "del", "ins", "sub", "abbr"]
RTL = ["p dir='rtl' lang='ar'", "span dir='rtl'", "bdi", "p lang='ja'"]
BLOCKS = ["p", "div", "h2", "h3", "li", "blockquote", "section", "figure", "details", "summary"]
BLOCKS += ["dl", "dt", "dd", "pre", "address", "center", "figcaption", "form", "fieldset", "legend"]
BUILDERS = [
    "div class='elementor-widget-container'",
    "div class='fl-module-content' data-node='5f'",
    "div class='wp-block-columns'",
    "div class='et_pb_row'",
    "button type='button'",
    "label",
    "a class='wp-block-button__link' href='https://h.example/b'",
]
CONTROLS = st.sampled_from(
    ["<select><option>one<option>two</select>", "<textarea>three</textarea>", "<input value='x'>"]
)
COMMENTS = st.sampled_from(
    ["<!-- wp:paragraph -->", "<!-- /wp:paragraph -->", '<!-- wp:group {"a":"\\u0022b"} -->']
)
UNSEEN = st.sampled_from(["<script>s()</script>", "<style>p{}</style>", "<p hidden>secret</p>"])
HEADINGS = st.sampled_from(
    ["<h2>What will I be doing?</h2>", "<h2>Pinterest</h2>", "<p><b>Training</b></p>", "<h3></h3>"]
)


def _element(tag: str, inside: str) -> str:
    return f"<{tag}>{inside}</{tag.split()[0]}>"


def _table(rows: list[list[str]]) -> str:
    cells = ("".join(f"<th>{row[0]}</th><td>{'</td><td>'.join(row)}</td>") for row in rows if row)
    return f"<table><tbody>{''.join(f'<tr>{each}</tr>' for each in cells)}</tbody></table>"


def _list(tag: str, items: list[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag.split()[0]}>"


TEXT = st.lists(WORDS | SPACES | SHORTCODES | COMMENTS | UNSEEN, min_size=1, max_size=6).map(
    "".join
)
MARKUP = st.recursive(
    TEXT | HEADINGS,
    lambda inner: st.one_of(
        st.builds(_element, st.sampled_from([*INLINE, *RTL, *BLOCKS, *BUILDERS]), inner),
        st.builds(_table, st.lists(st.lists(inner, max_size=3), max_size=3)),
        st.builds(
            _list, st.sampled_from(["ul", "ol", "ol start='4'"]), st.lists(inner, max_size=3)
        ),
        st.lists(inner, max_size=4).map("".join),
    ),
    max_leaves=20,
)
POSTS = st.lists(MARKUP, max_size=4).map("\n".join)


#: Text in Markdown, with the words that readers see.
Marked = tuple[str, tuple[str, ...]]

MARKS = ["{}", "{}", "**{}**", "*{}*", "[{}](https://h.example/p)", "[{}][1]"]
LINES = ["{}", "## {}", "> {}", "- {}", "1. {}", "| {} | {} |\n|---|---|\n| {} | {} |"]


def _marked(mark: str, inside: Marked) -> Marked:
    """Put a text, or the same text several times, into a template."""
    text, words = inside
    return mark.replace("{}", text), words * mark.count("{}")


def _together(between: str, parts: list[Marked]) -> Marked:
    return between.join(text for text, _words in parts), sum((words for _text, words in parts), ())


MARKED = st.builds(
    _marked,
    st.sampled_from(MARKS),
    st.sampled_from(["word", "two words", "café", "a,", "You move beds.", *OTHER_SCRIPTS]).map(
        lambda text: (text, tuple(text.split()))
    ),
)
LINE = st.lists(MARKED, min_size=1, max_size=4).map(lambda parts: _together(" ", parts))
MARKDOWN = st.lists(st.builds(_marked, st.sampled_from(LINES), LINE), min_size=1, max_size=6).map(
    lambda parts: _together("\n\n", parts)
)

PLACED = {"how_do_i_apply": "application_links", "skills": "traits"}
MAPPED = apply_map({"fields": PLACED}, OPTIONS)
FIELD = st.recursive(
    WORDS,
    lambda inner: st.builds(_element, st.sampled_from([*INLINE, *BLOCKS]), inner),
    max_leaves=3,
)
FIELDS = st.dictionaries(st.sampled_from([*PLACED, "notes"]), FIELD, min_size=1)


def role_of(post: Post, options: Options = OPTIONS) -> Role:
    ready = options.prepared(post)
    assert isinstance(ready, Post)
    content = posts.read_post(ready, options.conventions)
    phrasebook = options.phrasebook()
    return convert(ready, content, phrasebook, Choice(), options.kinds, options.conventions)


def served(role: Role) -> str:
    """The page as it is served in a preview, which also shows what is incomplete."""
    link = {"href": "https://h.example/"}
    page: Any = RolePage(title=role.title, slug="porter", depth=2, path="00010001")
    page.body = raw_body(role.sections, OPTIONS.kinds, lambda href: link, [], "k")
    request = RequestFactory().get("/")
    request.is_preview = True  # type: ignore[attr-defined]
    return page.serve_preview(request, "").render().content.decode()


@pytest.mark.django_db
@settings(max_examples=EXAMPLES)
@given(POSTS)
@example("word\n<h2>&amp;</h2>")
@example("<h2>Training</h2><h3>👩🏽‍⚕️</h3>You learn.")
def test_a_second_reader_finds_every_word(html: str) -> None:
    role = role_of(Post(key="k", source="s", title="Porter", content=html))
    entries = list(account_entries(role.account))
    words = source_words(html, SHORTCODE)
    told = "".join(entry["words"] for entry in entries)
    assert letters(told) == "Porter" + letters(*(piece.text for word in words for piece in word))
    dropped = [entry["words"] for entry in entries if "dropped" in entry]
    assert letters(*dropped) == letters(*map(not_shown, words))
    on_page = iter(page_words(served(role)))
    for word in ["Porter", *filter(None, map(shown, words))]:
        assert word in on_page, word


@pytest.mark.django_db
@settings(max_examples=EXAMPLES // 2)
@given(MARKDOWN)
@example(("## 👩🏽‍⚕️", ("👩🏽‍⚕️",)))
def test_a_second_reader_finds_every_word_of_markdown(marked: Marked) -> None:
    text, words = marked
    front = "---\nID: 1\npost_title: Porter\n---\n"
    role = role_of(read_file(f"{front}{text}\n\n[1]: https://h.example/one\n", "1.md"))
    told = "".join(entry["words"] for entry in account_entries(role.account))
    assert letters(told) == letters("Porter", *words)
    on_page = iter(page_words(served(role)))
    for word in ["Porter", *words]:
        assert word in on_page, word


@pytest.mark.django_db
@settings(max_examples=EXAMPLES // 2)
@given(FIELDS)
def test_a_second_reader_finds_every_word_of_fields(fields: dict[str, str]) -> None:
    beside = tuple(Field(name, (html,)) for name, html in fields.items())
    role = role_of(Post("k", "s", "Porter", "<p>A cook makes meals.</p>", fields=beside), MAPPED)
    assert not [flag for flag in role.flags if flag.code == "unaccounted"]
    on_page = page_words(served(role))
    named = {part.name: part for part in role.unplaced}
    for name, html in fields.items():
        words = source_words(html, SHORTCODE)
        if name in PLACED:
            left = iter(on_page)
            assert [word for word in map(shown, words) if word and word not in left] == []
        elif words:
            assert named[name].words == len(words)
            whole = ("".join(piece.text for piece in word) for word in words)
            assert letters(named[name].text) == letters(*whole)


def letters(*texts: str) -> str:
    return "".join("".join(texts).split())
