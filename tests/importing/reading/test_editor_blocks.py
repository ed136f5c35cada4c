"""What comments of the block editor say is on the page or named."""

import pytest

from wagtail_careers.importing.reading.html import read_html


def named(html: str) -> list[tuple[str, str]]:
    return [
        (loss.parameters["attribute"], loss.parameters["text"])
        for loss in read_html(html).losses
        if loss.code == "attribute"
    ]


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('{"alt":"The ward at night"}', ("alt", "The ward at night")),
        ('{"url":"https://old.example/a.jpg"}', ("url", "https://old.example/a.jpg")),
        ('{"data":{"field":{"0":"Ask Ann for a place"}}}', ("field", "Ask Ann for a place")),
        ('{"buttonText":"Apply"}', ("buttonText", "Apply")),
        ('{"call_to_text":"Apply"}', ("call_to_text", "Apply")),
        ('{"link":{"href":"/apply"}}', ("href", "/apply")),
        ('{"html":"\\u003cp\\u003eAsk \\u003cb\\u003eAnn\\u003c/b\\u003e"}', ("html", "Ask Ann")),
        ('{"text":"Ask Ann",}', ("text", '{"text":"Ask Ann",}')),
    ],
)
def test_an_attribute_of_a_block_is_named(attributes: str, expected: tuple[str, str]) -> None:
    html = f"<!-- wp:acme/box {attributes} --><p>Text</p><!-- /wp:acme/box -->"
    assert named(html) == [expected]


@pytest.mark.parametrize(
    "block",
    [
        'wp:button {"text":"Apply here","url":"https://jobs.example/a"}',
        'wp:group {"metadata":{"name":"The part at the top"},"className":"is-style card wide"}',
        'wp:columns {"isStackedOnMobile":false,"columns":3,"style":{"spacing":{"top":"1 2 3"}}}',
        'wp:heading {"level":3,"textAlign":"center","titleColor":"black"}',
    ],
)
def test_what_is_on_the_page_or_for_the_editor_is_not_named(block: str) -> None:
    html = f'<!-- {block} --><p><a href="https://jobs.example/a">Apply here</a></p>'
    assert named(html) == []


@pytest.mark.parametrize("text", ["1 < 2 and 3 > 2", "<b>Ask Ann</b>", "a/b"])
def test_a_block_without_html_is_named_whatever_is_in_it(text: str) -> None:
    written = f'acme/box {{"text":"{text}"}}'
    assert read_html(f"<p>A</p><!-- wp:{written} /-->").unwritten == (written,)


def test_a_comment_that_the_next_one_closes_is_not_closed() -> None:
    html = "<p>A</p><!-- note <p>Lost words</p><!-- wp:paragraph --><p>B</p>"
    (loss,) = read_html(html).losses
    assert (loss.code, loss.parameters["text"]) == (
        "unclosed",
        "note <p>Lost words</p><!-- wp:paragraph",
    )
