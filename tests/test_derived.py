import json
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.signals import post_save
from django.utils import timezone
from wagtail.models import Locale, ReferenceIndex
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from tests.blocks.cleaning import BODY
from tests.factories import (
    RoleCategoryFactory,
    SharedLinkFactory,
    TraitFactory,
    body,
    child,
    shared_link_html,
    step_item,
)
from wagtail_careers import derived
from wagtail_careers.derived import Derived, ProgressionEntry, derive, rebuild
from wagtail_careers.links.usage import pages_using
from wagtail_careers.models import (
    AlternativeTitle,
    PlainLinkUse,
    RoleCompleteness,
    RoleTrait,
    Step,
    Trait,
    TraitAlias,
)
from wagtail_careers.pages.models import RolePage
from wagtail_careers.rich_text.traits import MAX_TRAIT_LENGTH


def traits_of(page: Any) -> list[str]:
    return [row.trait.name for row in RoleTrait.objects.filter(page=page)]


def steps_of(page: Any) -> list[tuple[str, int | None, str, str]]:
    return [
        (step.title, step.target_id, step.relation, step.note)
        for step in Step.objects.filter(page=page)
    ]


class TestDerive:
    def test_empty_body_gives_nothing(self) -> None:
        assert derive(BODY, []) == Derived()

    def test_summary_is_the_introduction(self) -> None:
        raw_body = body(heading="<p>You <b>help</b>.</p>", duties="<p>Tea.</p>")
        assert derive(BODY, raw_body).summary == "You help."

    def test_traits_come_from_every_section_in_order_once(self) -> None:
        raw_body = body(
            heading="<p><mark>Kindness</mark></p>",
            person_spec="<p><mark>patience</mark>, <mark>kindness</mark></p>",
            training="<p><mark>curiosity</mark></p>",
            text="<p><mark>Patience</mark> <mark>humour</mark></p>",
        )
        assert derive(BODY, raw_body).traits == ("Kindness", "patience", "curiosity", "humour")

    def test_markup_that_was_typed_into_a_title_is_no_trait(self) -> None:
        raw_body = body(duties={"title": "The <mark>highlight</mark> tag"})
        assert derive(BODY, raw_body).traits == ()

    def test_highlighted_paragraph_is_no_trait(self) -> None:
        words = "x" * MAX_TRAIT_LENGTH
        raw_body = body(duties=f"<p><mark>{words}</mark> <mark>{words}y</mark></p>")
        assert derive(BODY, raw_body).traits == (words,)

    def test_steps_are_taken_as_they_are(self) -> None:
        steps = [
            step_item(title="Nurse", relation="with_training", note="A degree."),
            step_item(page=7),
            child("item", {"title": "Matron"}),
            child("item", {"title": None, "page": None, "relation": None, "note": None}),
        ]
        assert derive(BODY, body(progression={"steps": steps})).steps == (
            ProgressionEntry("Nurse", None, "with_training", "A degree."),
            ProgressionEntry("", 7, "next", ""),
            ProgressionEntry("Matron", None, "next", ""),
            ProgressionEntry("", None, "next", ""),
        )

    def test_steps_in_wagtails_old_form_are_read(self) -> None:
        raw_body = [child("progression", {"steps": [{"title": "Nurse", "relation": "next"}]})]
        assert [step.title for step in derive(BODY, raw_body).steps] == ["Nurse"]

    def test_steps_that_code_has_stored_fit_in_a_row(self) -> None:
        steps = [
            step_item(title="x" * 300, note="y" * 300, relation="z" * 300),
            child("item", {"title": 5, "page": "²", "relation": {}, "note": ["a"]}),
            child("item", "a text"),
        ]
        assert derive(BODY, body(progression={"steps": [*steps, 5]})).steps == (
            ProgressionEntry("x" * 255, None, "next", "y" * 255),
            ProgressionEntry("5", None, "next", "['a']"),
        )

    def test_body_with_holes_is_read(self) -> None:
        raw_body = [
            child("heading", {}),
            child("person_spec", {"title": None, "prose": None}),
            child("progression", {"title": "x"}),
        ]
        assert derive(BODY, raw_body) == Derived()


