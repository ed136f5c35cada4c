from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_careers", "0021_import_state_wording"),
    ]

    operations = [
        migrations.AddField(
            model_name="importrecord",
            name="addresses",
            field=models.JSONField(default=list),
        ),
    ]
