"""HTML that WPBakery keeps encoded in a shortcode, so that WordPress leaves it alone."""

import re
from base64 import b64decode
from urllib.parse import unquote

_RAW = re.compile(r"\[vc_raw_html[^\[\]]*+\](?P<encoded>[A-Za-z0-9+/=\s]++)\[/vc_raw_html\]")


def decoded(content: str) -> str:
    """Return ``content`` with such HTML as HTML; what cannot be decoded stays."""
    return _RAW.sub(_decoded, content)


def _decoded(found: re.Match[str]) -> str:
    try:
        text = b64decode(found["encoded"]).decode("utf-8")
    except ValueError:
        return found[0]
    return f"<div>{unquote(text)}</div>"
