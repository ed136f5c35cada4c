"""Content rules: a role page in, findings out.

``content`` reads a page into values, ``records`` looks up what it refers to, and ``findings`` asks
the rules about the two. Only ``records`` queries the database. ``rule`` has the shape of a rule,
``rules`` has the package's, and ``registry`` those of a site and its profiles. ``pages`` runs it
all for role pages.
"""
