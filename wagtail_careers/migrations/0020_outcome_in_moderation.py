from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_careers", "0019_replacements_outlive_links"),
    ]

    operations = [
        migrations.AlterField(
            model_name="replacementpage",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("published", "Published"),
                    ("drafted", "Changed in the draft"),
                    ("unchanged", "Nothing to change"),
                    ("not_allowed", "Not changed: no permission to edit the page"),
                    ("locked", "Not changed: the page is locked"),
                    ("by_hand", "Not changed: update the field manually"),
                    ("in_moderation", "Not changed in the version that is in moderation"),
                    ("failed", "Failed"),
                    ("cancelled", "Not changed: the replacement was cancelled"),
                ],
                default="waiting",
                max_length=20,
                verbose_name="outcome",
            ),
        ),
    ]
