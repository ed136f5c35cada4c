"""The featured image of a post, on pages that have a field for it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FeaturedImage:
    """The image for the ``field`` of a page model; the name is empty if it has none.

    ``image`` is None if the post has no featured image, and also if ``is_missing``: its file is
    not at hand or was refused.
    """

    field: str
    image: Any = None
    is_missing: bool = False

    def put_on(self, page: Any, then: int | None = None) -> bool:
        """Give ``page`` the image, and return True if that changes the page.

        ``then`` is the image that the last import gave it. An editor's choice stays.
        """
        if not self.field or self.is_missing or getattr(page, f"{self.field}_id") != then:
            return False
        has_changed = getattr(page, self.field) != self.image
        setattr(page, self.field, self.image)
        return bool(has_changed)

    def written(self, then: int | None = None) -> int | None:
        """Return the image that the source has, for the next import."""
        if self.is_missing or not self.field:
            return then
        return self.image.pk if self.image else None
