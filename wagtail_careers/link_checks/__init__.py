"""Checks of the addresses that shared links lead to.

``check`` requests addresses, and ``verdicts`` interprets the answers. ``run`` checks the addresses
in use and saves the results. ``health`` manages the saved results and the actions of editors.
"""
