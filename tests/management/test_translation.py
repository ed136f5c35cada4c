"""All that the commands say of their own accord can be translated."""

from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command, load_command_class
from django.core.management.base import BaseCommand
from django.utils import translation

from tests.factories import SharedLinkFactory
from tests.importing.posts import write_post
from tests.web.servers import Web
from wagtail_careers.link_checks import run as link_check_run

COMMANDS = ["audit_roles", "check_links", "import_roles", "rebuild_roles"]


@pytest.fixture(autouse=True)
def _language_in_brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language in which every translated text stands in brackets."""
    monkeypatch.setattr(translation._trans, "gettext", lambda text: f"⟦{text}⟧")


def run(*arguments: Any, **options: Any) -> tuple[list[str], str]:
    """The lines of standard output, and standard error."""
    out, err = StringIO(), StringIO()
    with suppress(SystemExit):
        call_command(*map(str, arguments), stdout=out, stderr=err, **options)
    return out.getvalue().splitlines(), err.getvalue()


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_translated(name: str) -> None:
    class Plain(BaseCommand):
        pass

    of_django = {action.dest for action in Plain().create_parser("", "")._actions}
    parser = load_command_class("wagtail_careers", name).create_parser("manage.py", name)
    texts = [
        parser.description,
        *(action.help for action in parser._actions if action.dest not in of_django),
    ]
    assert [text for text in texts if not str(text).startswith("⟦")] == []
    assert "⟦" in parser.format_help()


@pytest.mark.django_db
def test_results_of_link_checks_are_translated(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_check_run, "network", lambda: web.network)
    SharedLinkFactory(base_url="https://careers.example/gone")
    web.page("/gone", 410)
    summary, line = run("check_links")[0]
    assert summary == "⟦Gone⟧: 1"
    assert line == "⟦Gone⟧, 410, ⟦day 1 of 3⟧: https://careers.example/gone"


@pytest.mark.django_db
def test_results_of_an_import_are_translated(index: Any, tmp_path: Path) -> None:
    lines, _errors = run("import_roles", write_post(tmp_path), parent="/roles/")
    assert [line for line in lines if not line.startswith("⟦")] == []
    assert lines[-3].startswith("⟦Next: ")
    assert lines[-2].startswith("⟦Then: ")


@pytest.mark.django_db
def test_results_of_a_rebuild_are_translated() -> None:
    lines, _errors = run("rebuild_roles")
    assert [line for line in lines if not line.startswith("⟦")] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        (["check_links", "404"], {}),
        (["check_links"], {"report": Path("/nowhere/report.json")}),
        (["import_roles", "/nowhere"], {"parent": "/roles/"}),
        (["import_roles", __file__], {"parent": "/roles/", "media": Path("/nowhere")}),
        (["import_roles", __file__], {"parent": "/roles/", "category": "unheard-of"}),
    ],
)
def test_errors_are_translated(index: Any, arguments: list[str], options: dict[str, Any]) -> None:
    with pytest.raises(CommandError, match=r"^⟦.*⟧$"):
        run(*arguments, **options)
