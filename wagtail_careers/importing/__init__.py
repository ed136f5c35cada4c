"""Role pages out of a WordPress site, with an account of every word and link.

Each module is a step: a source is read into drafts (``sources``), the HTML of a draft into
content (``html``), content is sorted into sections (``sections``), addresses become links
(``links``), the whole is compared with what is there (``plan``), written (``write``) and
reported (``report``). All but the last three are values in, values out.
"""
