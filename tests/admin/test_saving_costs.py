"""Saving and publishing take few queries however much is on a page, and do no work twice."""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.blocks import base as blocks
from wagtail.rich_text import RichText
from wagtail.search import index

from tests.benchmarks.editing import Editor
from tests.benchmarks.pages import Size, role_body
from tests.factories import SharedLinkFactory
from wagtail_careers.blocks import RoleBodyBlock

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
def test_targets_are_looked_up_once_to_read_the_form(
    queries_of: Callable[..., Any], action: str
) -> None:
    queries = queries_of(LARGE, action)
    # And once more when the version is saved, to find links that were replaced in the meantime.
    assert _selecting(queries, "wagtail_careers_sharedlink") <= 2


def test_the_text_of_a_body_is_made_once_for_each_write_of_the_index(
    publish_role: Any, search_index: None
) -> None:
    role = publish_role(body=role_body(SMALL, [], []))
    make = RoleBodyBlock.get_searchable_content
    with patch.object(RoleBodyBlock, "get_searchable_content", autospec=True) as made:
        made.side_effect = make
        index.insert_or_update_object(role)
    assert made.call_count == 1


def test_a_second_write_of_the_index_makes_the_text_again(
    publish_role: Any, search_index: None
) -> None:
    role = publish_role(body=role_body(SMALL, [], []))
    index.insert_or_update_object(role)
    role.body = [("heading", {"introduction": RichText("<p>Quokkas</p>")})]
    index.insert_or_update_object(role)
    role.save()
    assert [found.pk for found in type(role).objects.search("quokkas")] == [role.pk]


def test_an_autosave_packs_no_definitions_of_blocks(
    admin_client: Client, publish_role: Any
) -> None:
    editor = Editor(admin_client, publish_role(body=role_body(SMALL, [], [])))
    editor.act("Autosave")
    with patch.object(blocks, "JSContext", wraps=blocks.JSContext) as packed:
        editor.act("Autosave")
    assert packed.call_count == 0


def _selecting(queries: list[str], table: str) -> int:
    return sum(f'FROM "{table}"' in query for query in queries)
