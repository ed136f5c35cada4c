"""The demo on the databases that it can be started with, in processes of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from example_site import manage

#: Publishes one role again and again, as an editor does, beside another process.
EDITOR = """
import sys, django
django.setup()
from wagtail_careers.pages.models import RolePage
page = RolePage.objects.live().order_by("pk")[int(sys.argv[1])]
print("ready", flush=True)
sys.stdin.readline()
for number in range(20):
    page = RolePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    page.title = f"Title {number}"
    page.save_revision().publish()
print(RolePage.objects.get(pk=page.pk).title)
"""
ROOT = Path(manage.__file__).resolve().parents[1]


def environment(url: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "example_site.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]),
    }


def run(url: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "django", *arguments],
        env=environment(url),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(
    "sqlite" not in settings.DATABASES["default"]["ENGINE"], reason="the test makes its own file"
)
def test_two_editors_of_the_demo_publish_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'demo.sqlite3'}"
    run(url, "migrate", "--verbosity=0")
    assert "roles added" in run(url, "load_demo")
    editors = [
        subprocess.Popen(
            [sys.executable, "-c", EDITOR, str(number)],
            env=environment(url),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(2)
    ]
    for editor in editors:
        assert editor.stdout.readline() == "ready\n"
    for editor in editors:
        editor.stdin.write("go\n")
        editor.stdin.flush()
    ends = [editor.communicate() for editor in editors]
    assert [(out, errors) for out, errors in ends] == [("Title 19\n", "")] * 2
