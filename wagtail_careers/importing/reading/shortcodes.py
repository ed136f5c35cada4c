"""WordPress shortcodes: ``[gallery ids="1,2"]``, ``[caption]…[/caption]``.

WordPress knows the names that plug-ins have registered; an export does not contain them. So a
word in brackets counts as a shortcode if it has an attribute, closes itself, has an end
elsewhere in the post, or has a common name.
https://codex.wordpress.org/Shortcode_API
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from wagtail_careers.importing.reading.content import Tape, TextRun

#: The code of the reason for dropping them.
SHORTCODE = "shortcode"

_TAG = re.compile(r"\[(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?P<rest>(?:\s[^\[\]]*)?)\]")
_ATTRIBUTE = re.compile(r"""\s[\w-]+\s*=\s*["'“”″\w]""")
_END = re.compile(r"\[/([A-Za-z][\w-]*)\]")

#: Names from WordPress itself and from the most common plug-ins.
_COMMON = frozenset(
    {
        "archives",
        "audio",
        "caption",
        "contact-form-7",
        "embed",
        "gallery",
        "gravityform",
        "mailpoet_form",
        "ninja_form",
        "playlist",
        "recent_posts",
        "rev_slider",
        "table",
        "video",
        "wp_caption",
        "wpforms",
    }
)


def names_with_end(text: str) -> frozenset[str]:
    """Return the names that have an end in ``text``, such as ``[/caption]``."""
    return frozenset(_END.findall(text))


def find(text: str, ended: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each shortcode tag; the text that it encloses is not in it."""
    for tag in _TAG.finditer(text):
        name = tag["name"]
        if (
            tag["end"]
            or name in ended
            or name in _COMMON
            or tag["rest"].endswith("/")
            or _ATTRIBUTE.search(tag["rest"])
        ):
            yield tag.span()


def dropped(runs: tuple[TextRun, ...], ended: frozenset[str]) -> tuple[TextRun, ...]:
    """Mark the shortcodes in ``runs`` as dropped."""
    tape = Tape(runs)
    result: list[TextRun] = []
    at = 0
    for start, end in find(tape.text, ended):
        result += tape.cut(at, start)
        result += (replace(run, dropped=run.dropped or SHORTCODE) for run in tape.cut(start, end))
        at = end
    return (*result, *tape.cut(at, len(tape.text)))
