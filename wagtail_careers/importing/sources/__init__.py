"""Sources: paths come in; a ``Post``, a ``Refusal`` or a ``Skipped`` for each entry goes out.

Start with ``files``, which recognises each file by its content. ``conventions`` holds what is
particular to one old site, as data.
"""
