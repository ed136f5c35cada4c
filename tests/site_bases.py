"""A base template as sites have them: with a skip link, breadcrumbs, and styles for all pages."""

STYLES = """
*, *::before, *::after { box-sizing: border-box; }
body { background: #fffaf3; color: #2b2118; font-family: Georgia, serif; margin: 0; }
h1, h2, h3 { font-family: Arial, sans-serif; letter-spacing: 0.01em; margin: 2rem 0 1rem; }
h2 { color: #7a3b12; font-size: 2.25rem; }
ul { list-style: square; padding-left: 2.5rem; }
a { color: #7a3b12; }
.skip { left: 8px; position: absolute; top: 8px; }
.skip:not(:focus) { clip-path: inset(50%); height: 1px; overflow: hidden; width: 1px; }
.bar { background: #7a3b12; padding: 1rem; }
.bar a { color: #fff; display: inline-block; padding: 4px 0; }
.bar ul { display: flex; flex-wrap: wrap; gap: 1rem; list-style: none; margin: 0; padding: 0; }
.trail { padding: 0.5rem 1rem; }
.trail a { display: inline-block; padding: 4px 0; }
footer { background: #f0e6d8; padding: 1rem; }
a:focus-visible { outline: 3px solid #b3400a; outline-offset: 2px; }
.bar a:focus-visible { outline-color: #fff; }
"""

HEADER = """<header class="bar"><nav aria-label="Main"><ul>
  <li><a id="site-name" href="/">The bakery</a></li><li><a href="/breads/">Breads</a></li>
</ul></nav></header>
"""

BASE = """{% load static wagtailuserbar %}<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>{% block title %}{{ page.seo_title|default:page.title }}{% endblock %} | Bakery</title>
    <meta name="description"
          content="{% block search_description %}{{ page.search_description }}{% endblock %}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <style>STYLES</style>
    {% block head-extra %}<link rel="icon" href="data:,">{% endblock head-extra %}
  </head>
  <body class="{% block body_class %}{% endblock %}">
    {% wagtailuserbar %}
    {# This is not a <main>. #}
    <a class="skip" href="#content">Skip to content</a>
    {% block header %}{% include "bakery/header.html" %}{% endblock header %}
    {% block breadcrumbs %}
      <nav class="trail" aria-label="Breadcrumb"><a href="/">Home</a></nav>
    {% endblock %}
    <main id="content" tabindex="-1">{% block content %}{% endblock content %}</main>
    <footer>Baked daily since 1998.</footer>
  </body>
</html>
""".replace("STYLES", STYLES)

BAKERY = {"bakery/base.html": BASE, "bakery/header.html": HEADER}
