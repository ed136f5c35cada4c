"""Role pages from a WordPress site, with an account of every word and link.

Each post makes one trip through five rooms, always forward: ``sources``, ``reading``, ``roles``,
``planning``, ``writing``. ``run`` takes it through them, and ``report`` says what happened. A room
imports only from rooms earlier in the trip. All before ``planning`` are values in, values out.
"""
