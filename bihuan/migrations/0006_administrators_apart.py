from django.db import migrations

from bihuan.core import triggers


class Migration(migrations.Migration):
    dependencies = [("bihuan", "0005_emptying_refused")]
    operations = [migrations.RunPython(triggers.keep_administrators_apart, migrations.RunPython.noop)]
