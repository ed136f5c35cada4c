"""A site with something in each table that the views read."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import (
    GroupApprovalTask,
    Locale,
    Revision,
    Task,
    TaskState,
    Workflow,
    WorkflowState,
    WorkflowTask,
)

from tests.conftest import plant_home
from tests.factories import (
    RoleIndexPageFactory,
    RolePageFactory,
    SharedLinkFactory,
    TraitFactory,
    body,
    link_item,
    shared_link_html,
    step_item,
)
from wagtail_careers.choices import ImportState, PageOutcome, Verdict
from wagtail_careers.dates import today
from wagtail_careers.links import replacements
from wagtail_careers.models import (
    CachePurge,
    FindingWaiver,
    ImportRecord,
    LinkCheck,
    OrganisationWord,
    Replacement,
    ReplacementPage,
    RoleCategory,
    SharedLink,
    Trait,
    TraitAlias,
)
from wagtail_careers.pages.models import RoleIndexPage, RolePage

HOST = "plain.example"
#: The models whose records have keys to put into a path or a parameter.
MODELS = (
    RolePage,
    RoleIndexPage,
    SharedLink,
    Trait,
    RoleCategory,
    OrganisationWord,
    FindingWaiver,
    LinkCheck,
    Replacement,
    ImportRecord,
    Revision,
    TaskState,
    WorkflowState,
    Task,
)


def build() -> None:
    user = get_user_model().objects.create_superuser("root")
    Locale.objects.get_or_create(language_code="fr")
    index = RoleIndexPageFactory(parent=plant_home(), slug="roles")
    index.save_revision().publish()
    link, old = SharedLinkFactory(name="Jobs"), SharedLinkFactory(name="Old")
    other = SharedLinkFactory(name="Other", base_url=f"https://{HOST}/")
    for each in (link, other, old, SharedLinkFactory(name="Not used")):
        each.save_revision(user=user).publish()
    first = _role(index, "Nurse", link, None)
    second = _role(index, "Porter", other, first)
    second.save_revision()
    TraitAlias.objects.create(trait=Trait.objects.first(), name="calm")
    TraitFactory(name="Kind")
    OrganisationWord.objects.create(word="utilise", replacement="use", locale=link.locale)
    FindingWaiver.objects.create(
        page=first, rule="heading-duplicate", reason="Agreed.", until=today() + timedelta(days=3)
    )
    _checks(link, user)
    _replacement(old, other, first, user)
    CachePurge.objects.create(urls=["https://a.example/"], attempts=1, error="Refused")
    ImportRecord.objects.create(
        key="1",
        source="posts/1.md",
        source_title="Nurse",
        page=first,
        source_hash="x",
        state=ImportState.CONFLICT,
        needs_review=True,
        flags=[{"code": "a", "message": "Look.", "review": True}],
        notes=[{"section": "duties", "title": "", "source": {"value": {"prose": "<p>New.</p>"}}}],
    )
    _submit(user, second, link)


def _role(index: Any, title: str, link: SharedLink, step: Any) -> Any:
    prose = (
        f"<p>You are <mark>patient</mark>. {shared_link_html(link, 'Jobs', 'deep')} "
        f'<a href="https://{HOST}/a">plain</a></p>'
    )
    content = body(
        duties=prose,
        application_links={"links": [link_item(link, "deep", text="Deep jobs"), link_item(link)]},
        progression={"steps": [step_item("Sister", step)]},
    )
    page = RolePageFactory(parent=index, title=title, body=content, live=False)
    page.save_revision().publish()
    return RolePage.objects.get(pk=page.pk)


def _checks(link: SharedLink, user: Any) -> None:
    common = {"shared_link": link, "failing_days": 9, "checked_at": timezone.now()}
    moved = {"verdict": Verdict.MOVED, "final_url": "https://new.example/"}
    LinkCheck.objects.create(url=link.base_url, **common, **moved)
    url = link.url_for("deep")
    moved["final_url"] = f"{link.base_url}new"
    LinkCheck.objects.create(url=url, deep_path="deep", **common, **moved)
    LinkCheck.objects.create(
        url=link.url_for("dead"),
        deep_path="dead",
        verdict=Verdict.NOT_FOUND,
        ignored_until=today() + timedelta(days=3),
        ignored_by=user,
        **common,
    )


def _replacement(old: SharedLink, new: SharedLink, page: Any, user: Any) -> None:
    replacement = replacements.replace_path(old, "a", "b", user=user)
    ReplacementPage.objects.update_or_create(
        replacement=replacement, page=page, defaults={"outcome": PageOutcome.WAITING}
    )
    SharedLink.objects.filter(pk=old.pk).update(successor=new)


def _submit(user: Any, *things: Any) -> None:
    workflow = Workflow.objects.create(name="Moderation")
    task = GroupApprovalTask.objects.create(name="Moderators")
    task.groups.add(Group.objects.get(name="Moderators"))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    for thing in things:
        workflow.start(thing, user)


def keys(model: Any = None) -> list[int]:
    """Return the keys of ``model``, or those of all records, one of which fits any view."""
    models = (model,) if model else MODELS
    return sorted(
        {pk for each in models for pk in each._default_manager.values_list("pk", flat=True)}
    )
