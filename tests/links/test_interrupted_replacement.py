"""A replacement whose process is killed in the middle, and run again: nothing is done twice."""

import os
import signal
import subprocess
import sys
import time
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from tests.conftest import plant_home
from tests.factories import (
    RoleCategoryFactory,
    RoleIndexPageFactory,
    RolePageFactory,
    SharedLinkFactory,
    body,
    shared_link_html,
)
from wagtail_careers.choices import PageOutcome
from wagtail_careers.links import progress
from wagtail_careers.links import replacements as replace
from wagtail_careers.links.usage import usage_counts
from wagtail_careers.models import Replacement

PAGES = 200
KILLED_AFTER = PAGES // 10
WAIT_SECONDS = 600

#: What the process does: the work of a background worker, on the database of the test.
WORKER = """
import sys
import django
from django.conf import settings
django.setup()
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from wagtail_careers import tasks
tasks.replace_shared_link.func(int(sys.argv[2]))
"""


def start_worker(replacement: Replacement) -> subprocess.Popen[bytes]:
    name = str(connection.settings_dict["NAME"])
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-c", WORKER, name, str(replacement.pk)]
    return subprocess.Popen(command, env=environment)


def done(replacement: Replacement) -> int:
    return progress.of(replacement).done


@pytest.mark.django_db(transaction=True)
def test_replacement_on_many_pages_survives_being_killed() -> None:
    index = RoleIndexPageFactory(parent=plant_home(), slug="roles")
    user: Any = get_user_model().objects.create_superuser("editor")
    old, new = SharedLinkFactory(), SharedLinkFactory()
    category = RoleCategoryFactory()
    using = body(duties=f"<p>{shared_link_html(old, 'x')}</p>")
    for number in range(PAGES):
        page = RolePageFactory.build(title=f"Role {number}", category=category, body=using)
        index.add_child(instance=page)
    replacement = replace.replace_link(old, new, user=user)

    worker = start_worker(replacement)
    deadline = time.monotonic() + WAIT_SECONDS
    while done(replacement) < KILLED_AFTER and time.monotonic() < deadline:
        assert worker.poll() is None, "the worker ended before it could be killed"
        time.sleep(0.05)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert KILLED_AFTER <= done(replacement) < PAGES

    assert start_worker(replacement).wait(WAIT_SECONDS) == 0
    replacement.refresh_from_db()
    assert replacement.finished_at is not None
    assert progress.outcomes(replacement) == {PageOutcome.PUBLISHED: PAGES}
    assert usage_counts([old, new]) == {old.pk: 0, new.pk: PAGES}
    revisions = {page.pk: page.revisions.count() for page in index.get_children()}
    assert set(revisions.values()) == {1}
