"""Role names in the prose of a progression."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.factories import RolePageFactory
from tests.importing.conftest import Result
from tests.importing.posts import changed, content, write_post
from wagtail_careers.importing import run
from wagtail_careers.importing.roles.progression import RoleName, RoleNames, candidates
from wagtail_careers.models import AlternativeTitle, ImportRecord, Step
from wagtail_careers.pages.models import RolePage

Import = Callable[..., Result]

#: The section that has steps.
LAST = "progression"


@pytest.fixture
def names() -> RoleNames:
    names = RoleNames()
    for title in ("Porter", "Head Porter", "Healthcare Support Worker", "Nurse", "Care assistant"):
        names.add(title, RoleName(key=title))
    return names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You can become a Head Porter.", [("Head Porter", "next")]),
        ("Become a porter, then a head porter.", [("Porter", "next"), ("Head Porter", "next")]),
        ("Healthcare Support Workers are needed.", [("Healthcare Support Worker", "next")]),
        ("You may be a Senior Healthcare Support Worker.", []),
        ("You may be a Nurse Manager.", []),
        ("You may be a dental nurse or a nurse practitioner.", []),
        ("You may be a nurse or a porter.", [("Nurse", "next"), ("Porter", "next")]),
        ("You learn to nurse people.", []),
        ("Nurse and porter", [("Nurse", "next"), ("Porter", "next")]),
        ("Nurses and Care Assistants", [("Nurse", "next"), ("Care assistant", "next")]),
        ("With further training, a Nurse.", [("Nurse", "with_training")]),
        ("You can specialise. There are similar roles: porter.", [("Porter", "sideways")]),
        ("A nurse. A nurse with a degree.", [("Nurse", "next")]),
        ("A porterhouse.", []),
        ("", []),
    ],
)
def test_names_are_found(names: RoleNames, text: str, found: list[tuple[str, str]]) -> None:
    steps = names.find(text, RoleName(key="itself"))
    assert [(step.role.key, step.relation) for step in steps] == found


def test_words_that_any_prose_has_are_no_role(names: RoleNames) -> None:
    for title in ("About", "How to", "7", ""):
        names.add(title, RoleName(key=title))
    assert names.find("Find out about how to apply at 7.", RoleName()) == ()


def test_pages_of_the_old_site_are_no_roles(import_roles: Import, tmp_path: Path) -> None:
    html = content(changed(**{"what next": "Read our Success Stories."}))
    write_post(tmp_path / "posts", 1, "Porter", html=html)
    write_post(tmp_path / "posts", 2, "Success Stories", layout="page")
    import_roles(tmp_path / "posts")
    porter = RolePage.objects.get(title="Porter")
    assert porter.body.raw_data[-1]["value"]["steps"] == []


def test_a_role_does_not_lead_to_itself(names: RoleNames) -> None:
    assert names.find("You stay a Porter.", RoleName(key="Porter")) == ()


def test_what_may_be_a_role_is_offered() -> None:
    text = "Become a Ward Clerk or an Assistant of the Head of Care. It is a job in Leeds."
    assert candidates(text) == ("Ward Clerk", "Assistant")


def test_roles_that_have_a_page_become_steps(
    import_roles: Import, index: Any, tmp_path: Path
) -> None:
    ours = RolePageFactory(parent=index, title="Matron")
    AlternativeTitle.objects.create(page=ours, title="Senior sister")
    text = "You could become a Head Porter. With training, a Senior Sister. Or a Ward Clerk."
    folder = tmp_path / "posts"
    write_post(folder, 1, "Porter", html=content(changed(**{"what next": text})))
    write_post(folder, 2, "Head Porter")
    result = import_roles(folder, publish=True)
    assert result.summary["created"] == 2
    porter, head = RolePage.objects.get(title="Porter"), RolePage.objects.get(title="Head Porter")
    steps = Step.objects.filter(page=porter)
    assert [(step.target_id, step.relation) for step in steps] == [
        (head.pk, "next"),
        (ours.pk, "with_training"),
    ]
    (message,) = [
        flag["message"] for flag in result.post(1)["flags"] if flag["code"] == "candidates"
    ]
    assert message.endswith("Ward Clerk.")
    assert text in porter.body.raw_data[-1]["value"]["prose"]
    assert import_roles(folder, publish=True).summary == {"unchanged": 2}


class TestLaterRoles:
    """Roles that are mentioned before they have a page, and after they have changed."""

    TEXT = "You could become a Head Porter. Or a Matron."

    @pytest.fixture
    def porter(self, tmp_path: Path) -> Path:
        html = content(changed(**{"what next": self.TEXT}))
        return write_post(tmp_path / "posts", 1, "Porter", html=html)

    def steps(self) -> list[str]:
        page = RolePage.objects.get(title="Porter").get_latest_revision_as_object()
        (steps,) = (each["value"]["steps"] for each in page.body.raw_data if each["type"] == LAST)
        titles = dict(RolePage.objects.values_list("pk", "title"))
        return [titles[step["value"]["page"]] for step in steps]

    def test_they_become_steps_when_the_post_is_imported_again(
        self, import_roles: Import, index: Any, porter: Path, tmp_path: Path
    ) -> None:
        import_roles(porter)
        assert self.steps() == []
        import_roles(write_post(tmp_path / "more", 2, "Head Porter"))
        assert import_roles(porter).summary == {"updated": 1}
        assert self.steps() == ["Head Porter"]
        RolePageFactory(parent=index, title="Matron")
        assert import_roles(porter).summary == {"updated": 1}
        assert self.steps() == ["Head Porter", "Matron"]
        assert import_roles(porter).summary == {"unchanged": 1}

    def test_a_role_that_was_deleted_is_no_step_any_more(
        self, import_roles: Import, index: Any, porter: Path
    ) -> None:
        matron = RolePageFactory(parent=index, title="Matron")
        import_roles(porter)
        assert self.steps() == ["Matron"]
        matron.delete()
        assert import_roles(porter).summary == {"updated": 1}
        assert self.steps() == []

    @pytest.mark.parametrize("kind", ["post", "page"])
    def test_it_does_not_matter_which_posts_are_imported_together(
        self, import_roles: Import, porter: Path, kind: str
    ) -> None:
        head = write_post(porter.parent, 2, "Head Porter", layout=kind)
        import_roles(porter.parent)
        expected = ["Head Porter"] * (kind == "post")
        assert self.steps() == expected
        page = RolePage.objects.get(title="Head Porter")
        AlternativeTitle.objects.create(page=page, title="Chief")
        for each in (porter, head, porter.parent, porter):
            assert set(import_roles(each).summary) == {"unchanged"}
        page.title = "Leader of porters"
        page.save_revision().publish()
        for each in (porter, porter.parent, porter):
            assert set(import_roles(each).summary) == {"unchanged"}
        assert self.steps() == ["Leader of porters"] * (kind == "post")

    def test_a_role_that_was_renamed_on_the_old_site_has_its_new_name(
        self, import_roles: Import, porter: Path
    ) -> None:
        write_post(porter.parent, 2, "Head Porter")
        import_roles(porter.parent)
        write_post(porter.parent, 2, "Leader")
        assert import_roles(porter.parent).summary == {"updated": 2}
        assert self.steps() == []
        assert import_roles(porter.parent).summary == {"unchanged": 2}

    def test_a_page_that_an_earlier_release_imported_is_no_step(
        self, import_roles: Import, porter: Path
    ) -> None:
        write_post(porter.parent, 2, "Head Porter", layout="page")
        import_roles(porter.parent)
        ImportRecord.objects.update(source_type="", source_hash="")
        import_roles(porter.parent)
        assert self.steps() == []

    def test_an_unchanged_post_is_not_converted(
        self, import_roles: Import, porter: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write_post(porter.parent, 2, "Head Porter")
        import_roles(porter.parent)
        monkeypatch.setattr(run, "convert", None)
        assert import_roles(porter.parent).summary == {"unchanged": 2}
