"""Quirks of posts that WordPress sites have, each with what becomes of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.importing.conftest import Result
from tests.importing.posts import content, export, item, write_post
from wagtail_careers.conf import get_settings
from wagtail_careers.importing.planning.options import Options, from_settings
from wagtail_careers.importing.roles.flags import MAX_OF_A_CODE
from wagtail_careers.importing.roles.headings import Phrasebook
from wagtail_careers.importing.roles.traits import phrases
from wagtail_careers.importing.sources.wordpress import parse_date
from wagtail_careers.pages.models import RolePage

Import = Callable[..., Result]


def body_of(title: str) -> dict[str, str]:
    page = RolePage.objects.get(title=title)
    return {
        child["type"]: child["value"].get("prose") or child["value"].get("introduction")
        for child in page.get_latest_revision_as_object().body.raw_data
    }


def test_an_instruction_to_the_server_is_no_text_and_stops_nothing(
    import_roles: Import, tmp_path: Path
) -> None:
    folder = tmp_path / "posts"
    write_post(folder, 1, "Cook", html="<p>Hello <?php echo 1; ?> there</p>")
    write_post(folder, 2, "Porter")
    assert import_roles(folder).summary["created"] == 2


@pytest.mark.parametrize(
    ("title", "heading", "section"),
    [
        ("Training adviser", "Training", "training"),
        ("Training manager", "What training will I get?", "training"),
        ("Porter", "What does a porter do?", "duties"),
        ("Training adviser", "What would a training adviser do?", "duties"),
    ],
)
def test_words_of_the_title_are_words_of_a_known_phrase_first(
    title: str, heading: str, section: str
) -> None:
    phrasebook: Phrasebook = from_settings(get_settings(), Options().kinds).phrasebook()
    assert phrasebook.meaning(heading, title).section == section


def test_a_light_word_alone_says_nothing(import_roles: Import, tmp_path: Path) -> None:
    sections = {
        "About the role": "A <strong>busy</strong> job.",
        "What will I be doing?": "Beds.",
        "What training is there?": "A day.",
    }
    import_roles(write_post(tmp_path, html=content(sections)))
    found = body_of("Porter")
    assert "person_spec" not in found
    assert found["text"] == "<p>A <b>busy</b> job.</p>"


def test_top_headings_of_sections_are_those_of_sections(
    import_roles: Import, tmp_path: Path
) -> None:
    html = (
        "<h1>About you</h1><p>You are <strong>keen</strong>.</p>"
        "<h1>What would I be doing?</h1><p>You move beds.</p>"
        "<h1>Training</h1><p>You learn.</p>"
    )
    write_post(tmp_path / "posts", html=html)
    import_roles(tmp_path / "posts")
    found = body_of("Porter")
    assert "<mark>keen</mark>" in found["person_spec"]
    assert "move beds" in found["duties"]
    assert "learn" in found["training"]


@pytest.mark.parametrize(
    ("html", "sections"),
    [
        pytest.param(
            "<h2>Job description</h2><h3>Main duties</h3><p>You move beds.</p>"
            "<h3>Responsibilities</h3><p>You lock doors.</p>",
            {
                "duties": (
                    "<h3>Main duties</h3><p>You move beds.</p>"
                    "<h3>Responsibilities</h3><p>You lock doors.</p>"
                )
            },
            id="it means the section that it stands in",
        ),
        pytest.param(
            "<h2>What will I be doing?</h2><p>Lots.</p><h3>Training</h3>"
            "<p>You train others.</p><h2>What training is there?</h2><p>An induction.</p>",
            {
                "duties": "<p>Lots.</p><h3>Training</h3><p>You train others.</p>",
                "training": "<p>An induction.</p>",
            },
            id="a higher heading means the other section",
        ),
    ],
)
def test_a_sub_heading_does_not_divide_its_section(
    import_roles: Import, tmp_path: Path, html: str, sections: dict[str, str]
) -> None:
    import_roles(write_post(tmp_path, html=f"<p>Intro.</p>{html}"))
    assert body_of("Porter") == {"heading": "<p>Intro.</p>", **sections}


def test_a_deeper_heading_begins_a_section_that_no_other_means(
    import_roles: Import, tmp_path: Path
) -> None:
    html = (
        "<p>Intro.</p><h2>What will I be doing?</h2><p>Lots.</p>"
        "<h3>Training</h3><p>An induction.</p>"
    )
    import_roles(write_post(tmp_path, html=html))
    assert body_of("Porter")["training"] == "<p>An induction.</p>"


def test_bold_headings_are_no_traits(import_roles: Import, tmp_path: Path) -> None:
    html = content(
        {
            "What sort of person would I need to be?": (
                "<p><strong>Essential</strong></p><p>You are <strong>kind</strong>.</p>"
            ),
        }
    )
    html += "<p><strong>What would I be doing</strong>?</p><p>You move beds.</p>"
    write_post(tmp_path / "posts", html=html)
    import_roles(tmp_path / "posts")
    found = body_of("Porter")
    assert found["person_spec"].count("<mark>") == 1
    assert "<mark>kind</mark>" in found["person_spec"]
    assert "move beds" in found["duties"]


@pytest.mark.parametrize(
    "old",
    [
        "<del>£18,000</del>",
        "<s>£18,000</s>",
        "<strike>£18,000</strike>",
        '<span style="text-decoration: line-through;">£18,000</span>',
    ],
)
def test_struck_out_text_is_left_out_and_reported(
    import_roles: Import, tmp_path: Path, old: str
) -> None:
    html = content({"What will I be doing?": f"Pay: {old} <ins>£20,000</ins>"})
    result = import_roles(write_post(tmp_path, html=html))
    assert body_of("Porter")["duties"].split() == ["<p>Pay:", "£20,000</p>"]
    assert {"words": "£18,000", "dropped": "struck out"} in result.post(1)["account"]
    assert "struck_out" in [flag["code"] for flag in result.post(1)["flags"] if flag["review"]]


def test_digits_above_the_line_are_reported(import_roles: Import, tmp_path: Path) -> None:
    html = content({"What will I be doing?": "10<sup>3</sup> beds on the 2<sup>nd</sup>"})
    result = import_roles(write_post(tmp_path, html=html))
    (flag,) = [flag for flag in result.post(1)["flags"] if flag["code"] == "raised_digits"]
    assert flag["message"].endswith("“103”")


def test_blocks_that_the_post_does_not_have_are_reported(
    import_roles: Import, tmp_path: Path
) -> None:
    html = (
        "<!-- wp:paragraph --><p>Intro.</p><!-- /wp:paragraph -->"
        '<!-- wp:block {"ref":9} /--><!-- wp:spacer {"height":"9px"} /--><!-- wp:more /-->'
        '<!-- wp:acf/callout {"data":{"text":"Ring us"}} /--><!-- wp:latest-posts /-->'
    )
    result = import_roles(write_post(tmp_path, html=html))
    flags = [flag for flag in result.post(1)["flags"] if flag["code"] == "block"]
    assert [flag["message"].partition(": ")[2] for flag in flags] == [
        'block {"ref":9}',
        'acf/callout {"data":{"text":"Ring us"}}',
        "latest-posts",
    ]
    assert all(flag["review"] for flag in flags)


@pytest.mark.parametrize(
    "heading",
    ["<p>WHAT WOULD I BE DOING?</p>", "<p><u>What would I be doing?</u></p>", "\n\nDuties\n\n"],
)
def test_plain_paragraphs_are_headings_where_a_post_has_no_others(
    import_roles: Import, tmp_path: Path, heading: str
) -> None:
    html = f"<p>You keep things moving.</p>{heading}<p>You move beds.</p>"
    result = import_roles(write_post(tmp_path / "posts", html=html))
    found = body_of("Porter")
    assert found["heading"] == "<p>You keep things moving.</p>"
    assert found["duties"] == "<p>You move beds.</p>"
    # Somebody should look at it.
    assert "doubtful_section" in codes(result)


def test_plain_paragraphs_are_text_where_a_post_has_headings(
    import_roles: Import, tmp_path: Path
) -> None:
    html = "<p>Hello.</p><p>Interested?</p><p>Read on.</p><h2>Training</h2><p>You learn.</p>"
    import_roles(write_post(tmp_path / "posts", html=html))
    found = body_of("Porter")
    assert found["heading"] == "<p>Hello.</p><p>Interested?</p><p>Read on.</p>"
    assert "application_links" not in found


def test_a_second_heading_of_a_section_is_not_called_unknown(
    import_roles: Import, tmp_path: Path
) -> None:
    html = content({"Training": "You learn.", "Your training": "And more.", "Uniform": "Blue."})
    result = import_roles(write_post(tmp_path / "posts", html=html))
    assert [code for code in codes(result) if code.endswith("_section")] == [
        "second_section",
        "text_section",
    ]


def codes(result: Result) -> list[str]:
    return [flag["code"] for flag in result.post(1)["flags"]]


def test_numbers_are_not_split() -> None:
    text = "able to lift 1,000 items, tidy"
    assert [text[start:end] for start, end in phrases(text)] == ["able to lift 1,000 items", "tidy"]


@pytest.mark.parametrize("link", ["/careers/über-mich/", "/careers/%C3%BCber-mich/"])
def test_addresses_of_other_posts_are_known_in_any_encoding(
    import_roles: Import, tmp_path: Path, link: str
) -> None:
    folder = tmp_path / "posts"
    write_post(folder, 1, "Cook", permalink="http://old.example/careers/%c3%bcber-mich/")
    html = content({"What will I be doing?": f'See <a href="{link}">the cook</a>.'})
    write_post(folder, 2, "Porter", html=html)
    import_roles(folder)
    cook = RolePage.objects.get(title="Cook")
    assert f'linktype="page" id="{cook.pk}"' in body_of("Porter")["duties"].replace(
        f'id="{cook.pk}" linktype="page"', f'linktype="page" id="{cook.pk}"'
    )


def test_dates_with_a_zone_are_read() -> None:
    found = parse_date("2018-03-05T10:00:00+01:00")
    assert found is not None
    assert found.astimezone(UTC) == datetime(2018, 3, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf\n", b"\n\n  "])
def test_control_characters_and_lines_before_an_export_lose_nothing(
    import_roles: Import, tmp_path: Path, before: bytes
) -> None:
    items = [item(1, "Cook", content().replace("beds", "be\x08ds")), item(2, "Porter")]
    path = tmp_path / "export.xml"
    path.write_bytes(before + export(items).encode())
    assert import_roles(path).summary["created"] == 2


def test_nobody_has_to_read_thousands_of_flags(import_roles: Import, tmp_path: Path) -> None:
    html = "".join(f"<p><del>old {n}</del> new</p>" for n in range(MAX_OF_A_CODE + 5))
    result = import_roles(write_post(tmp_path, html=html))
    codes = [flag["code"] for flag in result.post(1)["flags"]]
    assert codes.count("struck_out") == MAX_OF_A_CODE
    (more,) = [flag for flag in result.post(1)["flags"] if flag["code"] == "more"]
    assert more["parameters"] == {"code": "struck_out", "number": "5"}
