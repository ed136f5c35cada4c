"""Rich text as the editor posts it: the content state of Draft.js, with what its features allow.

https://draftjs.org/docs/api-reference-data-conversion
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

import swapper
from hypothesis import strategies as st
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.formats import get_image_formats
from wagtail.rich_text import features as registry

from wagtail_careers.compositions.objects import keys
from wagtail_careers.compositions.texts import KINDS, texts

#: Strategies for the data of entities, by type.
Entities = Mapping[str, st.SearchStrategy[Any]]
#: A block: its type, its depth in a list, and its runs.
_Block: TypeAlias = "tuple[str, int, list[_Run]]"

_BLOCKS = 6
_RUNS = 4
_DEEPEST = 4
#: What the editor puts in the place of an image, a video or a line.
_ATOMIC_TEXT = " "
_IN_A_BLOCK_OF_ITS_OWN = ("IMAGE", "EMBED", "HORIZONTAL_RULE")

_ADDRESSES = st.sampled_from(
    (
        "https://www.jobs.nhs.uk/",
        "https://www.jobs.nhs.uk/xi/search?a=1&b=2",
        f"https://www.example.org/{'path-' * 60}",
        "https://bücher.example/",
        "mailto:jobs@example.org",
        "tel:+441632960001",
        "#duties",
        "/roles/",
        "javascript:alert(1)",
        "https://user:password@example.org/",
        "",
    )
)
_PATHS = st.sampled_from(("", "explore-roles/nursing", "?q=porter", "#apply", "x" * 600))


class Allowed(NamedTuple):
    """What a rich-text field can have: block types, inline styles, and entities with their data.

    Styles are grouped by their feature: one that has hundreds must not hide the others.
    """

    blocks: tuple[str, ...]
    styles: tuple[tuple[str, ...], ...]
    entities: Entities


class _Run(NamedTuple):
    """A piece of a block's text with its styles and at most one entity."""

    text: str
    styles: frozenset[str] = frozenset()
    entity: tuple[str, Any] | None = None


#: A paragraph, or nothing.
_BEGINNINGS: tuple[list[_Block], ...] = (
    *([("unstyled", 0, [_Run(text)])] for text in KINDS["ordinary"]),
    [],
)


def allowed(features: Any, entities: Entities) -> Allowed:
    """Return what ``features`` allow, as their converters tell.

    ``entities`` adds entities of a site's own, or replaces their data. An entity is left out if
    nothing is known of its data.
    """
    rules = [
        rule for each in features if (rule := registry.get_converter_rule("contentstate", each))
    ]
    known = {**_known_entities(), **entities}
    blocks = dict.fromkeys(name for rule in rules for name in _part(rule, "block_map"))
    decorated = [name for rule in rules for name in _part(rule, "entity_decorators")]
    return Allowed(
        blocks=("unstyled", *(each for each in blocks if each != "unstyled")),
        styles=tuple(filter(None, (tuple(_part(rule, "style_map")) for rule in rules))),
        entities={each: known[each] for each in decorated if each in known},
    )


def _part(rule: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part: Mapping[str, Any] = rule["to_database_format"].get(name, {})
    return part


def proses(features: Any, entities: Entities, *, required: bool) -> st.SearchStrategy[str]:
    """Return content states as JSON, for a field with these features.

    In a field that is ``required``, nearly all of them begin with an ordinary paragraph.
    """
    can = allowed(features, entities)
    blocks = st.sampled_from(can.blocks).flatmap(lambda kind: _blocks(kind, can))
    atomic = [name for name in can.entities if name in _IN_A_BLOCK_OF_ITS_OWN]
    if atomic:
        blocks |= st.sampled_from(atomic).flatmap(lambda name: _atomic_blocks(name, can))
    written = st.lists(blocks, max_size=_BLOCKS)
    if required:
        begun = st.tuples(st.sampled_from(_BEGINNINGS), written)
        written = begun.map(lambda pair: [*pair[0], *pair[1]])
    return written.map(_content_state)


def _blocks(kind: str, can: Allowed) -> st.SearchStrategy[_Block]:
    depths = st.integers(0, _DEEPEST) if kind.endswith("list-item") else st.just(0)
    return st.tuples(st.just(kind), depths, _runs(can))


def _atomic_blocks(name: str, can: Allowed) -> st.SearchStrategy[_Block]:
    run = can.entities[name].map(lambda data: _Run(_ATOMIC_TEXT, entity=(name, data)))
    return st.tuples(st.just("atomic"), st.just(0), run.map(lambda run: [run]))


def _runs(can: Allowed) -> st.SearchStrategy[list[_Run]]:
    styles = st.just(frozenset[str]())
    if can.styles:
        style = st.sampled_from(can.styles).flatmap(st.sampled_from)
        styles |= st.frozensets(style, max_size=2)
    inline = [name for name in can.entities if name not in _IN_A_BLOCK_OF_ITS_OWN]
    entities: st.SearchStrategy[Any] = st.none()
    if inline:
        linked = st.sampled_from(inline).flatmap(
            lambda name: st.tuples(st.just(name), can.entities[name])
        )
        entities |= linked
    return st.lists(st.builds(_Run, texts(), styles, entities), max_size=_RUNS)


def _content_state(blocks: list[_Block]) -> str:
    entity_map: dict[str, Any] = {}
    return json.dumps(
        {
            "blocks": [
                _block(number, *each, entity_map=entity_map) for number, each in enumerate(blocks)
            ],
            "entityMap": entity_map,
        }
    )


def _block(
    number: int, kind: str, depth: int, runs: list[_Run], entity_map: dict[str, Any]
) -> dict[str, Any]:
    styles: list[dict[str, Any]] = []
    links: list[dict[str, Any]] = []
    offset = 0
    for run in runs:
        place = {"offset": offset, "length": _length(run.text)}
        styles += [{**place, "style": style} for style in sorted(run.styles)]
        if run.entity:
            name, data = run.entity
            links.append({**place, "key": len(entity_map)})
            entity = {"type": name, "mutability": "MUTABLE", "data": data}
            entity_map[str(len(entity_map))] = entity
        offset += place["length"]
    return {
        "key": f"b{number}",
        "text": "".join(run.text for run in runs),
        "type": kind,
        "depth": depth,
        "inlineStyleRanges": [each for each in styles if each["length"]],
        "entityRanges": [each for each in links if each["length"]],
        "data": {},
    }


def _length(text: str) -> int:
    """Return the length of ``text`` as browsers count it, in units of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _known_entities() -> dict[str, st.SearchStrategy[Any]]:
    """Return the data of Wagtail's entities and this package's.

    Embeds are left out: Wagtail asks their sites for what to show.
    """
    from wagtail_careers.models import SharedLink

    pages = swapper.load_model("wagtailcore", "Page")
    formats = [each.name for each in get_image_formats()]
    return {
        "LINK": st.builds(dict, url=_ADDRESSES)
        | st.builds(dict, id=keys(pages).map(int), url=st.just("/"), parentId=st.just(1)),
        "DOCUMENT": st.builds(dict, id=keys(get_document_model()).map(int)),
        "SHARED-LINK": st.builds(dict, sharedLink=keys(SharedLink).map(int), path=_PATHS),
        "HORIZONTAL_RULE": st.just({}),
        "IMAGE": st.builds(
            dict,
            id=keys(get_image_model()).map(int),
            format=st.sampled_from(formats),
            alt=texts(),
        ),
    }
