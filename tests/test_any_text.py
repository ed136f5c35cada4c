"""Whatever the forms accept is stored, shown, joined, checked and exported, on every database."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale

from tests.factories import body, link_item, shared_link_html
from wagtail_careers.admin.link_forms import CreationForm, DeepPathForm
from wagtail_careers.admin.path_changes import PathForm
from wagtail_careers.admin.viewsets import RoleCategoryViewSet, TraitViewSet
from wagtail_careers.choices import Verdict
from wagtail_careers.link_checks import check, health, run
from wagtail_careers.link_checks.report import CheckReport
from wagtail_careers.links import replacements, running
from wagtail_careers.models import LinkCheck, SharedLink, Trait

pytestmark = pytest.mark.django_db

#: Names that databases, case folding, HTML, spreadsheets and terminals read in their own way.
NAMES = (
    "ß" * 255,
    "İ" * 255,
    "ŉ" * 255,
    "ﷺ" * 255,
    "\u0958" * 255,
    "😀" * 255,
    "\N{RIGHT-TO-LEFT OVERRIDE}evas\N{HEBREW LETTER ALEF}",
    "<script>alert(1)</script>&amp;%(name)s{{ x }}",
    "=HYPERLINK(1)",
    "Cafe\u0301 and CAFÉ",
    "%",
    "a\x00b",
    "a\ud800b",
    "\u200b",
)
_PARTS = st.sampled_from(
    ["a", "Ä", "é", "😀", "%20", "%c3%a9", "%FF", "%", "&", "+", ";", "'", '"', "<", "=", "..", "א"]
) | st.text(max_size=4)
_RUNS = st.lists(_PARTS, max_size=6).map("".join)
_LENGTHS = st.sampled_from([0, 400, 480, 490, 499, 500, 501])


def _padded(text: str, length: int) -> str:
    return text + "x" * max(0, length - len(text))


PATHS = st.builds(
    lambda path, query, fragment, length: _padded(f"{path}{query}{fragment}", length),
    _RUNS,
    st.just("") | _RUNS.map(lambda text: f"?q={text}"),
    st.just("") | _RUNS.map(lambda text: f"#{text}"),
    _LENGTHS,
)
BASES = st.builds(
    lambda scheme, host, path, length: _padded(f"{scheme}{host}/{path}", length),
    st.sampled_from(["https://", "http://", "HTTPS://", ""]),
    st.sampled_from(["a.example", "A.Example:8443", "bücher.example", "İ.example", "[::1]"])
    | st.just(f"{'.'.join(['h' * 60] * 4)}.example:65535"),
    PATHS,
    _LENGTHS,
)
TEXTS = st.sampled_from(NAMES) | st.text(max_size=300)
#: Each example writes and reads a dozen screens. Shrinking would take minutes.
FEW = settings(
    max_examples=10,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@contextmanager
def undone() -> Iterator[None]:
    """What happens in this context is taken back at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("root"))
    return client


@pytest.fixture
def role(publish_role: Any) -> Any:
    return publish_role(body=body())


def publish(role: Any, **sections: Any) -> None:
    # Not the object of the test, which what is undone would leave with revisions that are gone.
    page = type(role).objects.get(pk=role.pk)
    page.category, page.body = role.category, body(**sections)
    page.save_revision().publish()


def shown(client: Client, url: str, **params: str) -> str:
    response = client.get(url, params)
    assert response.status_code == 200, url
    is_file = "spreadsheet" in response["Content-Type"]
    return "" if is_file else b"".join(response).decode()


def accepted(name: str, base: str) -> SharedLink | None:
    """The link that the form creates; None if it refuses the input, with a reason."""
    link = SharedLink(locale=Locale.get_default())
    values = {"name": name, "base_url": base, "purpose": "information", "organisation": name}
    form = CreationForm(values, instance=link, chosen_url=lambda link, path: "")
    if not form.is_valid():
        assert form.errors
        return None
    form.save().save_revision().publish()
    return SharedLink.objects.get()


