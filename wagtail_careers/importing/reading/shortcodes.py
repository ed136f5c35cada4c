"""WordPress's shortcodes: ``[gallery ids="1,2"]``, ``[caption]…[/caption]``.

WordPress knows which plug-ins have registered which names; an export does not say. So a word
in brackets is taken for a shortcode where it looks like nothing else: it has an attribute, it
ends itself, it has an end elsewhere in the post, or its name is one of the common ones.
https://codex.wordpress.org/Shortcode_API
"""

import re
from collections.abc import Iterator

_TAG = re.compile(r"\[(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?P<rest>(?:\s[^\[\]]*)?)\]")
_ATTRIBUTE = re.compile(r"""\s[\w-]+\s*=\s*["'“”″\w]""")
_END = re.compile(r"\[/([A-Za-z][\w-]*)\]")

#: Those of WordPress itself, and of the plug-ins that most sites have.
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
    """The names for which ``text`` has an end, such as ``[/caption]``."""
    return frozenset(_END.findall(text))


def find(text: str, ended: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where the shortcodes of ``text`` are: positions of each tag, not of what it encloses."""
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
