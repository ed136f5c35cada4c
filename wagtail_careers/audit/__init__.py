"""An audit of the site's live pages in a real browser, and its reports.

``plan`` reads the arguments and ``carrying_out`` starts the browsers. ``pages``, ``server``,
``visit`` and ``run`` open the pages and check them, and ``progress`` lets an audit go on after it
was stopped. ``results`` holds what was found, ``outcomes`` says what it means for each criterion of
WCAG, and ``baseline`` tells new findings from known ones. ``reports`` and ``summary`` show it.
"""
