"""The images and embedded objects that are found in a post."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_careers.importing.reading.content import Image
from wagtail_careers.importing.reading.html import read_html
from wagtail_careers.text import one_line


def images(html: str) -> list[tuple[str, str, str]]:
    return [(image.src, image.alt, image.caption) for image in read_html(html).images]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="a.png" alt="A  desk">',
        '<img data-src="a.png" src="data:image/gif;base64,R0lG" alt="A desk">',
        '<img data-lazy-src="a.png" src="about:blank" alt="A desk">',
        '<img data-srcset="a-2x1.png 200w, a.png 800w" alt="A desk">',
        '<img srcset="a.png 2x, a-2x1.png" src="a.png" alt="A desk">',
        '<picture><source srcset="a.webp"><img src="a.png" alt="A desk"></picture>',
        '<img data-src="a.png" alt=""><noscript><img src="a.png" alt="A desk"></noscript>',
        '<a href="a.png"><img src="a-300x200.png" alt="A desk"></a>',
        '<p hidden><img src="a.png" alt="A desk"></p>',
        '<input type="image" src="a.png" alt="A desk">',
    ],
)
def test_one_image_is_found_once(html: str) -> None:
    assert images(html) == [("a.png", "A desk", "")]


@pytest.mark.parametrize(
    "html",
    [
        '<picture><source srcset="b.png 2x"><img src="a.png"></picture>',
        '<a href="a.png"><img src="b.png"></a>',
        '<video poster="a.png"></video><div style="background: url(\'b.png\')"></div>',
        '<div data-bg="a.png"></div><img src="b.png">',
    ],
)
def test_images_with_names_of_their_own_are_several(html: str) -> None:
    assert {src for src, _alt, _caption in images(html)} == {"a.png", "b.png"}


@pytest.mark.parametrize(
    "html",
    [
        '<figure><img src="a.png"><figcaption>Our <b>desk</b></figcaption></figure>',
        '<div class="wp-caption"><img src="a.png"><p class="wp-caption-text">Our desk</p></div>',
        '<dl class="gallery-item"><dt><img src="a.png"></dt>'
        '<dd class="wp-caption-text gallery-caption">Our desk</dd></dl>',
        '[caption id="x" width="3"]<a href="/"><img src="a.png"></a> Our <b>desk</b>[/caption]',
        '[caption id="x" caption="Our desk"]<img src="a.png">[/caption]',
        '<figure class="wp-block-gallery"><figure><img src="a.png"><figcaption>Our desk'
        "</figcaption></figure><figcaption>All of it</figcaption></figure>",
        "<figure><figcaption>Our</figcaption><img src=a.png><figcaption>desk</figcaption></figure>",
    ],
)
def test_a_caption_goes_with_its_image(html: str) -> None:
    assert images(html) == [("a.png", "", "Our desk")]


@pytest.mark.parametrize(
    "html",
    [
        "</figcaption><figcaption>x</figcaption><img src=a.png>",
        "[caption]<figure>[caption]<img src=a.png></figure>[/caption][/caption]",
        "[/caption]<img src=a.png>[caption]",
        "<figcaption>[caption]</figcaption>[/caption]<img src=a.png>",
        "<figure><figcaption>[caption]<img src=a.png></figcaption></figure>",
    ],
)
def test_broken_captions_lose_no_image(html: str) -> None:
    assert [src for src, _alt, _caption in images(html)] == ["a.png"]


PARTS = st.sampled_from(
    [
        "<figure>",
        "</figure>",
        "<figcaption>",
        "</figcaption>",
        '<div class="wp-caption gallery-item">',
        '<p class="wp-caption-text">',
        "</p>",
        "</div>",
        "[caption]",
        "[/caption]",
        "[gallery]",
        "<picture>",
        "</picture>",
        '<a href="/">',
        "</a>",
        "words",
        "IMAGE",
    ]
)


@given(st.lists(PARTS, max_size=40))
def test_no_image_is_lost_whatever_is_around_it(parts: list[str]) -> None:
    expected, html = [], ""
    for number, part in enumerate(parts):
        if part == "IMAGE":
            expected.append(f"image{number}.png")
            part = f'<img src="{expected[-1]}">'
        html += part
    assert [src for src, _alt, _caption in images(html)] == expected


def test_galleries_name_their_images() -> None:
    found = read_html('[gallery ids="7, 8,7"] [gallery] [gallery id="9"] [[gallery ids="1"]]')
    assert [image.attachment for image in found.images] == ["7", "8"]
    assert found.galleries == ("", "9")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('[vc_single_image image="12" img_size="full"]', [("12", "", "")]),
        ('[vc_gallery images="1, 2,1"]', [("1", "", ""), ("2", "", "")]),
        ('[et_pb_gallery gallery_ids="3"]', [("3", "", "")]),
        ('[fusion_imageframe image_id="44|full"]', [("44", "", "")]),
        ('[et_pb_image src="/uploads/a.jpg" alt="A bed"]', [("", "/uploads/a.jpg", "A bed")]),
        ("[av_image src='/uploads/b.jpg' attachment='33']", [("33", "/uploads/b.jpg", "")]),
        ('[caption id="attachment_7" width="300"]A bed[/caption]', []),
        ("[porter image=none] [see image 12]", []),
        ('<svg><image xlink:href="/uploads/c.png"/></svg>', [("", "/uploads/c.png", "")]),
        ('<table background="/uploads/d.gif"><tr><td>D</table>', [("", "/uploads/d.gif", "")]),
    ],
)
def test_page_builders_and_drawings_name_their_images(
    html: str, expected: list[tuple[str, str, str]]
) -> None:
    found = read_html(html).images
    assert [(image.attachment, image.src, image.alt) for image in found] == expected


@pytest.mark.parametrize("second", ["a.png", "a-300x200.png"])
def test_each_alternative_text_of_an_image_is_kept(second: str) -> None:
    html = f'<img src="a.png" alt="A desk"> or <img src="{second}" alt="Exit">'
    html += f'<img src="{second}" alt="Exit"><img src="{second}" alt="A desk"><img src="a.png">'
    assert read_html(html).images == (Image("a.png", "A desk", description="Exit"),)


def test_texts_of_a_drawing_are_apart() -> None:
    html = "<svg><title>Map</title><desc>Way</desc><text>Ward <tspan>1</tspan></text></svg>"
    runs = (run.text for block in read_html(html).blocks for run in block.runs)
    assert one_line("".join(runs)) == "Map Way Ward 1"


def test_an_id_alone_is_the_image_with_that_id() -> None:
    html = '[gallery ids="7"]<img src="a.png" class="size-full wp-image-7" alt="A desk">'
    assert read_html(html).images == (Image("a.png", "A desk", attachment="7"),)


def test_embedded_objects_are_named_with_what_they_load() -> None:
    html = (
        '<iframe data-src="https://a.example/" src="about:blank"></iframe>'
        '<video><source src="b.mp4"></video><object data="c.swf"></object>'
        '<picture><source srcset="d.png"></picture>'
    )
    found = [(embed.element, embed.src) for embed in read_html(html).embeds]
    assert found == [("iframe", "https://a.example/"), ("source", "b.mp4"), ("object", "c.swf")]
