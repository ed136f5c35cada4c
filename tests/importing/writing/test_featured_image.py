"""The featured image of a post, on a site whose role pages have a field for it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from tests.importing.conftest import Result
from tests.importing.posts import export, item
from tests.testapp.models import OwnRoleIndexPage, OwnRolePage

Import = Callable[..., Result]

UPLOADS = "http://old.example/wp-content/uploads"


@pytest.fixture
def own_index(home: Any, settings: Any) -> Any:
    settings.WAGTAIL_CAREERS = {"IMPORT_FEATURED_IMAGE": "photo"}
    return home.add_child(instance=OwnRoleIndexPage(title="Own roles", slug="own"))


@pytest.fixture(autouse=True)
def template(tmp_path: Path, settings: Any) -> None:
    """A template that shows the photo."""
    folder = tmp_path / "templates" / "wagtail_careers"
    folder.mkdir(parents=True)
    (folder / "role_page.html").write_text(
        "{% load wagtailcore_tags wagtailimages_tags %}<h1>{{ page.title }}</h1>"
        "{% if page.photo %}{% image page.photo width-9 %}{% endif %}{% include_block page.body %}"
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path / "templates"]}]


@pytest.fixture
def run(
    import_roles: Import, own_index: Any, tmp_path: Path, settings: Any
) -> Callable[..., Result]:
    """A function that imports a post with the file ``image`` as its featured image."""
    settings.MEDIA_ROOT = tmp_path / "media"
    files = tmp_path / "uploads"
    files.mkdir()
    for number, name in enumerate(("bed.png", "cot.png"), start=1):
        (files / name).write_bytes(get_test_image_file(size=(9 * number, 9)).file.getvalue())

    def run(image: str, *, has_files: bool = True, title: str = "Porter") -> Result:
        key, value = "wp:meta_key", "wp:meta_value"
        pk = 7 if image == "bed.png" else 8
        meta = f"<wp:postmeta><{key}>_thumbnail_id</{key}><{value}>{pk}</{value}></wp:postmeta>"
        post = item(1, title, **{"wp:post_name": "porter"})
        attachment = item(pk, image, "", **{"wp:post_type": "attachment"}).replace(
            "</item>", f"<wp:attachment_url>{UPLOADS}/{image}</wp:attachment_url></item>"
        )
        items = [post.replace("</item>", f"{meta}</item>"), attachment] if image else [post]
        path = tmp_path / "export.xml"
        path.write_text(export(items), encoding="utf-8")
        return import_roles(path, parent="/own/", media=files if has_files else None)

    return run


def page() -> Any:
    return OwnRolePage.objects.get().get_latest_revision_as_object()


def codes(result: Result) -> set[str]:
    return {flag["code"] for flag in result.post(1)["flags"]}


def test_it_becomes_the_image_of_the_page(run: Callable[..., Result]) -> None:
    result = run("bed.png")
    assert page().photo == get_image_model().objects.get()
    assert "image" in codes(result)
    assert "featured_image" not in codes(result)


def test_it_follows_the_source_until_an_editor_chooses(run: Callable[..., Result]) -> None:
    run("bed.png")
    assert run("cot.png").summary["updated"] == 1
    assert page().photo.title == "cot.png"
    assert run("cot.png").summary["unchanged"] == 1
    chosen = page()
    chosen.photo = get_image_model().objects.get(title="bed.png")
    chosen.save_revision()
    run("cot.png", title="Head porter")
    assert (page().title, page().photo.title) == ("Head porter", "bed.png")


def test_without_its_file_it_stays(run: Callable[..., Result]) -> None:
    run("bed.png")
    assert "image_missing" in codes(run("bed.png", has_files=False, title="Head porter"))
    assert page().photo.title == "bed.png"
    run("")
    assert page().photo is None


def test_a_field_that_is_named_later_is_filled(run: Callable[..., Result], settings: Any) -> None:
    settings.WAGTAIL_CAREERS = {}
    assert "featured_image" in codes(run("bed.png"))
    assert page().photo is None
    settings.WAGTAIL_CAREERS = {"IMPORT_FEATURED_IMAGE": "photo"}
    run("bed.png")
    assert page().photo.title == "bed.png"
    assert run("bed.png").summary["unchanged"] == 1


@pytest.mark.parametrize("name", ["nothing", "title", "category"])
def test_a_field_for_something_else_is_refused(
    run: Callable[..., Result], settings: Any, name: str
) -> None:
    settings.WAGTAIL_CAREERS = {"IMPORT_FEATURED_IMAGE": name}
    result = run("bed.png")
    assert result.code == 2
    assert f"“{name}” is not a field for an image" in result.errors[0]
