from django.db import migrations, models


def _forget_weak_evidence(apps, schema_editor):
    """Count only the days on which an address did not exist, and request each page in full once."""
    LinkCheck = apps.get_model("wagtail_careers", "LinkCheck")
    checks = LinkCheck.objects.using(schema_editor.connection.alias)
    checks.exclude(status__in=[404, 410]).update(failing_days=0, failed_on=None)
    checks.update(etag="", last_modified="")


class Migration(migrations.Migration):
    dependencies = [("wagtail_careers", "0013_sizes")]

    operations = [
        migrations.AddField(
            model_name="linkcheck",
            name="faulty_since",
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name="linkcheck",
            name="verdict",
            field=models.CharField(
                choices=[
                    ("ok", "Works"),
                    ("moved", "Moved permanently"),
                    ("soft_dead", "Redirects to a home page"),
                    ("http_only", "Uses http, but https works"),
                    ("gone", "Gone"),
                    ("not_found", "Not found"),
                    ("server_error", "Server error"),
                    ("timed_out", "Timed out"),
                    ("no_such_host", "The host name does not exist"),
                    ("unreachable", "Cannot be reached"),
                    ("tls", "Certificate problem"),
                    ("refused_robots", "Blocks automatic checks: check manually"),
                    ("check_manually", "Check manually"),
                    ("unsafe", "Not checked: the address is not public"),
                    ("not_checked", "Not checked yet"),
                ],
                default="not_checked",
                max_length=20,
                verbose_name="verdict",
            ),
        ),
        migrations.RunPython(_forget_weak_evidence, migrations.RunPython.noop, elidable=True),
    ]
