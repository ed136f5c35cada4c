"""Roles: a ``Post`` and its ``Content`` come in; a ``Role`` goes out.

The links of a role still have the addresses of the source.

Start with ``conversion``. ``sections`` and ``headings`` sort the text, ``traits`` and
``progression`` recognise traits and role names, ``links`` turns addresses into shared links,
``category`` finds the category, and ``account`` makes sure that no word is lost.
"""
