"""A sub-item can be taken back by hand."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Sub-items that stand and that were taken back."""

    dependencies = [("bihuan", "0041_public_petitions")]

    operations = [
        migrations.AddField(
            model_name="subitem",
            name="is_ended",
            field=models.BooleanField(default=False, verbose_name="已收回"),
        ),
    ]
