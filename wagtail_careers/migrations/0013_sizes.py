from django.db import migrations, models

import wagtail_careers.models.fields
from wagtail_careers.models.fields import digest


def fill(apps, schema_editor):
    """Fill in the digests of the paths that were checked."""
    checks = apps.get_model("wagtail_careers", "LinkCheck").objects.using(
        schema_editor.connection.alias
    )
    changed = []
    for check in checks.only("deep_path").iterator():
        check.path_digest = digest(check.deep_path)
        changed.append(check)
    checks.bulk_update(changed, ["path_digest"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_careers", "0012_one_category_per_slug"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="linkcheck",
            name="wagtail_careers_one_check_per_address",
        ),
        migrations.AddField(
            model_name="linkcheck",
            name="path_digest",
            field=models.CharField(default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="linkcheck",
            name="deep_path",
            field=models.TextField(blank=True, verbose_name="page on that site"),
        ),
        migrations.AlterField(
            model_name="linkcheck",
            name="url",
            field=models.TextField(verbose_name="address"),
        ),
        migrations.AlterField(
            model_name="linkcheck",
            name="host",
            field=models.CharField(db_index=True, max_length=260, verbose_name="host"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="linkcheck",
            constraint=models.UniqueConstraint(
                fields=("shared_link", "path_digest"), name="wagtail_careers_one_check_per_path"
            ),
        ),
        migrations.AlterField(
            model_name="replacement",
            name="new_path",
            field=models.TextField(blank=True, verbose_name="to path"),
        ),
        migrations.AlterField(
            model_name="replacement",
            name="old_path",
            field=models.TextField(null=True, verbose_name="from path"),
        ),
        migrations.AlterField(
            model_name="sharedlink",
            name="base_url",
            field=wagtail_careers.models.fields.HTTPSURLField(
                help_text="The address of the site or of its careers section, for example “https://www.jobs.nhs.uk/”. A page can add a path to it.",
                max_length=500,
                verbose_name="address",
            ),
        ),
        migrations.AlterField(
            model_name="sharedlink",
            name="destination_key",
            field=wagtail_careers.models.fields.DestinationKeyField(
                db_index=True, default="", editable=False, max_length=700
            ),
        ),
        migrations.AlterField(
            model_name="trait",
            name="key",
            field=wagtail_careers.models.fields.ExactCharField(
                editable=False, max_length=255, unique=True
            ),
        ),
        migrations.AlterField(
            model_name="traitalias",
            name="key",
            field=wagtail_careers.models.fields.ExactCharField(
                editable=False, max_length=255, unique=True
            ),
        ),
    ]
