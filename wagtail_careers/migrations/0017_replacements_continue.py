import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_careers", "0016_link_claims"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="replacement",
            name="active_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, verbose_name="last active"
            ),
        ),
        migrations.AddField(
            model_name="replacement",
            name="continued_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="continued by",
            ),
        ),
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
                    ("failed", "Failed"),
                    ("cancelled", "Not changed: the replacement was cancelled"),
                ],
                default="waiting",
                max_length=20,
                verbose_name="outcome",
            ),
        ),
    ]
