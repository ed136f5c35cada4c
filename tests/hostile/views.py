"""The views that the package adds to a site, found by walking its URLs, its hooks and its pages."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from wagtail import hooks
from wagtail.models import Page, get_page_models

import wagtail_careers
from wagtail_careers.lint.publication import newest_findings
from wagtail_careers.lint.waivers import place_of
from wagtail_careers.pages.models import RolePage

PACKAGE = wagtail_careers.__name__
FOLDER = str(Path(wagtail_careers.__file__).parent)
#: Wagtail's views of a page that run code of its model, by the arguments in their path.
PAGE_VIEWS = {
    "add": ("content_type_app_name", "content_type_model_name", "parent_page_id"),
    "edit": ("page_id",),
    "preview_on_edit": ("page_id",),
    "view_draft": ("page_id",),
    "revisions_compare": ("pk", "revision_id_a", "revision_id_b"),
}


FORMS = {f"wagtailadmin_pages:{name}" for name in ("add", "edit", "preview_on_edit")}


@dataclass(frozen=True)
class View:
    """A view, by the name of its URL, with the arguments in its path.

    ``fixed`` are the arguments that name the model, which are no input.
    """

    name: str
    arguments: tuple[str, ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict)
    #: The name of a parameter without which nothing is found.
    needs: str = ""
    #: The model of the records that the keys in the path are of, if that is known.
    model: Any = None

    def __str__(self) -> str:
        label = self.model._meta.label if self.model and not self.fixed else ""
        return " ".join(filter(None, [self.name, *self.fixed.values(), label]))

    def query(self, arguments: Mapping[str, Any]) -> dict[str, str]:
        """Return the parameters without which nothing is found, if they are more than a key."""
        if self.name != "careers_waivers:waive":
            return {}
        page = RolePage.objects.filter(pk=arguments["page_id"]).first()
        found = newest_findings(page) if page else ()
        return {"rule": found[0].rule.id, "place": place_of(found[0])} if found else {}

    def page(self, arguments: Mapping[str, Any]) -> Any:
        """Return the page whose form the view reads, or None if it reads no form of a page."""
        if self.name not in FORMS:
            return None
        pages = self.model.objects.all()
        return pages.filter(pk=arguments.get("page_id")).first() or pages.first()

    def url(self, values: Mapping[str, Any]) -> str:
        """Return the URL with ``values`` for arguments; empty if there is none."""
        given = {**self.fixed, **{name: values[name] for name in self.arguments}}
        # Wagtail 7.4 has no names for the arguments of a comparison.
        for way in ({"kwargs": given}, {"args": tuple(given.values())}):
            with suppress(NoReverseMatch):
                return reverse(self.name, **way)
        return ""


def found_views() -> list[View]:
    """Return the views of the package, those that it guards, and those of its models."""
    views: dict[Any, View] = {}
    for identity, view in _walk(get_resolver().url_patterns):
        views.setdefault(identity, view)
    # A bulk action can take the place of another.
    views |= {str(view): view for view in (*_bulk_actions(), *_page_views())}
    return sorted(views.values(), key=str)


def _walk(patterns: Iterable[Any], namespaces: tuple[str, ...] = ()) -> Iterator[tuple[Any, View]]:
    """Yield the views of the package, each with what it shares with its other URLs.

    One view can have two names, and the lists of roles are the same for all models of a site.
    """
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (pattern.namespace,) if pattern.namespace else ()
            yield from _walk(pattern.url_patterns, (*namespaces, *inner))
        elif pattern.name and _is_ours(pattern.callback):
            arguments = pattern.pattern.converters or pattern.pattern.regex.groupindex
            model = _model_of(pattern.callback)
            view = getattr(pattern.callback, "view_class", pattern.callback)
            own_model = model if model and _is_of_package(model) else None
            identity = view.__module__, view.__qualname__, pattern.name, own_model
            yield identity, View(":".join((*namespaces, pattern.name)), tuple(arguments))


def _is_ours(callback: Any) -> bool:
    things = [*_unwrapped(callback), _model_of(callback)]
    return any(thing is not None and _is_of_package(thing) for thing in things)


def _model_of(callback: Any) -> Any:
    """Return the model of a view of a viewset, or None."""
    given = getattr(callback, "view_initkwargs", {})
    model = given.get("model") or given.get("model_class")
    return apps.get_model(model) if isinstance(model, str) else model


def _unwrapped(callback: Any) -> Iterator[Any]:
    """Yield a callback and all that it wraps, from the outside to the inside."""
    yield getattr(callback, "view_class", callback)
    while callback is not None:
        yield getattr(callback, "__code__", callback)
        callback = getattr(callback, "__wrapped__", None)


def _is_of_package(thing: Any) -> bool:
    """Return whether a class, a function or its code is of the package.

    A decorator takes on the module of what it wraps, but its code does not.
    """
    module = getattr(thing, "__module__", None) or ""
    is_in_folder = getattr(thing, "co_filename", "").startswith(FOLDER)
    return is_in_folder or module == PACKAGE or module.startswith(f"{PACKAGE}.")


def _bulk_actions() -> Iterator[View]:
    for action in hooks.get_hooks("register_bulk_action"):
        models = [model for model in action.models if _is_of_package(model)]
        if action.action_type == "publish":
            models = [Page]  # A hook of the package guards it.
        for model in models:
            meta = model._meta
            fixed = {
                "app_label": meta.app_label,
                "model_name": meta.model_name,
                "action": action.action_type,
            }
            yield View(
                "wagtail_bulk_action",
                fixed=fixed,
                needs="id",
                model=model if model is not Page else None,
            )


def _page_views() -> Iterator[View]:
    for model in _page_models():
        meta = model._meta
        for name, arguments in PAGE_VIEWS.items():
            fixed = {}
            if arguments[0] == "content_type_app_name":
                fixed = dict(zip(arguments, (meta.app_label, meta.model_name), strict=False))
            yield View(f"wagtailadmin_pages:{name}", arguments[len(fixed) :], fixed, model=model)


def _page_models() -> list[Any]:
    return [model for model in get_page_models() if _is_of_package(model)]
