"""Made by hand: the mixin's fields are taken as they are, so this never falls behind them."""

import django.db.models.deletion
from django.db import migrations, models

from wagtail_careers.models import RolePageMixin


def page_ptr() -> tuple[str, models.Field]:
    return "page_ptr", models.OneToOneField(
        auto_created=True,
        on_delete=django.db.models.deletion.CASCADE,
        parent_link=True,
        primary_key=True,
        serialize=False,
        to="wagtailcore.page",
    )


def mixin_fields() -> list[tuple[str, models.Field]]:
    return [(field.name, field.clone()) for field in RolePageMixin._meta.local_fields]


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wagtail_careers", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaidRolePage",
            fields=[
                page_ptr(),
                *mixin_fields(),
                ("salary", models.CharField(max_length=100, blank=True)),
            ],
            options={"abstract": False},
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="StaffRolePage",
            fields=[
                page_ptr(),
                *mixin_fields(),
                ("team", models.CharField(max_length=100, blank=True)),
            ],
            options={"abstract": False},
            bases=("wagtailcore.page", models.Model),
        ),
    ]
