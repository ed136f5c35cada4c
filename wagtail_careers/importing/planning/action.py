"""The action that is planned for a post."""

from dataclasses import dataclass
from enum import StrEnum

from wagtail_careers.importing.roles.flags import Flag
from wagtail_careers.importing.roles.progression import RoleMention
from wagtail_careers.importing.roles.role import Choice, Role
from wagtail_careers.importing.sources.posts import Post
from wagtail_careers.models import ImportRecord


class Intent(StrEnum):
    """The kind of an action."""

    CREATE = "create"
    UPDATE = "update"
    PUBLISH = "publish"
    UNCHANGED = "unchanged"
    SKIP = "skip"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Case:
    """A post that has to be converted, with its choices, its record and its fingerprint."""

    post: Post
    choice: Choice
    record: ImportRecord | None
    source_hash: str


@dataclass(frozen=True, slots=True)
class Action:
    """A post, the intent for it, and everything that is needed to carry it out.

    ``is_publishable`` says that nothing but the state of its page is against publishing it, and
    ``may_publish`` that it is to be published if its page can be.
    """

    intent: Intent
    post: Post
    source_hash: str = ""
    message: str = ""
    role: Role | None = None
    steps: tuple[RoleMention, ...] = ()
    flags: tuple[Flag, ...] = ()
    record: ImportRecord | None = None
    is_publishable: bool = False
    may_publish: bool = False
