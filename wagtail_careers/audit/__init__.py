"""An audit of the site's live pages in a real browser, and its reports.

``pages``, ``server``, ``visit`` and ``run`` open the pages and check them, and ``progress`` lets an
audit go on after it was stopped. ``results`` holds what was found, ``outcomes`` says what that means
for each criterion of WCAG, ``baseline`` tells new findings from known ones, and ``reports`` writes
it down.
"""
