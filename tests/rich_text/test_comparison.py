"""Two versions of rich text, word by word."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_careers.rich_text.comparison import diff, read_tokens, words
from wagtail_careers.rich_text.targets import Ids, Targets

TARGETS = Targets(
    Ids(),
    shared_links={
        1: SimpleNamespace(name="NHS Jobs"),
        2: SimpleNamespace(name="Health <b>Jobs</b>"),
    },
    pages={7: SimpleNamespace(get_admin_display_title=lambda: "Ward & manager")},
)


def compared(before: str, after: str) -> str:
    """The comparison with [-…-] for what is deleted and [+…+] for what is added."""
    html = diff(read_tokens(before, TARGETS), read_tokens(after, TARGETS))
    html = re.sub(r'<del><span class="deletion">(.*?)</span></del>', r"[-\1-]", html)
    html = re.sub(r'<ins><span class="addition">(.*?)</span></ins>', r"[+\1+]", html)
    return " ".join(html.split())


def link(pk: int, text: str, path: str = "") -> str:
    return f'<a linktype="shared-link" id="{pk}" path="{path}">{text}</a>'


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("<p>You help.</p>", "<p>You help.</p>", "You help."),
        ("<p>You help.</p>", "<p>We help.</p>", "[-You-] [+We+] help."),
        (
            "<p>You show care.</p>",
            "<p>You show <mark>care</mark>.</p>",
            "You show [-care-] [+<mark>care</mark> (trait)+].",
        ),
        ("<p><mark>care</mark></p>", "<p>care</p>", "[-<mark>care</mark> (trait)-] [+care+]"),
        ("<p><b>now</b></p>", "<p><i>now</i></p>", "[-now (bold)-] [+now (italic)+]"),
        ("<p>a</p><p>b</p>", "<p>a b</p>", "a [-¶-] b"),
        ("<p>a b</p>", "<p>a</p><p>b</p>", "a [+¶+]b"),
        ("<p>a</p><p>b</p>", "<p>a</p><p>b</p>", "a<br>b"),
        ("<p>a</p>", "<p>a</p><ul><li>b</li></ul>", "a [+•+][+b+]"),
        ("<ul><li>a</li></ul>", "<ul><li>a</li><li>b</li></ul>", "• a [+•+][+b+]"),
        ("<ul><li>a</li></ul>", "<ol><li>a</li></ol>", "[-•-] [+1.+]a"),
        ("<p>a</p>", "<h3>a</h3>", "[+h3+]a"),
        ("", "<p>a</p>", "[+a+]"),
        ("<p>a</p>", "", "[-a-]"),
    ],
)
def test_shows_words_styles_and_blocks(before: str, after: str, expected: str) -> None:
    assert compared(before, after) == expected


class TestLinks:
    def test_another_target_of_the_same_words(self) -> None:
        assert compared(link(1, "jobs"), link(2, "jobs")) == (
            "[-jobs (link: NHS Jobs)-] [+jobs (link: Health &lt;b&gt;Jobs&lt;/b&gt;)+]"
        )

    def test_another_path(self) -> None:
        assert compared(link(1, "all jobs", "a"), link(1, "all jobs", "b")) == (
            "[-all jobs (link: NHS Jobs: a)-] [+all jobs (link: NHS Jobs: b)+]"
        )

    def test_deleted_link(self) -> None:
        assert compared(link(8, "jobs"), link(9, "jobs")) == (
            "[-jobs (link: missing shared link 8)-] [+jobs (link: missing shared link 9)+]"
        )

    @pytest.mark.parametrize(
        ("anchor", "target"),
        [
            ('<a linktype="page" id="7">x</a>', "Ward &amp; manager"),
            ('<a linktype="page" id="8">x</a>', "missing page 8"),
            ('<a linktype="page" id="<">x</a>', "missing page &lt;"),
            ('<a href="https://x.example/?a=1&amp;b">x</a>', "https://x.example/?a=1&amp;b"),
            ('<a linktype="document" id="3">x</a>', "document 3"),
        ],
    )
    def test_of_other_kinds(self, anchor: str, target: str) -> None:
        assert compared("x", anchor) == f"[-x-] [+x (link: {target})+]"

    def test_that_is_a_trait_is_both(self) -> None:
        html = f"<mark>{link(1, 'care')}</mark>"
        assert compared("", html) == "[+<mark>care</mark> (trait, link: NHS Jobs)+]"

    def test_that_has_not_changed_is_its_text(self) -> None:
        assert compared(link(1, "jobs"), link(1, "jobs")) == "jobs"


@pytest.mark.parametrize(
    "source",
    [
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
        "<script>alert(1)</script>",
        '<p><a href="&quot;&gt;&lt;script&gt;">x</a></p>',
        "<svg onload=alert(1)>x</svg>",
        '<embed embedtype="image" id="1" alt="<script>"/>',
    ],
)
def test_nothing_of_the_source_is_markup(source: str) -> None:
    for before, after in [(source, ""), ("", source), (source, source)]:
        html = diff(read_tokens(before, TARGETS), read_tokens(after, TARGETS))
        tags = set(re.findall(r"<[^>]*>", html))
        assert tags <= {
            *("<br>", "<mark>", "</mark>", "<ins>", "</ins>", "<del>", "</del>", "</span>"),
            *('<span class="addition">', '<span class="deletion">'),
        }


@given(st.text("<>/&; pmarkibul='\"x\n", max_size=60), st.text("<>/&; pamrkx", max_size=60))
def test_damaged_text_can_be_compared(before: str, after: str) -> None:
    old, new = read_tokens(before, TARGETS), read_tokens(after, TARGETS)
    diff(old, new)
    assert "<ins>" not in diff(old, old)


def test_plain_text_is_escaped() -> None:
    html: Any = diff(words("a <b>"), words("a <i>"))
    assert "<b>" not in html
    assert "<i>" not in html
