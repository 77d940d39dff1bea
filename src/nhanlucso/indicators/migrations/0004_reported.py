from django.db import migrations, models


def keep(apps, schema_editor):
    """Reports held every published one until now; they go on to."""
    apps.get_model("indicators", "OwnIndicator").objects.filter(definitions__published_at__isnull=False).update(
        reported=True
    )


class Migration(migrations.Migration):
    dependencies = [("indicators", "0003_quality")]

    operations = [
        migrations.AddField(
            model_name="ownindicator",
            name="reported",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(keep, migrations.RunPython.noop, elidable=True),
    ]
