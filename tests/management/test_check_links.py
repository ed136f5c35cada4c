import json
import os
import signal
import socket
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.factories import SharedLinkFactory, body, shared_link_html
from tests.management.plain_text import summary_of
from tests.web.servers import Web
from wagtail_careers.choices import Verdict
from wagtail_careers.link_checks import check, health, run
from wagtail_careers.models import LinkCheck, SharedLink

pytestmark = pytest.mark.django_db

SITE = "https://careers.example"


@pytest.fixture(autouse=True)
def _on_this_machine(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "network", lambda: web.network)


def check_links(*arguments: Any) -> tuple[int, dict[str, int], list[str], str]:
    """The exit code, the summary table, the lines below it, what went to standard error."""
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command("check_links", *(str(each) for each in arguments), stdout=out, stderr=err)
    except SystemExit as stop:
        code = int(stop.code or 0)
    text = out.getvalue()
    lines = [line for line in text.splitlines() if "://" in line]
    return code, summary_of(text), lines, err.getvalue()


def test_all_is_well(web: Web) -> None:
    for number in range(3):
        SharedLinkFactory(base_url=f"{SITE}/{number}")
        web.page(f"/{number}")
    assert check_links() == (0, {"Works": 3}, [], "")
    assert LinkCheck.objects.filter(verdict=Verdict.OK).count() == 3


