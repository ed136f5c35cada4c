"""Whatever a post is made of, each word of it is placed or dropped for a reason."""

import re

import pytest
from django.test import RequestFactory
from django.utils.html import escape
from hypothesis import example, given
from hypothesis import strategies as st
from wagtail.blocks import StreamValue

from wagtail_careers.blocks import RoleBodyBlock
from wagtail_careers.importing.planning.options import Options
from wagtail_careers.importing.reading.html import read_html
from wagtail_careers.importing.reading.tree import visible_words
from wagtail_careers.importing.report import account_entries
from wagtail_careers.importing.roles.account import Placement, difference
from wagtail_careers.importing.roles.conversion import convert
from wagtail_careers.importing.roles.role import Choice, Role
from wagtail_careers.importing.sources.posts import Post
from wagtail_careers.importing.writing.body import raw_body
from wagtail_careers.importing.writing.page_check import not_shown

PHRASEBOOK = Options().phrasebook()
KINDS = Options().kinds

WORDS = st.sampled_from(
    [
        "word",
        "two words",
        "a,",
        "“q”",
        "x.",
        "&amp;",
        "&nbsp;",
        "&lt;b&gt;",
        "café",
        "ﬁ",
        "日本",
        "&#8203;",
        "&bogus;",
        "&#0;",
        "1 < 2",
        "a > b",
        "https://x.example/a?b=c&d=e,",
        "(www.y.example)",
        '[gallery ids="1"]',
        "[caption]",
        "[/caption]",
        "[sic]",
        '[x a="b c"]',
        '[button link="https://z.example/a"]',
        "[/button]",
        "[dropcap]",
        "[/dropcap]",
        "\u2028",
        "\x0b",
        "\r\n",
        "e\u0301",
    ]
)
BREAKS = st.sampled_from(["", " ", "\n", "\n\n", "\n \n", "<br>", "<br/>\n<br>", "&nbsp;", "\t"])
INLINE = st.sampled_from(
    [
        "b",
        "strong",
        "em",
        "i",
        "span",
        "a href='http://h.example/p'",
        "a href='javascript:x'",
        "a href='mailto:a@b.example'",
        "a href='#top'",
        "a",
        "mark",
        "u",
        "code",
        "sup",
        "del",
        "font",
        "span style='display:none'",
        "span class='sub_heading'",
        "label",
        "button",
        "button data-href='https://b.example/'",
        "a class='btn' href='http://h.example/p'",
        "span style='display:block'",
        "q",
        "ruby",
        "rt",
        "rp",
        "picture",
        "output",
    ]
)
BLOCK = st.sampled_from(
    [
        "p",
        "div",
        "div class='blocktext'",
        "ul",
        "ol",
        "ol start=4",
        "ol reversed type=i",
        "li",
        "li value=7",
        "h1",
        "h2",
        "h3",
        "h4",
        "h6",
        "table",
        "tr",
        "td",
        "th",
        "tbody",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "section",
        "figure",
        "form",
        "figcaption",
        "details",
        "summary",
        "center",
        "address",
        "hgroup",
        "caption",
        "select",
        "option",
    ]
)
HOSTILE = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        "<iframe src='//e.example'>f</iframe>",
        "<img src=x onerror=alert(1)>",
        "<!-- c -->",
        "<!--more-->",
        "<hr>",
        "<svg><text>s</text></svg>",
        "<math><mi>x</mi></math>",
        "<textarea>t</textarea>",
        "<noscript>n</noscript>",
        "<![CDATA[c]]>",
        "<a href='http://h.example/'><img src='i.png' alt='An image'></a>",
        "<a href='http://w.example/'></a>",
        "<a href='http://w.example/'>one</a><a href='http://w.example/'>two</a>",
        "<input type=button value=v onclick='location=\"/x\"'>",
        "<input value=v>",
        "<progress>p</progress>",
        "<h2>What will I be doing?</h2>",
        "<h2>What next</h2>",
        "<h2></h2>",
        "<p><b>Training</b></p>",
        "</div>",
        "</p>",
        "</b>",
        "<b",
        "<table><p>",
        "<a href='http://h.example/2'>",
        "<object>o</object>",
        "<title>t</title>",
        "<template>t</template>",
        "<body class=x>",
        "<frameset>",
        "<plaintext>",
    ]
)


def _element(tag: str, inside: str, is_closed: bool) -> str:
    return f"<{tag}>{inside}" + (f"</{tag.split()[0]}>" if is_closed else "")


def markup() -> st.SearchStrategy[str]:
    leaf = WORDS | BREAKS | HOSTILE | st.text(max_size=6)
    return st.recursive(
        leaf,
        lambda inner: st.builds(
            _element,
            INLINE | BLOCK,
            st.lists(inner, max_size=6).map("".join),
            st.sampled_from([True, True, True, False]),
        ),
        max_leaves=30,
    )


POSTS = st.lists(markup(), max_size=6).map("\n".join)
TITLES = st.sampled_from(["Porter", "Head of “things”", "A &amp; B", "word"])


