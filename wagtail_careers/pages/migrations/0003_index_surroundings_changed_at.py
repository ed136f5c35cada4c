from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_careers_pages", "0002_surroundings_changed_at"),
    ]

    operations = [
        migrations.AddField(
            model_name="roleindexpage",
            name="surroundings_changed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
