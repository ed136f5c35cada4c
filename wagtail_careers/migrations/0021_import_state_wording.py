from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_careers", "0020_outcome_in_moderation"),
    ]

    operations = [
        migrations.AlterField(
            model_name="importrecord",
            name="state",
            field=models.CharField(
                choices=[
                    ("complete", "Imported"),
                    ("waiting", "Waiting for a role that it links to"),
                    ("conflict", "Conflict: an editor’s version was kept"),
                ],
                default="complete",
                max_length=20,
                verbose_name="state",
            ),
        ),
    ]
