"""The audit of the demonstration, in a real browser."""

import json
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.core.management import call_command
from django.http import HttpResponse

from tests.audit.audits import audit, finding, page
from tests.conftest import missing_for_axe
from tests.management.plain_text import summary_of
from wagtail_careers.audit.reports.html import as_html
from wagtail_careers.pages.models import RolePage
from wagtail_careers.testing.report import format_report

pytestmark = [
    pytest.mark.a11y,
    pytest.mark.skipif(bool(missing_for_axe()), reason=missing_for_axe() or "axe is there"),
]

ROLE = "/roles/cook/"


def audit_roles(*arguments: Any) -> tuple[int, str]:
    out = StringIO()
    code = 0
    try:
        call_command("audit_roles", *map(str, arguments), stdout=out, stderr=StringIO())
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, out.getvalue()


@pytest.mark.django_db
def test_nothing_is_found_on_pages_of_the_demo(driver: Any, live_demo: str, tmp_path: Path) -> None:
    report = tmp_path / "audit.json"
    chosen = ("--limit-to", ROLE, "--mode", "light", "narrow", "text-spacing")
    code, out = audit_roles("--base-url", live_demo, *chosen, "--report", report)
    assert code == 0, out
    (result,) = json.loads(report.read_text(encoding="utf-8"))["pages"]
    assert result["url"].endswith(ROLE)
    assert {"1.4.10", "1.4.12", "2.4.7", "4.1.2"} <= set(result["criteria"])
    assert result["not_tested"] == []


@pytest.mark.django_db
def test_defects_of_a_template_are_found_until_they_are_in_the_baseline(
    driver: Any, live_demo: str, settings: Any, tmp_path: Path
) -> None:
    settings.WAGTAIL_CAREERS = {"BASE_TEMPLATE": "testapp/seeded_base.html"}
    report = tmp_path / "audit.json"
    chosen = ("--base-url", live_demo, "--limit-to", ROLE, "--mode", "light")
    code, out = audit_roles(*chosen, "--report", report)
    assert code == 1
    failed = {
        each["number"]: each["pages"]
        for each in json.loads(report.read_text(encoding="utf-8"))["criteria"]
        if each["result"] == "failed"
    }
    assert failed.keys() >= {"1.1.1", "1.4.3", "2.4.4"}
    assert failed["1.4.3"] == [ROLE]
    code, out = audit_roles(*chosen, "--baseline", report)
    assert code == 0
    assert summary_of(out)["Findings"] >= 3
    assert summary_of(out)["New findings"] == 0


@pytest.mark.django_db
def test_a_page_that_does_not_load_is_an_error_of_that_page(
    driver: Any, live_demo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RolePage, "serve", lambda *_arguments: HttpResponse(status=503))
    code, out = audit_roles("--base-url", live_demo, "--limit-to", ROLE, "--mode", "light")
    assert code == 1
    assert summary_of(out)["Pages not tested"] == 1
    assert f"{ROLE}: not tested: " in out
    assert "503" in out


def test_the_report_passes_its_own_checks(axe: ModuleType, driver: Any, tmp_path: Path) -> None:
    from wagtail_careers.testing.browser import open_page
    from wagtail_careers.testing.checks import check_page

    path = tmp_path / "audit.html"
    picture = finding(rule="over-picture", message="Text on a picture", html="<p>" + "x" * 400)
    results = audit(
        page("/a/", finding(), finding(criterion="", rule="region"), transcript="Cook, heading 1"),
        page("/b/", title="Nurse", error="It answers 503."),
        page("/c/", title="Porter", undecided=(picture,), not_tested=("motion (dark): Cannot.",)),
    )
    path.write_text(as_html(results), encoding="utf-8")
    open_page(driver, path.as_uri())
    report = check_page(driver)
    assert not report.found, format_report(report)
    assert report.ran


def test_no_name_of_a_criterion_is_broken_within_a_word_on_a_phone(
    driver: Any, tmp_path: Path
) -> None:
    from wagtail_careers.testing.browser import LIGHT, open_page, set_theme, set_viewport

    path = tmp_path / "audit.html"
    path.write_text(as_html(audit(page("/a/"))), encoding="utf-8")
    set_theme(driver, LIGHT)
    set_viewport(driver, 360)
    open_page(driver, path.as_uri())
    assert driver.execute_script(BROKEN_WORDS) == []


BROKEN_WORDS = """
const words = [...document.querySelectorAll('tbody th a')].flatMap((link) => {
  const text = link.firstChild;
  return [...text.data.matchAll(/[^\\s-]+/g)].map((match) => {
    const range = document.createRange();
    range.setStart(text, match.index);
    range.setEnd(text, match.index + match[0].length);
    return [match[0], new Set([...range.getClientRects()].map(({ top }) => top)).size];
  });
});
return words.filter(([, lines]) => lines > 1).map(([word]) => word);
"""