def convert_post(html: str, title: str = "Porter") -> Role:
    post = Post(key="k", source="s", title=title, content=html)
    return convert(post, read_html(html), PHRASEBOOK, Choice(), KINDS)


def page_of(role: Role) -> str:
    """The page as its templates show it in a preview, with its title."""
    body = raw_body(role.sections, KINDS, lambda href: {"href": "https://x.example/"}, [], "k")
    sections = StreamValue(RoleBodyBlock(), body, is_lazy=True)
    request = RequestFactory().get("/")
    request.is_preview = True
    html = sections.render_as_block({"request": request})
    return f"<h1>{escape(role.title)}</h1><main>{html}</main>"


@given(POSTS, TITLES)
@example("<ul><li>a<ul><li>b</li></ul>c</li></ul>", "Porter")
@example("foo<script>x</script>bar <b>b</b>ar<img src=x>z", "Porter")
@example("<table><tr><td>a<td>b</table>after", "Porter")
@example("<h2>" + "very long " * 30 + "</h2>text", "Porter")
@example("<a href='http://h.example/'> , </a>", "Porter")
@example("[caption id='a']<img src=x> said[/caption]word", "Porter")
@example("<div>" * 3000 + "deep" + "</div>" * 3000, "Porter")
@example("<b>" * 500 + "deep<p>" * 20, "Porter")
@example("<table><tr><td>word</td><script>x</script></table>", "Porter")
@example("<tr><td>word</td><template>x</template><td>other</td></tr>", "Porter")
@example("<td>word</td><script>…</script>", "Porter")
@example("<table><tr hidden><td>word</td><script>x</script></table>", "Porter")
@example("<s>a</s><a href=x>b</a><s>c</s><a href=x>d</a>e<q>f</q>g", "Porter")
@example("a[x a='b c']b<b>[x a='</b>b c']c[dropcap]d[/dropcap]e", "Porter")
@example("<q>[x a='b c']</q> beds ([x a='b c']), please[x a='b c'].", "Porter")
@example("<q>word</q>\n<q>word</q>", "Porter")
@example("<a href=/x><q>[button link='https://z.example/a']</q></a>", "Porter")
@example("<ol start=3><li><p>a</p><ol><li>b</ol><ol><li>c</ol></ol><ol><li>d</ol>", "Porter")
@example("<svg><tr hidden>x<script>s</script></svg>", "Porter")
@example("\x1b", "Porter")
@example("<p>&#8203;</p>", "Porter")
def test_the_account_of_any_post_closes(html: str, title: str) -> None:
    role = convert_post(html, title)
    assert [flag for flag in role.flags if flag.code == "unaccounted"] == []
    assert not_shown(role.account, visible_words(page_of(role))) == ""


@given(POSTS)
def test_nothing_hostile_reaches_the_rich_text(html: str) -> None:
    role = convert_post(html)
    anchor = {"href": "https://safe.example/"}
    for block in raw_body(role.sections, KINDS, lambda href: anchor, [], "k"):
        value = block["value"]
        for tag in re.findall(r"<[^>]*>", value.get("prose", "") + value.get("introduction", "")):
            assert re.fullmatch(
                r'</?(?:p|b|i|mark|ul|ol|li|h3|a)>|<br/>|<a href="https://safe\.example/">', tag
            ), tag


def test_a_word_that_is_lost_on_the_page_is_found() -> None:
    role = convert_post("<p>One two three.</p><h2>What will I be doing?</h2>Four five.")
    page = page_of(role)
    assert not_shown(role.account, visible_words(page)) == ""
    for word in ("two", "be", "five."):
        without = visible_words(page.replace(f" {word}", ""))
        assert word in not_shown(role.account, without).split()


def test_words_in_another_order_are_found() -> None:
    role = convert_post("<p>One two three.</p>")
    assert not_shown(role.account, visible_words("<h1>Porter</h1><p>Two one three.</p>"))


def test_words_that_only_a_script_has_do_not_count() -> None:
    role = convert_post("<p>One two.</p>")
    page = "<h1>Porter</h1><script>One two.</script>"
    assert not_shown(role.account, visible_words(page))


@pytest.mark.parametrize(
    "entries",
    [
        [Placement("Porter"), Placement("\nOne")],
        [Placement("Porter"), Placement("\nOne"), Placement("two.")],
        [Placement("Porter"), Placement("\ntwo. One")],
        [Placement("Porter"), Placement("\nOne two. three")],
    ],
    ids=["lost", "joined", "turned round", "made up"],
)
def test_an_account_with_other_words_than_the_source_does_not_close(
    entries: list[Placement],
) -> None:
    assert difference("Porter", "<p>One two.</p>", entries)


def test_what_readers_did_not_see_is_dropped_with_its_reason() -> None:
    role = convert_post("One<script>alert(1)</script> [gallery ids='1'] <p hidden>two</p><s>3</s>")
    entries = account_entries(role.account)
    dropped = {entry["words"]: entry["dropped"] for entry in entries if "dropped" in entry}
    assert dropped == {
        "alert(1)": "a script",
        "[gallery ids='1']": "a shortcode",
        "two": "hidden from readers",
        "3": "struck out",
    }
