"""The body of a role page: its sections, in order."""

from collections.abc import Iterable, Iterator, Mapping
from threading import RLock
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlock
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.stream_block import StreamBlockValidationError

from wagtail_careers.blocks.completeness import is_written
from wagtail_careers.blocks.drafts import keep_stream
from wagtail_careers.blocks.language import language_of
from wagtail_careers.blocks.raw_data import rich_texts
from wagtail_careers.blocks.registry import APPLICATION, INTRODUCTION, sections_of
from wagtail_careers.blocks.rules import same_names, same_titles
from wagtail_careers.blocks.sections import (
    ApplicationLinksBlock,
    DutiesBlock,
    HeadingBlock,
    PersonSpecBlock,
    ProgressionBlock,
    TextBlock,
    TrainingBlock,
)
from wagtail_careers.blocks.sections.base import default_title
from wagtail_careers.languages import language_around, language_attributes, speaking
from wagtail_careers.rich_text.targets import (
    PAGE_KEY,
    SHARED_LINK_KEY,
    naming,
    parse_id,
    resolving,
)
from wagtail_careers.rich_text.traits import trait_phrases

#: To validate a draft, Wagtail makes the fields of blocks optional for a moment, and all threads
#: of a process share the blocks. Two validations at once, for example for a preview and an
#: autosave, could accept an incomplete page and leave the fields optional for good.
_CLEANING = RLock()


