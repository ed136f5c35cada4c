"""Retired links in a version that is saved: their successors take their places.

A form that was open during a replacement still has the old link, and so has text that was copied
from an older version.
"""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.db.models.signals import pre_save
from wagtail.models import Revision

from wagtail_careers.links.mentions import Mention, change_mentions, mentions
from wagtail_careers.models import ReplacementPage, SharedLink
from wagtail_careers.models.page_type import page_type


class Succession(NamedTuple):
    """A retired link that content mentioned, and the link that it mentions instead."""

    old: SharedLink
    new: SharedLink


def put_successors(
    content: Mapping[str, Any], page_id: int
) -> tuple[Mapping[str, Any], list[Succession]]:
    """Return ``content`` with the newest successors of retired links, and the links concerned.

    Deep paths stay, unless a replacement on the way removed them on this page. This takes one
    query if no link is retired, and none if there is no link.
    """
    pks = {mention.shared_link for mention in mentions(content)}
    if not pks:
        return content, []
    retired = SharedLink.objects.filter(pk__in=pks).exclude(successor=None)
    found = {link.pk: Succession(link, link.current) for link in retired}
    if not found:
        return content, []
    # Of each link, all on the way to the newest, which has not been replaced.
    chains = {pk: [each.pk for each in old.chain[:-1]] for pk, (old, _new) in found.items()}
    keeps_path = _path_choices(page_id, {pk for chain in chains.values() for pk in chain})

    def change(mention: Mention) -> Mention:
        succession = found.get(mention.shared_link)
        if succession is None:
            return mention
        keeps = all(keeps_path.get(pk, True) for pk in chains[mention.shared_link])
        deep_path = mention.deep_path if keeps else ""
        return mention._replace(shared_link=succession.new.pk, deep_path=deep_path)

    return change_mentions(content, change), list(found.values())


def _path_choices(page_id: int, retired: Collection[int]) -> dict[int, bool]:
    """Return whether a page keeps its deep paths, by retired link, as last decided."""
    rows = ReplacementPage.objects.filter(
        page=page_id, replacement__old__in=retired, replacement__old_path=None
    )
    return dict(rows.order_by("pk").values_list("replacement__old", "keep_path"))


def _on_revision(
    sender: Any,
    instance: Revision,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    if raw or instance.base_content_type_id != page_type().pk:
        return
    if update_fields is not None and "content" not in update_fields:
        return
    before = instance.content
    after, successions = put_successors(before, int(instance.object_id))
    #: For the message to the editor.
    instance.successions = successions  # type: ignore[attr-defined]
    if successions:
        instance.content = dict(after)
        _follow(
            instance.content_object,
            {name: after[name] for name in after if after[name] != before[name]},
        )


def _follow(page: Any, changed: Mapping[str, Any]) -> None:
    """Put changed fields on ``page``, whose saved version is its draft if it is not live."""
    for name, value in changed.items():
        setattr(page, name, page._meta.get_field(name).to_python(value))
    if not page.live:
        page.save(update_fields=list(changed), clean=False)


def connect() -> None:
    """Connect to the signals of revisions. Called once, when the app is ready."""
    pre_save.connect(_on_revision, sender=Revision, dispatch_uid="wagtail_careers.succession")
