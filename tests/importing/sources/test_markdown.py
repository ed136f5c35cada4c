"""Markdown is told from HTML, and rendered without the loss of a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_careers.importing.reading.html import read_html
from wagtail_careers.importing.sources.markdown import recognised, rendered
from wagtail_careers.importing.sources.markdown_blocks import MAX_BLOCKS


@pytest.mark.parametrize(
    "text",
    [
        "## What will I be doing?\n\nYou push beds.",
        "You push beds.\n\n* One\n* Two",
        "See [our guide](https://guide.example/).",
        'See [our guide](https://guide.example/ "Guide").',
        "See [our guide][1].\n\n [1]: https://guide.example/",
        "You are **kind**.",
        "You are *kind*.",
        "You are _kind_.",
        "| Day | Shift |\n|---|---|\n| Monday | Early |",
        "```\ncode\n```",
        "Duties\n------\n\nYou push beds.",
        "> We care.",
        "**Pay**: <br>£9 <em>an hour</em>",
        "# One\n\n## Two\n\n## Three\n\n<div>Note</div>",
    ],
)
def test_markdown(text: str) -> None:
    assert recognised(text).format == "markdown"


@pytest.mark.parametrize(
    "text",
    [
        "You push beds.\n\nYou talk to patients.",
        "You earn 5 * 3 * 2 pounds.\n\n    An indented line.",
        "<p>You push beds.</p>\n\n* A note\n\n1. Another",
        "<!-- wp:paragraph -->\n<p>You are *kind*.</p>\n<!-- /wp:paragraph -->",
        "You are <strong>kind</strong>.\n\n- You push *beds*\n- You_talk_to patients",
        "Call 1234_5678_90 #nurses snake_case_name",
        "<h2>Duties</h2>\nYou push beds.\n<h2>Pay</h2>\n**£9**",
        "[button link='https://x.example/']Apply[/button]",
        "#1 in care",
        "",
    ],
)
def test_html(text: str) -> None:
    assert recognised(text).format == "html"


@pytest.mark.parametrize(
    ("text", "is_mixed"),
    [
        ("<p>You are **kind**.</p>", True),
        ("# One\n\n## Two\n\n<hr>", True),
        ("<p>You are *kind*.</p>", False),
        ("You are **kind** and <em>calm</em>.", False),
    ],
)
def test_signs_of_both_are_known(text: str, is_mixed: bool) -> None:
    assert recognised(text).is_mixed == is_mixed


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("You *push*\nbeds.  \nNow.", "<p>You <em>push</em> beds.<br>Now.</p>"),
        (
            "- [x][a]\n\n[a]: http://x.example/é?a_b_c",
            '<ul>\n<li><a href="http://x.example/é?a_b_c">x</a></li>\n</ul>',
        ),
        ("~~old~~", "<p><s>old</s></p>"),
        ("[x](javascript:alert(1))", '<p><a href="javascript:alert(1)">x</a></p>'),
        ('“Quotes” -- and "these"...', "<p>“Quotes” -- and &quot;these&quot;...</p>"),
        ("Tea &amp; caf&eacute; &lt;b&gt;", "<p>Tea &amp; café &lt;b&gt;</p>"),
        ("<b>bold</b> *it*", "<p><b>bold</b> <em>it</em></p>"),
        ("See http://x.example/_a_/*b*.", "<p>See http://x.example/_a_/<em>b</em>.</p>"),
        ("[box a_b='*x*' c=_d_] *y*", "<p>[box a_b='*x*' c=_d_] <em>y</em></p>"),
        ("[box a=b](https://x.example/)", '<p><a href="https://x.example/">box a=b</a></p>'),
        (
            "Pay[^b] is good[^a], yes[^b].\n\n[^a]: With *bonus*.\n\n[^b]: £9.\n\n[^c]: Old."
            "\n\nEnd.",
            "<p>Pay (1) is good (2), yes (1).</p>\n<p>End.</p>\n<ol><li><p>£9.</p>\n</li>"
            "<li><p>With <em>bonus</em>.</p>\n</li><li><p>Old.</p>\n</li></ol>",
        ),
        ("Pay[^1] [^", "<p>Pay[^1] [^</p>"),
        ("7. Seven", '<ol start="7">\n<li>Seven</li>\n</ol>'),
        ("Dutí **náboženské**", "<p>Dutí <strong>náboženské</strong></p>"),
    ],
)
def test_rendering(text: str, html: str) -> None:
    found = rendered(text)
    assert (found.html.strip(), found.lost) == (html, "")


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("One\n\n[1]: https://unused.example/ 'Title'", "https unused example Title"),
        (">" * 150 + " deep words", "deep words"),
        ("One [two][x]\n\n[x]: https://used.example/", ""),
        ("1. One\n2. Two\n\n> 3) Three", ""),
        ("```python\ncode\n```", ""),
        ("a\\_b un*believ*able &#65;", ""),
        ("| a | b |\n|---|---|\n| c | d | e |", "e"),
        ("Pay[^the-note]\n\n[^the-note]: One\n[^the-note]: Two", ""),
    ],
)
def test_words_that_the_parser_drops_are_known(text: str, lost: str) -> None:
    assert rendered(text).lost == lost


@pytest.mark.parametrize("text", ["[^", "[^a", "[^a]", "![^", "[^a]:", "[^a]: b\n", "^["])
def test_footnotes_are_looked_for_in_linear_time(text: str) -> None:
    assert rendered(f"[^a]: x\n\n{text * (99_000 // len(text))}").html


def test_a_paragraph_that_nobody_wrote_is_kept_as_typed() -> None:
    text = "**a** & " * 20_000
    found = rendered(f"*b*\n\n{text}")
    assert found.html.startswith("<p><em>b</em></p>\n<p>**a** &amp; **a**")
    assert (found.lost, found.is_typed) == ("", True)


def test_a_text_of_countless_blocks_is_kept_as_typed() -> None:
    text = "- *a* & b\n" * (MAX_BLOCKS // 5 + 1)
    found = rendered(text)
    assert found.html == text.replace("&", "&amp;")
    assert (found.lost, found.is_typed) == ("", True)
    assert not rendered(text[: len(text) // 2]).is_typed


def test_references_repeat_long_addresses_only_so_often() -> None:
    address = "https://x.example/" + "a" * 100_000
    html = rendered(f"[x]: {address}\n\n{'[x] ' * 1000}").html
    assert html.count(f'<a href="{address}">x</a>') == 4
    assert html.count("[x]") == 996


words = st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=8)
marks = ["{}", "*{}*", "**{}**", "`{}`", "[{}](https://x.example/)", "~~{}~~", "[b a=_{}_]"]
inline = st.builds(lambda mark, word: mark.format(word), st.sampled_from(marks), words)
lines = st.lists(inline, min_size=1, max_size=5).map(" ".join)
starts = ["{}", "# {}", "* {}", "1. {}", "> {}", "{}\n---", "| {} | b |\n|---|---|\n| c | d |"]
blocks = st.builds(lambda start, line: start.format(line), st.sampled_from(starts), lines)


@given(st.lists(blocks, min_size=1, max_size=6).map("\n\n".join))
def test_every_word_is_in_what_is_read(text: str) -> None:
    found = rendered(text)
    assert found.lost == ""
    read = read_html(found.html)
    shown = "".join(run.text for block in read.blocks for run in block.runs)
    assert shown.strip()
