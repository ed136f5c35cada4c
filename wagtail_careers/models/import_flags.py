"""The wording of flags: facts about an imported role, stored as codes with parameters.

Flags are worded when they are shown, in the language of the reader.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail_careers.blocks.registry import site_sections
from wagtail_careers.role_models import role_page_models

#: By code; a flag with a ``problem`` has a template for each.
MESSAGES: Mapping[str, Any] = {
    "address_unread": _(
        "The old address “%(address)s” is not redirected, because it is not complete or not on "
        "the site of the post."
    ),
    "adjacent_lists": _(
        "A list follows another list within an item. The editor joins them when the page is "
        "saved: %(text)s"
    ),
    "attribute": _(
        "Text of the attribute “%(attribute)s” (%(element)s) is not on the page: %(text)s "
        "(words: %(words)s)"
    ),
    "block": _("A block was left out because its content is not in the post: %(block)s"),
    "candidates": _("These may be roles that this one leads to: %(names)s."),
    "category": _("Check the category: %(doubt)s."),
    "comments": _("Comments were left out: %(number)s (words: %(words)s)."),
    "conflict": _("Both an editor and the source changed “%(name)s”."),
    "document": _("The link “%(text)s” leads to a document in the library: %(address)s"),
    "document_refused": _(
        "The link “%(text)s” leads to the old site, because its file was refused: %(address)s. "
        "%(errors)s"
    ),
    "date_unread": _(
        "The date “%(date)s” cannot be read and may be one to come, so the page stays a draft. "
        "Write it like 2018-08-06."
    ),
    "doubtful_section": _(
        "“%(heading)s” was imported as the section “%(section)s”, which may be wrong."
    ),
    "direction": _("The direction of this text (%(direction)s) was left out: %(text)s"),
    "embed": _("An embedded object (%(element)s) was left out: %(address)s"),
    "empty_section": _(
        "There is nothing to read under the heading “%(heading)s”. Left out there: %(left_out)s"
    ),
    "excerpt_link": _(
        "The link “%(text)s” in the excerpt was left out, because search descriptions have no "
        "links: %(address)s"
    ),
    "field": _("The field “%(name)s” is not on the page: “%(text)s” (words: %(words)s)."),
    "field_linked": _(
        "The field “%(name)s” is not on the page: “%(text)s” (words: %(words)s; links: "
        "%(addresses)s)."
    ),
    "featured_image": _("The page has no place for the featured image of the post: %(src)s"),
    "image": _(
        "The image “%(title)s” was added to the library, but not to the page: %(src)s (alternative "
        "text: %(alt)s)"
    ),
    "file_withheld": _(
        "A file was not added to the library, because everybody could open it there, and not "
        "everybody could see its post: %(src)s. If the post becomes public, import it again."
    ),
    "image_missing": _("An image was left out: %(src)s (alternative text: %(alt)s)"),
    "image_refused": _("An image was refused: %(src)s (alternative text: %(alt)s). %(errors)s"),
    "image_text": _("Text about an image was left out (%(src)s): %(text)s"),
    "image_unknown": _("An image was left out, because the export does not list it (ID %(id)s)."),
    "image_withheld": _(
        "An image was not added to the library, because everybody could see it there, and not "
        "everybody could see its post: %(src)s (alternative text: %(alt)s). If the post becomes "
        "public, import it again."
    ),
    "incomplete": _("The page cannot be published yet. Complete these parts: %(places)s."),
    "language": _("The language of this text (%(language)s) was left out: %(text)s"),
    "languages": _(
        "The post has several languages in one text, so the page stays a draft. Keep one of them, "
        "and make translations of the page for the others."
    ),
    "link_corrected": _(
        "The address of the link “%(text)s” was corrected: %(address)s is not a web address."
    ),
    "link_part": _(
        "The link “%(text)s” leads to the beginning of the page, not to the part: %(address)s"
    ),
    "link_removed": _("The link “%(text)s” to %(address)s was removed: %(reason)s."),
    "link_unclear": _("The link text “%(text)s” does not say where the link leads: %(address)s"),
    "list_numbers": _("The numbers of a list were written as text: %(text)s"),
    "locked": _("The page is locked and was not changed."),
    "long_heading": _(
        "The heading “%(heading)s…” is too long for a title and was moved to the text."
    ),
    "long_title": _(
        "The title is too long for a page and was shortened; the text begins with all of it."
    ),
    "markdown_lost": _("Words of the Markdown are not on the page: “%(words)s”"),
    "markdown_typed": _(
        "The Markdown is too long to be read, so the page has it with its signs, as typed."
    ),
    "markup": _(
        "A page cannot hold the element “%(element)s”, so only its text was kept: %(text)s"
    ),
    "many_sections": _(
        "The post has more than %(limit)s headings, so later ones became sub-headings."
    ),
    "mixed_format_html": _(
        "The file has HTML and Markdown and was read as HTML. To read it as Markdown, set "
        "“format” in the map file."
    ),
    "mixed_format_markdown": _(
        "The file has HTML and Markdown and was read as Markdown. To read it as HTML, set "
        "“format” in the map file."
    ),
    "more": _("%(number)s more notes of this kind were left out (%(code)s)."),
    "no_introduction": _("There is no introduction."),
    "no_redirects": _(
        "The old address is not redirected, because wagtail.contrib.redirects is not installed."
    ),
    "not_shown": _(
        "The page does not show all words of “%(words)s” in this order. Check the page template."
    ),
    "protected": _("The post had a password on the old site, which was not imported."),
    "old_host": _(
        "The link “%(text)s” leads to the old site and will stop working with it: %(address)s"
    ),
    "order": _(
        "The source has the sections in another order, but an editor has moved them. They stay "
        "where the editor put them."
    ),
    "raised_digits": _(
        "Superscript and subscript digits were changed to normal digits: “%(word)s”"
    ),
    "redirect_in_the_way": _(
        "The old path %(path)s is that of another page on this site, so it is not redirected."
    ),
    "redirect_long": _("The old path %(path)s… is too long to be redirected."),
    "redirect_taken": _("The old path %(path)s already redirects to something else."),
    "redirects_many": _(
        "The post has more than %(limit)s old addresses. %(number)s are not redirected."
    ),
    "repaired_bytes": _(
        "Characters were not in the encoding of the file and were corrected: “%(words)s”"
    ),
    "repaired_character": _("A character that cannot be in text was removed: “%(words)s”"),
    "repaired_field": _("“%(field)s” was not readable as it was and was corrected."),
    "repaired_markup": _("The markup of the file was broken and was corrected: “%(words)s”"),
    "repaired_more": _("The file was corrected in %(number)s more places."),
    "restricted": _(
        "Not everybody could see all of the post on the old site (%(tag)s), so the page stays a "
        "draft. Take out what readers must not see before you publish it."
    ),
    "same_slug": _("Several posts have the slug “%(slug)s”."),
    "second_section": _(
        "The page already has this section, so “%(heading)s” was imported as a text section."
    ),
    "shortcode": _("A shortcode was left out: %(shortcode)s"),
    "slug_changed": _(
        "The old slug “%(old)s” does not match the title, so the page has the slug “%(new)s”."
    ),
    "slug_taken": _("The slug “%(taken)s” is in use, so the page has the slug “%(slug)s”."),
    "status": _("The post was not public on the old site (%(status)s), so it is not published."),
    "still_live": _(
        "The post is not public on the old site any more (%(status)s), but its page is live. "
        "Unpublish the page if readers should not see it."
    ),
    "struck_out": _("Struck-out text was left out: %(text)s"),
    "terms": _("The page does not have these terms of “%(name)s”: %(text)s."),
    "unclosed": _(
        "The markup is not closed, so words can be missing, and the page stays a draft. "
        "Compare it with the old page: “%(text)s”"
    ),
    "template": _(
        "“%(text)s” looks like an instruction to another program. Readers would see it as text, so "
        "the page stays a draft. Take it out before you publish the page."
    ),
    "text_section": _("“%(heading)s” is not a known heading and was imported as a text section."),
    "type": _(
        "The post type “%(type)s” is specific to the old site, so the page stays a draft. If it "
        "holds roles, add it to “types” in the map file."
    ),
    "unaccounted": _(
        "Words were lost or changed around “%(words)s”. Compare the page with the post."
    ),
    "unrecognised": _("No heading matches a known section."),
    "untitled": _("The post had no title. Its first words became one: “%(title)s”"),
    "withheld": _(
        "The field “%(name)s” was left out unread, because it may hold a password or details of "
        "readers (words: %(words)s)."
    ),
}

#: The kinds of flags, with their labels and the codes of their flags.
FLAG_KINDS: Mapping[str, tuple[Any, frozenset[str]]] = {
    "lost": (_("Words that may be missing"), frozenset({"not_shown", "unaccounted"})),
    "conflict": (_("Conflicts with editors"), frozenset({"conflict", "locked", "order"})),
    "publication": (
        _("Publication"),
        frozenset({"date_unread", "incomplete", "restricted", "status", "still_live", "type"}),
    ),
    "sections": (
        _("Titles, sections and headings"),
        frozenset(
            {
                "doubtful_section",
                "empty_section",
                "long_heading",
                "long_title",
                "many_sections",
                "no_introduction",
                "second_section",
                "text_section",
                "unrecognised",
                "untitled",
            }
        ),
    ),
    "category": (_("Category"), frozenset({"category"})),
    "links": (_("Links and roles in the text"), frozenset({"candidates", "link", "old_host"})),
    "media": (
        _("Images and documents"),
        frozenset(
            {
                "document",
                "document_refused",
                "featured_image",
                "file_withheld",
                "image",
                "image_missing",
                "image_refused",
                "image_text",
                "image_unknown",
                "image_withheld",
            }
        ),
    ),
    "left_out": (
        _("Left out or changed"),
        frozenset(
            """
            adjacent_lists attribute block direction embed language languages list_numbers
            markdown_lost markdown_typed markup more raised_digits shortcode struck_out template
            unclosed
            """.split()  # noqa: SIM905 - a table to read, not a list to edit
        ),
    ),
    "files": (_("Repaired and doubtful files"), frozenset({"mixed_format", "repaired"})),
    "fields": (
        _("Fields, terms and comments"),
        frozenset({"comments", "excerpt_link", "field", "protected", "terms", "withheld"}),
    ),
    "addresses": (
        _("Addresses and redirects"),
        frozenset(
            {
                "address_unread",
                "no_redirects",
                "redirect_in_the_way",
                "redirect_long",
                "redirect_taken",
                "redirects_many",
                "same_slug",
                "slug_changed",
                "slug_taken",
            }
        ),
    ),
}

_DOUBTS: Mapping[str, Any] = {
    "nothing": _("nothing in the post indicates one"),
    "only_title": _("only the title indicates it"),
    "several": _("the post has other categories as well: %(names)s"),
    "title_differs": _("the title does not suggest “%(category)s”"),
    "title_suggests": _("the title suggests “%(category)s”"),
}

_LINK_REASONS: Mapping[str, Any] = {
    "file": _("no post was imported from this file"),
    "fragment": _("it leads to a part of the old page"),
    "incomplete": _("it is not a complete web address"),
    "unsafe": _("links that begin with “%(scheme)s:” are not safe"),
}


class _Values(dict[str, str]):
    """The parameters of a template, with a dash for those that are missing."""

    def __missing__(self, name: str) -> str:
        return "–"


def flag_message(flag: Mapping[str, Any]) -> str:
    """Word a stored flag in the active language.

    Flags of earlier releases have a message instead of parameters. A code without a template,
    such as one of a later release, is shown with its parameters.
    """
    if message := flag.get("message") or (flag.get("parameters") or {}).get("message"):
        return str(message)
    code, parameters = str(flag.get("code", "")), flag.get("parameters") or {}
    problem = parameters.get("problem")
    template = MESSAGES.get(f"{code}_{problem}" if problem else code)
    if template is None:
        told = ", ".join(str(value) for value in parameters.values())
        return f"{code}: {told}" if told else code
    section = section_label(parameters.get("section", ""))
    name = parameters.get("name") or parameters.get("heading")
    words = {"section": section, "name": name or section or "–"}
    if "places" in parameters:
        words["places"] = ", ".join(map(place_label, parameters["places"].split(", ")))
    if "doubt" in parameters:
        words["doubt"] = doubt_message(parameters["doubt"], parameters)
    if "reason" in parameters:
        words["reason"] = link_reason(parameters["reason"], parameters.get("scheme", ""))
    return str(template) % _Values({**parameters, **words})


def doubt_message(code: str, parameters: Mapping[str, str]) -> str:
    """Word the doubt about a category; empty if there is none."""
    return str(_DOUBTS.get(code, code)) % _Values(parameters)


def link_reason(code: str, scheme: str = "") -> str:
    """Word the reason why a link was removed."""
    return str(_LINK_REASONS.get(code, code)) % _Values(scheme=scheme)


def place_label(name: str) -> str:
    """Return the label of a section or of a field of a role page; its name if it is neither."""
    for model in role_page_models() if name not in site_sections() else ():
        with suppress(FieldDoesNotExist):
            return str(capfirst(model._meta.get_field(name).verbose_name))
    return section_label(name)


def section_label(name: str) -> str:
    """Return the label of a section; its name if no role page of the site has it."""
    if name == "title":
        return gettext("Title")
    kind = site_sections().get(name)
    return str(kind.label) if kind else name
