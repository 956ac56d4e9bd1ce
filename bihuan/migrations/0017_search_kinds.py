from django.db import migrations

from bihuan.core import search


class Migration(migrations.Migration):
    dependencies = [
        ("bihuan", "0016_emergency"),
    ]

    operations = [migrations.RunPython(search.name_kinds, migrations.RunPython.noop)]
