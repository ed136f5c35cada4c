"""The findings about one value of a role page, which need not be saved: a form or a preview."""

from collections.abc import Iterable
from typing import Any

from django.utils import translation
from django.utils.functional import SimpleLazyObject

from wagtail_careers.dates import today
from wagtail_careers.lint.content import read
from wagtail_careers.lint.findings import findings
from wagtail_careers.lint.pages import context_of, page_findings
from wagtail_careers.lint.records import look_up
from wagtail_careers.lint.registry import rules_of, site_profiles
from wagtail_careers.lint.rule import Finding, Level, Rule
from wagtail_careers.lint.waivers import waivers_of, without_waived
from wagtail_careers.lint.words import own_words


def site_rules() -> tuple[Rule, ...]:
    """Return the rules that the site checks: those of its profiles, and those without one."""
    return rules_of(site_profiles())


def site_concerns() -> list[Rule]:
    """Return those of them that find something to do."""
    return [rule for rule in site_rules() if rule.is_concern]


def value_findings(
    page: Any, rules: Iterable[Rule], *, title: str, body: Any
) -> tuple[Finding, ...]:
    """Return the findings about ``page`` with a title and the value of a body.

    The number of queries does not depend on what is in the body.
    """
    language = _language(page)
    raw_body = list(body.raw_data)
    spoken = page.own_language or language
    content = read(body.stream_block, raw_body, title=title, language=spoken, page=page.pk)
    # Few of the rules that stop a publication read records.
    records: Any = SimpleLazyObject(lambda: look_up([content.places], language))
    context = context_of(records, page.path or "", own_words(language))
    return findings(content, context, rules)


def newest_findings(page: Any) -> tuple[Finding, ...]:
    """Return all findings of the site's rules about the newest version of a role page."""
    return page_findings(page, site_concerns(), own_words(_language(page)))


def panel_rules() -> tuple[Rule, ...]:
    """Return the rules of the panel “Before publication”: what stops one, and what is broken.

    Wagtail's checks list the findings of the others beside the text.
    """
    return tuple(rule for rule in site_rules() if not rule.profiles or rule.level == Level.ERROR)


def preview_findings(page: Any) -> tuple[Finding, ...]:
    """Return what the editor of a previewed page should know, without what is waived."""
    found = value_findings(page, site_concerns(), title=page.title, body=page.body)
    return _not_waived(page, found)


def publication_errors(page: Any, *, title: str, body: Any) -> tuple[Finding, ...]:
    """Return the errors that stop ``page`` from being published with a title and a body."""
    rules = [rule for rule in site_rules() if rule.level == Level.ERROR]
    return _not_waived(page, value_findings(page, rules, title=title, body=body)) if rules else ()


def _not_waived(page: Any, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    if page.pk is None or not found:
        return found
    return without_waived(found, waivers_of([page.pk], today()).get(page.pk, ()))


def _language(page: Any) -> str:
    """Return the language of a page's locale. A page that is being created may have none yet."""
    return str(page.locale.language_code if page.locale_id else translation.get_language())
