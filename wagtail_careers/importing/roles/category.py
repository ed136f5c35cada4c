"""The category of a post: chosen, named by the source, or guessed from classes and the title."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from wagtail_careers.importing.reading.content import Block
from wagtail_careers.importing.sources.conventions import IGNORE, CategoryRule, Conventions
from wagtail_careers.importing.sources.posts import CATEGORY, Post, Term

#: The doubt about a category that names the other categories of the post.
SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class CategoryGuess:
    """The category of a post. ``doubt`` is a code if it is uncertain, with its parameters."""

    term: Term | None
    doubt: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    is_apprenticeship: bool = False


def guess_category(
    post: Post, blocks: Iterable[Block], chosen: str, conventions: Conventions
) -> CategoryGuess:
    """Return the ``chosen`` category, else that of the source, else a guess."""
    if chosen:
        rules = (rule for rule in conventions.categories if rule.slug == chosen)
        return next(map(_guess, rules), CategoryGuess(Term(chosen, chosen)))
    if terms := categories_of(post, conventions):
        return _of_source(terms, conventions)
    classes = {name for block in blocks for name in block.classes}
    by_title = next((rule for rule in conventions.categories if _is_titled(rule, post)), None)
    for rule in conventions.categories:
        pattern = rule.class_pattern
        if pattern and any(pattern.search(name) for name in classes):
            return _of_classes(rule, by_title, post)
    if by_title:
        return _guess(by_title, "only_title")
    return CategoryGuess(None, "nothing")


def categories_of(post: Post, conventions: Conventions) -> tuple[Term, ...]:
    """Return the terms that can be the category: first those of taxonomies that the map chooses."""
    chosen = (
        replace(term, taxonomy=CATEGORY)
        for term in post.terms
        if conventions.taxonomies.get(term.taxonomy) == CATEGORY
    )
    own = () if conventions.taxonomies.get(CATEGORY) == IGNORE else post.categories
    return tuple(dict.fromkeys((*chosen, *own)))


def _of_source(terms: tuple[Term, ...], conventions: Conventions) -> CategoryGuess:
    first, *others = terms
    is_apprenticeship = any(
        rule.term == first and rule.is_apprenticeship for rule in conventions.categories
    )
    if not others:
        return CategoryGuess(first, is_apprenticeship=is_apprenticeship)
    names = ", ".join(f"“{term.name}”" for term in others)
    return CategoryGuess(first, SEVERAL, {"names": names}, is_apprenticeship)


def _of_classes(rule: CategoryRule, by_title: CategoryRule | None, post: Post) -> CategoryGuess:
    if _is_titled(rule, post):
        return _guess(rule)
    if rule.title_pattern:
        return _guess(rule, "title_differs", {"category": rule.name})
    if by_title:
        return _guess(rule, "title_suggests", {"category": by_title.name})
    return _guess(rule)


def _guess(
    rule: CategoryRule, doubt: str = "", parameters: Mapping[str, str] | None = None
) -> CategoryGuess:
    return CategoryGuess(rule.term, doubt, parameters or {}, rule.is_apprenticeship)


def _is_titled(rule: CategoryRule, post: Post) -> bool:
    return bool(rule.title_pattern and rule.title_pattern.search(post.title))
