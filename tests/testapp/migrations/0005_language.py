import wagtail.fields
from django.db import migrations, models

import tests.testapp.models


class Migration(migrations.Migration):
    dependencies = [
        ("testapp", "0004_photo"),
    ]

    operations = [
        migrations.AddField(
            model_name="ownrolepage",
            name="content_language",
            field=models.CharField(blank=True, default="", max_length=35),
        ),
        migrations.AlterField(
            model_name="ownrolepage",
            name="body",
            field=wagtail.fields.StreamField(
                [
                    ("heading", 2),
                    ("person_spec", 4),
                    ("duties", 4),
                    ("training", 4),
                    ("application_links", 11),
                    ("text", 13),
                    ("case_study", 18),
                    ("quote", 19),
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
                    12: ("wagtail.blocks.CharBlock", (), {"max_length": 100}),
                    13: (
                        "wagtail.blocks.StructBlock",
                        [[("title", 12), ("prose", 0), ("language", 1)]],
                        {},
                    ),
                    14: ("wagtail.blocks.PageChooserBlock", (), {"required": False}),
                    15: (
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
                    16: (
                        "wagtail.blocks.StructBlock",
                        [[("page", 14), ("title", 8), ("relation", 15), ("note", 8)]],
                        {},
                    ),
                    17: ("wagtail.blocks.ListBlock", (16,), {"default": []}),
                    18: (
                        "wagtail.blocks.StructBlock",
                        [[("title", 3), ("prose", 0), ("leads_to", 17), ("language", 1)]],
                        {},
                    ),
                    19: ("wagtail.blocks.CharBlock", (), {"required": False}),
                },
                default=tests.testapp.models.own_body,
            ),
        ),
    ]
