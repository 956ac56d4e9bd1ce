from django.db import migrations

from bihuan.core import search, triggers


class Migration(migrations.Migration):
    dependencies = [("bihuan", "0001_initial")]
    operations = [
        migrations.RunPython(triggers.install, migrations.RunPython.noop),
        migrations.RunPython(search.install, migrations.RunPython.noop),
    ]
