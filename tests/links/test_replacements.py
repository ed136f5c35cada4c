"""One shared link in the place of another, on all pages."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.db.models import QuerySet
from wagtail.models import GroupPagePermission, Page, PageLogEntry, Revision

from tests.factories import (
    RoleIndexPageFactory,
    SharedLinkFactory,
    body,
    link_item,
    shared_link_html,
)
from wagtail_careers.choices import PageOutcome
from wagtail_careers.links import progress, running
from wagtail_careers.links import replacements as replace
from wagtail_careers.links.mentions import mentions
from wagtail_careers.links.usage import newest_content, pages_using, usage_counts
from wagtail_careers.models import Replacement, SharedLink


@pytest.fixture
def publisher(admin_user: Any) -> Any:
    return admin_user


@pytest.fixture
def author(django_user_model: Any, index: Any) -> Any:
    """May edit pages, not publish them."""
    return person(django_user_model, "author", ["change_page"], index)


def person(model: Any, name: str, permissions: list[str], root: Any) -> Any:
    from django.contrib.auth.models import Group, Permission

    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in permissions:
        permission = Permission.objects.get(codename=codename)
        GroupPagePermission.objects.create(group=group, page=root, permission=permission)
    user = model.objects.create_user(name)
    user.groups.add(group)
    return user


def using(link: SharedLink, path: str = "") -> list[dict[str, Any]]:
    return body(
        duties=f"<p>See {shared_link_html(link, 'this', path)}.</p>",
        application_links={"links": [link_item(link, path)]},
    )


def uses(page: Any) -> list[tuple[int, str]]:
    """The links of a page's newest version, with their paths."""
    page = Page.objects.get(pk=page.pk).specific
    return [(each.shared_link, each.deep_path) for each in mentions(newest_content(page))]


def run(old: SharedLink, new: SharedLink, user: Any, **kwargs: Any) -> Replacement:
    replacement = replace.replace_link(old, new, user=user, **kwargs)
    running.run(replacement)
    replacement.refresh_from_db()
    return replacement


def store(revision: Revision, content: dict[str, Any]) -> None:
    """Store content as it is. A revision that is saved would get the successors of its links."""
    Revision.objects.filter(pk=revision.pk).update(content=content)


def outcome(replacement: Replacement, page: Any) -> str:
    return replacement.pages.get(page_id=page.pk).outcome


