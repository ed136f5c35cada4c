import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


def fill_names(apps, schema_editor):
    replacements = apps.get_model("wagtail_careers", "Replacement").objects
    for each in replacements.filter(host="").select_related("old", "new").iterator():
        each.old_name = label(each.old, each.old_path)
        each.new_name = label(each.new, None if each.old_path is None else each.new_path)
        each.save(update_fields=["old_name", "new_name"])


def label(link, path):
    # A copy of ``Replacement.old_label`` as it is now.
    return link.name if path is None else f"{link.base_url.rstrip('/')}/{path}"


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_careers", "0018_plain_link_checks"),
    ]

    operations = [
        migrations.AddField(
            model_name="replacement",
            name="old_name",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="replacement",
            name="new_name",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(fill_names, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="replacement",
            name="wagtail_careers_links_or_host",
        ),
        migrations.AlterField(
            model_name="replacement",
            name="old",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="wagtail_careers.sharedlink",
                verbose_name="from",
            ),
        ),
        migrations.AlterField(
            model_name="replacement",
            name="new",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="wagtail_careers.sharedlink",
                verbose_name="to",
            ),
        ),
        migrations.AddConstraint(
            model_name="replacement",
            constraint=models.CheckConstraint(
                condition=Q(~Q(old_name=""), ~Q(new_name=""), host="")
                | Q(~Q(host=""), old=None, new=None),
                name="wagtail_careers_names_or_host",
            ),
        ),
    ]
