"""The states of an element, in words, in the order in which a transcript has them."""

from collections.abc import Iterable, Iterator

from wagtail_careers.testing import roles
from wagtail_careers.testing.accessibility_tree import Node
from wagtail_careers.testing.utterances import quoted

#: A state of three values, and its words for true, false and mixed.
_OF_THREE = {
    "checked": ("checked", "not checked", "partly checked"),
    "pressed": ("pressed", "not pressed", "partly pressed"),
}
_VALUES = ("true", "false", "mixed")
#: States that are said if they are true.
_IF_TRUE = {
    "selected": "selected",
    "disabled": "disabled",
    "readonly": "read-only",
    "required": "required",
    "modal": "modal",
}


def of_node(node: Node, name: str, kind: roles.Kind) -> Iterator[str]:
    """Yield the states of an element that is said with ``name``."""
    is_text_field = node.role in {"textbox", "searchbox", "combobox", "spinbutton"}
    properties = node.properties
    if not name and kind.needs_name and node.role != "separator":
        yield "no name"
    if node.role == "heading":
        yield f"level {properties.get('level')}"
    if node.current not in {"", "false"}:
        yield "current" if node.current == "true" else f"current {node.current}"
    if "expanded" in properties:
        yield "expanded" if properties["expanded"] else "collapsed"
    for state, words in _OF_THREE.items():
        if (value := properties.get(state)) in _VALUES:
            yield words[_VALUES.index(value)]
    for state, word in _IF_TRUE.items():
        if properties.get(state) is True:
            yield word
    if properties.get("invalid", "false") != "false":
        yield "invalid"
    if node.has_popup:
        yield "has popup"
    if node.value and (is_text_field or node.role in {"slider", "progressbar", "meter"}):
        yield f"value {quoted(' '.join(node.value.split()))}"
    if node.description:
        yield f"description {quoted(' '.join(node.description.split()))}"
    if node.role in roles.FRAMES:
        yield "not included"


def languages(of_words: Iterable[str], around: str) -> list[str]:
    """Return how words in these languages are said where the language is ``around``.

    A change of language changes the voice (WCAG 3.1.2 Language of Parts).
    """
    found = set(of_words)
    others = sorted(found - {around, ""})
    if not others:
        return []
    return [f"language {others[0]}"] if len(found) == 1 else [f"partly in {' '.join(others)}"]


def of_list(count: int) -> list[str]:
    return [_counted(count, "item")]


def of_table(node: Node) -> list[str]:
    """Return the number of rows and columns of a table."""
    rows = list(_rows(node))
    columns = max((len(row.children) for row in rows), default=0)
    return [_counted(len(rows), "row"), _counted(columns, "column")]


def _rows(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.role == "row":
            yield child
        else:
            yield from _rows(child)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
