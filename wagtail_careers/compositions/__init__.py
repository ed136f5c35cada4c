"""Every page that an editor can compose, as a strategy of Hypothesis.

``pages.compositions`` derives it from the form of a page model, ``publication`` publishes an
example as the editor does. Install with ``pip install wagtail-careers[testing]``.
"""