class TestPublication:
    def test_writes_summary_traits_and_steps(self, publish_role: Any) -> None:
        target = publish_role(title="Nurse")
        page = publish_role(
            body=body(
                heading="<p>You help.</p>",
                person_spec="<p><mark>patience</mark> <mark>care</mark></p>",
                progression={
                    "steps": [
                        step_item(page=target, relation="sideways", note="Soon."),
                        step_item(page=target, title="Staff nurse"),
                        step_item(title="Matron", relation="specialise"),
                    ]
                },
            )
        )
        assert page.summary == "You help."
        assert traits_of(page) == ["patience", "care"]
        assert steps_of(page) == [
            ("Nurse", target.pk, "sideways", "Soon."),
            ("Staff nurse", target.pk, "next", ""),
            ("Matron", None, "specialise", ""),
        ]

    def test_is_matched_with_the_traits_that_are_there(self, publish_role: Any) -> None:
        trait = TraitFactory(name="Communication")
        TraitAlias.objects.create(trait=trait, name="clear speech")
        page = publish_role(
            body=body(duties="<p><mark>Clear Speech</mark>, <mark>patience</mark></p>")
        )
        assert traits_of(page) == ["Communication", "patience"]
        assert Trait.objects.count() == 2

    def test_counts_a_trait_once_that_is_there_by_name_and_by_alias(
        self, publish_role: Any
    ) -> None:
        trait = TraitFactory(name="Communication")
        TraitAlias.objects.create(trait=trait, name="talking")
        page = publish_role(body=body(duties="<mark>talking</mark> <mark>communication</mark>"))
        assert traits_of(page) == ["Communication"]

    def test_takes_the_trait_that_another_process_makes_at_the_same_moment(
        self, publish_role: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        original = Trait.objects.bulk_create

        def bulk_create(traits: Any, **kwargs: Any) -> Any:
            TraitFactory(name="Patience")
            return original(traits, **kwargs)

        monkeypatch.setattr(Trait.objects, "bulk_create", bulk_create)
        page = publish_role(body=body(duties="<mark>patience</mark>"))
        assert traits_of(page) == ["Patience"]

    def test_again_replaces_what_was_there(self, publish_role: Any) -> None:
        page = publish_role(
            body=body(
                duties="<mark>patience</mark> <mark>care</mark>",
                progression={"steps": [step_item(title="Nurse")]},
            )
        )
        page.body = body(heading="<p>New.</p>", duties="<mark>care</mark> <mark>wit</mark>")
        page.save_revision().publish()
        assert traits_of(page) == ["care", "wit"]
        assert steps_of(page) == []
        assert RolePage.objects.get(pk=page.pk).summary == "New."
        assert Trait.objects.filter(name="patience").exists(), "curators delete traits"

    def test_draft_changes_nothing(self, publish_role: Any) -> None:
        page = publish_role(body=body(duties="<mark>patience</mark>"))
        page.body = body(heading="<p>New.</p>", duties="<mark>care</mark>")
        page.save_revision()
        assert traits_of(page) == ["patience"]
        assert RolePage.objects.get(pk=page.pk).summary == "Words on heading."

    def test_ends_with_all_derived_removed(self, publish_role: Any) -> None:
        page = publish_role(
            body=body(duties="<mark>care</mark>", progression={"steps": [step_item(title="x y")]})
        )
        page.unpublish()
        assert traits_of(page) == []
        assert steps_of(page) == []
        assert RolePage.objects.get(pk=page.pk).summary == ""

    def test_after_an_end_brings_all_back(self, publish_role: Any) -> None:
        page = publish_role(body=body(duties="<mark>care</mark>"))
        page.unpublish()
        page.get_latest_revision().publish()
        assert traits_of(page) == ["care"]
        assert RolePage.objects.get(pk=page.pk).summary == "Words on heading."

    def test_for_later_derives_nothing_yet(self, index: Any, publish_role: Any) -> None:
        page = publish_role(body=body())
        page.unpublish()
        page.body = body(duties="<mark>care</mark>")
        page.go_live_at = timezone.now() + timedelta(days=1)
        page.save_revision().publish()
        assert not RolePage.objects.get(pk=page.pk).live
        assert traits_of(page) == []

    def test_of_a_copy_derives_for_the_copy(self, publish_role: Any) -> None:
        page = publish_role(body=body(duties="<mark>care</mark>"))
        copy = page.copy(update_attrs={"slug": "copy"})
        assert traits_of(copy) == ["care"]
        assert traits_of(page) == ["care"]

    def test_of_an_alias_follows_its_source(self, publish_role: Any) -> None:
        page = publish_role(body=body(duties="<mark>care</mark>"))
        alias = page.create_alias(update_slug="alias")
        page.body = body(duties="<mark>wit</mark>")
        page.save_revision().publish()
        assert traits_of(alias) == ["wit"]

    @pytest.mark.usefixtures("search_index")
    def test_of_an_alias_that_is_new_derives_for_the_alias(
        self, publish_role: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        page = publish_role(
            body=body(duties="<mark>care</mark>", progression={"steps": [step_item(title="Cook")]})
        )
        page.role_alternative_titles.add(AlternativeTitle(title="Imaging helper"))
        page.save_revision().publish()
        with django_capture_on_commit_callbacks(execute=True):
            alias = page.create_alias(update_slug="alias")
        assert traits_of(alias) == ["care"]
        assert steps_of(alias) == [("Cook", None, "next", "")]
        assert alias in [found.specific for found in RolePage.objects.search("Imaging helper")]

    def test_of_an_alias_in_another_language_derives_for_the_alias(
        self, publish_role: Any, index: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        page = publish_role(body=body(duties="<mark>care</mark>"))
        welsh = Locale.objects.create(language_code="cy")
        with django_capture_on_commit_callbacks(execute=True):
            alias = page.copy_for_translation(welsh, copy_parents=True, alias=True)
        assert alias.live
        assert traits_of(alias) == ["care"]

    def test_of_an_alias_of_a_draft_derives_nothing(
        self, publish_role: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        page = publish_role(body=body(duties="<mark>care</mark>"))
        page.unpublish()
        with django_capture_on_commit_callbacks(execute=True):
            alias = page.create_alias(update_slug="alias")
        assert traits_of(alias) == []

    def test_of_an_alias_that_comes_from_a_fixture_derives_nothing(
        self, publish_role: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        """Its other rows may not be loaded yet, and those that follow from it are loaded too."""
        page = publish_role(body=body(duties="<mark>care</mark>"))
        alias = page.create_alias(update_slug="alias")
        with django_capture_on_commit_callbacks(execute=True):
            post_save.send(RolePage, instance=alias, created=True, raw=True)
        assert traits_of(alias) == []

    def test_of_another_page_derives_nothing(self, index: Any) -> None:
        index.introduction = "<p><mark>care</mark></p>"
        index.save_revision().publish()
        assert not RoleTrait.objects.exists()

    def test_costs_the_same_for_few_and_many(
        self, publish_role: Any, django_assert_max_num_queries: Any
    ) -> None:
        names = [trait.name for trait in TraitFactory.create_batch(30)]
        marks = " ".join(f"<mark>{name}</mark>" for name in names)
        steps = [step_item(title=f"Role {n}") for n in range(30)]
        page = publish_role(body=body(duties=marks, progression={"steps": steps}))
        with django_assert_max_num_queries(12):
            rebuild(page)
        assert len(traits_of(page)) == len(steps_of(page)) == 30


class TestTargets:
    def test_step_to_a_page_that_is_gone_keeps_its_title(self, publish_role: Any) -> None:
        target = publish_role(title="Nurse")
        page = publish_role(
            body=body(
                progression={
                    "steps": [step_item(page=target, title="Staff nurse"), step_item(page=target)]
                }
            )
        )
        target.delete()
        assert steps_of(page) == [
            ("Staff nurse", None, "next", ""),
            ("Nurse", None, "next", ""),
        ]
        rebuild(RolePage.objects.get(pk=page.pk))
        assert steps_of(page) == [("Staff nurse", None, "next", "")]

    def test_step_that_never_had_a_role_is_left_out(self, publish_role: Any) -> None:
        page = publish_role(body=body(progression={"steps": [step_item(note="?")]}))
        assert steps_of(page) == []

    def test_deleted_page_takes_its_steps_along(self, publish_role: Any) -> None:
        page = publish_role(body=body(progression={"steps": [step_item(title="Nurse")]}))
        page.delete()
        assert not Step.objects.exists()

    def test_target_is_found_from_the_other_side(self, publish_role: Any) -> None:
        target = publish_role()
        page = publish_role(body=body(progression={"steps": [step_item(page=target)]}))
        assert [step.page_id for step in Step.objects.filter(target=target)] == [page.pk]


def test_derived_rows_are_no_uses_in_the_reference_index(publish_role: Any) -> None:
    target = publish_role()
    page = publish_role(
        body=body(duties="<mark>care</mark>", progression={"steps": [step_item(page=target)]})
    )
    users = {reference.object_id for reference in ReferenceIndex.get_references_to(target)}
    assert users == {str(page.pk)}
    assert not ReferenceIndex.get_references_to(Trait.objects.get()).exists()


def test_rows_say_what_they_are(publish_role: Any) -> None:
    publish_role(body=body(progression={"steps": [step_item(title="Nurse")]}))
    assert str(Step.objects.get()) == "Nurse"


class TestSearchIndex:
    def test_is_written_once_for_a_publication(
        self, publish_role: Any, search_index: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = publish_role()
        written = written_to_index(monkeypatch)
        page.body = body(person_spec="<p><mark>patience</mark></p>")
        revision = page.save_revision()
        drafts = len(written)
        revision.publish()
        assert written[drafts:] == [(page.pk, ["patience"])]

    def test_follows_a_role_that_code_saves(
        self, publish_role: Any, search_index: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = publish_role(body=body(person_spec="<p><mark>patience</mark></p>"))
        written = written_to_index(monkeypatch)
        page.title = "Nurse"
        page.save()
        page.save()
        assert written == [(page.pk, ["patience"])] * 2

    def test_forgets_a_deleted_role(self, publish_role: Any, search_index: None) -> None:
        page = publish_role(title="Nurse")
        assert RolePage.objects.search("Nurse").count() == 1
        entries = IndexEntry.objects.filter(object_id=str(page.pk))
        assert entries.exists()
        page.delete()
        assert not entries.exists()


def written_to_index(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, list[str]]]:
    """The roles written to the index from now on, with the names of their traits."""
    written: list[tuple[int, list[str]]] = []
    backend = get_search_backend()

    def add(self: Any, page: Any) -> None:
        written.append((page.pk, [row.trait.name for row in page.role_traits.all()]))

    monkeypatch.setattr(type(backend), "add", add)
    return written


class TestSavingWithoutARevision:
    """Scripts and tests make live pages with ``add_child()``, and Wagtail sends no signal."""

    BODY = body(
        heading="<p>You help.</p>",
        duties="<mark>care</mark>",
        progression={"steps": [step_item(title="Cook")]},
    )

    def add(self, index: Any, **fields: Any) -> Any:
        fields["category"] = RoleCategoryFactory()
        page = RolePage(title="Porter", slug="porter", body=json.dumps(self.BODY), **fields)
        return index.add_child(instance=page)

    def test_a_live_page_has_all_rows(
        self, index: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        link = SharedLinkFactory()
        plain = '<a href="https://plain.example/">More</a>'
        html = f"<p>{shared_link_html(link, 'Jobs')} {plain}</p>"
        self.BODY = [*self.BODY, child("text", {"title": "More", "prose": html})]
        with django_capture_on_commit_callbacks(execute=True):
            page = self.add(index)
        assert traits_of(page) == ["care"]
        assert steps_of(page) == [("Cook", None, "next", "")]
        assert RolePage.objects.get(pk=page.pk).summary == "You help."
        assert [used.pk for used in pages_using(link)] == [page.pk]
        assert PlainLinkUse.objects.filter(page=page.pk).exists()
        assert RoleCompleteness.objects.filter(page=page.pk).exists()

    def test_a_later_change_is_followed(
        self, index: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            page = self.add(index)
        before = RoleCompleteness.objects.get(page=page.pk)
        page.body = json.dumps(body(heading="<p>New.</p>", duties="<mark>wit</mark>")[:3])
        with django_capture_on_commit_callbacks(execute=True):
            page.save()
        assert traits_of(page) == ["wit"]
        assert RolePage.objects.get(pk=page.pk).summary == "New."
        after = RoleCompleteness.objects.get(page=page.pk)
        assert (after.empty, after.unused) != (before.empty, before.unused)

    def test_a_draft_has_none(self, index: Any, django_capture_on_commit_callbacks: Any) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            page = self.add(index, live=False)
        assert traits_of(page) == []

    def test_a_page_that_is_deleted_at_once_has_none(
        self, index: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            page = self.add(index)
            RolePage.objects.get(pk=page.pk).delete()
        assert not RoleTrait.objects.filter(page_id=page.pk).exists()

    def test_a_publication_derives_once(
        self, index: Any, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = self.add(index, live=False)
        rebuilt: list[Any] = []
        monkeypatch.setattr(derived, "rebuild", rebuilt.append)
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision()
        assert len(rebuilt) == 1
