from django.db import migrations

from bihuan.core import search


class Migration(migrations.Migration):
    dependencies = [
        ("bihuan", "0019_sealed_papers"),
    ]

    operations = [migrations.RunPython(search.mark_kinds, migrations.RunPython.noop)]
