import django.db.models.deletion
import swapper
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_careers", "0005_trait_keys"),
        swapper.dependency("wagtailcore", "Page"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlainLinkUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("host", models.CharField(db_index=True, max_length=260, verbose_name="host")),
                ("address", models.TextField(verbose_name="address")),
                ("address_hash", models.CharField(editable=False, max_length=64)),
                ("number", models.PositiveIntegerField(verbose_name="number of links")),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plain_link_uses",
                        to=swapper.get_model_name("wagtailcore", "Page"),
                        verbose_name="page",
                    ),
                ),
            ],
            options={
                "verbose_name": "plain link",
                "verbose_name_plural": "plain links",
                "ordering": ["host", "address"],
            },
        ),
        migrations.AddConstraint(
            model_name="plainlinkuse",
            constraint=models.UniqueConstraint(
                fields=("page", "address_hash"), name="wagtail_careers_one_plain_link_use"
            ),
        ),
    ]
