"""The rich text of role pages: its features, its traits and its links.

``html`` converts the database form to HTML. ``shared_link_feature``, ``trait_feature`` and
``language_feature`` register the package's features with Wagtail's editor. They are imported when
Wagtail registers features, because models import this package before Wagtail's admin can be
imported.
"""

#: The features of every rich-text field of a role page, so that text keeps its links, traits
#: and languages when an editor moves it from one field to another.
INLINE_FEATURES = ("bold", "italic", "link", "document-link", "shared-link", "trait", "language")

#: The features of a section's text. The introduction has the inline features only, because it
#: comes before any ``<h2>``, and an ``<h3>`` in it would skip a level.
PROSE_FEATURES = ("h3", "ol", "ul", *INLINE_FEATURES)
