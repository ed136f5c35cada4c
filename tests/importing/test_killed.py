"""An import that is killed in the middle leaves whole roles, and the next run completes it."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.importing.posts import content, write_post
from wagtail_careers.models import ImportRecord, SharedLink
from wagtail_careers.pages.models import RolePage

pytestmark = pytest.mark.django_db(transaction=True)

ROLES = 6

#: Imports, and is killed where the fourth role has its page and revision, but no record yet.
KILLED = """
import os, signal, sys
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[2]
django.setup()
from django.core.management import call_command
from wagtail_careers.models import ImportRecord

save = ImportRecord.save
def save_or_die(self, *args, **kwargs):
    if ImportRecord.objects.count() == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    save(self, *args, **kwargs)

ImportRecord.save = save_or_die
call_command("import_roles", sys.argv[1], parent="/roles/", publish=True)
"""


def test_the_next_run_completes_it(import_roles: Any, tmp_path: Path) -> None:
    folder = tmp_path / "posts"
    for number in range(ROLES):
        html = content({"How to apply": f'<a href="https://site{number}.example/">Site</a>'})
        write_post(folder, number, f"Role {number}", html=html)
    name = str(connection.settings_dict["NAME"])
    script = textwrap.dedent(KILLED)
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder), name],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -9, done.stderr
    # Nothing of the fourth is there, and all of the first three.
    assert RolePage.objects.live().count() == ImportRecord.objects.count() == 3
    assert RolePage.objects.count() == SharedLink.objects.count() == 3
    result = import_roles(folder, publish=True)
    assert result.summary == {"created": 3, "unchanged": 3}
    assert RolePage.objects.live().count() == SharedLink.objects.count() == ROLES
    assert import_roles(folder, publish=True).summary == {"unchanged": ROLES}
