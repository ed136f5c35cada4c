import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models

import wagtail_careers.blocks.body


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_careers", "0012_one_category_per_slug"),
        ("wagtail_careers_pages", "0004_wording"),
    ]

    operations = [
        migrations.AlterField(
            model_name="roleindexpage",
            name="introduction",
            field=wagtail.fields.RichTextField(blank=True),
        ),
        migrations.AlterField(
            model_name="rolepage",
            name="body",
            field=wagtail.fields.StreamField(
                [
                    ("heading", 1),
                    ("person_spec", 3),
                    ("duties", 3),
                    ("training", 3),
                    ("application_links", 10),
                    ("progression", 15),
                    ("text", 17),
                ],
                block_lookup={
                    0: ("wagtail.blocks.RichTextBlock", (), {}),
                    1: ("wagtail.blocks.StructBlock", [[("introduction", 0)]], {}),
                    2: ("wagtail.blocks.CharBlock", (), {"max_length": 100, "required": False}),
                    3: ("wagtail.blocks.StructBlock", [[("title", 2), ("prose", 0)]], {}),
                    4: ("wagtail.blocks.RichTextBlock", (), {"required": False}),
                    5: (
                        "wagtail.snippets.blocks.SnippetChooserBlock",
                        ("wagtail_careers.SharedLink",),
                        {},
                    ),
                    6: ("wagtail.blocks.CharBlock", (), {"max_length": 500, "required": False}),
                    7: ("wagtail.blocks.CharBlock", (), {"max_length": 255, "required": False}),
                    8: (
                        "wagtail.blocks.StructBlock",
                        [[("shared_link", 5), ("path", 6), ("note", 7)]],
                        {},
                    ),
                    9: ("wagtail.blocks.ListBlock", (8,), {"default": []}),
                    10: (
                        "wagtail.blocks.StructBlock",
                        [[("title", 2), ("prose", 4), ("links", 9)]],
                        {},
                    ),
                    11: ("wagtail.blocks.PageChooserBlock", (), {"required": False}),
                    12: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("next", "next"),
                                ("with_training", "with_training"),
                                ("specialise", "specialise"),
                                ("sideways", "sideways"),
                            ]
                        },
                    ),
                    13: (
                        "wagtail.blocks.StructBlock",
                        [[("page", 11), ("title", 7), ("relation", 12), ("note", 7)]],
                        {},
                    ),
                    14: ("wagtail.blocks.ListBlock", (13,), {"default": []}),
                    15: (
                        "wagtail.blocks.StructBlock",
                        [[("title", 2), ("prose", 4), ("steps", 14)]],
                        {},
                    ),
                    16: ("wagtail.blocks.CharBlock", (), {"max_length": 100}),
                    17: ("wagtail.blocks.StructBlock", [[("title", 16), ("prose", 0)]], {}),
                },
                default=wagtail_careers.blocks.body.default_body,
            ),
        ),
        migrations.AlterField(
            model_name="rolepage",
            name="category",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wagtail_careers.rolecategory",
            ),
        ),
    ]
