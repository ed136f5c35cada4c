from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_careers", "0022_old_addresses"),
    ]

    operations = [
        migrations.AddField(
            model_name="importrecord",
            name="source_type",
            field=models.CharField(blank=True, max_length=255),
        ),
    ]
