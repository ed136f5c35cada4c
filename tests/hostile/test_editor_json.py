"""JSON that no editor sends does not make a view fail."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.benchmarks.forms import page_form
from tests.hostile.walk import undone
from wagtail_careers.pages.models import RolePage

pytestmark = pytest.mark.django_db

KEYS = ("word", "²", 10**30, -1, True, None, [], {}, 1e300, "9" * 5_000)
PATHS = (5, None, [], {"a": 1}, "\x00\ud800", "x" * 10_000)


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "word",
        "[]",
        "1e999",
        "[" * 100_000,
        "\ud800",
        *(
            json.dumps({key: value})
            for key in ("addresses", "links", "locale")
            for value in (5, True, "word", {}, {"a": 1}, [[]], [{}], [5], [None], ["\ud800\x00"])
        ),
        *(json.dumps({"links": [{"id": pk, "path": path}]}) for pk in KEYS for path in PATHS),
        '{"links": [{"id": Infinity}, {"id": NaN}], "locale": "\\u0000"}',
    ],
    ids=lambda sent: sent[:40],
)
def test_endpoint_of_the_editor_answers(sent: str, admin_client: Client) -> None:
    url = reverse("careers_shared_link_chooser:resolve")
    body = sent.encode("utf-8", "surrogatepass")
    response = admin_client.post(url, body, content_type="application/json")
    assert response.status_code in (200, 400)


def prose(kind: str, *data: Any) -> str:
    """Return rich text in the form of the editor: a link for each of ``data``."""
    links = [
        {"key": str(number), "text": "link", "type": "unstyled", "depth": 0}
        | {"entityRanges": [{"key": number, "offset": 0, "length": 4}], "inlineStyleRanges": []}
        for number, _each in enumerate(data)
    ]
    entities = {
        str(number): {"type": kind, "mutability": "MUTABLE", "data": each}
        for number, each in enumerate(data)
    }
    return json.dumps({"blocks": links, "entityMap": entities})


IMPOSSIBLE = [
    prose("SHARED-LINK", *({"sharedLink": pk, "path": path} for pk in KEYS for path in PATHS)),
    prose("SHARED-LINK", *({"id": pk} for pk in KEYS), 5, None, [], "x"),
    prose("LINK", *({"id": pk, "url": path} for pk in KEYS for path in PATHS)),
    prose("LINK", *({"url": path} for path in PATHS)),
    prose("TRAIT", {}, 5),
    prose("UNKNOWN", {}, 5),
    *(json.dumps(each) for each in (5, None, True, "x", [], {}, [[]], {"blocks": [5, None, {}]})),
]


@pytest.fixture
def role(site: None, db: None) -> RolePage:
    return RolePage.objects.get(title="Porter")


def post(client: Client, role: RolePage, form: dict[str, Any]) -> None:
    """Preview, save and publish what is posted, and show it wherever it is shown."""
    edit = reverse("wagtailadmin_pages:edit", args=[role.pk])
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[role.pk])
    with undone():
        assert client.post(preview, form).status_code == 200
        assert client.get(preview).status_code == 200
        assert client.post(edit, form).status_code in (200, 302)
        assert client.get(edit).status_code == 200
        findings = reverse("careers_before_publication", args=[role.pk])
        assert client.get(findings).status_code == 200
    with undone():
        assert client.post(edit, {**form, "action-publish": "x"}).status_code in (200, 302)
        assert client.get(role.url).status_code == 200
        assert client.get(reverse("careers_roles:index")).status_code == 200


@pytest.mark.parametrize("state", IMPOSSIBLE, ids=lambda state: state[-40:])
def test_rich_text_that_no_editor_sends_is_saved(state: str, role: RolePage, admin: Client) -> None:
    form = page_form(role)
    names = [name for name in form if name.endswith(("-prose", "-introduction"))]
    assert len(names) == 6
    post(admin, role, {**form, **dict.fromkeys(names, state)})


@pytest.mark.parametrize("text", ["²", "[5]", "\x00", "ǰİß" * 200])
@pytest.mark.parametrize(
    "ending", ["shared_link", "page", "path", "note", "relation", "type", "title"]
)
def test_block_that_no_editor_sends_is_saved(
    ending: str, text: str, role: RolePage, admin: Client
) -> None:
    form = page_form(role)
    names = [name for name in form if name.startswith("body-") and name.endswith(f"-{ending}")]
    assert names
    post(admin, role, {**form, **dict.fromkeys(names, text)})
