"""Checks of the addresses that shared links lead to.

``check`` asks addresses and ``verdicts`` says what the answers mean. ``run`` does so for the
addresses in use and saves the results. ``health`` is for the rows that result.
"""
