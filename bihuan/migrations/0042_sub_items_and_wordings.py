"""A sub-item can be taken back by hand; a city words its bulletins itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Sub-items that stand and that were taken back; the wording of each kind of bulletin in a city."""

    dependencies = [("bihuan", "0041_public_petitions")]

    operations = [
        migrations.AddField(
            model_name="subitem",
            name="is_ended",
            field=models.BooleanField(default=False, verbose_name="已收回"),
        ),
        migrations.CreateModel(
            name="BulletinWording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("city", models.CharField(max_length=12, verbose_name="市")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                ("kind", models.CharField(max_length=20, verbose_name="通报")),
                ("wording", models.JSONField(default=dict, verbose_name="用语")),
                ("is_ended", models.BooleanField(default=False, verbose_name="已恢复默认")),
            ],
            options={"verbose_name": "通报用语"},
        ),
        migrations.AddConstraint(
            model_name="bulletinwording",
            constraint=models.UniqueConstraint(fields=("city", "kind"), name="bulletin_wording_once"),
        ),
    ]
