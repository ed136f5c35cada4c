"""The one parser of HTML from outside: that of browsers, after what would flood it is taken out.

https://html.spec.whatwg.org/multipage/parsing.html
"""

from selectolax.lexbor import LexborHTMLParser

from wagtail_careers.importing.sources.floods import tamed


def parsed(html: str) -> LexborHTMLParser:
    """Parse ``html`` as the inside of a body."""
    return LexborHTMLParser(f"<!doctype html><body>{tamed(html)}")
