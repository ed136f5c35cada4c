"""What kind of role a post is, from what its author did not write as a category."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wagtail_careers.importing.reading.content import Block
from wagtail_careers.importing.sources.posts import Draft, Term

CAREERS = Term("careers", "Careers")
APPRENTICESHIPS = Term("apprenticeships", "Apprenticeships")

_CAREER_CLASS = re.compile(r"\bcareer")
_APPRENTICESHIP_CLASS = re.compile(r"\b(?:pages-heading|apprentice)")
_APPRENTICE = re.compile(r"\bapprentice", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CategoryGuess:
    """The category of a post. ``doubt`` says why it is uncertain; empty if it is not."""

    term: Term | None
    doubt: str = ""


def guess_category(draft: Draft, blocks: Iterable[Block]) -> CategoryGuess:
    """From the source's own categories; else from the classes of its introduction and its title."""
    if draft.categories:
        first, *others = draft.categories
        named = ", ".join(f"“{term.name}”" for term in others)
        return CategoryGuess(
            first, _("it has further categories: %(named)s") % {"named": named} if others else ""
        )
    classes = {name for block in blocks for name in block.classes}
    is_titled = bool(_APPRENTICE.search(draft.title))
    if any(_APPRENTICESHIP_CLASS.search(name) for name in classes):
        doubt = "" if is_titled else _("its title does not mention an apprentice")
        return CategoryGuess(APPRENTICESHIPS, doubt)
    if any(_CAREER_CLASS.search(name) for name in classes):
        doubt = _("its title mentions an apprentice") if is_titled else ""
        return CategoryGuess(CAREERS, doubt)
    if is_titled:
        return CategoryGuess(APPRENTICESHIPS, _("only its title says so"))
    return CategoryGuess(None, _("nothing says which kind of role it is"))
