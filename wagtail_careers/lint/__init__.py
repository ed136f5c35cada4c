"""Content rules: the body of a role page in, findings out.

``places`` reads a body, ``records`` looks up what it refers to, and ``findings`` compares the two.
Only ``records`` queries the database. ``pages`` runs all three for role pages.
"""
