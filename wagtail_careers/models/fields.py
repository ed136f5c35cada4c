"""The fields of the models: text that is compared exactly, and text computed when it is saved."""

from hashlib import sha256
from typing import Any

from django.db import models

from wagtail_careers.safe_url import destination_key


class _ExactMixin:
    """Text that is equal only if every character is.

    The usual collations of MySQL and MariaDB ignore case and accents, so a unique key would refuse
    two addresses or phrases that every other part of the package tells apart.
    """

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        parameters: dict[str, Any] = super().db_parameters(connection)  # type: ignore[misc]
        is_mysql = connection.vendor == "mysql"
        return {**parameters, "collation": "utf8mb4_bin"} if is_mysql else parameters


class ExactCharField(_ExactMixin, models.CharField):  # type: ignore[type-arg]
    """A line of text that is compared exactly."""


class HTTPSURLField(_ExactMixin, models.URLField):  # type: ignore[type-arg]
    """An address, compared exactly, whose form field completes ``nhs.uk`` to ``https://nhs.uk``."""

    def formfield(self, **kwargs: Any) -> Any:
        # Django 6 does this by default. Django 5.2 warns about the change.
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class DestinationKeyField(ExactCharField):
    """The key of the destination of ``base_url``, by which links are found. Always up to date."""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        key = destination_key(model_instance.base_url)
        setattr(model_instance, self.attname, key)
        return key


class DigestField(models.CharField):  # type: ignore[type-arg]
    """The digest of the text in the field ``of``. Always up to date.

    It stands for the text in a unique key: text of any length is too long for an index.
    """

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 64, "editable": False, **kwargs})
        self.of = of

    def pre_save(self, model_instance: Any, add: bool) -> str:
        value = digest(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Freeze as Django's class, so that migrations do not depend on this one."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


def digest(text: str) -> str:
    """Return the SHA-256 of ``text`` in 64 hexadecimal digits."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
