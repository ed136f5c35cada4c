"""A site outside the package tests its own pages with the plugin, in a process of its own."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import wagtail_careers
from tests.conftest import missing_for_axe
from tests.kit.entry_point import install_entry_point
from wagtail_careers.testing.modes import MODES
from wagtail_careers.testing.rules import RULES

pytestmark = [
    pytest.mark.a11y,
    pytest.mark.skipif(bool(missing_for_axe()), reason=missing_for_axe() or "axe is there"),
]

HERE = Path(__file__).parent
PACKAGE = Path(wagtail_careers.__file__).parent
SECONDS = 300


def load_defects() -> dict[str, Any]:
    """The defects of the site, whose modules are not on the path of these tests."""
    file = HERE / "outside_site/outside/defects.py"
    spec = importlib.util.spec_from_file_location("outside_defects", file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return dict(module.DEFECTS)


DEFECTS = load_defects()


@dataclass(frozen=True)
class Run:
    """What pytest answered: its exit code, its output, and the message of each test that failed."""

    code: int
    output: str
    messages: dict[str, str]


@dataclass(frozen=True)
class Outside:
    """The site, in a folder of its own."""

    folder: Path

    @property
    def env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
        path = [str(self.folder), str(PACKAGE.parent)]
        return {
            **kept,
            "OUTSIDE_FOLDER": str(self.folder),
            "PYTHONPATH": os.pathsep.join(path),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def pytest(self, *arguments: str) -> Run:
        plugins = ["-p", "no:randomly", "-p", "no:cacheprovider"]
        command = [sys.executable, "-m", "pytest", *plugins, "--junit-xml=result.xml", *arguments]
        done = self.run(command)
        report = self.folder / "result.xml"
        cases = ElementTree.parse(report).iter("testcase") if report.exists() else ()  # noqa: S314
        messages = {
            str(case.get("name")): "".join(str(failure.text) for failure in case)
            for case in cases
            if case.find("failure") is not None or case.find("error") is not None
        }
        return Run(done.returncode, done.stdout + done.stderr, messages)

    def run(self, command: list[str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Outside:
    folder = tmp_path_factory.mktemp("outside") / "site"
    shutil.copytree(HERE / "outside_site", folder)
    install_entry_point(folder)
    return Outside(folder)


@pytest.fixture(scope="module")
def run(outside: Outside) -> Run:
    return outside.pytest("--careers-screenshots", "pictures")


def found_in(message: str) -> dict[str, str]:
    """The elements that a message names, by criterion, or by rule if there is none."""
    lines = re.findall(r"^(?:E +)?\d+\. ([\d.]+|[a-z-]+)\b[^:\n]*: (.*)$", message, re.MULTILINE)
    return {name: text.rpartition(": ")[2] for name, text in lines}


@pytest.mark.parametrize("name", DEFECTS)
def test_each_defect_is_named_by_its_criterion_and_nothing_else_is_found(
    run: Run, name: str
) -> None:
    defect = DEFECTS[name]
    message = run.messages.get(f"test_a_page_with_a_defect[{name}]", "")
    found = found_in(message)
    assert set(found) == {defect.expected, defect.also} - {""}, message or run.output
    assert defect.target in found[defect.expected]
    assert f"Mode: {defect.mode}\n" in message


def test_all_the_kit_s_own_rules_and_all_modes_are_in_the_trial(run: Run) -> None:
    reported = set(re.findall(r"Rule: (\S+)", "".join(run.messages.values())))
    assert set(RULES) <= reported
    assert {mode.name for mode in MODES} == {defect.mode for defect in DEFECTS.values()}


def test_pages_without_a_defect_pass_in_all_modes(run: Run) -> None:
    failed = {name.partition("[")[0] for name in run.messages}
    assert failed == {"test_a_page_with_a_defect"}
    assert f"{len(DEFECTS)} failed, 11 passed" in run.output


def test_a_message_has_criterion_element_snippet_fix_mode_and_picture(run: Run) -> None:
    message = run.messages["test_a_page_with_a_defect[no-label]"]
    lines = [line.removeprefix("E").strip() for line in message.splitlines()]
    start = lines.index("1. 4.1.2 Name, Role, Value: Form elements must have labels: #name")
    assert lines[start + 1] == '<input id="name">'
    assert lines[start + 2] == "Fix any of the following:"
    assert "Element has no title attribute" in lines
    assert {"Rule: label", "Mode: light"} <= set(lines)
    [picture] = re.findall(r"Screenshot: (\S+)", message)
    assert picture.startswith("pictures/porter-label-light-")


def test_the_pictures_are_where_the_message_says(run: Run, outside: Outside) -> None:
    pictures = re.findall(r"Screenshot: (\S+)", "".join(run.messages.values()))
    assert len(pictures) >= len(DEFECTS)
    assert {(outside.folder / file).read_bytes()[:4] for file in pictures} == {b"\x89PNG"}


@pytest.fixture(scope="module")
def database(outside: Outside) -> Path:
    done = outside.run([sys.executable, "make_site.py"])
    assert done.returncode == 0, done.stderr
    return outside.folder / "site.sqlite3"


@pytest.fixture(scope="module")
def live(outside: Outside, database: Path) -> Run:
    before = database.read_bytes()
    selected = ["-m", "careers_roles", "--careers-mode", "light", "--careers-mode", "narrow"]
    run = outside.pytest("-v", "--careers-roles", *selected)
    assert database.read_bytes() == before
    return run


class TestLivePages:
    """``pytest --careers-roles``, on the site's own database, which stays as it is."""

    def test_each_live_public_role_page_is_a_test_named_by_its_path(self, live: Run) -> None:
        assert re.findall(r"^(/\S+) (PASSED|FAILED)", live.output, re.MULTILINE) == [
            ("/contrast/", "FAILED"),
            ("/porter/", "PASSED"),
        ]

    def test_a_failure_says_what_and_where_in_which_modes(self, live: Run) -> None:
        # The report for other programs has dots for slashes.
        message = live.messages[".contrast."]
        assert found_in(message) == {"1.4.3": "#pale"}
        assert "Mode: light, narrow" in message

    def test_a_database_that_cannot_be_read_is_an_error_with_its_reason(
        self, outside: Outside
    ) -> None:
        (outside.folder / "elsewhere.py").write_text(
            "from outside.settings import *\nDATABASES['default']['NAME'] = '/nowhere/x'\n"
        )
        run = outside.pytest("--careers-roles", "--ds", "elsewhere", "-k", "nothing")
        assert "--careers-roles: the site's database cannot be read." in run.output
        assert "unable to open database file" in run.output
        assert run.code == pytest.ExitCode.USAGE_ERROR


class TestStart:
    """What cannot be used is one error, which says what to do."""

    @pytest.mark.parametrize(
        ("option", "value", "message"),
        [
            ("--careers-mode", "sepia", "ERROR: --careers-mode: “sepia” is not a mode."),
            ("--careers-axe", "no.js", "ERROR: --careers-axe: no.js is not a file."),
        ],
    )
    def test_an_option_is_read_before_the_first_test(
        self, outside: Outside, option: str, value: str, message: str
    ) -> None:
        run = outside.pytest(option, value)
        assert message in run.output
        assert run.code == pytest.ExitCode.USAGE_ERROR

    def test_a_browser_that_does_not_start_is_reported_without_the_driver_s_own_words(
        self, outside: Outside
    ) -> None:
        # Nothing listens on this port.
        run = outside.pytest("--careers-remote", "http://127.0.0.1:9", "-k", "no-label")
        [message] = run.messages.values()
        assert "Chromium or Chrome does not start on http://127.0.0.1:9." in message
        assert "direct cause" not in message
