import pytest

from wagtail_careers.rich_text import INLINE_FEATURES, PROSE_FEATURES
from wagtail_careers.rich_text.traits import trait_key, trait_phrases, trimmed, unique_phrases


@pytest.mark.parametrize(
    ("html", "phrases"),
    [
        ("", ()),
        ("<p>No trait here.</p>", ()),
        ("<p><mark>patience</mark></p>", ("patience",)),
        ("<p><mark>b</mark></p>", ()),
        ("<p><mark></mark><mark> </mark><mark>…</mark></p>", ()),
        ("<p><mark> patience, </mark></p>", ("patience",)),
        ("<p><mark>“team work”.</mark></p>", ("team work",)),
        ("<p><mark>– kind –</mark></p>", ("kind",)),
        ("<p><mark>team\n  work</mark></p>", ("team work",)),
        ("<p><mark>team\xa0work</mark></p>", ("team work",)),
        ("<p><mark>can-do attitude</mark></p>", ("can-do attitude",)),
        ("<p><mark>people’s trust</mark></p>", ("people’s trust",)),
        ("<p><mark>one</mark> and <mark>two</mark></p>", ("one", "two")),
        ("<p><mark>Two</mark> and <mark>one</mark></p>", ("Two", "one")),
        ("<p><mark>Kindness</mark>, <mark>kindness.</mark></p>", ("Kindness",)),
        ("<p><mark>STRASSE</mark> <mark>Straße</mark></p>", ("STRASSE",)),
        ("<p><mark>very <b>clear</b> <i>words</i></mark></p>", ("very clear words",)),
        ('<p><mark>see <a linktype="page" id="1">us</a></mark></p>', ("see us",)),
        ("<p><b>bold <mark>patience</mark></b></p>", ("patience",)),
        ("<p><mark>Q&amp;A</mark></p>", ("Q&A",)),
        ("<p><mark>&lt;script&gt;</mark></p>", ("<script>",)),
        ("<p><mark>caf&eacute; work</mark></p>", ("café work",)),
        ('<p><mark class="x">patience</mark></p>', ("patience",)),
        ("<p><mark>pa\xadtience\u200b</mark></p>", ("patience",)),
        ("<p><mark>&#8203;cafe&#769;&shy;</mark></p>", ("café",)),
        ("<p><mark>\u200ba</mark></p>", ()),
        ("<p><mark>can\u2011do</mark> and <mark>can-do</mark></p>", ("can\u2011do",)),
        ("<p>x</p><ul><li><mark>one</mark></li><li><mark>two</mark></li></ul>", ("one", "two")),
    ],
)
def test_trait_phrases_are_trimmed_and_come_once_in_order(
    html: str, phrases: tuple[str, ...]
) -> None:
    assert trait_phrases(html) == phrases


def test_unique_phrases_keeps_the_first_spelling() -> None:
    texts = ["Team Work", "patience", "team  work!", "x", "", "PATIENCE"]
    assert unique_phrases(texts) == ("Team Work", "patience")


@pytest.mark.parametrize(
    "other",
    ["communication", "Communication", " COMMUNICATION ", "“communication”.", "communication:"],
)
def test_trait_key_ignores_case_spacing_and_edge_punctuation(other: str) -> None:
    assert trait_key(other) == trait_key("communication")


@pytest.mark.parametrize(
    "other",
    [
        "people's can-do café",
        "people’s can-do café",
        "people\u02bcs can-do café",
        "people\u00b4s can-do café",
        "people\uff07s can\uff0ddo café",
        "people\u2032s can\u2011do café",
        "people's can–do cafe\u0301",
        "people's can\u2212do\xa0café",
        "peo\xadple's\u2003can-do ca\u200bf\u2060é\ufeff",
        "\u200epeople's can-do\u200f ca\u200d\u200cfé",
        "\uff50\uff45\uff4f\uff50\uff4c\uff45's can-do café",
        "PEOPLE’S CAN\u2010DO CAFÉ",
    ],
)
def test_trait_key_ignores_what_looks_the_same(other: str) -> None:
    assert trait_key(other) == "people's can-do café"


def test_trait_key_ignores_kinds_of_quotation_mark() -> None:
    assert trait_key("a “can do” way") == trait_key('a "can do" way')


@pytest.mark.parametrize(
    "text",
    [
        "ŉ’s",
        "\u00b4a\u00b4 b",
        "İstanbul",
        "ﬁt",
        "…a",
        "Straße",
        "½ day",
        "a\u0345b",
        "ǰ",
        "می‌خواهم",
    ],
)
def test_trait_key_of_a_key_is_that_key(text: str) -> None:
    assert trait_key(trait_key(text)) == trait_key(text) == trait_key(trimmed(text))


def test_names_keep_joiners_where_they_are_part_of_the_spelling() -> None:
    """In Persian, a word without its joiner is misspelt."""
    word = "می\u200cخو\u0627\u0647م"
    assert trimmed(word) == word
    assert trait_key(word) == word.replace("\u200c", "")


@pytest.mark.parametrize(
    ("one", "other"), [("kind", "kindness"), ("team work", "teamwork"), ("can do", "can-do")]
)
def test_trait_key_tells_different_phrases_apart(one: str, other: str) -> None:
    assert trait_key(one) != trait_key(other)


@pytest.mark.parametrize("text", ["", " ", "…", "–", "“”", "!?"])
def test_trait_key_of_mere_punctuation_is_empty(text: str) -> None:
    assert trait_key(text) == ""


def test_prose_and_introduction_offer_traits_and_shared_links() -> None:
    for features in (PROSE_FEATURES, INLINE_FEATURES):
        assert {"trait", "shared-link", "link"} <= set(features)


def test_introduction_offers_no_heading_that_would_skip_a_level() -> None:
    assert not [feature for feature in INLINE_FEATURES if feature.startswith("h")]
    assert not {"h1", "h2", "h4"} & set(PROSE_FEATURES)
