"""Saving and publishing take as many queries however much is on a page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.benchmarks.editing import Editor
from tests.benchmarks.pages import Size, role_body
from tests.factories import SharedLinkFactory

SMALL = Size(links=4, traits=1, steps=1)
LARGE = Size(links=20, traits=12, steps=4)
ACTIONS = ["Publish", "Save a draft", "Autosave"]


@pytest.fixture
def queries_of(admin_client: Client, publish_role: Any, search_index: None) -> Callable[..., Any]:
    """A function that returns the queries of an action on a role of a size.

    They are those of the second time, because the first one adds traits and caches.
    """
    links = [SharedLinkFactory() for _number in range(LARGE.links)]
    targets = [publish_role() for _number in range(LARGE.steps)]

    def queries(size: Size, action: str) -> list[str]:
        editor = Editor(admin_client, publish_role(body=role_body(size, links, targets)))
        editor.act(action)
        with CaptureQueriesContext(connection) as captured:
            editor.act(action)
        return [query["sql"] for query in captured]

    return queries


@pytest.mark.parametrize("action", ACTIONS)
def test_the_number_of_queries_does_not_depend_on_links_traits_and_steps(
    queries_of: Callable[..., Any], action: str
) -> None:
    small, large = queries_of(SMALL, action), queries_of(LARGE, action)
    assert len(large) == len(small), "\n".join(large)


@pytest.mark.parametrize("action", ACTIONS)
def test_targets_are_looked_up_once_each_time_that_the_form_is_read(
    queries_of: Callable[..., Any], action: str
) -> None:
    queries = queries_of(LARGE, action)
    # Wagtail reads it to validate it, and again to know whether something has changed.
    # And once more when the version is saved, to find links that were replaced in the meantime.
    assert _selecting(queries, "wagtail_careers_sharedlink") <= 3


def _selecting(queries: list[str], table: str) -> int:
    return sum(f'FROM "{table}"' in query for query in queries)
