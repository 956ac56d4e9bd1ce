"""What `examine` checks of the core's own: the files that rows name, and the refusals that the database was given."""

from collections.abc import Iterator

from django.db import connection

from bihuan.core import files, triggers
from bihuan.core.examine import Finding
from bihuan.core.files import StoredFile


def files_whole() -> Iterator[Finding]:
    """I4: a row means a whole file with that size and hash; no file without a row, and none half written, for a day."""
    known = set()
    for file in StoredFile.objects.order_by("pk").iterator():
        known.add(files.path_of(file.sha256, is_sealed=file.is_sealed))
        if fault := files.fault_of(file):
            yield Finding("I4", f"文件 {file.pk} {file.name}", fault)
    for path in files.old_files():
        if path.suffix == files.PART:
            yield Finding("I4", path.name, "没有写完的文件，放了一天以上。")
        elif path not in known:
            yield Finding("I4", path.name, "没有登记的文件，放了一天以上。")


def refusals_in_place() -> Iterator[Finding]:
    """I14: the database still refuses to change or delete what it was told to refuse."""
    for name in triggers.missing(connection):
        yield Finding("I14", "数据库", f"防改动的触发器 {name} 不在了。")
