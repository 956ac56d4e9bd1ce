from django.db import migrations

from bihuan.core import triggers


class Migration(migrations.Migration):
    dependencies = [("bihuan", "0004_corrections")]
    operations = [migrations.RunPython(triggers.refuse_emptying, migrations.RunPython.noop)]
