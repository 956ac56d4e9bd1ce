"""What `examine` checks of the vault: what is held opens and is found again, a destroyed key is gone, what was exported
was agreed to by another and noted petitioner by petitioner.
"""

from collections.abc import Iterator

from bihuan.core import vault
from bihuan.core.audit import Entry
from bihuan.core.examine import Finding, about
from bihuan.core.vault import Sealed
from bihuan.petitioners.models import Destruction, Export, Petitioner
from bihuan.petitioners.queries import sight
from bihuan.petitioners.rules.destruction import DestructionState
from bihuan.petitioners.rules.fields import FIELDS, INDEXED, indexed


@about(Petitioner, Destruction)
def vault_whole() -> Iterator[Finding]:
    """I3: every sealed field opens under its key, the index agrees; where a key was destroyed, two persons did it."""
    done = Destruction.objects.filter(state=DestructionState.DONE).exclude(proposed_by_id=None)
    by_two = {row for row, one, other in done.values_list("petitioner", "proposed_by", "decided_by") if one != other}
    for row in Petitioner.objects.order_by("pk").iterator():
        for fault in _destroyed(row, by_two) if row.destroyed_on else _readable(row):
            yield Finding("I3", f"举报人 {row.code}", fault)


def _destroyed(row: Petitioner, by_two: set[int]) -> Iterator[str]:
    if row.wrapped_key or any(getattr(row, f"{name}_index") for name in INDEXED):
        yield "登记为已销毁，密钥或索引却还在。"
    if row.pk not in by_two:
        yield "密钥已销毁，却没有两个人的提出和确认。"


def _readable(row: Petitioner) -> Iterator[str]:
    try:
        words = {name: sight.plain_words(row, name) for name in FIELDS}
    except Sealed as fault:
        yield str(fault)
        return
    for name in INDEXED:
        number = indexed(name, words[name])
        if getattr(row, f"{name}_index") != (vault.index(number, purpose=name) if number else ""):
            yield f"{FIELDS[name].label}与索引不符，按号码找不到。"


@about(Export)
def exports_by_two() -> Iterator[Finding]:
    """I3: every file that was made, another agreed to, and its making notes a reading of as many as it tells of."""
    for export in Export.objects.filter(made_at__isnull=False).order_by("pk").iterator():
        if export.decided_by_id in (None, export.asked_by_id):
            yield Finding("I3", f"举报人信息导出 {export.code}", "已生成文件，却没有另一人的批准。")
        steps = Entry.objects.filter(table="export", row=export.pk, kind="change", step="make")
        looks = Entry.objects.filter(deed__in=steps.values("deed"), kind="look", table="petitioner").count()
        if looks != export.count:
            yield Finding("I3", f"举报人信息导出 {export.code}", f"文件里有{export.count}人，轨迹里只记了{looks}人。")
