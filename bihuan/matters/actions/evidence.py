"""Evidence on any matter, inside an action: kept once, with what the picture says; declared void, never removed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bihuan.core import audit, files
from bihuan.lib.flow import Refused
from bihuan.matters.models import Evidence, Matter, ProgressReport, Waiver
from bihuan.matters.rules import evidence as rules


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as it was brought: its name and bytes, what it is said to be, and what the picture itself says.

    `facts` are fields of the evidence (latitude, longitude, datum, place); `preview` a reduced copy; `words` what is
    written in it.
    """

    name: str
    data: bytes
    kind: str
    caption: str = ""
    proves: str = ""
    taken_at: datetime | None = None
    preview: bytes | None = None
    words: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def add(matter: Matter, brought: Brought, report: ProgressReport | None = None) -> Evidence:
    """Put one file on a matter. Refuses an empty one, an unknown kind, what is no picture as a
    photograph, and one that is on this matter already.
    """
    if brought.kind not in rules.KINDS:
        raise Refused(f"没有“{brought.kind}”这一种佐证。")
    if not brought.data:
        raise Refused(f"“{files.clean_name(brought.name)}”是空文件，没有收。")
    if unlike := rules.unlike_kind(brought.kind, files.clean_name(brought.name)):
        raise Refused(unlike)
    file = files.keep(brought.name, brought.data, city=matter.city)
    if Evidence.objects.filter(matter=matter, file=file, is_ended=False).exists():
        raise Refused(f"“{files.clean_name(brought.name)}”这件事已经有了，没有再收一次。")
    preview = files.keep(f"{file.sha256[:12]}.jpg", brought.preview, city=matter.city) if brought.preview else None
    return audit.create(
        Evidence(
            matter=matter,
            round_number=matter.round_number,
            file=file,
            preview=preview,
            kind=brought.kind,
            caption=brought.caption.strip()[:200],
            proves=brought.proves,
            taken_at=brought.taken_at,
            report=report,
            words=brought.words,
            **brought.facts,
        ),
        because=f"{brought.kind}：{brought.caption.strip() or files.clean_name(brought.name)}",
    )


def add_all(matter: Matter, brought: Sequence[Brought], report: ProgressReport | None = None) -> list[Evidence]:
    """Put files on a matter: all of them or none. Refuses none at all, and what `add` refuses."""
    if not brought:
        raise Refused("请选要放上来的文件。")
    return [add(matter, one, report) for one in brought]


def refuse_frozen(evidence: Evidence, rounds: int) -> None:
    """Refuse to touch a file of one of the first `rounds` rounds: these are over, their files are frozen."""
    if evidence.round_number <= rounds:
        raise Refused(rules.FROZEN)


def pair(after: Evidence, before: Evidence) -> Evidence:
    """Put a picture beside the one that shows the same place before. Refuses others than these two kinds."""
    if (before.kind, after.kind) != (rules.BEFORE, rules.AFTER):
        raise Refused("对比要一张整改前照片、一张整改后照片。")
    if (before.matter_id, before.round_number) != (after.matter_id, after.round_number):
        raise Refused("两张照片不在同一件事、同一轮次上。")
    return audit.change(after, before=before)


def end(evidence: Evidence, because: str) -> Evidence:
    """Declare evidence void; it stays in the trail. Refuses without a reason, and what is void already."""
    if not because.strip():
        raise Refused("请写明作废的理由。")
    if evidence.is_ended:
        raise Refused("这份佐证已经作废。")
    return audit.change(evidence, is_ended=True, because=because)


def waive(matter: Matter, item: str, reason: str) -> Waiver:
    """Say that an item of the check-list does not apply. Refuses without a reason, and a second time."""
    if not reason.strip():
        raise Refused("请写明不适用的理由。")
    if Waiver.objects.filter(matter=matter, round_number=matter.round_number, item=item, is_ended=False).exists():
        raise Refused("这一项已经写明不适用。")
    return audit.create(Waiver(matter=matter, round_number=matter.round_number, item=item, reason=reason.strip()[:300]))
