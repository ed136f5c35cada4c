"""What editors enter in blocks and in form fields, derived from these and from nothing else.

A value is nested as forms are posted: a list of pairs for a stream, a list for a list, a dictionary
for a struct, and text for a field, or a tuple of texts for one with several values. None stands
for a field that is not posted, as a box that is not ticked.
"""

from collections.abc import Iterable
from typing import Any, TypeAlias

from django import forms
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.extra.django import from_field
from wagtail.blocks import Block, FieldBlock, ListBlock, StreamBlock, StructBlock
from wagtail.blocks.base import BlockField

from wagtail_careers.compositions.objects import keys
from wagtail_careers.compositions.prose import Entities, proses
from wagtail_careers.compositions.texts import lines

Values: TypeAlias = st.SearchStrategy[Any]

#: The most entries of a list, unless it requires more.
_ENTRIES = 3
#: How many blocks of one type are in a stream, within its limits.
_TIMES = st.sampled_from((0, 1, 1, 2))
_MANNERS = st.sampled_from(range(10))


def block_values(block: Block, entities: Entities) -> Values:
    """Return the values that editors can give to ``block``, of whatever class it is.

    ``entities`` are those of ``prose.allowed``.
    """
    if isinstance(block, StreamBlock):
        return _streams(block, entities)
    if isinstance(block, StructBlock):
        return st.fixed_dictionaries(
            {name: block_values(child, entities) for name, child in block.child_blocks.items()}
        )
    if isinstance(block, ListBlock):
        meta: Any = block.meta
        least = meta.min_num or 0
        child = block_values(block.child_block, entities)
        return st.lists(child, min_size=least, max_size=max(least, meta.max_num or _ENTRIES))
    if isinstance(block, FieldBlock):
        default = block.value_for_form(block.get_default())
        return field_values(block.field, entities, default=default)
    return st.just("")


def _streams(block: Any, entities: Entities) -> Values:
    """Return the blocks of a stream, mostly in the order and the numbers that it asks for.

    The first type stays first, and the others are in their order or in any. One in ten begins
    with something else, and one in ten has a block too many.
    """
    counts = getattr(block.meta, "block_counts", {})
    items = {
        name: st.tuples(st.just(name), block_values(child, entities))
        for name, child in block.child_blocks.items()
    }
    if not items:
        return st.just([])

    @st.composite
    def streams(draw: st.DrawFn) -> list[Any]:
        names: list[str] = []
        for name in items:
            least, most = (counts.get(name, {}).get(key) for key in ("min_num", "max_num"))
            times = max(draw(_TIMES), least or 0)
            names += [name] * (times if most is None else min(times, most))
        first = next(iter(items))
        manner = draw(_MANNERS)
        tail = [name for name in names if name != first]
        if manner > 4:
            tail = draw(st.permutations(tail))
        names = draw(st.permutations(names)) if manner == 9 else [first, *tail]
        if manner == 8:
            names.append(draw(st.sampled_from(list(items))))
        return [draw(items[name]) for name in names]

    return streams()


def field_values(field: Any, entities: Entities, *, default: Any = "") -> Values:
    """Return what editors can enter in a form field.

    ``default`` is all that is entered in a field of a class about which nothing is known.
    """
    widget = field.widget
    if isinstance(field, BlockField):
        return block_values(field.block, entities)
    if hasattr(widget, "converter") and hasattr(widget, "features"):
        return proses(widget.features or (), entities, required=field.required)
    if isinstance(field, forms.BooleanField):
        return st.sampled_from(("on", None))
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return _chosen(field)
    if type(field) is forms.CharField:
        return lines(field.min_length or 0, field.max_length)
    try:
        known: Values = from_field(field)
    except InvalidArgument:
        return st.just(_posted(field, default))
    return known.map(lambda value: _posted(field, value))


def _chosen(field: Any) -> Values:
    if isinstance(field, forms.ModelChoiceField):
        queryset: Any = field.queryset
        one = keys(queryset.model)
    else:
        one = st.sampled_from(list(_choices(field.choices)) or [""])
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return st.lists(one, max_size=_ENTRIES, unique=True).map(tuple)
    return one if field.required else one | one | one | st.just("")


def _choices(choices: Iterable[Any]) -> Iterable[str]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _choices(label)
        else:
            yield str(value)


def _posted(field: Any, value: Any) -> Any:
    shown = field.widget.format_value(field.prepare_value(value))
    return "" if shown is None or isinstance(shown, list) else str(shown)
