from django.db import migrations

from bihuan.core import triggers


class Migration(migrations.Migration):
    dependencies = [("bihuan", "0017_search_kinds")]
    operations = [migrations.RunPython(triggers.pass_refused_grants_by, migrations.RunPython.noop)]
