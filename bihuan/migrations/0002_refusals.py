from django.db import migrations

from bihuan.core import triggers
from bihuan.core.search import make_index


class Migration(migrations.Migration):
    dependencies = [("bihuan", "0001_initial")]
    operations = [
        migrations.RunPython(triggers.install, migrations.RunPython.noop),
        migrations.RunPython(make_index, migrations.RunPython.noop),
    ]
