"""Writing: an ``Action`` comes in; an ``Outcome`` goes out.

``write`` carries out actions: ``creation`` makes a page, ``update`` merges into one, and
``publication`` publishes one. ``body`` and ``rich_text`` build the contents, ``records`` everything
else that belongs to a page, and ``page_check`` makes sure that the page shows every word.
"""
