"""The command, with browsers that find what a test says. tests/a11y has it with real ones."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from selenium.common.exceptions import WebDriverException

pytest.importorskip("axe_selenium_python")

from tests.audit.audits import TESTED, finding
from tests.management.plain_text import summary_of
from tests.management.terminal import Terminal
from wagtail_careers.audit import carrying_out
from wagtail_careers.audit.pages import Target
from wagtail_careers.audit.results import Finding, PageAudit
from wagtail_careers.management.commands import audit_roles as command

pytestmark = pytest.mark.django_db


class Site:
    """What browsers find: findings and errors by path, and the addresses that they opened."""

    def __init__(self) -> None:
        self.findings: dict[str, list[Finding]] = {}
        self.errors: dict[str, str] = {}
        self.interrupted_at = ""
        self.opened: list[str] = []
        self.running = 0

    def start(self) -> "Site":
        self.running += 1
        return self

    # A browser

    capabilities = {"browserName": "chrome", "browserVersion": "1.2"}

    def get(self, url: str) -> None:
        self.shown = url
        if "unreachable" in url:
            raise WebDriverException("net::ERR_CONNECTION_REFUSED\nstack")

    def execute_script(self, script: str) -> str | int:
        if "chrome-error:" in script:
            return "net::ERR_UNSAFE_PORT" if "blocked" in self.shown else 200
        return "4.10.2"

    def quit(self) -> None:
        self.running = 0

    # The visit of a page

    def audit_page(self, driver: Any, target: Target, address: str, modes: Any) -> PageAudit:
        if target.path == self.interrupted_at:
            raise KeyboardInterrupt
        self.opened.append(address)
        return PageAudit(
            target.name,
            target.title,
            target.url,
            target.version,
            findings=tuple(self.findings.get(target.path, ())),
            criteria=TESTED,
            error=self.errors.get(target.path, ""),
        )


@pytest.fixture(autouse=True)
def site(monkeypatch: pytest.MonkeyPatch, publish_role: Any) -> Site:
    site = Site()
    monkeypatch.setattr(carrying_out, "start_browser", site.start)
    monkeypatch.setattr(carrying_out, "audit_page", site.audit_page)
    for slug in ("cook", "nurse", "porter"):
        publish_role(slug=slug)
    return site


def audit_roles(*arguments: Any, **streams: Any) -> tuple[int, str, str]:
    """The exit code, standard output and standard error."""
    out, err = streams.get("stdout", StringIO()), streams.get("stderr", StringIO())
    code = 0
    try:
        call_command("audit_roles", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, out.getvalue(), err.getvalue()


def refusal(*arguments: Any) -> str:
    """The sentence with which the command refuses an argument, with the exit code 2."""
    with pytest.raises(CommandError) as error:
        audit_roles(*arguments)
    assert error.value.returncode == 2
    return str(error.value)


def test_a_site_without_findings_exits_with_0() -> None:
    code, out, err = audit_roles()
    assert (code, err) == (0, "")
    numbers = summary_of(out)
    assert numbers["Pages tested"] == 4
    assert numbers["Findings"] == numbers["Failed"] == numbers["Not tested"] == 0
    assert numbers["Needs a person"] > 20
    assert numbers["Passed automatically"] > 0


def test_findings_are_listed_once_for_all_pages_and_exit_with_1(site: Site) -> None:
    site.findings = {"/roles/cook/": [finding()], "/roles/nurse/": [finding()]}
    code, out, _err = audit_roles()
    assert code == 1
    assert summary_of(out)["Failed"] == 1
    assert (
        "1.4.3 Contrast (Minimum): Elements must meet minimum color contrast ratio thresholds: "
        "on 2 pages, first: /roles/cook/ p:nth-child(2) > a"
    ) in out.splitlines()


def test_a_page_that_cannot_be_tested_is_named_and_exits_with_1(site: Site) -> None:
    site.errors = {"/roles/cook/": "It answers 503."}
    code, out, _err = audit_roles()
    assert code == 1
    assert summary_of(out)["Pages not tested"] == 1
    assert "/roles/cook/: not tested: It answers 503." in out.splitlines()


def test_findings_of_the_baseline_exit_with_0_and_new_ones_with_1(
    site: Site, tmp_path: Path
) -> None:
    before = tmp_path / "before.json"
    site.findings = {"/roles/cook/": [finding()]}
    assert audit_roles("--report", before)[0] == 1
    code, out, _err = audit_roles("--baseline", before)
    assert code == 0
    assert summary_of(out)["Findings"] == 1
    assert summary_of(out)["New findings"] == 0
    site.findings["/roles/nurse/"] = [finding()]
    code, out, _err = audit_roles("--baseline", before)
    assert code == 1
    assert summary_of(out)["New findings"] == 1
    assert "on 1 page: /roles/nurse/" in out


def test_reports_are_written_in_the_order_of_the_site(tmp_path: Path) -> None:
    names = [tmp_path / f"audit.{ending}" for ending in ("html", "json", "jsonld", "md")]
    audit_roles("--report", *names[:2], "--report", *names[2:], "--workers", 3)
    report = json.loads(names[1].read_text(encoding="utf-8"))
    paths = ["/roles/", "/roles/cook/", "/roles/nurse/", "/roles/porter/"]
    assert [page["path"] for page in report["pages"]] == paths
    assert report["tools"]["axe-core"] == "4.10.2"
    assert report["tools"]["chrome"] == "1.2"
    for path in names:
        text = path.read_text(encoding="utf-8")
        assert all(each in text for each in paths)
    assert sorted(tmp_path.iterdir()) == sorted(names)


def test_pages_are_opened_on_a_running_site(site: Site) -> None:
    audit_roles("--base-url", "http://127.0.0.1:9/careers/", "--limit-to", "/roles/cook")
    assert site.opened == ["http://127.0.0.1:9/careers/roles/cook/"]


def test_an_interrupted_run_goes_on_where_it_was(site: Site, tmp_path: Path) -> None:
    progress, report = tmp_path / "progress", tmp_path / "audit.json"
    report.write_text("before", encoding="utf-8")
    site.interrupted_at = "/roles/nurse/"
    arguments = ("--resume", progress, "--report", report)
    code, _out, err = audit_roles(*arguments)
    assert code == 130
    assert f"go on from {progress}" in err
    assert report.read_text(encoding="utf-8") == "before"
    assert site.running == 0
    done, site.opened = site.opened, []
    site.interrupted_at = ""
    assert audit_roles(*arguments)[0] == 0
    assert len(done) == 2
    assert [url.rpartition("/roles")[2] for url in site.opened] == ["/nurse/", "/porter/"]
    pages = json.loads(report.read_text(encoding="utf-8"))["pages"]
    assert [page["path"] for page in pages][1:] == [
        "/roles/cook/",
        "/roles/nurse/",
        "/roles/porter/",
    ]
    assert not progress.exists()


def test_a_page_that_was_published_since_is_tested_again(
    site: Site, tmp_path: Path, index: Any
) -> None:
    progress = tmp_path / "progress"
    site.interrupted_at = "/roles/porter/"
    audit_roles("--resume", progress)
    cook = index.get_children().get(slug="cook").specific
    cook.save_revision().publish()
    site.opened, site.interrupted_at = [], ""
    audit_roles("--resume", progress)
    assert [url.rpartition("/roles")[2] for url in site.opened] == ["/cook/", "/porter/"]


def test_the_progress_of_another_audit_is_refused(site: Site, tmp_path: Path) -> None:
    progress = tmp_path / "progress"
    site.interrupted_at = "/roles/porter/"
    audit_roles("--resume", progress)
    message = refusal("--resume", progress, "--mode", "dark")
    assert "Delete it, or give another file" in message


def test_a_terminal_shows_the_progress_and_a_table() -> None:
    out, err = Terminal(), Terminal()
    audit_roles(stdout=out, stderr=err)
    assert "Testing" in err.getvalue()
    assert any("Pages tested" in line and "│" in line for line in out.screen())


def test_a_site_that_cannot_be_reached_is_refused(site: Site) -> None:
    message = refusal("--base-url", "http://unreachable.example")
    assert "http://unreachable.example cannot be reached: net::ERR_CONNECTION_REFUSED" in message
    assert site.running == 0


def test_an_address_that_the_browser_blocks_is_refused(site: Site) -> None:
    message = refusal("--base-url", "http://blocked.example")
    assert "http://blocked.example cannot be reached: net::ERR_UNSAFE_PORT." in message
    assert site.running == 0


def test_a_machine_without_a_browser_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def start() -> None:
        raise WebDriverException("cannot find Chrome binary\nstack")

    monkeypatch.setattr(carrying_out, "start_browser", start)
    message = refusal()
    assert message.startswith("No browser can be started: cannot find Chrome binary")
    assert message.endswith("Install Chromium or Google Chrome.")


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == "selenium" else object())
    assert refusal() == (
        "The audit needs selenium. Install it with: pip install 'wagtail-careers[testing]'"
    )


def test_a_file_that_cannot_be_written_is_refused_before_the_work(
    site: Site, tmp_path: Path
) -> None:
    assert "Cannot write" in refusal("--report", tmp_path / "nowhere" / "audit.json")
    assert "Cannot use" in refusal("--resume", tmp_path / "nowhere" / "progress")
    assert site.opened == []


def test_the_same_file_cannot_have_two_reports(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "audit.json"
    assert "more than once" in refusal("--report", path, path)
