"""Categories are translatable. This and the two next migrations follow Wagtail's documentation.

There are three, because a database such as PostgreSQL cannot change a table in the transaction
that has changed its rows.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtail_careers", "0009_replacement_of_plain_links"),
    ]

    operations = [
        migrations.AddField(
            model_name="rolecategory",
            name="locale",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wagtailcore.locale",
                verbose_name="locale",
            ),
        ),
        migrations.AddField(
            model_name="rolecategory",
            name="translation_key",
            field=models.UUIDField(editable=False, null=True),
        ),
    ]
