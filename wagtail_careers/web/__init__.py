"""Connections to other sites. No other code of the package makes any.

``addresses`` says which addresses may be connected to, and ``client`` connects to these alone,
within limits of time, size and number.
"""
