import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models

import tests.testapp.models


class Migration(migrations.Migration):
    dependencies = [
        ("testapp", "0002_own_sections"),
        ("wagtail_careers", "0012_one_category_per_slug"),
    ]

    operations = [
        migrations.AlterField(
            model_name="ownroleindexpage",
            name="introduction",
            field=wagtail.fields.RichTextField(blank=True),
        ),
        migrations.AlterField(
            model_name="ownrolepage",
            name="body",
            field=wagtail.fields.StreamField(
                [
                    ("heading", 1),
                    ("person_spec", 3),
                    ("duties", 3),
                    ("training", 3),
                    ("application_links", 10),
                    ("text", 12),
                    ("case_study", 17),
                    ("quote", 18),
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
                    11: ("wagtail.blocks.CharBlock", (), {"max_length": 100}),
                    12: ("wagtail.blocks.StructBlock", [[("title", 11), ("prose", 0)]], {}),
                    13: ("wagtail.blocks.PageChooserBlock", (), {"required": False}),
                    14: (
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
                    15: (
                        "wagtail.blocks.StructBlock",
                        [[("page", 13), ("title", 7), ("relation", 14), ("note", 7)]],
                        {},
                    ),
                    16: ("wagtail.blocks.ListBlock", (15,), {"default": []}),
                    17: (
                        "wagtail.blocks.StructBlock",
                        [[("title", 2), ("prose", 0), ("leads_to", 16)]],
                        {},
                    ),
                    18: ("wagtail.blocks.CharBlock", (), {"required": False}),
                },
                default=tests.testapp.models.own_body,
            ),
        ),
        migrations.AlterField(
            model_name="ownrolepage",
            name="category",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wagtail_careers.rolecategory",
            ),
        ),
    ]
