import uuid

import django.db.models.deletion
import modelcluster.fields
import modelsearch.index
import swapper
import wagtail.models.preview
from django.db import migrations, models

# Sites may have a page model of their own (WAGTAIL_PAGE_MODEL in Wagtail 8).
PAGE_MODEL = swapper.get_model_name("wagtailcore", "Page")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        swapper.dependency("wagtailcore", "Page"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoleCategory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="In the plural, as a heading: “Apprenticeships”.",
                        max_length=255,
                        verbose_name="name",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True,
                        help_text="The name as it appears in addresses: “apprenticeships”.",
                        max_length=255,
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "is_apprenticeship",
                    models.BooleanField(
                        default=False,
                        help_text="Whether roles of this kind are apprenticeships.",
                        verbose_name="apprenticeship",
                    ),
                ),
            ],
            options={
                "verbose_name": "role category",
                "verbose_name_plural": "role categories",
                "ordering": ["name"],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="Trait",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="The quality in a few words: “communication”.",
                        max_length=255,
                        verbose_name="name",
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=255, unique=True)),
            ],
            options={
                "verbose_name": "trait",
                "verbose_name_plural": "traits",
                "ordering": ["name"],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="AlternativeTitle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_alternative_titles",
                        to=PAGE_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "alternative title",
                "verbose_name_plural": "alternative titles",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=255, verbose_name="role title")),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("next", "Next step"),
                            ("with_training", "With further training"),
                            ("specialise", "Specialise"),
                            ("sideways", "Move sideways"),
                        ],
                        max_length=20,
                        verbose_name="relation",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=255, verbose_name="note")),
                ("sort_order", models.PositiveIntegerField()),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_steps",
                        to=PAGE_MODEL,
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="role_steps_to",
                        to=PAGE_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
            },
        ),
        migrations.CreateModel(
            name="TraitAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("name", models.CharField(max_length=255, verbose_name="phrase")),
                ("key", models.CharField(editable=False, max_length=255, unique=True)),
                (
                    "trait",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="wagtail_careers.trait",
                    ),
                ),
            ],
            options={
                "verbose_name": "alias",
                "verbose_name_plural": "aliases",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SharedLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                (
                    "has_unpublished_changes",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="has unpublished changes"
                    ),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(
                        blank=True, db_index=True, null=True, verbose_name="first published at"
                    ),
                ),
                (
                    "last_published_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="last published at"
                    ),
                ),
                (
                    "go_live_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="go live date/time"),
                ),
                (
                    "expire_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time"),
                ),
                (
                    "expired",
                    models.BooleanField(default=False, editable=False, verbose_name="expired"),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="What readers know it as, such as “NHS Jobs”. Lists of links show it.",
                        max_length=255,
                        verbose_name="name",
                    ),
                ),
                (
                    "base_url",
                    models.URLField(
                        help_text="The address of the site or of its careers part. A page can add a path of its own.",
                        max_length=500,
                        verbose_name="address",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("vacancies", "Vacancies"),
                            ("how_to_apply", "How to apply"),
                            ("information", "Information"),
                            ("training", "Training"),
                            ("work_experience", "Work experience"),
                            ("volunteering", "Volunteering"),
                            ("professional_body", "Professional body"),
                            ("other", "Other"),
                        ],
                        default="information",
                        help_text="What readers go there for. It is shown beside the link.",
                        max_length=20,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "organisation",
                    models.CharField(
                        blank=True,
                        help_text="Optional: who runs the site, if its name does not say so.",
                        max_length=255,
                        verbose_name="organisation",
                    ),
                ),
                (
                    "description",
                    models.TextField(
                        blank=True,
                        help_text="Optional: one sentence on what readers find there.",
                        verbose_name="description",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                (
                    "live_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "shared link",
                "verbose_name_plural": "shared links",
                "ordering": ["name"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("base_url", "locale"), name="wagtail_careers_one_link_per_address"
                    )
                ],
                "unique_together": {("translation_key", "locale")},
            },
            bases=(
                wagtail.models.preview.PreviewableMixin,
                modelsearch.index.Indexed,
                models.Model,
            ),
        ),
        migrations.CreateModel(
            name="RoleTrait",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.PositiveIntegerField()),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_traits",
                        to=PAGE_MODEL,
                    ),
                ),
                (
                    "trait",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="wagtail_careers.trait",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "trait"), name="wagtail_careers_one_row_per_page_and_trait"
                    )
                ],
            },
        ),
    ]
