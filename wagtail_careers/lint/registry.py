"""The registry of rules and profiles: those of the package, and those that a site adds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from wagtail_careers.conf import SETTING, get_settings
from wagtail_careers.lint.rule import FAIR, GOVUK, NHS, ROLES, WCAG, Rule, Text
from wagtail_careers.lint.rules import (
    fair,
    formatting,
    headings,
    links,
    lists,
    roles,
    sentences,
    targets,
    traits,
)

_MODULES: tuple[ModuleType, ...] = (
    targets,
    traits,
    links,
    headings,
    lists,
    sentences,
    formatting,
    roles,
    fair,
)


@dataclass(frozen=True)
class Profile:
    """A set of rules with a name.

    It has the rules that name it in ``Rule.profiles``, those of the profiles in ``includes``, and
    those whose ids are in ``rules``, but none whose id is in ``without``.
    """

    name: str
    label: Text
    includes: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


_PROFILES = (
    Profile(WCAG, _("Web Content Accessibility Guidelines 2.2, A and AA")),
    Profile(NHS, _("NHS content guide")),
    Profile(GOVUK, _("GOV.UK style")),
    Profile(FAIR, _("Wording that keeps nobody from applying")),
    Profile(ROLES, _("Complete role pages")),
)


@cache
def all_rules() -> Mapping[str, Rule]:
    """Return all rules by id: the package's in the order of their modules, then the site's."""
    found: dict[str, Rule] = {}
    for rule in (*_package_rules(), *_site_rules()):
        found.setdefault(rule.id, rule)
    return found


@cache
def all_profiles() -> Mapping[str, Profile]:
    """Return all profiles by name: the package's, then those that the site's setting names."""
    added = (each for path in get_settings().lint_profiles if (each := _profile(path)))
    return {each.name: each for each in (*_PROFILES, *added)} | {
        name: Profile(name, name)
        for rule in all_rules().values()
        for name in rule.profiles
        if name not in {each.name for each in _PROFILES}
    }


def site_profiles() -> tuple[str, ...]:
    """Return the names of the profiles that the site's setting chooses."""
    known = all_profiles()
    names = (
        profile.name if "." in each and (profile := _profile(each)) else each
        for each in get_settings().lint_profiles
    )
    return tuple(name for name in names if name in known)


def rules_of(profiles: Iterable[str]) -> tuple[Rule, ...]:
    """Return the rules of some profiles, with those that every site checks.

    Raises ``KeyError`` for a profile that does not exist.
    """
    ids = {pk for name in profiles for pk in _ids(name, frozenset())}
    return tuple(rule for rule in all_rules().values() if not rule.profiles or rule.id in ids)


def _package_rules() -> Iterator[Rule]:
    return (each() for module in _MODULES for each in _declared_in(module))


def _site_rules() -> Iterator[Rule]:
    return (each for path in get_settings().lint_rules if (each := _rule(path)))


def _ids(name: str, seen: frozenset[str]) -> set[str]:
    if name in seen:
        return set()
    profile = all_profiles()[name]
    ids = {rule.id for rule in all_rules().values() if name in rule.profiles}
    # An included profile that does not exist is reported by manage.py check, and has no rules.
    for each in all_profiles().keys() & set(profile.includes):
        ids |= _ids(each, seen | {name})
    return (ids | set(profile.rules)) - set(profile.without)


def _declared_in(module: ModuleType) -> Iterator[type[Rule]]:
    for each in vars(module).values():
        if isinstance(each, type) and issubclass(each, Rule) and "id" in vars(each):
            yield each


def _imported(path: str) -> Any:
    try:
        return import_string(path)
    except ImportError:
        return None


def _rule(path: str) -> Rule | None:
    found = _imported(path)
    return found() if isinstance(found, type) and issubclass(found, Rule) else None


def _profile(path: str) -> Profile | None:
    found = _imported(path) if "." in path else None
    return found if isinstance(found, Profile) else None


@receiver(setting_changed)
def _forget(*, setting: str, **kwargs: Any) -> None:
    if setting == SETTING:
        all_rules.cache_clear()
        all_profiles.cache_clear()


def check_rules_and_profiles(**kwargs: Any) -> list[CheckMessage]:
    """Report rules and profiles in the settings that do not exist, and ids that are not unique.

    They are ignored.
    """
    kept = {type(rule) for rule in all_rules().values()}
    doubles = [rule.id for rule in _site_rules() if type(rule) not in kept]
    rules = [path for path in get_settings().lint_rules if not _rule(path)]
    known = all_profiles()
    profiles = [
        name for name in get_settings().lint_profiles if name not in known and not _profile(name)
    ]
    included = {name for profile in known.values() for name in profile.includes}
    unknown = {
        pk
        for profile in known.values()
        for pk in (*profile.rules, *profile.without)
        if pk not in all_rules()
    }
    return [
        *(_error("LINT_RULES", path, "a rule", "Use a subclass of Rule.") for path in rules),
        *(
            _error("LINT_RULES", pk, "an id that no other rule has", "Change the id of your rule.")
            for pk in doubles
        ),
        *(
            _error("LINT_PROFILES", name, "a profile", f"Use {', '.join(known)}, or a Profile.")
            for name in (*profiles, *sorted(included - known.keys()))
        ),
        *(
            _error("LINT_PROFILES", pk, "the id of a rule", "The reference of rules lists the ids.")
            for pk in sorted(unknown)
        ),
    ]


def _error(key: str, value: str, wanted: str, hint: str) -> CheckMessage:
    return Error(
        f"{SETTING}[{key!r}] names {value!r}, which is not {wanted}.",
        hint=hint,
        id="wagtail_careers.E011",
    )