@FEW
@given(name=TEXTS, base=BASES, path=PATHS, words=TEXTS)
@example(name="a" * 255, base=f"https://a.example/{'b' * 482}", path="c" * 500, words="d" * 10_000)
@example(name="x", base=f"https://a.example?{'q' * 482}", path=f"?{'q' * 499}", words="")
def test_any_link_that_the_form_accepts(
    name: str, base: str, path: str, words: str, admin: Client, role: Any, monkeypatch: Any
) -> None:
    def check_urls(targets: Any, **kwargs: Any) -> Any:
        yield [
            check.CheckResult(each.url, Verdict.MOVED, 200, f"{each.url}{words}", words)
            for each in targets
        ]

    monkeypatch.setattr(check, "check_urls", check_urls)
    with undone():
        link = accepted(name, base)
        form = DeepPathForm({"path": path}, base_url=link.base_url if link else "")
        if link is None or not form.is_valid():
            return
        path = form.cleaned_data["path"]
        publish(
            role,
            application_links={"links": [link_item(link, path)]},
            duties=shared_link_html(link, "words", escape(path)),
        )
        assert shown(admin, role.url).count(f'href="{escape(link.url_for(path))}"') == 2

        report = CheckReport(datetime(2020, 1, 1, tzinfo=UTC))
        report.rows = health.prepare()
        for _row in run.check_addresses(report.rows):
            pass
        assert not report.unchecked
        checked = set(LinkCheck.objects.values_list("deep_path", "url"))
        assert checked == {("", link.base_url), (path, link.url_for(path))}
        json.dumps(list(report.entries()), cls=DjangoJSONEncoder)
        assert len(list(report.lines())) == len(checked)

        shown(admin, reverse("careers_shared_links:list"))
        shown(admin, reverse("careers_shared_links:edit", args=[link.pk]))
        usage = shown(admin, reverse("careers_shared_links:usage", args=[link.pk]), path=path)
        assert escape(path) in usage
        shown(admin, reverse("careers_link_health:accept"))
        for export in ({}, {"export": "csv"}, {"export": "xlsx"}):
            shown(admin, reverse("careers_link_health:index"), **export)


@FEW
@given(base=BASES, old=PATHS, new=PATHS)
@example(base=f"https://a.example/{'b' * 482}", old="c" * 500, new="d" * 500)
def test_any_path_that_the_form_changes(
    base: str, old: str, new: str, admin: Client, role: Any
) -> None:
    user = get_user_model().objects.get()
    with undone():
        link = accepted("Link", base)
        form = DeepPathForm({"path": old}, base_url=link.base_url if link else "")
        if link is None or not form.is_valid():
            return
        old = form.cleaned_data["path"]
        publish(role, duties=shared_link_html(link, "words", escape(old)))
        change = PathForm({"path": new}, link=link, old_path=old)
        if not change.is_valid():
            return
        replacement = replacements.replace_path(link, old, change.cleaned_data["path"], user=user)
        running.run(replacement)
        new_url = link.url_for(change.cleaned_data["path"])
        assert f'href="{escape(new_url)}"' in shown(admin, role.url)
        shown(admin, reverse("careers_shared_links:replacement", args=[replacement.pk]))
        for export in ({}, {"export": "csv"}, {"export": "xlsx"}):
            shown(admin, reverse("careers_replacements"), **export)


@FEW
@given(name=TEXTS, alias=TEXTS)
def test_any_trait_that_the_form_accepts(name: str, alias: str, admin: Client, role: Any) -> None:
    with undone():
        values = {
            "name": name,
            "aliases-TOTAL_FORMS": "1",
            "aliases-INITIAL_FORMS": "0",
            "aliases-0-name": alias,
        }
        form_class = TraitViewSet().get_edit_handler().get_form_class()  # type: ignore[no-untyped-call]
        form = form_class(values, instance=Trait(), for_user=get_user_model().objects.get())
        if not form.is_valid():
            return
        trait = form.save()
        publish(role, duties=f"<p>You are <mark>{escape(trait.name)}</mark>.</p>")
        shown(admin, role.url)
        shown(admin, reverse("careers_traits:list"))
        shown(admin, reverse("careers_traits:usage", args=[trait.pk]))
        shown(admin, reverse("careers_traits:edit", args=[trait.pk]))


@FEW
@given(phrase=TEXTS)
def test_any_phrase_can_be_highlighted(phrase: str, admin: Client, role: Any) -> None:
    with undone():
        clean = escape(phrase.replace("\x00", "").encode(errors="ignore").decode())
        publish(role, duties=f"<p>You are <mark>{clean}</mark>.</p>")
        shown(admin, role.url)
        shown(admin, reverse("careers_traits:list"))


@FEW
@given(name=TEXTS, slug=TEXTS | st.sampled_from(["a" * 255, "é" * 255, "a"]))
def test_any_category_that_the_form_accepts(name: str, slug: str, admin: Client, role: Any) -> None:
    with undone():
        form_class = RoleCategoryViewSet().get_edit_handler().get_form_class()  # type: ignore[no-untyped-call]
        user = get_user_model().objects.get()
        form = form_class({"name": name, "slug": slug}, for_user=user)
        if not form.is_valid():
            return
        role.category = form.save()
        publish(role)
        shown(admin, role.url)
        shown(admin, role.get_parent().url)
        shown(admin, reverse("careers_categories:list"))
        shown(admin, reverse("careers_roles:index"))
