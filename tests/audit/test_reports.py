import json
from pathlib import Path

import pytest
from html5lib import HTMLParser

from tests.audit.audits import audit, finding, page
from wagtail_careers.audit.reports.earl import as_earl
from wagtail_careers.audit.reports.formats import FORMATS, format_of
from wagtail_careers.audit.reports.html import as_html
from wagtail_careers.audit.reports.json_report import ReportError, as_json, read_json
from wagtail_careers.audit.reports.markdown import as_markdown
from wagtail_careers.testing.criteria import CRITERIA

HOSTILE = "</style><script>alert(1)</script> | `x` [a](b) {{ x }}"
AUDIT = audit(
    page(
        "/a/",
        finding(),
        finding(criterion="", rule="region", target="div", message="Content in landmarks"),
        transcript="heading level 1, Cook",
    ),
    page("/b/", error="It answers 404."),
    page("/c/", title=HOSTILE, undecided=(finding(rule="over-picture", html=HOSTILE),)),
)


def test_the_format_follows_from_the_ending() -> None:
    assert set(FORMATS) == {".html", ".json", ".jsonld", ".md"}
    assert format_of(Path("REPORT.HTML")) is as_html
    with pytest.raises(KeyError):
        format_of(Path("report.txt"))


def test_json_is_read_as_it_was_written() -> None:
    assert read_json(as_json(AUDIT)) == AUDIT


def test_json_has_a_summary_and_each_criterion() -> None:
    report = json.loads(as_json(AUDIT))
    assert report["summary"] == {
        "pages": 3,
        "tested": 2,
        "with_findings": 1,
        "findings": 2,
        "errors": 1,
    }
    assert [each["number"] for each in report["criteria"]] == [each.number for each in CRITERIA]
    (failed,) = [each for each in report["criteria"] if each["result"] == "failed"]
    assert (failed["number"], failed["pages"]) == ("1.4.3", ["/a/"])


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", '{"version": 99}', '{"version": 1, "pages": [{}]}', "not JSON"],
)
def test_what_is_not_a_report_is_refused(text: str) -> None:
    with pytest.raises(ReportError):
        read_json(text)


def test_earl_has_an_assertion_for_each_page_and_criterion() -> None:
    report = json.loads(as_earl(AUDIT))
    assertions = [each for each in report["@graph"] if each["@type"] == "earl:Assertion"]
    pairs = {(each["earl:subject"], each["earl:test"]) for each in assertions}
    assert len([pair for pair in pairs if pair[1].startswith("https://")]) == 3 * len(CRITERIA)
    known = {each["@id"] for each in report["@graph"] if "@id" in each}
    for assertion in assertions:
        assert assertion["earl:subject"] in known
        assert assertion["earl:test"] in known
        assert assertion["earl:assertedBy"] in known


def earl_outcome(path: str, slug: str) -> str:
    (found,) = [
        each["earl:result"]["earl:outcome"]
        for each in json.loads(as_earl(AUDIT))["@graph"]
        if each["@type"] == "earl:Assertion"
        and each["earl:subject"].endswith(path)
        and each["earl:test"].endswith(f"/{slug}")
    ]
    return str(found)


@pytest.mark.parametrize(
    ("path", "slug", "expected"),
    [
        ("/a/", "contrast-minimum", "earl:failed"),
        ("/c/", "contrast-minimum", "earl:cantTell"),
        ("/a/", "focus-visible", "earl:passed"),
        ("/a/", "non-text-content", "earl:cantTell"),
        ("/a/", "sensory-characteristics", "earl:untested"),
        ("/b/", "focus-visible", "earl:untested"),
    ],
)
def test_earl_says_no_more_than_was_tested(path: str, slug: str, expected: str) -> None:
    assert earl_outcome(path, slug) == expected


def test_earl_names_the_good_practice_that_failed() -> None:
    graph = json.loads(as_earl(AUDIT))["@graph"]
    (rule,) = [each for each in graph if each.get("dct:title") == "region"]
    failed = [each for each in graph if each.get("earl:test") == rule["@id"]]
    assert [each["earl:result"]["earl:outcome"] for each in failed] == ["earl:failed"]


def test_html_is_one_valid_page_without_scripts_and_other_files() -> None:
    text = as_html(AUDIT)
    # Raises on the first error, such as a tag that is not closed.
    tree = HTMLParser(strict=True, namespaceHTMLElements=False).parse(text.strip())
    names = [element.tag for element in tree.iter()]
    assert "script" not in names
    assert "link" not in names
    assert names.count("h1") == 1
    assert "url(" not in text
    assert "@import" not in text


def test_html_shows_findings_errors_and_transcripts() -> None:
    text = as_html(AUDIT)
    for part in ("Failed on 1 page.", "p:nth-child(2) &gt; a", "It answers 404.", "level 1, Cook"):
        assert part in text
    assert "For a person to decide" in text


def test_html_shows_each_fix_where_the_places_have_different_ones() -> None:
    pale = [finding(target=f"#{colour}", fix=f"Darken {colour}.") for colour in ("red", "blue")]
    text = as_html(audit(page("/a/", *pale), page("/b/", finding(rule="other", fix="Wait."))))
    assert text.index("#red") < text.index("Darken red.") < text.index("#blue")
    assert text.index("#blue") < text.index("Darken blue.")
    assert text.count("Wait.") == 1


def test_html_leads_to_each_of_its_parts() -> None:
    tree = HTMLParser(namespaceHTMLElements=False).parse(as_html(AUDIT).strip())
    parts = [link.get("href") for link in tree.findall(".//nav//a")]
    assert parts == [f"#{heading.get('id')}" for heading in tree.findall("./body/main/h2")]
    assert len(parts) == 4


def test_markdown_shows_findings_and_errors() -> None:
    text = as_markdown(AUDIT)
    assert "| 1.4.3 Contrast (Minimum) | color-contrast |" in text
    assert "It answers 404." in text


def test_no_text_of_a_page_is_markup_in_markdown() -> None:
    lines = [line for line in as_markdown(AUDIT).splitlines() if "alert" in line]
    assert lines
    for line in lines:
        assert "<script" not in line.replace("\\<", "")
        assert line.replace("\\|", "").count("|") == 4
