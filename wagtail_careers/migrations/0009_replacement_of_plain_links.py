import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_careers", "0008_destination_key"),
    ]

    operations = [
        migrations.AlterField(
            model_name="replacement",
            name="old",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="wagtail_careers.sharedlink",
                verbose_name="from",
            ),
        ),
        migrations.AlterField(
            model_name="replacement",
            name="new",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="wagtail_careers.sharedlink",
                verbose_name="to",
            ),
        ),
        migrations.AddField(
            model_name="replacement",
            name="host",
            field=models.CharField(blank=True, default="", max_length=260, verbose_name="host"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="replacement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("host", ""), ("new__isnull", False), ("old__isnull", False)),
                    models.Q(models.Q(("host", ""), _negated=True), ("new", None), ("old", None)),
                    _connector="OR",
                ),
                name="wagtail_careers_links_or_host",
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
                ],
                default="waiting",
                max_length=20,
                verbose_name="outcome",
            ),
        ),
    ]