class TestPages:
    def test_published_one_is_published_with_one_revision(
        self, publish_role: Any, old: SharedLink, new: SharedLink, publisher: Any, client: Any
    ) -> None:
        page = publish_role(body=using(old, "jobs"))
        before = page.revisions.count()
        replacement = run(old, new, publisher)
        assert outcome(replacement, page) == PageOutcome.PUBLISHED
        assert page.revisions.count() == before + 1
        html = client.get(page.url).content.decode()
        assert html.count("https://new.example/jobs") == 2
        assert "old.example" not in html

    def test_one_with_unpublished_changes_gets_it_in_the_draft_only(
        self, publish_role: Any, old: SharedLink, new: SharedLink, publisher: Any, client: Any
    ) -> None:
        page = publish_role(body=using(old))
        page.title = "A title that is not ready"
        page.save_revision()
        replacement = run(old, new, publisher)
        assert outcome(replacement, page) == PageOutcome.DRAFTED
        assert uses(page) == [(new.pk, ""), (new.pk, "")]
        html = client.get(page.url).content.decode()
        assert "https://old.example/" in html
        assert "not ready" not in html

    def test_alias_is_changed_with_the_page_that_it_is_an_alias_of(
        self, publish_role: Any, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        page = publish_role(body=using(old))
        alias = page.create_alias(parent=page.get_parent(), update_slug="alias")
        assert pages_using(old).count() == 2
        replacement = run(old, new, publisher)
        assert progress.outcomes(replacement) == {PageOutcome.PUBLISHED: 1}
        assert uses(alias) == [(new.pk, ""), (new.pk, "")]

    def test_links_and_page_are_locked_where_the_database_can(
        self,
        publish_role: Any,
        old: SharedLink,
        new: SharedLink,
        publisher: Any,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """SQLite cannot, and leaves the clause out of the query without a word."""
        locked: list[Any] = []
        original = QuerySet.select_for_update

        def spy(queryset: Any, *args: Any, **kwargs: Any) -> Any:
            locked.append(queryset.model)
            return original(queryset, *args, **kwargs)

        publish_role(body=using(old))
        monkeypatch.setattr(QuerySet, "select_for_update", spy)
        run(old, new, publisher)
        assert locked[:3] == [SharedLink, SharedLink, Page]

    def test_link_that_is_in_a_draft_only_is_replaced_there(
        self, publish_role: Any, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        page = publish_role(body=body())
        page.body = using(old)
        page.save_revision()
        replacement = run(old, new, publisher)
        assert outcome(replacement, page) == PageOutcome.DRAFTED
        assert uses(page) == [(new.pk, ""), (new.pk, "")]

    def test_one_that_was_never_published_stays_a_draft(
        self, publish_role: Any, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        page = publish_role(body=using(old))
        page.unpublish()
        replacement = run(old, new, publisher)
        assert outcome(replacement, page) == PageOutcome.DRAFTED
        page.refresh_from_db()
        assert not page.live

    def test_incomplete_draft_is_replaced_too(
        self, publish_role: Any, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        page = publish_role(body=body())
        page.body = [child for child in using(old) if child["type"] != "heading"]
        page.save_revision(clean=False)
        assert outcome(run(old, new, publisher), page) == PageOutcome.DRAFTED

    def test_link_in_rich_text_of_another_page_type_is_replaced(
        self, home: Any, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        page = RoleIndexPageFactory(
            parent=home, introduction=f"<p>{shared_link_html(old, 'x')}</p>"
        )
        assert outcome(run(old, new, publisher), page) == PageOutcome.PUBLISHED
        assert uses(page) == [(new.pk, "")]

    def test_paths_are_dropped_where_that_was_chosen(
        self, publish_role: Any, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        keeps, drops = publish_role(body=using(old, "a")), publish_role(body=using(old, "a"))
        run(old, new, publisher, without_path=[drops.pk])
        assert uses(keeps) == [(new.pk, "a")] * 2
        assert uses(drops) == [(new.pk, "")] * 2

    def test_no_longer_use_the_old_link(
        self, publish_role: Any, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        publish_role(body=using(old))
        publish_role(body=using(old))
        run(old, new, publisher)
        assert usage_counts([old, new]) == {old.pk: 0, new.pk: 2}
        old.delete()

    def test_log_says_who_did_it(
        self, publish_role: Any, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        page = publish_role(body=using(old))
        run(old, new, publisher)
        assert PageLogEntry.objects.filter(page=page.pk, user=publisher).exists()


class TestPermissions:
    def test_those_who_may_not_publish_leave_a_draft(
        self, publish_role: Any, old: SharedLink, new: SharedLink, author: Any, client: Any
    ) -> None:
        page = publish_role(body=using(old))
        assert outcome(run(old, new, author), page) == PageOutcome.DRAFTED
        assert uses(page) == [(new.pk, ""), (new.pk, "")]
        assert "https://old.example/" in client.get(page.url).content.decode()

    def test_those_who_may_not_edit_change_nothing(
        self, publish_role: Any, old: SharedLink, new: SharedLink, index: Any
    ) -> None:
        page = publish_role(body=using(old))
        stranger = person(get_user_model(), "stranger", [], index)
        assert outcome(run(old, new, stranger), page) == PageOutcome.NOT_ALLOWED
        assert uses(page) == [(old.pk, ""), (old.pk, "")]

    def test_user_who_was_deleted_meanwhile_changes_nothing(
        self, publish_role: Any, old: SharedLink, new: SharedLink, author: Any
    ) -> None:
        page = publish_role(body=using(old))
        replacement = replace.replace_link(old, new, user=author)
        author.delete()
        replacement.refresh_from_db()
        running.run(replacement)
        assert outcome(replacement, page) == PageOutcome.NOT_ALLOWED

    def test_locked_page_is_left_alone(
        self, publish_role: Any, old: SharedLink, new: SharedLink, author: Any, publisher: Any
    ) -> None:
        page = publish_role(body=using(old))
        page.locked, page.locked_by = True, publisher
        page.save()
        assert outcome(run(old, new, author), page) == PageOutcome.LOCKED
        assert uses(page) == [(old.pk, ""), (old.pk, "")]


class TestRun:
    def test_goes_on_where_it_was_interrupted(
        self, publish_role: Any, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        pages = [publish_role(body=using(old)) for _number in range(4)]
        replacement = replace.replace_link(old, new, user=publisher)
        running.run(replacement, seconds=0)
        assert progress.of(replacement) == progress.Progress(done=1, total=4)
        replacement.refresh_from_db()
        assert replacement.finished_at is None
        running.run(replacement)
        replacement.refresh_from_db()
        assert replacement.finished_at is not None
        assert progress.outcomes(replacement) == {PageOutcome.PUBLISHED: 4}
        assert {tuple(uses(page)) for page in pages} == {((new.pk, ""), (new.pk, ""))}

    def test_again_changes_nothing(
        self, publish_role: Any, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        page = publish_role(body=using(old))
        replacement = run(old, new, publisher)
        finished, revisions = replacement.finished_at, page.revisions.count()
        running.run(replacement)
        replacement.refresh_from_db()
        assert (replacement.finished_at, page.revisions.count()) == (finished, revisions)

    def test_one_bad_page_does_not_stop_the_others(
        self, publish_role: Any, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        bad, good = publish_role(body=using(old)), publish_role(body=using(old))
        revision = bad.latest_revision
        store(revision, {**revision.content, "category": "not a number"})
        replacement = run(old, new, publisher)
        row = replacement.pages.get(page_id=bad.pk)
        assert row.outcome == PageOutcome.FAILED
        assert row.message
        assert outcome(replacement, good) == PageOutcome.PUBLISHED
        store(revision, {**revision.content, "category": bad.category_id})
        replace.retry(replacement, user=publisher)
        running.run(replacement)
        assert progress.outcomes(replacement) == {PageOutcome.PUBLISHED: 2}

    def test_link_that_was_unpublished_meanwhile_is_put_on_no_page(
        self, publish_role: Any, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        page = publish_role(body=using(old))
        replacement = replace.replace_link(old, new, user=publisher)
        new.unpublish()
        running.run(replacement)
        row = replacement.pages.get()
        assert row.outcome == PageOutcome.FAILED
        assert row.message == "“New” is not live. Publish it, then try again."
        assert set(pages_using(old)) == {page.page_ptr}
        new.save_revision().publish()
        replace.retry(replacement, user=publisher)
        running.run(replacement)
        assert progress.outcomes(replacement) == {PageOutcome.PUBLISHED: 1}

    def test_path_of_a_draft_link_is_changed(
        self, publish_role: Any, old: SharedLink, publisher: Any
    ) -> None:
        publish_role(body=using(old, "a"))
        old.unpublish()
        replacement = replace.replace_path(old, "a", "b", user=publisher)
        running.run(replacement)
        assert progress.outcomes(replacement) == {PageOutcome.PUBLISHED: 1}

    @pytest.fixture
    def busy(self, monkeypatch: pytest.MonkeyPatch) -> Any:
        """A function that makes the database too busy for some pages to come."""
        replace_on = running._replace_on
        left = [0]

        def try_to_replace(*args: Any) -> PageOutcome:
            left[0] -= 1
            if left[0] >= 0:
                raise OperationalError("database is locked")
            return replace_on(*args)

        monkeypatch.setattr(running, "_replace_on", try_to_replace)
        monkeypatch.setattr(running, "PAUSE_SECONDS", 0)
        return lambda times: left.__setitem__(0, times)

    def test_page_is_tried_again_when_the_database_was_busy(
        self, publish_role: Any, old: SharedLink, new: SharedLink, publisher: Any, busy: Any
    ) -> None:
        publish_role(body=using(old))
        replacement = replace.replace_link(old, new, user=publisher)
        busy(2)
        running.run(replacement)
        assert progress.outcomes(replacement) == {PageOutcome.PUBLISHED: 1}

    def test_page_has_failed_when_the_database_stays_busy(
        self, publish_role: Any, old: SharedLink, new: SharedLink, publisher: Any, busy: Any
    ) -> None:
        publish_role(body=using(old))
        replacement = replace.replace_link(old, new, user=publisher)
        busy(3)
        running.run(replacement)
        assert progress.outcomes(replacement) == {PageOutcome.FAILED: 1}
        assert replacement.pages.get().message == "The database was too busy. Try again later."
        replace.retry(replacement, user=publisher)
        running.run(replacement)
        assert progress.outcomes(replacement) == {PageOutcome.PUBLISHED: 1}

    def test_page_that_was_changed_meanwhile_is_left(
        self, publish_role: Any, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        page = publish_role(body=using(old))
        replacement = replace.replace_link(old, new, user=publisher)
        page.body = body()
        page.save_revision().publish()
        before = page.revisions.count()
        running.run(replacement)
        assert outcome(replacement, page) == PageOutcome.UNCHANGED
        assert page.revisions.count() == before


class TestSuccessor:
    def test_is_what_the_old_link_leads_editors_to(
        self, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        run(old, new, publisher)
        old.refresh_from_db()
        assert old.current == new

    def test_of_a_successor_counts(self, old: SharedLink, new: SharedLink, publisher: Any) -> None:
        newest = SharedLinkFactory()
        run(old, new, publisher)
        run(new, newest, publisher)
        old.refresh_from_db()
        assert old.current == newest

    def test_older_version_of_a_link_does_not_undo_it(
        self, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        older = old.save_revision()
        run(old, new, publisher)
        Revision.objects.get(pk=older.pk).publish()
        old.refresh_from_db()
        assert old.current == new

    def test_is_undone(self, old: SharedLink, new: SharedLink, publisher: Any) -> None:
        run(old, new, publisher)
        old.refresh_from_db()
        replace.restore_link(old, user=publisher)
        old.refresh_from_db()
        assert old.current == old

    def test_may_not_be_the_link_itself(self, old: SharedLink, publisher: Any) -> None:
        with pytest.raises(ValidationError, match="Choose a different link"):
            replace.replace_link(old, old, user=publisher)

    def test_may_not_be_replaced_itself(
        self, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        run(old, new, publisher)
        old.refresh_from_db()
        with pytest.raises(ValidationError, match="Choose “New”"):
            replace.replace_link(SharedLinkFactory(), old, user=publisher)

    def test_may_not_be_a_draft(self, old: SharedLink, publisher: Any) -> None:
        with pytest.raises(ValidationError, match="not live"):
            replace.replace_link(old, SharedLinkFactory(live=False), user=publisher)
        old.refresh_from_db()
        assert old.successor is None


class TestSecondReplacement:
    def test_of_a_link_that_was_replaced_leads_to_its_successor_or_to_restoring_it(
        self, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        run(old, new, publisher)
        with pytest.raises(ValidationError, match="Choose “New”, or restore the link first"):
            replace.replace_link(old, SharedLinkFactory(), user=publisher)

    def test_with_the_same_link_changes_the_pages_that_still_use_the_old_one(
        self, publish_role: Any, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        page = publish_role(body=using(old))
        first = replace.replace_link(old, new, user=publisher)
        first.pages.update(outcome=PageOutcome.FAILED)
        old.refresh_from_db()
        assert outcome(run(old, new, publisher), page) == PageOutcome.PUBLISHED
        assert uses(page) == [(new.pk, "")] * 2

    def test_waits_until_the_first_is_finished(
        self, publish_role: Any, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        publish_role(body=using(old, "a"))
        replace.replace_link(old, new, user=publisher)
        old.refresh_from_db()
        for decide in (
            lambda: replace.replace_link(old, new, user=publisher),
            lambda: replace.replace_path(old, "a", "b", user=publisher),
            lambda: replace.restore_link(old, user=publisher),
        ):
            with pytest.raises(ValidationError, match="A replacement of “Old” is not finished"):
                decide()
        assert Replacement.objects.count() == 1

    def test_of_a_path_waits_if_it_is_about_the_same_path(
        self, publish_role: Any, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        publish_role(body=using(old, "a"))
        replace.replace_path(old, "a", "b", user=publisher)
        for paths in (("a", "c"), ("b", "c"), ("c", "a")):
            with pytest.raises(ValidationError, match="not finished"):
                replace.replace_path(old, *paths, user=publisher)
        with pytest.raises(ValidationError, match="not finished"):
            replace.replace_link(old, new, user=publisher)
        replace.replace_path(old, "x", "y", user=publisher)

    def test_of_the_successor_is_followed_by_pages_that_wait_for_the_first(
        self, publish_role: Any, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        page = publish_role(body=using(old, "a"))
        newest = SharedLinkFactory()
        first = replace.replace_link(old, new, user=publisher)
        run(new, newest, publisher)
        running.run(first)
        assert uses(page) == [(newest.pk, "a")] * 2
        entry = PageLogEntry.objects.get(page=page.pk, action="wagtail_careers.replace_link")
        assert entry.data["new"]["id"] == newest.pk

    def test_with_a_link_that_was_deleted_is_refused(
        self, old: SharedLink, new: SharedLink, publisher: Any
    ) -> None:
        SharedLink.objects.get(pk=new.pk).delete()
        with pytest.raises(ValidationError, match="“New” was deleted"):
            replace.replace_link(old, new, user=publisher)


class TestPath:
    def test_is_changed_on_all_pages_that_have_it(
        self, publish_role: Any, old: SharedLink, publisher: Any
    ) -> None:
        has, other = publish_role(body=using(old, "a")), publish_role(body=using(old, "b"))
        replacement = replace.replace_path(old, "a", "/c", user=publisher)
        running.run(replacement)
        assert uses(has) == [(old.pk, "c")] * 2
        assert uses(other) == [(old.pk, "b")] * 2
        assert outcome(replacement, has) == PageOutcome.PUBLISHED
        assert list(replacement.pages.values_list("page_id", flat=True)) == [has.pk]
        old.refresh_from_db()
        assert old.successor is None

    def test_that_leaves_the_site_is_refused(self, old: SharedLink, publisher: Any) -> None:
        with pytest.raises(ValidationError):
            replace.replace_path(old, "a", "//evil.example", user=publisher)
        assert not Replacement.objects.exists()


def test_number_of_queries_for_each_page_does_not_grow(
    publish_role: Any, old: SharedLink, new: SharedLink, publisher: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _number in range(6):
        publish_role(body=using(old))
    replacement = replace.replace_link(old, new, user=publisher)
    running.run(replacement, seconds=0)  # What is looked up once for the process.
    counts = []
    for _number in range(2):
        with CaptureQueriesContext(connection) as queries:
            running.run(replacement, seconds=0)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert pages_using(old).count() == 3
