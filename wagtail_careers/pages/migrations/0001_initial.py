import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models

import wagtail_careers.blocks.body


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wagtail_careers", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoleIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "introduction",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="Optional: a few sentences above the list of roles.",
                        verbose_name="introduction",
                    ),
                ),
            ],
            options={
                "verbose_name": "role index page",
                "verbose_name_plural": "role index pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="RolePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("heading", 1),
                            ("person_spec", 3),
                            ("duties", 3),
                            ("training", 3),
                            ("application_links", 10),
                            ("progression", 17),
                            ("text", 19),
                        ],
                        block_lookup={
                            0: ("wagtail.blocks.RichTextBlock", (), {}),
                            1: ("wagtail.blocks.StructBlock", [[("introduction", 0)]], {}),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "The heading of this section. Leave empty to use the default title.",
                                    "label": "Title",
                                    "max_length": 100,
                                    "required": False,
                                },
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("title", 2), ("prose", 0)]], {}),
                            4: ("wagtail.blocks.RichTextBlock", (), {"required": False}),
                            5: (
                                "wagtail.snippets.blocks.SnippetChooserBlock",
                                ("wagtail_careers.SharedLink",),
                                {
                                    "help_text": "One record for each site. Its address is managed in Careers, Shared links.",
                                    "label": "Shared link",
                                },
                            ),
                            6: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Optional: what comes after the link’s own address, such as “explore-roles/nursing”.",
                                    "label": "Page on that site",
                                    "max_length": 500,
                                    "required": False,
                                },
                            ),
                            7: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Optional: what readers of this role find there.",
                                    "label": "Note",
                                    "max_length": 255,
                                    "required": False,
                                },
                            ),
                            8: (
                                "wagtail.blocks.StructBlock",
                                [[("shared_link", 5), ("path", 6), ("note", 7)]],
                                {},
                            ),
                            9: (
                                "wagtail.blocks.ListBlock",
                                (8,),
                                {
                                    "default": [],
                                    "help_text": "Where to go next, in the order in which it helps.",
                                    "label": "Links",
                                },
                            ),
                            10: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 2), ("prose", 4), ("links", 9)]],
                                {},
                            ),
                            11: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {
                                    "help_text": "Choose the page of this role if the site has one.",
                                    "label": "Role page",
                                    "required": False,
                                },
                            ),
                            12: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Leave empty to use the title of the chosen page.",
                                    "label": "Role title",
                                    "max_length": 255,
                                    "required": False,
                                },
                            ),
                            13: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("next", "Next step"),
                                        ("with_training", "With further training"),
                                        ("specialise", "Specialise"),
                                        ("sideways", "Move sideways"),
                                    ],
                                    "label": "How to get there",
                                },
                            ),
                            14: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Optional: what it takes, such as “after two years” or “with a degree”.",
                                    "label": "Note",
                                    "max_length": 255,
                                    "required": False,
                                },
                            ),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("page", 11), ("title", 12), ("relation", 13), ("note", 14)]],
                                {},
                            ),
                            16: (
                                "wagtail.blocks.ListBlock",
                                (15,),
                                {
                                    "default": [],
                                    "help_text": "The roles that this one leads to, nearest first.",
                                    "label": "Steps",
                                },
                            ),
                            17: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 2), ("prose", 4), ("steps", 16)]],
                                {},
                            ),
                            18: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Title", "max_length": 100},
                            ),
                            19: ("wagtail.blocks.StructBlock", [[("title", 18), ("prose", 0)]], {}),
                        },
                        default=wagtail_careers.blocks.body.default_body,
                        help_text="The sections of the page. Drag them into order; the heading stays first.",
                        verbose_name="sections",
                    ),
                ),
                ("summary", models.TextField(blank=True, default="", editable=False)),
                (
                    "category",
                    models.ForeignKey(
                        help_text="What kind of role this is.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtail_careers.rolecategory",
                        verbose_name="category",
                    ),
                ),
            ],
            options={
                "verbose_name": "role page",
                "verbose_name_plural": "role pages",
            },
            bases=("wagtailcore.page", models.Model),
        ),
    ]