def test_links_that_were_replaced_and_are_still_used_are_listed(
    web: Web, publish_role: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = SharedLinkFactory(name="New", base_url=f"{SITE}/new")
    old = SharedLinkFactory(name="Old", base_url=f"{SITE}/old")
    unused = SharedLinkFactory(name="Unused", base_url=f"{SITE}/unused", successor=new)
    for path in ("/new", "/old", "/old/a"):
        web.page(path)
    for _number in range(2):
        publish_role(body=body(duties=shared_link_html(old, "x")))
    SharedLink.objects.filter(pk=old.pk).update(successor=new)
    out = StringIO()
    call_command("check_links", "--report", str(tmp_path / "r.json"), stdout=out)
    assert "Replaced by “New”, still used in 2 places: “Old”" in out.getvalue().splitlines()
    assert unused.name not in out.getvalue()
    assert json.loads((tmp_path / "r.json").read_text())["replaced_in_use"] == [
        {"id": old.pk, "name": "Old", "replaced_by": {"id": new.pk, "name": "New"}, "places": 2}
    ]


def test_what_is_wrong_is_listed(web: Web, publish_role: Any) -> None:
    link = SharedLinkFactory(base_url=f"{SITE}/")
    publish_role(body=body(duties=shared_link_html(link, "x", "old")))
    SharedLinkFactory(base_url=f"{SITE}/gone")
    SharedLinkFactory(base_url="http://10.0.0.1/")
    SharedLinkFactory(base_url=f"{SITE}/forbidden")
    web.page("/")
    web.page("/gone", 410)
    web.page("/forbidden", 403)
    web.redirect("/old", "/new")
    web.page("/new")
    code, summary, lines, errors = check_links()
    assert (code, errors) == (1, "")
    assert summary == {
        "Works": 1,
        "Moved permanently": 1,
        "Gone": 1,
        "Blocks automatic checks: check manually": 1,
        "Not checked: the address is not public": 1,
    }
    assert sorted(lines) == [
        f"Gone, 410, day 1 of 3: {SITE}/gone",
        f"Moved permanently, 200: {SITE}/old -> {SITE}/new",
        "Not checked: the address is not public: http://10.0.0.1/ "
        "(“10.0.0.1” is not a public IP address.)",
    ]


def test_dead_links_are_said_to_be_dead(web: Web, settings: Any) -> None:
    settings.WAGTAIL_CAREERS = {"DEAD_AFTER_DAYS": 1}
    SharedLinkFactory(base_url=f"{SITE}/gone")
    web.page("/gone", 410)
    assert check_links()[2] == [f"Gone, 410, dead: {SITE}/gone"]


def test_ignored_links_are_not_listed(web: Web) -> None:
    SharedLinkFactory(base_url=f"{SITE}/gone")
    web.page("/gone", 410)
    check_links()
    user = get_user_model().objects.create_user("editor")
    health.ignore(LinkCheck.objects.get(), because="x", until=timezone.localdate(), user=user)
    assert check_links() == (0, {"Gone": 1}, [], "")


def test_some_links_can_be_checked_alone(web: Web) -> None:
    one, two, _three = (SharedLinkFactory(base_url=f"{SITE}/{number}") for number in range(3))
    web.page("/0")
    web.page("/1")
    assert check_links(one.pk, two.pk, one.pk)[:2] == (0, {"Works": 2})
    assert web.asked("/2") == []


def test_what_there_was_no_time_for_is_said(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    SharedLinkFactory(base_url=f"{SITE}/")
    web.page("/")
    check_links()
    monkeypatch.setattr(run, "limits", lambda: run.Limits(run_seconds=0))
    assert check_links() == (1, {"Not checked yet": 1}, [], "")


def test_run_that_no_site_answered_says_so(web: Web) -> None:
    out = StringIO()
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        for name in ("a.example", "b.example"):
            SharedLinkFactory(base_url=f"https://{name}/")
            web.names[name] = [closed.getsockname()]
        with pytest.raises(SystemExit) as stop:
            call_command("check_links", stdout=out)
    assert stop.value.code == 1
    assert (
        "No address was checked. No link counts as failing because of this run." in out.getvalue()
    )


def test_site_without_links_has_nothing_to_check() -> None:
    assert check_links() == (0, {}, [], "")


class TestReport:
    def test_report_has_all_that_was_found(
        self, web: Web, tmp_path: Path, publish_role: Any
    ) -> None:
        link = SharedLinkFactory(base_url=f"{SITE}/", name="Jöbs")
        publish_role(body=body(duties=shared_link_html(link, "x", "old")))
        web.page("/", 410)
        web.redirect("/old", "/new")
        web.page("/new")
        file = tmp_path / "report.json"
        assert check_links("--report", file)[0] == 1
        text = file.read_text(encoding="utf-8")
        report = json.loads(text)
        assert "Jöbs" in text
        assert report["summary"] == {"moved": 1, "gone": 1}
        assert report["started_at"] <= report["finished_at"]
        gone, moved = report["addresses"]
        assert gone.pop("checked_at") >= report["started_at"]
        assert gone == {
            "shared_link": {"id": link.pk, "name": "Jöbs"},
            "pages": [],
            "deep_path": "",
            "url": f"{SITE}/",
            "verdict": "gone",
            "status": 410,
            "final_url": "",
            "detail": "",
            "last_good_at": None,
            "failing_days": 1,
            "dead": False,
            "ignored_until": None,
        }
        assert (moved["deep_path"], moved["verdict"]) == ("old", "moved")
        assert moved["final_url"] == f"{SITE}/new"
        assert moved["last_good_at"] == moved["checked_at"]

    def test_report_of_nothing_is_valid(self, tmp_path: Path) -> None:
        file = tmp_path / "report.json"
        check_links("--report", file)
        assert json.loads(file.read_text(encoding="utf-8"))["addresses"] == []

    @pytest.mark.parametrize("name", ["missing/report.json", ".", "x" * 300])
    def test_file_that_cannot_be_written_is_refused_before_anything_is_checked(
        self, web: Web, tmp_path: Path, name: str
    ) -> None:
        SharedLinkFactory(base_url=f"{SITE}/")
        with pytest.raises(CommandError, match=r"^Cannot write .*: .*\.$") as caught:
            check_links("--report", tmp_path / name)
        assert caught.value.returncode == 2
        assert web.asked() == []
        assert not LinkCheck.objects.exists()


class TestBadArguments:
    def test_link_that_does_not_exist_is_refused(self, web: Web) -> None:
        link = SharedLinkFactory(base_url=f"{SITE}/")
        with pytest.raises(CommandError, match="No shared link has this ID: 404, 405") as e:
            check_links(405, link.pk, 404)
        assert e.value.returncode == 2
        assert web.asked() == []

    @pytest.mark.parametrize("argument", ["NHS", "--nonsense", "1.5"])
    def test_what_is_no_argument_is_refused(self, argument: str) -> None:
        with pytest.raises(CommandError):
            check_links(argument)

    def test_number_that_no_id_can_be_is_refused(self) -> None:
        with pytest.raises(CommandError, match="No shared link has this ID"):
            check_links(2**70)


def test_interruption_keeps_what_was_found(
    web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "BATCH", 1)
    for number in range(3):
        SharedLinkFactory(base_url=f"{SITE}/{number}")
        web.page(f"/{number}")
    check_addresses = run.check_addresses

    def interrupted(rows: Any) -> Any:
        checks = check_addresses(rows)
        yield next(checks)
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "check_addresses", interrupted)
    file = tmp_path / "report.json"
    code, summary, _lines, errors = check_links("--report", file)
    assert code == 130
    assert summary == {"Works": 1, "Not checked yet": 2}
    assert errors == "Interrupted. The results so far are saved.\n"
    assert LinkCheck.objects.filter(verdict=Verdict.OK).count() == 1
    assert json.loads(file.read_text(encoding="utf-8"))["summary"] == {"ok": 1, "not_checked": 2}


SCRIPT = """
import signal
from wagtail_careers.link_checks import check
from wagtail_careers.web.client import Network

# Shells let what they start in the background ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)

async def slow(host, port):
    import asyncio
    print("asked", flush=True)
    await asyncio.sleep(60)

try:
    requests = [check.CheckRequest("https://careers.example/")]
    for batch in check.check_urls(requests, user_agent="x", network=Network(resolve=slow)):
        pass
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="signals are sent as POSIX has them")
def test_control_c_ends_a_run_at_once() -> None:
    """In a process of its own: the network is asked in a thread, and signals go to another."""
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "asked\n"
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=20)
    assert (out, errors, process.returncode) == ("interrupted\n", "", 0)


def test_shows_no_progress_bar_where_nobody_looks(web: Web, capfd: Any) -> None:
    SharedLinkFactory(base_url=f"{SITE}/")
    web.page("/")
    check_links()
    assert capfd.readouterr().err == ""
