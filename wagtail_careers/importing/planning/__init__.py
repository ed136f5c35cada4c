"""Planning: a ``Role`` and the state of the site come in; an ``Action`` goes out.

``plan`` decides twice about a post: first whether it has to be converted at all, then what to
do with the role. ``index`` knows all posts, ``destination`` the site, and ``options`` the choices
of the person who imports. ``merge`` combines changes of the source with those of editors.
"""
