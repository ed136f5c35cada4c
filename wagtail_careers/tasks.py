"""Background tasks, run by the engine that the site has configured for django_tasks."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task, task_backends
from wagtail.signals import page_published, page_unpublished

from wagtail_careers.background import run_in_background
from wagtail_careers.links import running
from wagtail_careers.models import Replacement, RolePageMixin
from wagtail_careers.models.replacement import SILENCE

#: The time that one task changes pages, so that others in the queue have their turn.
SLICE_SECONDS = 20.0


@task()
def check_shared_link(link_pk: int) -> None:
    """Check the address of one shared link, with all deep paths that pages add to it."""
    # Imported here because only a process that checks links needs the network libraries.
    from wagtail_careers.link_checks.run import check_links

    for _check in check_links([link_pk]):
        pass


@task()
def check_shared_links(asked_at: str = "") -> None:
    """Check all addresses in one run, to limit requests to sites with many shared links.

    Addresses checked since ``asked_at``, a time in ISO 8601, are skipped: an earlier run in the
    queue has checked them.
    """
    from wagtail_careers.link_checks.run import check_links

    continue_interrupted()
    not_since = datetime.fromisoformat(asked_at) if asked_at else None
    for _check in check_links(not_since=not_since):
        pass


@task()
def replace_shared_link(replacement_pk: int) -> None:
    """Change the waiting pages of a replacement for some time, and queue the rest.

    A worker that is killed leaves its task behind, which no other worker continues. So a task
    that does is queued before the work begins. Another was queued together with this one, for a
    worker that is killed before it gets here.
    """
    replacement = Replacement.objects.waiting().filter(pk=replacement_pk).first()
    if replacement is None:
        return
    _queue_watch()
    running.run(replacement, seconds=SLICE_SECONDS)
    if Replacement.objects.waiting().filter(pk=replacement_pk).exists():
        replace_shared_link.enqueue(replacement_pk)


@task()
def continue_replacements() -> None:
    """Continue the replacements that were interrupted, for example because a worker was killed."""
    continue_interrupted()


@task()
def record_findings(page_pk: int) -> None:
    """Record the findings about a page that was published or unpublished, for reports."""
    # Imported here because a site starts without the rules about content.
    from wagtail_careers.lint.recording import record

    record(page_pk)


def _on_publication(sender: Any, instance: Any, **kwargs: Any) -> None:
    if issubclass(sender, RolePageMixin):
        transaction.on_commit(partial(record_findings.enqueue, instance.pk))


def connect() -> None:
    """Connect to signals of publication. Called once, when the app is ready."""
    name = "wagtail_careers.tasks"
    page_published.connect(_on_publication, dispatch_uid=name)
    page_unpublished.connect(_on_publication, dispatch_uid=name)


def continue_interrupted() -> list[Replacement]:
    """Continue all interrupted replacements in the background, or here if there is no worker."""
    interrupted = list(Replacement.objects.interrupted())
    for replacement in interrupted:
        if run_in_background():
            queue_replacement(replacement)
        else:
            running.run(replacement)
    return interrupted


def queue_replacement(replacement: Replacement) -> None:
    """Queue the replacement, which counts as active from now on."""
    Replacement.objects.filter(pk=replacement.pk).update(active_at=timezone.now())
    transaction.on_commit(_queue_watch)
    transaction.on_commit(lambda: replace_shared_link.enqueue(replacement.pk))


def _queue_watch() -> None:
    """Queue ``continue_replacements`` for a time when a task that begins now has ended."""
    if task_backends[DEFAULT_TASK_BACKEND_ALIAS].supports_defer:
        later = timezone.now() + timedelta(seconds=SLICE_SECONDS) + 2 * SILENCE
        continue_replacements.using(run_after=later).enqueue()
