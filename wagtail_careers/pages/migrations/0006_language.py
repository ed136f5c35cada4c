import wagtail.fields
from django.db import migrations, models

import wagtail_careers.blocks.body


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_careers_pages", "0005_no_wording"),
    ]

    operations = [
        migrations.AddField(
            model_name="rolepage",
            name="content_language",
            field=models.CharField(blank=True, default="", max_length=35),
        ),
        migrations.AlterField(
            model_name="rolepage",
            name="body",
            field=wagtail.fields.StreamField(
                [
                    ("heading", 2),
                    ("person_spec", 4),
                    ("duties", 4),
                    ("training", 4),
                    ("application_links", 11),
                    ("progression", 16),
                    ("text", 18),
                ],
                block_lookup={
                    0: ("wagtail.blocks.RichTextBlock", (), {}),
                    1: ("wagtail.blocks.CharBlock", (), {"max_length": 35, "required": False}),
                    2: ("wagtail.blocks.StructBlock", [[("introduction", 0), ("language", 1)]], {}),
                    3: ("wagtail.blocks.CharBlock", (), {"max_length": 100, "required": False}),
                    4: (
                        "wagtail.blocks.StructBlock",
                        [[("title", 3), ("prose", 0), ("language", 1)]],
                        {},
                    ),
                    5: ("wagtail.blocks.RichTextBlock", (), {"required": False}),
                    6: (
                        "wagtail.snippets.blocks.SnippetChooserBlock",
                        ("wagtail_careers.SharedLink",),
                        {},
                    ),
                    7: ("wagtail.blocks.CharBlock", (), {"max_length": 500, "required": False}),
                    8: ("wagtail.blocks.CharBlock", (), {"max_length": 255, "required": False}),
                    9: (
                        "wagtail.blocks.StructBlock",
                        [[("shared_link", 6), ("path", 7), ("note", 8)]],
                        {},
                    ),
                    10: ("wagtail.blocks.ListBlock", (9,), {"default": []}),
                    11: (
                        "wagtail.blocks.StructBlock",
                        [[("title", 3), ("prose", 5), ("links", 10), ("language", 1)]],
                        {},
                    ),
                    12: ("wagtail.blocks.PageChooserBlock", (), {"required": False}),
                    13: (
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
                    14: (
                        "wagtail.blocks.StructBlock",
                        [[("page", 12), ("title", 8), ("relation", 13), ("note", 8)]],
                        {},
                    ),
                    15: ("wagtail.blocks.ListBlock", (14,), {"default": []}),
                    16: (
                        "wagtail.blocks.StructBlock",
                        [[("title", 3), ("prose", 5), ("steps", 15), ("language", 1)]],
                        {},
                    ),
                    17: ("wagtail.blocks.CharBlock", (), {"max_length": 100}),
                    18: (
                        "wagtail.blocks.StructBlock",
                        [[("title", 17), ("prose", 0), ("language", 1)]],
                        {},
                    ),
                },
                default=wagtail_careers.blocks.body.default_body,
            ),
        ),
    ]
