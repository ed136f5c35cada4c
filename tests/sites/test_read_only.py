"""A database that refuses changes serves readers, and commands say so in a line."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from tests.sites.test_journey import POST, link, read, role  # noqa: F401 - fixtures
from wagtail_careers.models import LinkCheck, SharedLink
from wagtail_careers.pages.models import RolePage

SWITCHES = {
    "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
    "postgresql": (
        "SET default_transaction_read_only = on",
        "SET default_transaction_read_only = off",
    ),
    "mysql": ("SET SESSION TRANSACTION READ ONLY", "SET SESSION TRANSACTION READ WRITE"),
}


@pytest.fixture
def read_only(role: RolePage) -> Iterator[None]:  # noqa: F811
    """The database of the role, which takes no changes from now on."""
    on, off = SWITCHES[connection.vendor]
    connection.cursor().execute(on)
    yield
    connection.cursor().execute(off)


def refusal_of(name: str, *arguments: str, **options: Any) -> str:
    """The one line with which a command ends."""
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError) as refused:
        call_command(name, *arguments, stdout=out, stderr=err, **options)
    assert refused.value.returncode == 2
    assert (out.getvalue(), err.getvalue()) == ("", "")
    return str(refused.value)


@pytest.mark.usefixtures("read_only")
class TestReadOnlyDatabase:
    def test_serves_pages(self, role: RolePage, site: Any, client: Client) -> None:  # noqa: F811
        assert read(client, role).h1.text == "Nurse"
        assert "Nurse" in read(client, site).text

    def test_is_told_by_commands_in_a_line(self, tmp_path: Path) -> None:
        post = tmp_path / "porter.md"
        post.write_text(POST, encoding="utf-8")
        refusals = [
            refusal_of("check_links"),
            refusal_of("check_links", str(SharedLink.objects.get().pk)),
            refusal_of("rebuild_roles"),
            refusal_of("import_roles", str(post), parent="/roles/"),
        ]
        for refusal in refusals:
            assert refusal.startswith("Nothing was done, because the database cannot be changed: ")
            assert "\n" not in refusal
        assert not LinkCheck.objects.exists()

    def test_lets_an_import_be_planned(self, tmp_path: Path) -> None:
        post = tmp_path / "porter.md"
        post.write_text(POST, encoding="utf-8")
        out = StringIO()
        call_command("import_roles", str(post), parent="/roles/", dry_run=True, stdout=out)
        assert "Ward porter" in out.getvalue()
