"""Accessibility checks for the pages of a site, in a real browser.

``browser`` starts one and looks at pages as different readers do, ``axe`` runs axe-core,
``layout`` and ``keyboard`` check what axe cannot. None of them needs Django or pytest; they
come with ``pip install wagtail-careers[testing]``.
"""
