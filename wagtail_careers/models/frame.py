"""The frame of role pages: the package's own base template, or that of the site.

A site's base template has names and habits of its own. They are read from its source once, so that
a role page fills the blocks that there are, and adds neither a second ``<main>`` nor a second
description.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.checks import CheckMessage, Error, register
from django.template import Template as DjangoTemplate
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.utils.html import format_html

from wagtail_careers.conf import SETTING, get_settings

OWN_BASE = "wagtail_careers/base.html"
SITE_FRAME = "wagtail_careers/site_frame.html"

#: Blocks for stylesheets, in the order of preference. ``site_frame.html`` fills each of them.
HEAD_BLOCKS = ("extra_css", "extra_head", "head_extra", "head-extra", "stylesheets", "head")
#: Blocks for the description of a page: the whole element or its ``content`` attribute.
DESCRIPTION_BLOCKS = ("search_description", "meta_description", "description")

# Compiled when they are first used: most sites use the package's own frame.
_COMMENTS = r"(?s){#.*?#}|<!--.*?-->|{%-?\s*comment\b.*?{%-?\s*endcomment\s*-?%}"
_MAIN = r"(?i)<main[\s>]|role=[\"']?main\b"
_BREADCRUMB = "(?i)breadcrumb"
_DESCRIPTION_ATTRIBUTE = r"(?i)<meta[^>]*?name=[\"']?description\b[^>]*?{%-?\s*block\s"


class Frame(NamedTuple):
    """A base template, and what role pages have to add to it.

    ``template`` is what the package's templates extend. ``head_block`` and ``description_block``
    are the blocks that take the stylesheet and the description; empty if there are none.
    """

    template: str
    base: Any = None
    blocks: frozenset[str] = frozenset()
    head_block: str = ""
    description_block: str = ""
    is_description_attribute: bool = False
    shows_search_description: bool = False
    has_main: bool = False
    has_breadcrumb: bool = False


def get_frame() -> Frame:
    """Return the frame that the setting chooses.

    Raises what ``get_template`` raises if the setting names a template that cannot be used, which
    system checks report.
    """
    name = get_settings().base_template
    if name == OWN_BASE:
        return Frame(OWN_BASE)
    return _read(_compiled(name))


def frame_context(page: Any) -> dict[str, Any]:
    """Return what the templates of a page need to fill its frame."""
    frame = get_frame()
    description: str = page.meta_description
    if description and not frame.is_description_attribute:
        description = format_html('<meta name="description" content="{}">', description)
    return {"careers_frame": frame, "careers_description": description}


def _compiled(name: str) -> Any:
    # Engines other than Django's have templates that Django's cannot extend.
    template: Any = getattr(get_template(name), "template", None)
    if not isinstance(template, DjangoTemplate):
        raise TemplateSyntaxError(f"{name} is not a Django template.")
    return template


@lru_cache(maxsize=8)
def _read(base: Any) -> Frame:
    family = list(_family(base))
    blocks = frozenset(
        block.name for each in family for block in each.nodelist.get_nodes_by_type(BlockNode)
    )
    source = re.sub(_COMMENTS, "", "\n".join(_sources(family)))
    return Frame(
        template=SITE_FRAME,
        base=base,
        blocks=blocks,
        head_block=_first(HEAD_BLOCKS, blocks),
        description_block=_first(DESCRIPTION_BLOCKS, blocks),
        is_description_attribute=bool(re.search(_DESCRIPTION_ATTRIBUTE, source)),
        shows_search_description="search_description" in source,
        has_main=bool(re.search(_MAIN, source)),
        has_breadcrumb=bool(re.search(_BREADCRUMB, source)),
    )


def _first(names: tuple[str, ...], blocks: frozenset[str]) -> str:
    return next((name for name in names if name in blocks), "")


def _family(template: Any) -> Iterator[Any]:
    """Yield a template and those that it extends, as far as they have fixed names."""
    while template is not None:
        yield template
        parents = template.nodelist.get_nodes_by_type(ExtendsNode)
        name = _fixed_name(parents[0].parent_name) if parents else ""
        template = _compiled(name) if name else None


def _sources(templates: list[Any]) -> Iterator[str]:
    """Yield the sources of templates, and of those that they include under fixed names."""
    seen: set[str] = set()
    waiting = list(templates)
    while waiting:
        template = waiting.pop(0)
        yield template.source
        for include in template.nodelist.get_nodes_by_type(IncludeNode):
            name = _fixed_name(include.template)
            if name and name not in seen:
                seen.add(name)
                waiting += _included(name)


def _included(name: str) -> list[Any]:
    try:
        return [_compiled(name)]
    except TemplateDoesNotExist:
        return []


def _fixed_name(expression: Any) -> str:
    is_fixed = isinstance(expression.var, str) and not expression.filters
    return str(expression.var) if is_fixed else ""


@register
def check_base_template(**kwargs: Any) -> list[CheckMessage]:
    """Report a base template that does not exist or lacks a block that role pages need."""
    name = get_settings().base_template
    try:
        frame = get_frame()
    except (TemplateDoesNotExist, TemplateSyntaxError) as error:
        return [
            Error(
                f"{SETTING}['BASE_TEMPLATE'] is {name!r}, which cannot be used: {error}",
                hint="Give the name of a Django template, as in {% extends %}.",
                id="wagtail_careers.E009",
            )
        ]
    if frame.template == OWN_BASE:
        return []
    missing = [block for block in ("title", "content") if block not in frame.blocks]
    if not frame.head_block:
        missing.append(HEAD_BLOCKS[0])
    return [
        Error(
            f"The base template {name!r} has no block {block!r}.",
            hint=f"Add {{% block {block} %}}{{% endblock %}} where {_PLACES[block]} belongs.",
            id="wagtail_careers.E010",
        )
        for block in missing
    ]


_PLACES = {
    "title": "the text of <title>",
    "content": "the content of a page",
    HEAD_BLOCKS[0]: "a stylesheet, in <head>,",
}
