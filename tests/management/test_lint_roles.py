import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    RoleCategoryFactory,
    RolePageFactory,
    SharedLinkFactory,
    body,
    shared_link_html,
    step_item,
)
from tests.management.plain_text import summary_of
from wagtail_careers.lint import run
from wagtail_careers.pages.models import RolePage

pytestmark = pytest.mark.django_db

VAGUE = '<p>To apply, <a href="https://a.example/">click here</a>.</p>'


def lint_roles(*arguments: Any) -> tuple[int, dict[str, int], list[str], str]:
    """The exit code, the summary, the lines about findings, what went to standard error."""
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command("lint_roles", *(str(each) for each in arguments), stdout=out, stderr=err)
    except SystemExit as stop:
        code = int(stop.code or 0)
    text = out.getvalue()
    lines = [line for line in text.splitlines() if " › " in line]
    return code, summary_of(text), lines, err.getvalue()


def make_roles(index: Any, number: int) -> None:
    category, link = RoleCategoryFactory(), SharedLinkFactory()
    target = RolePageFactory(parent=index, category=category)
    for _number in range(number):
        raw = body(
            duties=f"<p>See {shared_link_html(link, 'jobs')}.</p>{VAGUE}",
            progression={"steps": [step_item(page=target)]},
        )
        RolePageFactory(parent=index, category=category, body=raw)


def test_all_is_well(index: Any) -> None:
    RolePageFactory(parent=index, body=body())
    code, summary, lines, errors = lint_roles("--profile", "wcag")
    assert (code, lines, errors) == (0, [], "")
    assert summary == {"Pages checked": 1, "Pages that failed": 0}


def test_what_is_wrong_is_listed_with_its_place_and_its_fix(index: Any) -> None:
    RolePageFactory(parent=index, title="Porter", body=body(duties=VAGUE))
    code, summary, (line,), _errors = lint_roles()
    assert code == 1
    assert summary["Warning: link-text-vague"] == 1
    assert line == (
        "Porter › Duties: The link “click here” does not say where it leads. "
        "Link the words that name the page, for example “NHS Jobs”."
    )


def test_advice_is_counted_and_is_no_fault(index: Any) -> None:
    RolePageFactory(parent=index, body=body(duties="<p>You lift boxes, e.g. to the ward.</p>"))
    code, summary, lines, _errors = lint_roles("--profile", "nhs")
    assert (code, lines, summary["Advice: latin-abbreviation"]) == (0, [], 1)
    assert lint_roles("--profile", "wcag", "fair")[1]["Pages checked"] == 1


def test_live_version_is_checked_and_drafts_are_not(index: Any) -> None:
    page = RolePageFactory(parent=index, body=body())
    page.body = body(duties=VAGUE)
    page.save_revision()
    RolePageFactory(parent=index, body=body(duties=VAGUE), live=False)
    assert lint_roles()[0] == 0


def test_roles_are_compared(index: Any) -> None:
    copied = f"<p>{'You start with an induction and meet the whole team. ' * 5}</p>"
    for _number in range(2):
        RolePageFactory(parent=index, body=body(training=copied))
    assert lint_roles("--profile", "roles")[1]["Advice: text-copied"] == 2


def test_report_has_all_findings(index: Any, tmp_path: Path) -> None:
    raw = body(duties=VAGUE)
    page = RolePageFactory(parent=index, title="Porter", body=raw)
    path = tmp_path / "r.json"
    lint_roles("--profile", "wcag", "--report", path)
    report = json.loads(path.read_text())
    (found,) = report.pop("findings")
    assert {report.pop("started_at"), report.pop("finished_at")}
    assert report == {
        "profiles": ["wcag"],
        "pages": 1,
        "failed": 0,
        "summary": {"error": 0, "warning": 1, "advice": 0},
    }
    assert found["page"] == {"id": page.pk, "title": "Porter", "url_path": page.url_path}
    assert (found["rule"], found["level"], found["text"]) == (
        "link-text-vague",
        "warning",
        "click here",
    )
    assert found["section"] == {
        "label": "Duties",
        "block_type": "duties",
        "block_id": raw[2]["id"],
    }
    assert found["offset"] == len("Title of duties\nTo apply, ")
    assert found["source"]["url"].startswith("https://www.w3.org/")
    assert found["problem"]
    assert found["fix"]


def test_unknown_profile_is_refused_before_the_work() -> None:
    with pytest.raises(CommandError, match="No such profile: gone") as error:
        lint_roles("--profile", "wcag", "gone")
    assert error.value.returncode == 2


def test_page_that_cannot_be_checked_does_not_stop_the_others(
    index: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in ("Broken", "Porter"):
        RolePageFactory(parent=index, title=title, body=body())
    check = run.findings

    def fail_once(content: Any, *arguments: Any) -> Any:
        if content.title == "Broken":
            raise ValueError("No.")
        return check(content, *arguments)

    monkeypatch.setattr(run, "findings", fail_once)
    code, summary, _lines, errors = lint_roles()
    assert (code, summary["Pages checked"], summary["Pages that failed"]) == (1, 1, 1)
    assert "ValueError: No." in errors


def test_queries_are_constant_for_each_chunk_of_pages(
    index: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "CHUNK", 10)
    lint_roles()  # Content types are kept from now on.
    numbers = []
    for _round in range(3):
        make_roles(index, 9)  # And the page that they link to.
        with CaptureQueriesContext(connection) as queries:
            lint_roles()
        numbers.append(len(queries))
    assert RolePage.objects.count() == 30
    first, second, third = numbers
    assert second - first == third - second == 7
