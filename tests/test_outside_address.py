"""The address of a link in a page, against a parser that reads addresses as browsers do."""

import ada_url
import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from wagtail_careers.safe_url import outside_address

OWN = "own.example"
STARTS = ["", "/", "//", "\\\\", "/\\", "https:", "http://", "https:///", "ftp://", "javascript:"]
PIECES = st.text(alphabet="ab.:@/\\?#%[] \t\n1-é\xad\u200b", max_size=20)


@pytest.mark.hypothesis
@given(start=st.sampled_from(STARTS), host=st.sampled_from(["", "a.example"]), rest=PIECES)
@example("https:", "", "\\/a.example")
@example("//", "a.example", "\\@b.example")
@example("/", "", "\t/a.example")
def test_leads_where_a_browser_goes(start: str, host: str, rest: str) -> None:
    href = start + host + rest
    try:
        address = outside_address(href)
    except ValidationError:
        return
    if address:
        assert goes_to(address) == goes_to(href)
    else:
        assert goes_to(href) == (OWN, "")


def goes_to(href: str) -> tuple[str, str] | None:
    """The host and the user name to which a browser goes from a page, if to any."""
    try:
        url = ada_url.URL(href, f"http://{OWN}/roles/nurse/")
    except ValueError:
        return None
    return url.hostname, url.username
