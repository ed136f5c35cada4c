import pytest

from wagtail_careers.rich_text.similarity import Similar


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kind", "kindness"),
        ("tidy", "tidiness"),
        ("careful", "carefulness"),
        ("caring", "care"),
        ("skill", "skills"),
        ("ability", "abilities"),
        ("patience", "patient"),
        ("confident", "confidence"),
        ("resilience", "resiliency"),
        ("reliable", "reliability"),
        ("flexible", "flexibility"),
        ("curious", "curiosity"),
        ("honest", "honesty"),
        ("sincere", "sincerity"),
        ("punctual", "punctuality"),
        ("creative", "creativity"),
        ("motivated", "motivation"),
        ("organised", "organized"),
        ("organising", "organisation"),
        ("communicating", "communication"),
        ("compassion", "compassionate"),
        ("planning", "planned"),
        ("commitment to training", "committed to training"),
        ("team work", "teamwork"),
        ("team-working", "team work"),
        ("attention to detail", "attention to the details"),
        ("communication", "comunication"),
        ("communication", "communicarion"),
        ("teamwork", "teamwrok"),
        ("independent", "independant"),
        ("patience", "patence"),
        ("good practice", "good practise"),
        ("environment", "enviroment"),
        ("behaviour", "behavior"),
    ],
)
def test_forms_and_misspellings_of_a_phrase_are_similar(one: str, other: str) -> None:
    assert Similar([one]).find(other) == one
    assert Similar([other]).find(one) == other


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("polite", "police"),
        ("driven", "driver"),
        ("planning", "planting"),
        ("caring", "daring"),
        ("caring", "car"),
        ("fit", "wit"),
        ("witness", "wit"),
        ("business", "busy"),
        ("passion", "passive"),
        ("moral", "morale"),
        ("moral", "mortal"),
        ("human", "humane"),
        ("friend", "friendly"),
        ("casual", "causal"),
        ("careful", "careless"),
        ("reliable", "unreliable"),
        ("social", "asocial"),
        ("kind", "mind"),
        ("calm", "claim"),
        ("team leader", "team reader"),
        ("communication", "good communication"),
        ("five GCSEs at grade 4", "five GCSEs at grade 5"),
        ("qualification level12345", "qualification level12346"),
        ("the", "a"),
        ("", "patience"),
    ],
)
def test_other_words_are_not_similar(one: str, other: str) -> None:
    assert Similar([one.casefold()]).find(other.casefold()) is None
    assert Similar([other.casefold()]).find(one.casefold()) is None
