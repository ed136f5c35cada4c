"""Decisions about the same links at the same time, in real threads: one follows the other."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import connection, connections

from tests.conftest import plant_home, plant_root
from tests.factories import (
    RoleCategoryFactory,
    RoleIndexPageFactory,
    RolePageFactory,
    SharedLinkFactory,
    body,
    shared_link_html,
)
from wagtail_careers.links.mentions import mentions
from wagtail_careers.links.replacements import replace_link, restore_link
from wagtail_careers.links.running import run
from wagtail_careers.links.usage import newest_content
from wagtail_careers.models import LinkUse, Replacement, SharedLink
from wagtail_careers.pages.models import RolePage

ROUNDS = 20

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*actions: Callable[[], Any], deferred: bool = True) -> list[Any]:
    """Do ``actions`` at the same moment. Return the result of each, or its ``ValidationError``.

    On SQLite, transactions are ``deferred`` as on a site that has not set another mode: reads do
    not take the lock.
    """
    barrier = threading.Barrier(len(actions), timeout=60)

    def do(action: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            if deferred and connection.vendor == "sqlite":
                connection.transaction_mode = None  # type: ignore[attr-defined]
            barrier.wait()
            return action()
        except ValidationError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(do, actions))


def refused(results: list[Any]) -> list[bool]:
    return [isinstance(result, ValidationError) for result in results]


def links(number: int) -> list[SharedLink]:
    return [SharedLinkFactory() for _number in range(number)]


@pytest.fixture
def user() -> Any:
    plant_root()
    return get_user_model().objects.create_superuser("editor")


@pytest.fixture
def page(user: Any) -> RolePage:
    index = RoleIndexPageFactory(parent=plant_home(), slug="roles")
    return RolePageFactory(parent=index, category=RoleCategoryFactory())


def uses(page: RolePage) -> set[int]:
    page = RolePage.objects.get(pk=page.pk)
    return {mention.shared_link for mention in mentions(newest_content(page))}


def test_two_links_do_not_replace_each_other(user: Any) -> None:
    for _round in range(ROUNDS):
        a, b = links(2)
        results = at_once(
            lambda a=a, b=b: replace_link(a, b, user=user),
            lambda a=a, b=b: replace_link(b, a, user=user),
        )
        assert sorted(refused(results)) == [False, True]
        retired = SharedLink.objects.filter(pk__in=[a.pk, b.pk]).exclude(successor=None)
        assert retired.count() == 1


def test_link_is_not_replaced_by_two(user: Any, page: RolePage) -> None:
    for _round in range(ROUNDS):
        a, b, c = links(3)
        LinkUse.objects.create(page=page, shared_link=a)
        results = at_once(
            lambda a=a, b=b: replace_link(a, b, user=user),
            lambda a=a, c=c: replace_link(a, c, user=user),
        )
        assert sorted(refused(results)) == [False, True]
        replacement = Replacement.objects.get(old=a)
        assert SharedLink.objects.get(pk=a.pk).successor == replacement.new
        assert replacement.pages.count() == 1


def test_replacement_decided_twice_is_recorded_once(user: Any, page: RolePage) -> None:
    for _round in range(ROUNDS):
        a, b = links(2)
        LinkUse.objects.create(page=page, shared_link=a)
        results = at_once(*[lambda a=a, b=b: replace_link(a, b, user=user)] * 2)
        assert sorted(refused(results)) == [False, True]


def test_pages_end_on_the_newest_link(user: Any, page: RolePage) -> None:
    """The first replacement is run while the second is decided and run."""
    for _round in range(ROUNDS):
        a, b, c = links(3)
        page.body = body(duties=shared_link_html(a, "x"))
        page.save_revision()
        first = replace_link(a, b, user=user)
        at_once(
            lambda first=first: run(first),
            lambda b=b, c=c: run(replace_link(b, c, user=user)),
        )
        assert uses(page) == {c.pk}


def test_link_that_is_restored_has_no_successor_of_another_decision(user: Any) -> None:
    for _round in range(ROUNDS):
        a, b, c = links(3)
        replace_link(a, b, user=user)
        restored, replaced = at_once(
            lambda a=a: restore_link(a, user=user),
            lambda a=a, c=c: replace_link(a, c, user=user),
        )
        assert not isinstance(restored, ValidationError)
        successor = SharedLink.objects.get(pk=a.pk).successor
        assert successor == (None if isinstance(replaced, ValidationError) else c)


def test_link_is_not_restored_while_pages_lose_it(user: Any, page: RolePage) -> None:
    for _round in range(ROUNDS):
        a, b = links(2)
        LinkUse.objects.create(page=page, shared_link=a)
        restored, replaced = at_once(
            lambda a=a: restore_link(a, user=user),
            lambda a=a, b=b: replace_link(a, b, user=user),
        )
        assert isinstance(restored, ValidationError)
        assert isinstance(replaced, Replacement)
        assert SharedLink.objects.get(pk=a.pk).successor == b
