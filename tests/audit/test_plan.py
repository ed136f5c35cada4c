from pathlib import Path
from typing import Any

import pytest

from tests.audit.audits import audit, finding, page
from wagtail_careers.audit.plan import Plan, PlanError, make_plan
from wagtail_careers.audit.reports.html import as_html
from wagtail_careers.audit.reports.json_report import as_json
from wagtail_careers.testing.modes import DARK, MODES, NARROW

pytestmark = pytest.mark.django_db

PLAIN: dict[str, Any] = {
    "base_url": "",
    "modes": None,
    "workers": 1,
    "paths": [],
    "baseline": None,
    "reports": [],
}


def plan(**arguments: Any) -> Plan:
    return make_plan(**{**PLAIN, **arguments})


def test_all_pages_are_tested_in_all_modes(index: Any, publish_role: Any) -> None:
    publish_role(slug="cook")
    made = plan()
    assert [target.path for target in made.targets] == ["/roles/", "/roles/cook/"]
    assert made.modes == MODES


def test_modes_are_chosen_by_name_and_used_once(index: Any) -> None:
    assert plan(modes=["narrow", "dark", "narrow"]).modes == (NARROW, DARK)


def test_the_address_has_no_slash_at_the_end(index: Any) -> None:
    assert plan(base_url="https://careers.example/").base_url == "https://careers.example"


def test_reports_get_the_format_of_their_ending(index: Any) -> None:
    assert plan(reports=[Path("a.html"), Path("b.json")]).formats == (as_html, as_json)


def test_findings_of_the_baseline_are_not_new(index: Any, tmp_path: Path) -> None:
    path = tmp_path / "before.json"
    path.write_text(as_json(audit(page("/a/", finding()))), encoding="utf-8")
    now = audit(page("/a/", finding(), finding(rule="region")))
    assert [each.rule for _page, each in plan(baseline=path).new_findings(now)] == ["region"]
    assert len(plan().new_findings(now)) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"modes": ["bright"]}, "“bright” is not a mode. Use one of: light, dark"),
        ({"workers": 0}, "must be from 1 to 32"),
        ({"workers": 33}, "must be from 1 to 32"),
        ({"base_url": "careers.example"}, "not the address of a site"),
        ({"base_url": "ftp://careers.example"}, "not the address of a site"),
        ({"base_url": "http://careers.example:99999"}, "not the address of a site"),
        ({"base_url": "http://[careers"}, "not the address of a site"),
        ({"base_url": "http://careers.example/?page=1"}, "not the address of a site"),
        ({"paths": ["/nowhere/"]}, "No live, public role page is at or below /nowhere/"),
        ({"reports": [Path("report.txt")]}, "Use one of: .html, .json, .jsonld, .md"),
        ({"baseline": Path("/nowhere.json")}, "Cannot read /nowhere.json"),
        ({"baseline": Path(__file__)}, "is not the JSON report of an audit"),
    ],
)
def test_an_argument_that_cannot_be_used_is_refused(
    index: Any, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(PlanError) as error:
        plan(**arguments)
    assert message in str(error.value)


def test_a_site_without_role_pages_is_refused(home: Any) -> None:
    with pytest.raises(PlanError, match="Publish one first"):
        plan()
