"""Fingerprints of posts, by which a later import finds out that nothing has changed."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from hashlib import sha256

from wagtail_careers.importing.roles.progression import RoleMention
from wagtail_careers.importing.roles.role import Choice
from wagtail_careers.importing.sources.posts import Post


def fingerprint(post: Post, choice: Choice, options: str) -> str:
    """Return a hash that changes with the post and with anything else that affects its role."""
    facts = {**asdict(post), "source": "", "published_at": str(post.published_at)}
    text = json.dumps([facts, asdict(choice), options], sort_keys=True)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def with_mentions(fingerprint: str, mentions: Iterable[RoleMention]) -> str:
    """Return a hash that also changes with the roles that the post's progression mentions.

    These depend on which roles exist, and are known only after the post was converted.
    """
    roles = sorted({f"{each.role.key} {each.role.page or ''}" for each in mentions})
    return sha256(json.dumps([fingerprint, *roles]).encode()).hexdigest()
