"""Reading: the markup of a post comes in; a ``Content`` value goes out.

``preparation`` makes HTML of other formats first. Start with ``html``, which reads the elements of
a post. ``paragraphs`` makes paragraphs of their text. ``content`` has the values.
"""
