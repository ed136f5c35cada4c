import pytest

from tests.audit.audits import audit, finding, page
from wagtail_careers.audit.baseline import new_findings
from wagtail_careers.audit.results import Finding

BASELINE = audit(page("/a/", finding()))


def new(*findings: Finding, path: str = "/a/") -> list[Finding]:
    return [each for _page, each in new_findings(audit(page(path, *findings)), BASELINE)]


def test_a_known_finding_is_not_new() -> None:
    assert new(finding()) == []


@pytest.mark.parametrize(
    "changes",
    [
        # A paragraph was added above it.
        {"target": "p:nth-child(3) > a"},
        # Somebody corrected the text, or the address.
        {"html": '<a class="pale" href="/apply/">Apply now</a>'},
        {"html": '<a class="pale" href="/apply-2/" title="x">Apply</a>'},
        # axe cuts long HTML.
        {"html": '<a href="/apply/" class="pale"><span>'},
        {"message": "In a newer axe-core, the rule has another text", "fix": "Other advice"},
        {"modes": ("dark",)},
    ],
)
def test_a_known_finding_is_not_new_after_a_small_change(changes: dict[str, object]) -> None:
    assert new(finding(**changes)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"rule": "link-name"},
        {"criterion": "2.4.4 Link Purpose (In Context)"},
        {"html": '<a class="faint" href="/apply/">Apply</a>'},
        {"html": '<p class="pale">Apply</p>'},
    ],
)
def test_another_rule_or_element_is_new(changes: dict[str, object]) -> None:
    assert new(finding(**changes)) == [finding(**changes)]


def test_the_same_finding_on_another_page_is_new() -> None:
    assert new(finding(), path="/b/") == [finding()]


def test_one_more_of_a_kind_is_new() -> None:
    added = finding(target="p:nth-child(1) > a")
    assert new(added, finding()) == [added]


def test_one_fewer_of_a_kind_is_not_new() -> None:
    several = audit(page("/a/", finding(), finding(target="p:nth-child(9) > a")))
    assert new_findings(audit(page("/a/", finding())), several) == []


def test_elements_without_html_are_told_apart_by_their_selector() -> None:
    baseline = audit(page("/a/", finding(html="", target="main > p:nth-of-type(2)")))
    moved = finding(html="", target="main > p:nth-of-type(7)")
    other = finding(html="", target="main > h2")
    assert new_findings(audit(page("/a/", moved)), baseline) == []
    assert [each for _page, each in new_findings(audit(page("/a/", other)), baseline)] == [other]


def test_numbers_and_keys_in_an_id_make_no_difference() -> None:
    key = "1f0c1a2b-0000-4000-8000-00000000000{}"
    baseline = audit(page("/a/", finding(html=f'<section id="block-{key.format(1)}">')))
    found = audit(page("/a/", finding(html=f'<section id="block-{key.format(2)}">')))
    assert new_findings(found, baseline) == []
