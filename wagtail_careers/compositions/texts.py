"""Texts that editors write, paste or leave out, from ordinary to hostile."""

from hypothesis import strategies as st

#: Texts by kind. Each kind has been a fault somewhere: in a name, a line, a contrast or a parser.
KINDS: dict[str, tuple[str, ...]] = {
    "ordinary": (
        "You help people to move safely around the hospital.",
        "Apply on NHS Jobs",
        "patience",
        "Training",
        "Who are you?",
        "Band 3, from £24,937",
    ),
    "empty": ("",),
    "spaces": (" ", "   ", "\N{NO-BREAK SPACE}", "\N{EM SPACE}", "\N{IDEOGRAPHIC SPACE}", "\t"),
    "invisible": (
        "\N{ZERO WIDTH SPACE}",
        "\N{SOFT HYPHEN}",
        "\N{WORD JOINER}",
        "\N{LEFT-TO-RIGHT MARK}",
        "\N{RIGHT-TO-LEFT MARK}",
        "\N{ZERO WIDTH NO-BREAK SPACE}",
        "\N{HANGUL FILLER}",
        " \N{ZERO WIDTH SPACE}\N{NO-BREAK SPACE}",
    ),
    "right to left": (
        "أنت تساعد الناس",
        "אתה עוזר לאנשים",
        "Apply at מרכז 24/7 (NHS)",
        "\N{RIGHT-TO-LEFT OVERRIDE}evas",
    ),
    "East Asian": ("看護師として働く", "간호사", "您将帮助人们"),
    "emoji": ("😀", "👩🏽‍⚕️ nurse", "🏴󠁧󠁢󠁷󠁬󠁳󠁿"),
    "combining": ("Z\u0351\u036b\u0343a\u0363\u0311l\u0349\u034dgo", "e\u0301", "\u0301"),
    "control": ("a\x00b", "\x07", "two\nlines", "a\x0bb", "a\ufffeb", "a\ud800b"),
    "markup": (
        "<b>bold</b>",
        "&amp;nbsp;",
        "&nbsp;",
        "<script>x</script>",
        "{{ x }}",
        '"><img src=x>',
    ),
    "punctuation": ("…", "—", "?!", "»", ".", "1."),
    "long": (
        f"https://www.example.org/{'path-' * 55}",
        "Donaudampfschifffahrtsgesellschaft" * 8,
        "\N{LATIN SMALL LETTER A WITH RING ABOVE}" * 255,
    ),
    "huge": ("You help people to move safely, and you tell the team. " * 80,),
}

#: How often an ordinary text comes for each of the other kinds. With many more, no page of some
#: sections would be ordinary enough to be published.
_ORDINARY = 12

_OTHERS = tuple(kind for kind in KINDS if kind != "ordinary")


def texts() -> st.SearchStrategy[str]:
    """Return texts of all kinds: about half of them ordinary, the others equally often."""
    kinds = st.sampled_from(("ordinary",) * _ORDINARY + _OTHERS)
    known = kinds.flatmap(lambda kind: st.sampled_from(KINDS[kind]))
    return known | known | known | known | known | st.text(max_size=30)


def lines(min_length: int = 0, max_length: int | None = None) -> st.SearchStrategy[str]:
    """Return texts for a field with these limits, which a few of them are too short or long for."""
    fitting = texts().map(lambda text: _fitted(text, min_length, max_length))
    return fitting | fitting | fitting | fitting | fitting | fitting | fitting | texts()


def _fitted(text: str, min_length: int, max_length: int | None) -> str:
    # An empty text is for the field to refuse, or to accept.
    return text.ljust(min_length, "x")[:max_length] if text else text
