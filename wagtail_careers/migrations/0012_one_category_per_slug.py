import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtail_careers", "0011_fill_category_language"),
    ]

    operations = [
        migrations.AlterField(
            model_name="rolecategory",
            name="locale",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wagtailcore.locale",
                verbose_name="locale",
            ),
        ),
        migrations.AlterField(
            model_name="rolecategory",
            name="translation_key",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AlterField(
            model_name="rolecategory",
            name="slug",
            field=models.SlugField(
                allow_unicode=True,
                help_text="The name in web addresses, for example “apprenticeships”.",
                max_length=255,
                verbose_name="slug",
            ),
        ),
        migrations.AlterUniqueTogether(
            name="rolecategory",
            unique_together={("translation_key", "locale")},
        ),
        migrations.AddConstraint(
            model_name="rolecategory",
            constraint=models.UniqueConstraint(
                fields=("slug", "locale"), name="wagtail_careers_one_category_per_slug"
            ),
        ),
    ]
