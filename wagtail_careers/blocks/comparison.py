"""The comparison of two versions of a body, for Wagtail's page that compares revisions.

A block names its class in ``get_comparison_class()``. The same classes show what both versions
have, and what only one of them has: as added or as removed.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin import compare
from wagtail.blocks import CharBlock, ChoiceBlock, ChooserBlock, ListBlock, RichTextBlock, TextBlock

from wagtail_careers.rich_text.comparison import Token, diff, read_tokens, words
from wagtail_careers.rich_text.targets import collect_ids, resolving, targets_of


class Comparison(compare.BlockComparison):
    """Two versions of a block. If one of them does not exist, the other is added or removed."""

    def html(self) -> SafeString:
        raise NotImplementedError

    def has_changed(self) -> bool:
        # As stored, because no two lists are equal otherwise.
        before, after = map(self.block.get_prep_value, (self.val_a, self.val_b))
        return bool(before != after)

    def htmlvalue(self, val: Any) -> SafeString:
        return self.html()

    def htmldiff(self) -> SafeString:
        return self.html()


class TokenComparison(Comparison):
    """Two values that are compared as tokens."""

    def tokens(self, value: Any) -> list[Token]:
        raise NotImplementedError

    def html(self) -> SafeString:
        before = self.tokens(self.val_a) if self.exists_a else []
        after = self.tokens(self.val_b) if self.exists_b else []
        return diff(before, after)


class TextComparison(TokenComparison):
    """Two versions of plain text."""

    def tokens(self, value: Any) -> list[Token]:
        return words(str(value or ""))


class ProseComparison(TokenComparison):
    """Two versions of rich text, with traits and link targets."""

    def tokens(self, value: Any) -> list[Token]:
        source = str(getattr(value, "source", value) or "")
        return read_tokens(source, targets_of(collect_ids(source)))


class ChoiceComparison(TokenComparison):
    """Two choices, in words."""

    def tokens(self, value: Any) -> list[Token]:
        label = _labels(self.block.field.choices).get(value, value)
        return [Token(str(label))] if value else []


class ObjectComparison(TokenComparison):
    """Two chosen records or pages, by their names."""

    def tokens(self, value: Any) -> list[Token]:
        if value is None:
            # A required record is missing if it was deleted, or if a draft has none yet.
            return [Token(_("Missing"))] if self.block.required else []
        name = getattr(value, "get_admin_display_title", value.__str__)()
        # By their keys, because two records can have the same name.
        return [Token(str(name), link=str(value.pk))]


class StructComparison(Comparison):
    """Two versions of a block with fields. Empty fields are left out."""

    def html(self) -> SafeString:
        rows = ((label, content) for label, content in self._fields() if content)
        return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows))

    def _fields(self) -> Iterable[tuple[str, SafeString]]:
        for name, block in self.block.child_blocks.items():
            if not self.skips(name):
                before = self.val_a[name] if self.exists_a else None
                after = self.val_b[name] if self.exists_b else None
                yield block.label, compare_block(block, self.exists_a, self.exists_b, before, after)

    def skips(self, name: str) -> bool:
        """Return whether the field called ``name`` is not shown."""
        return False


class SectionComparison(StructComparison):
    """Two versions of a section, with its name and what happened to it."""

    def html(self) -> SafeString:
        value = self.val_b if self.exists_b else self.val_a
        title = str(getattr(value, "heading", ""))
        return format_html(
            "<p><strong>{}</strong> {}</p>{}",
            f"{self.block.label}: {title}" if title else self.block.label,
            self._status(),
            super().html(),
        )

    def skips(self, name: str) -> bool:
        # The heading above shows it.
        is_in_both = self.exists_a and self.exists_b
        return name == "title" and is_in_both and self.val_a[name] == self.val_b[name]

    def _status(self) -> str:
        if self.is_new():
            return _("(added)")
        if self.is_deleted():
            return _("(removed)")
        return _("(changed)") if self.has_changed() else _("(unchanged)")


class ListComparison(Comparison, compare.ListBlockComparison):
    """Two versions of a list."""

    def html(self) -> SafeString:
        items = [html_of(comparison) for comparison in self._comparisons()]
        content = format_html_join("", "<li>{}</li>", ((item,) for item in items))
        return format_html("<ol>{}</ol>", content) if items else content

    def _comparisons(self) -> list[compare.BlockComparison]:
        if self.exists_a and self.exists_b:
            found: list[compare.BlockComparison] = self.get_block_comparisons()
            return found
        block, flags = self.block.child_block, (self.exists_a, self.exists_b)
        values = [
            child.value for child in (self.val_b if self.exists_b else self.val_a).bound_blocks
        ]
        comparison = comparison_class_for(block)
        return [comparison(block, *flags, value, value) for value in values]


class BodyComparison(compare.StreamFieldComparison):
    """Two versions of a body, with all links of both looked up at once."""

    def has_changed(self) -> bool:
        with self._resolving():
            return bool(super().has_changed())

    def htmldiff(self) -> SafeString:
        with self._resolving():
            html: SafeString = super().htmldiff()
        return html

    def _resolving(self) -> Any:
        return resolving([*self.val_a.raw_data, *self.val_b.raw_data])


class ProseFieldComparison(compare.RichTextFieldComparison):
    """Two versions of a rich-text field of a model."""

    def htmldiff(self) -> SafeString:
        sources = [str(self.val_a or ""), str(self.val_b or "")]
        targets = targets_of(collect_ids(sources))
        before, after = (read_tokens(source, targets) for source in sources)
        return diff(before, after)


def comparison_class_for(block: Any) -> Any:
    """Return the class that compares ``block``: its own, one of ours, or else Wagtail's."""
    if hasattr(block, "get_comparison_class"):
        return block.get_comparison_class()
    for kinds, comparison in _CLASSES:
        if isinstance(block, kinds):
            return comparison
    return compare.get_comparison_class_for_block(block)


_CLASSES: tuple[tuple[Any, type[Comparison]], ...] = (
    (RichTextBlock, ProseComparison),
    ((CharBlock, TextBlock), TextComparison),
    (ChoiceBlock, ChoiceComparison),
    (ChooserBlock, ObjectComparison),
    (ListBlock, ListComparison),
)


def compare_block(block: Any, exists_a: bool, exists_b: bool, val_a: Any, val_b: Any) -> SafeString:
    return html_of(comparison_class_for(block)(block, exists_a, exists_b, val_a, val_b))


def html_of(comparison: Any) -> SafeString:
    """Return a comparison as HTML. Wagtail's classes cannot compare with what does not exist."""
    html: SafeString
    if comparison.exists_a and comparison.exists_b:
        html = comparison.htmldiff()
    else:
        html = comparison.htmlvalue(comparison.val_b if comparison.exists_b else comparison.val_a)
    return html


def _labels(choices: Iterable[Any]) -> dict[Any, Any]:
    """Return the labels of choices by their values, including those in groups."""
    labels: dict[Any, Any] = {}
    for value, label in choices:
        labels |= _labels(label) if isinstance(label, (list, tuple)) else {value: label}
    return labels
