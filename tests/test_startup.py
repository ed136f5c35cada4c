"""A site that starts does not load what only a check, a command or an open form needs."""

import os
import subprocess
import sys
from typing import Any

import pytest

from wagtail_careers.admin.viewsets import usual_names
from wagtail_careers.models import RoleCategory, SharedLink, Trait

#: Clients, terminals and parsers, the room that opens connections, and the rules about content.
LATE = (
    "ada_url",
    "anyio",
    "httpcore",
    "rich",
    "selectolax",
    "wagtail_careers.lint",
    "wagtail_careers.rich_text.similarity",
    "wagtail_careers.web",
)

SCRIPT = """
import sys
import django
django.setup()
from django.core.management import call_command
call_command("check")
import wagtail_careers.tasks
import wagtail.admin.urls
print(*sorted(sys.modules))
"""


def test_starting_a_site_loads_no_client_no_parser_and_no_rules() -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.benchmarks.startup_settings"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**environment, "WITH_PACKAGE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = done.stdout.split()
    assert "wagtail_careers.admin.viewsets" in loaded
    assert [name for name in loaded if name in LATE] == []


@pytest.mark.parametrize("model", [SharedLink, Trait, RoleCategory])
def test_the_views_of_a_snippet_are_built_once_for_both_of_its_names(model: Any) -> None:
    viewset = model.snippet_viewset
    usual = next(each for each in usual_names() if each.pattern.match(f"{viewset.url_prefix}/"))
    assert list(map(id, usual.url_patterns)) == list(map(id, viewset.get_urlpatterns()))
