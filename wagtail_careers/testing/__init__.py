"""Accessibility checks for the pages of a site, in a real browser.

``browser`` starts a browser and shows pages as different readers see them. ``axe`` runs axe-core.
``layout``, ``content`` and ``keyboard`` check what axe does not cover. None of them needs Django
or pytest. Install them with ``pip install wagtail-careers[testing]``.
"""
