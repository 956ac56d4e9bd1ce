"""A table once more from the trail alone."""

from itertools import groupby

from bihuan.core import examine
from bihuan.core.audit import Recorded
from bihuan.core.plain import from_plain


def replay(model: type[Recorded]) -> int:
    """Rebuild the rows of one empty table from the trail alone; returns how many.

    It writes rows without entries, which `examine.fold` then holds against the same trail.
    """
    columns = {column.attname: column for column in model._meta.concrete_fields}
    rows = []
    for _, entries in groupby(examine.entries_of(model), key=lambda entry: entry[0]):
        values, _, _ = examine.rebuilt(model, (entry[2] for entry in entries))
        rows.append(model(**{name: from_plain(columns[name], value) for name, value in values.items()}))
    model._default_manager.bulk_create(rows, batch_size=500)
    return len(rows)
