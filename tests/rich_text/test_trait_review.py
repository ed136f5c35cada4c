import pytest

from wagtail_careers.rich_text.trait_review import PhraseKind, TraitNote, review
from wagtail_careers.rich_text.traits import MAX_TRAIT_LENGTH, marked_texts

KNOWN = {"kind": "Kind", "communication": "Communication", "clear speech": "Communication"}


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("KIND.", TraitNote("KIND", PhraseKind.KNOWN, "Kind")),
        ("clear\u200b speech", TraitNote("clear speech", PhraseKind.KNOWN, "Communication")),
        ("kindness", TraitNote("kindness", PhraseKind.SIMILAR, "Kind")),
        ("clear speeches", TraitNote("clear speeches", PhraseKind.SIMILAR, "Communication")),
        ("wit", TraitNote("wit", PhraseKind.NEW)),
        ("x", TraitNote("x", PhraseKind.TOO_SHORT)),
        (" … ", TraitNote("…", PhraseKind.TOO_SHORT)),
        ("x" * 255, TraitNote("x" * 255, PhraseKind.NEW)),
        ("x" * 256, TraitNote("x" * 256, PhraseKind.TOO_LONG)),
        ("ß" * 200, TraitNote("ß" * 200, PhraseKind.TOO_LONG)),
    ],
)
def test_each_phrase_has_a_kind(text: str, note: TraitNote) -> None:
    assert review([text], KNOWN) == [note]


def test_phrases_come_once_in_order() -> None:
    texts = ["wit", "Kind", "", "\xad ", "WIT!", "…", "…", "kind"]
    assert [note.phrase for note in review(texts, KNOWN)] == ["wit", "Kind", "…"]


def test_marked_texts_include_what_is_not_recorded() -> None:
    long = "x" * (MAX_TRAIT_LENGTH + 1)
    html = f"<p><mark>a</mark> <mark>very <b>kind</b></mark><mark>ly</mark> <mark>{long}</mark></p>"
    assert marked_texts(html) == ["a", "very kindly", long]


def test_nothing_is_known_at_first() -> None:
    assert review(["kind", "kindness"], {}) == [
        TraitNote("kind", PhraseKind.NEW),
        TraitNote("kindness", PhraseKind.NEW),
    ]
