"""Words that readers saw apart stay apart, and joined words joined, on both sides of the check."""

import pytest

from wagtail_careers.importing.reading import tree
from wagtail_careers.importing.reading.content import link_texts
from wagtail_careers.importing.reading.html import read_html
from wagtail_careers.importing.reading.tree import all_words

#: The elements that browsers show within a line, without a space around them.
WITHIN_LINES = frozenset(
    """
    a abbr acronym b basefont bdi bdo big cite code data del dfn em font i ins kbd label map
    mark nobr output q rb rtc rp ruby s samp slot small span strike strong sub sup time tt u var
    wbr
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)
#: Elements without a box of their own, or that readers do not see.
WITHOUT_BOX = frozenset(
    """
    area base bgsound datalist frame frameset head link meta noembed noframes noscript param
    script source style template title track
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)
ELEMENTS = frozenset(
    """
    a abbr acronym address area article aside audio b base basefont bdi bdo bgsound big
    blockquote body br button canvas caption center cite code col colgroup data datalist dd del
    details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame
    frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label
    legend li link main map mark marquee menu meta meter nav nobr noembed noframes noscript
    object ol optgroup option output p param picture pre progress q rb rp rt rtc ruby s samp
    script search section select slot small source span strike strong style sub summary sup svg
    table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)


def shown(html: str) -> str:
    return " ".join(block.text for block in read_html(html).blocks)


def test_each_element_of_html_is_within_lines_or_separates_words() -> None:
    apart = {*tree.BLOCK_LEVEL, *tree.BETWEEN_WORDS, "rt"}
    assert ELEMENTS - apart == WITHIN_LINES | WITHOUT_BOX
    assert apart <= ELEMENTS


@pytest.mark.parametrize(
    "html",
    [
        "<button>Apply</button><button>Ask</button>",
        "Apply<button>Ask</button>",
        "Apply<input>Ask",
        "Apply<progress></progress>Ask",
        "<select><option>Apply<option>Ask</select>",
        "<table><tr><td>Apply</td><script></script><td>Ask</td></tr></table>",
        "<table><tr><td>Apply<td>Ask</table>",
        '<a href="/a">Apply</a><a href="/a">Ask</a>',
        '<b><a href="/a">Apply</a></b><!-- c --><i><a href="/b">Ask</a></i>',
        '<span style="display:inline-block">Apply</span>Ask',
        '<span style="color:red; display : flex">Apply</span>Ask',
        'Apply<a class="wp-block-button__link" href="/a">Ask</a>',
        'Apply<span role="button">Ask</span>',
        'Apply<span class="btn btn-primary">Ask</span>',
        "<ruby>Apply<rt>Ask</rt></ruby>",
        "Apply<svg></svg>Ask",
        "<div>Apply</div><div>Ask</div>",
        "Apply<hr>Ask",
    ],
)
def test_words_that_were_apart_stay_apart(html: str) -> None:
    assert all_words(html) == ["Apply", "Ask"]
    assert shown(html).split() == ["Apply", "Ask"]


@pytest.mark.parametrize(
    "html",
    [
        "<b>Apply</b>Ask",
        '<a href="/a">Apply</a>Ask',
        'Apply<a href="/a">Ask</a>',
        "Apply<wbr>Ask",
        "<label>Apply</label>Ask",
        '<span style="display: inline">Apply</span>Ask',
        '<span style="display:   inline;color:red">Apply</span>Ask',
        '<span class="buttoned">Apply</span>Ask',
        "Apply<!-- c -->Ask",
        "<x-y>Apply</x-y>Ask",
    ],
)
def test_words_that_were_joined_stay_joined(html: str) -> None:
    assert all_words(html) == ["ApplyAsk"]
    assert shown(html) == "ApplyAsk"


def test_ruby_in_brackets_stays_as_it_is() -> None:
    html = "<ruby>看護師<rp>(</rp><rt>かんごし</rt><rp>)</rp></ruby>の仕事です。"
    assert shown(html) == "看護師(かんごし)の仕事です。"
    assert all_words(html) == [shown(html)]


@pytest.mark.parametrize("between", ["", " ", "<s>x</s>", "<script>x</script>", "<!-- -->"])
def test_neighbouring_links_of_one_address_stay_two(between: str) -> None:
    html = f'<a href="/f.pdf">Job description</a>{between}<a href="/f.pdf" download>Download</a>'
    (block,) = read_html(html).blocks
    assert block.text == "Job description Download"
    assert list(link_texts(block.runs)) == [("/f.pdf", "Job description"), ("/f.pdf", "Download")]