class RoleBodyBlock(StreamBlock):
    """The sections of a role page, each at most once unless it repeats.

    A draft can have anything in it. A published page has exactly one heading, which is first. A
    subclass adds a section by declaring its block, and drops one by setting it to None.
    """

    heading = HeadingBlock()
    person_spec = PersonSpecBlock()
    duties = DutiesBlock()
    training = TrainingBlock()
    application_links = ApplicationLinksBlock()
    progression = ProgressionBlock()
    text = TextBlock()

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(local_blocks, **kwargs)
        once = {
            name: {"max_num": 1}
            for name, section in sections_of(self).items()
            if not section.repeats
        }
        self.meta.block_counts = once | self.meta.block_counts

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """Read the posted form, with all choices of the body looked up at once."""
        with resolving(_posted_choices(data, prefix)):
            return super().value_from_datadict(data, files, prefix)

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return the texts for the search index, without a query for links."""
        with naming():
            return list(super().get_searchable_content(self._unresolved(value)))

    def extract_references(self, value: Any) -> Iterator[tuple[Any, str, str, str]]:
        """Yield what the body names, for the reference index, without a query for links."""
        with naming():
            references = list(super().extract_references(self._unresolved(value)))
        yield from references

    def _unresolved(self, value: Any) -> Any:
        """Return a copy of ``value``, because blocks keep the targets that they are given."""
        return self.to_python(list(value.raw_data))

    def clean_deferred(self, value: Any) -> Any:
        with _CLEANING:
            return super().clean_deferred(value)

    def clean(self, value: Any) -> Any:
        with _CLEANING:
            clean = self._clean_draft if self.is_deferred_validation else self._clean
            return clean(value)

    def _clean_draft(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except StreamBlockValidationError as error:
            try:
                return keep_stream(self, value)
            except ValidationError:
                raise error from None  # It has the places of all errors.

    def _clean(self, value: Any) -> Any:
        block_errors: dict[int, Any] = {}
        non_block_errors: list[Any] = []
        cleaned = value
        try:
            cleaned = super().clean(value)
        except StreamBlockValidationError as error:
            block_errors = error.block_errors
            non_block_errors = list(error.non_block_errors.as_data())
        for find in (same_titles, same_names):
            # A section has the errors of its own first.
            block_errors = find(value) | block_errors
        non_block_errors += _heading_errors([child.block_type for child in value])
        if block_errors or non_block_errors:
            raise StreamBlockValidationError(block_errors, non_block_errors)
        return cleaned

    def render(self, value: Any, context: Any = None) -> Any:
        """Render all sections with the links of the whole body looked up at once."""
        page = (context or {}).get("page")
        targets = resolving(value.raw_data, getattr(page, "path", "") or "")
        with targets, speaking(getattr(page, "own_language", "")):
            return super().render(value, context=context)

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        is_preview = getattr(context.get("request"), "is_preview", False)
        shown = shown_sections(value, is_preview=is_preview)
        context["headings"] = [each.block for each in shown if each.name == INTRODUCTION]
        context["sections"] = [each for each in shown if each.name != INTRODUCTION]
        context["careers_traits"] = _listed_traits(value, shown)
        context["titled"] = [each for each in context["sections"] if each.title]
        # A link from the top would lead nowhere if the section were the first one.
        later = context["titled"][1:]
        context["application"] = next((each for each in later if each.name == APPLICATION), None)
        return context

    class Meta:
        template = "wagtail_careers/blocks/body.html"


def _posted_choices(data: Mapping[str, Any], prefix: str) -> list[dict[str, int]]:
    """Return the keys of shared links and pages that are chosen in a posted body, as raw data."""
    return [
        {key: pk}
        for name in data
        if name.startswith(f"{prefix}-")
        and (key := name.rpartition("-")[2]) in (SHARED_LINK_KEY, PAGE_KEY)
        and (pk := parse_id(data[name])) is not None
    ]


class ShownSection(NamedTuple):
    """A section as readers see it.

    ``title`` is its ``<h2>``, and ``anchor`` its HTML id. Both are empty for the introduction and
    for a block that is not a section, such as a plain ``CharBlock`` in a site's own body.
    ``block`` is the bound block. ``attributes`` has ``lang`` and ``dir`` of a section in another
    language than that around it, ``link_attributes`` those of an entry for it in a contents list,
    and ``title_attributes`` those of a title that is in the language around it all the same.
    """

    name: str
    title: str
    anchor: str
    block: Any
    attributes: str = ""
    link_attributes: str = ""
    title_attributes: str = ""


def _listed_traits(value: Any, shown: Iterable[ShownSection]) -> tuple[str, ...]:
    """Return the phrases highlighted in a body, if one of the ``shown`` sections lists them."""
    if not any(getattr(each.block.block.meta, "lists_traits", False) for each in shown):
        return ()
    # A section that is not shown has no text.
    return trait_phrases(*rich_texts(value.stream_block, value.raw_data))


def shown_sections(value: Any, *, is_preview: bool = False) -> list[ShownSection]:
    """Return the sections of a body that readers see, in order.

    An empty section that counts for completeness is left out, because it would be a title with
    nothing below it. So is a section of entries that readers do not see. Previews include both, to
    show what is still missing.
    """
    known = sections_of(value.stream_block)
    anchors: set[str] = set()
    around = language_around()
    return [
        _shown(child, number, anchors, around)
        for number, (child, raw) in enumerate(zip(value, value.raw_data, strict=True))
        if is_preview
        or not known[child.block_type].counts_for_completeness
        or _has_content(child, raw["value"])
    ]


def _has_content(child: Any, raw: Any) -> bool:
    """Return whether a section has more than its title, without the entries that nobody sees."""
    if not isinstance(child.value, Mapping):
        return is_written(raw)
    if not isinstance(raw, Mapping):
        return False  # Wagtail reads what is no section as an empty one.
    hidden = {name for name, value in child.value.items() if _is_hidden_list(value)}
    return is_written({name: value for name, value in raw.items() if name not in hidden})


def _is_hidden_list(value: Any) -> bool:
    return isinstance(value, ListValue) and not any(
        getattr(entry, "is_visible", True) for entry in value
    )


def _shown(child: Any, number: int, anchors: set[str], around: str) -> ShownSection:
    language = language_of(child.value)
    with speaking(language):
        title = str(getattr(child.value, "heading", ""))
    if not title:
        return ShownSection(child.block_type, "", "", child)
    own = anchor(child, number)
    if own in anchors:
        own = f"{own}-{number}"  # A draft can have a section twice.
    anchors.add(own)
    if not language:
        return ShownSection(child.block_type, title, own, child)
    # A default title that is not translated is still in the language of the page.
    of_title = around if title == default_title(child.block) else language
    return ShownSection(
        child.block_type,
        title,
        own,
        child,
        attributes=flatatt(language_attributes(language, around)),
        link_attributes=flatatt(language_attributes(of_title, around)),
        title_attributes=flatatt(language_attributes(of_title, language)),
    )


def anchor(child: Any, number: int) -> str:
    """Return the HTML id of a section, which stays the same when its title changes.

    ``number`` distinguishes sections that were never saved, which have no id yet.
    """
    name: str = child.block_type.replace("_", "-")
    return f"{name}-{child.id or number}" if getattr(child.block.meta, "repeats", True) else name


def default_body(body: StreamBlock | None = None) -> list[tuple[str, Any]]:
    """Return the body of a new page: the sections that count for completeness, without text.

    Migrations refer to this function by its path. A model with its own body needs its own
    function, which passes an instance of its block.
    """
    body = body or RoleBodyBlock()
    return [
        (name, body.child_blocks[name].get_default())
        for name, section in sections_of(body).items()
        if section.counts_for_completeness
    ]


def _heading_errors(block_types: list[str]) -> list[ValidationError]:
    if INTRODUCTION not in block_types:
        return [
            ValidationError(_("The Heading section is missing. Add one that describes the role."))
        ]
    if block_types[0] != INTRODUCTION:
        return [ValidationError(_("The Heading section is not first. Move it to the top."))]
    return []
