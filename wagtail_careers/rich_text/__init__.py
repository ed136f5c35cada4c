"""The rich text of role pages: its features, the traits in it, and what its links become.

``html`` turns the database form into HTML. ``shared_link_feature`` and ``trait_feature`` register
the two features of the package with Wagtail's editor; they are imported when Wagtail asks for
features, because models import this package before Wagtail's admin can be imported.
"""

#: The features that each rich-text field of a role page offers, so that text keeps its links and
#: traits when an editor moves it from one field to another.
INLINE_FEATURES = ("bold", "italic", "link", "document-link", "shared-link", "trait")

#: The features of a section's text. The introduction offers the inline features only: it comes
#: before any ``<h2>``, so an ``<h3>`` in it would skip a level.
PROSE_FEATURES = ("h3", "ol", "ul", *INLINE_FEATURES)
