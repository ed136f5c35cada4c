"""Recompute the keys of traits and aliases, and merge those that are now the same.

The keys must be those that the installed package computes, or pages would not find their traits.
So this migration uses the package's own function rather than a copy of it, and only reads and
writes columns that the first migration made.
"""

from django.db import migrations

from wagtail_careers.rich_text.traits import MAX_TRAIT_LENGTH, trait_key, visible


def recompute(apps, schema_editor):
    using = schema_editor.connection.alias
    traits = apps.get_model("wagtail_careers", "Trait").objects.using(using)
    aliases = apps.get_model("wagtail_careers", "TraitAlias").objects.using(using)
    role_traits = apps.get_model("wagtail_careers", "RoleTrait").objects.using(using)

    def merge(kept, other):
        """Move the pages and aliases of one trait to another, as ``Trait.absorb`` does."""
        pages = role_traits.filter(trait=kept).values_list("page_id", flat=True)
        role_traits.filter(trait=other).exclude(page_id__in=list(pages)).update(trait=kept)
        aliases.filter(trait=other).update(trait=kept)
        traits.filter(pk=other).delete()

    kept_aliases = {}
    for alias in aliases.order_by("pk"):
        key = new_key(alias)
        if key in kept_aliases:
            alias.delete()
        else:
            kept_aliases[key] = alias.pk
    kept_traits = {}
    for trait in traits.order_by("pk"):
        key = new_key(trait)
        if key in kept_traits:
            merge(kept_traits[key], trait.pk)
        else:
            kept_traits[key] = trait.pk
    # A trait that has the name of another trait's alias means that trait, as in the admin.
    for key, pk in kept_traits.items():
        alias = aliases.filter(pk=kept_aliases.get(key)).first()
        if alias and alias.trait_id != pk:
            merge(alias.trait_id, pk)
    for rows in (traits, aliases):
        write(rows)


def write(rows):
    """Save names and keys. First give each changed row a key that no other row can have."""
    changed = [row for row in rows.order_by("pk") if (row.name, row.key) != spelling(row)]
    for row in changed:
        rows.filter(pk=row.pk).update(key=f"…{row.pk}…")
    for row in changed:
        name, key = spelling(row)
        rows.filter(pk=row.pk).update(name=name, key=key)


def spelling(row):
    return visible(row.name)[:MAX_TRAIT_LENGTH], new_key(row)


def new_key(row):
    """Return the key of a trait or alias; the old one if the new one is empty or too long."""
    key = trait_key(row.name)
    return key if 0 < len(key) <= MAX_TRAIT_LENGTH else row.key


class Migration(migrations.Migration):
    dependencies = [("wagtail_careers", "0004_wording")]

    operations = [migrations.RunPython(recompute, migrations.RunPython.noop, elidable=True)]
