"""A ledger that comes back: kept as every paper is, then written cell by cell as somebody chose, or not at all."""

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from bihuan.core import audit, files
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.intake.actions import papers
from bihuan.intake.formats.returned import Returned
from bihuan.intake.models import Intake, IntakeDoubt
from bihuan.intake.queries import returning
from bihuan.intake.rules import returning as rules
from bihuan.intake.rules.lifecycle import INTAKE
from bihuan.intake.understanding import Understood
from bihuan.lib import redact
from bihuan.lib.flow import Refused
from bihuan.matters import queries as matters
from bihuan.matters.models import Inspection
from bihuan.petitions.actions import change_petition
from bihuan.rectification.actions.facts import change_measure, change_problem

CHANGES: dict[str, Callable[..., Any]] = {
    "problem": change_problem,
    "measure": change_measure,
    "petition": change_petition,
}


class LookAgain(Refused):
    """The ledger says something else than the person saw; nothing was written, and what he chose still stands."""


@action
def take_back(name: str, data: bytes, back: Returned, inspection: Inspection, *, by: Actor, at: datetime) -> Intake:
    """Keep a ledger that came back; nothing of it is written yet. Rows that are not sure become doubts."""
    found = returning.held_against(back, inspection, by, {})
    desk = returning.DESKS[back.ledger]
    sealed = desk.kind == "petition"
    name = redact.masked(name) if sealed else name
    taken = f"（{back.meta.get('by', '')}{back.meta.get('on', '')}取出）" if back.meta else ""
    plain = {"file": name, "kind": "returned", "records": [], "doubts": [], "returned": back.plain()}
    intake = audit.create(
        Intake(
            inspection=inspection,
            file=files.keep(name, data, city=by.city, is_sealed=sealed),
            understood=files.keep(f"{name}.json", Understood(plain).packed(), city=by.city, is_sealed=True),
            kind="returned",
            title=f"{desk.ledger.title}{taken}"[:200],
            state=INTAKE.initial,
            rows_read=len(back.lines),
        )
    )
    asked = [one for one in found.matched if one.candidates]
    audit.create_many([_doubt(intake, number, one, desk, by) for number, one in enumerate(asked, 1)])
    return intake


def _doubt(intake: Intake, number: int, one: rules.Matched, desk: returning.Desk, by: Actor) -> IntakeDoubt:
    rows = {row.matter.code: row for row in desk.rows(by).filter(matter__code__in=one.candidates)}
    long = next(column for column in reversed(desk.ledger.columns) if column.tells)
    said = one.line.cells.get(long.name, "") or "、".join(word for word in one.line.cells.values() if word)
    said = redact.masked(said) if desk.kind == "petition" else said
    choices = [
        {"label": f"{desk.ledger.called(rows[code])} {long.value(rows[code], audit.deed().at.date())}", "value": code}
        for code in one.candidates
        if code in rows
    ]
    question = f"{one.line.sheet}第{one.line.row}行“{said[:60]}”是台账里的哪一行？"
    return IntakeDoubt(
        intake=intake,
        number=number,
        record_key=rules.row_key(one.line),
        kind=returning.MATCH,
        question=redact.masked(question) if desk.kind == "petition" else question,
        choices=[*choices, {"label": returning.NONE_OF_THEM, "value": ""}],
    )


@action
def commit_returned(
    intake: Intake, taken: Collection[str], seen: str, *, by: Actor, at: datetime, note: str = ""
) -> Intake:
    """Write the chosen cells (`Cell.key`), all or nothing, each row by the action that changes it on its page.

    Refuses where nothing was chosen, what cannot be taken, what the row's own action refuses, and with `LookAgain` when
    the ledger says something else than what was `seen` (`digest_of`).
    """
    if not taken:
        raise Refused("还没有勾选要写入的格子。")
    papers.move_intake(intake, "commit", by, note)
    back, plain = returning.stored(intake)
    desk = returning.DESKS[back.ledger]
    matters.lock({key.partition("/")[0] for key in taken}, by.city)
    found = returning.compared(intake, by)
    if returning.digest_of(found) != seen:
        raise LookAgain("您看过之后，台账又有改动或存疑有了答复，什么也没有写；请看过下面现在的样子，再写一次。")
    chosen = [cell for cell in found.of(*rules.TAKEABLE) if cell.key in taken]
    if len(chosen) < len({*taken}):
        raise Refused("勾选的格子里有不能写入的，请刷新后再选。")
    codes = _write(desk, chosen, intake, by, at, note)
    kept = Understood({**plain, "outcome": returning.told(found, taken), "lost": returning.lost(found)}).packed()
    rows = {one.code for one in found.matched if one.code}
    lost = sum(not one.code for one in found.matched)
    audit.change(
        intake,
        deed=audit.deed().id,
        understood=files.keep(f"{intake.file.name}.json", kept, city=by.city, is_sealed=True),
        rows_changed=len(codes),
        rows_refused=lost,
        rows_same=len(found.matched) - lost - len(codes & rows),
    )
    return intake


def _write(
    desk: returning.Desk, cells: list[rules.Cell], intake: Intake, by: Actor, at: datetime, note: str
) -> set[str]:
    reader = returning.Reader(desk, by.city)
    by_code: dict[str, list[rules.Cell]] = defaultdict(list)
    for cell in cells:
        by_code[cell.code].append(cell)
    rows = {row.matter.code: row for row in desk.rows(by).filter(matter__code__in=by_code)}
    because = note or f"交回台账：{intake.title}"
    for code, ones in by_code.items():
        if code not in rows:
            raise Refused(f"{ones[0].place}的那一行已不在您看得到的台账里，什么也没有写。")
        try:
            CHANGES[desk.kind](rows[code], reader.facts(ones), by=by, at=at, note=because)
        except Refused as refusal:
            called = desk.ledger.called(rows[code])
            raise Refused(f"{ones[0].place} {called}：{refusal}这一次什么也没有写。") from refusal
    return {*by_code}
