"""The organisation's own words, as the rules read them."""

from wagtail_careers.lint.rule import OwnWord
from wagtail_careers.models import OrganisationWord


def own_words(language: str) -> tuple[OwnWord, ...]:
    """Return the words that pages in ``language`` should avoid, in one query."""
    words = OrganisationWord.objects.filter(locale__language_code=language)
    values = words.order_by("pk").values_list("word", "replacement", "reason")
    return tuple(OwnWord(*each) for each in values)
