"""A unit's progress in one workbook, the same from a page and from a program: out with what it owes, and back."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bihuan.core import clock
from bihuan.core.action import Repeated, is_done
from bihuan.core.actor import Actor
from bihuan.core.audit import Overtaken
from bihuan.intake.formats.returned import read_returned
from bihuan.lib.flow import Refused
from bihuan.lib.paper.guarded import read_guarded
from bihuan.lib.paper.returnable import returnable_workbook
from bihuan.matters.rules.questions import QuestionsOpen
from bihuan.rectification.actions import progress
from bihuan.rectification.papers.filling import LEDGER, TITLE, filling_sheet
from bihuan.rectification.queries import reporting, sight
from bihuan.rectification.rules import filled_in
from bihuan.rectification.rules.filled_in import COLUMNS, Entry, Row

NOT_OURS = "这不是从“进展填报”取出的填报表；请先取表，填好再拖回来。"
OUT_OF_SIGHT = "没有这项措施，或不归您单位填报。"
ALREADY = "这一条已经送审过，没有再送。"
MOST = 500  # measures of one workbook
HANDED_IN, REPEATED, REFUSED, ASKED = "handed_in", "repeated", "refused", "asked"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one measure's rows: where they stand, its code and words, and the sentences why not."""

    code: str
    place: str
    title: str
    outcome: str
    sentences: tuple[str, ...] = ()


def form(by: Actor, today: date) -> tuple[str, bytes]:
    """(its name, the workbook) of what this actor's units owe, to be filled in."""
    return f"{TITLE} {today.isoformat()}", returnable_workbook(filling_sheet(by, today))


def take_in(name: str, data: bytes, *, by: Actor, at: Any) -> list[Taken]:
    """Hand in every entry that was filled in, each a deed of its own, so that one wrong row holds up no other.

    The same rows again are known again. An answer in the last column answers whatever is asked of its entry. Refuses a
    file that cannot be read by `Unreadable`, one that is not ours, and more than 500 measures.
    """
    back = read_returned(read_guarded(name, data), {LEDGER: {label: column for column, label in COLUMNS.items()}})
    if back is None or back.ledger != LEDGER:
        raise Refused(NOT_OURS)
    rows = (Row(f"{one.sheet}第{one.row}行", one.key, one.cells, one.merged) for one in back.lines if one.key)
    found = [*filled_in.entries(rows, clock.day_of(at))]
    if not found:
        raise Refused("这张表里没有填任何一件。")
    if len(found) > MOST:
        raise Refused(f"一次最多{MOST}件，这张表有{len(found)}件，请分几次。")
    measures = {
        one.matter.code: one for one in sight.measures_for(by).filter(matter__code__in=[entry.code for entry in found])
    }
    return [_handed_in(entry, measures.get(entry.code), by, at) for entry in found]


def _handed_in(entry: Entry, measure: Any, by: Actor, at: Any) -> Taken:
    title = measure.text if measure is not None else ""
    taken = Taken(entry.code, entry.place, title, HANDED_IN)
    if measure is None or entry.refusal:
        return replace(taken, outcome=REFUSED, sentences=(entry.refusal or OUT_OF_SIGHT,))
    try:
        _report(entry, measure, by, at)
    except QuestionsOpen as asked:
        return replace(taken, outcome=ASKED, sentences=tuple(one.words for one in asked.questions))
    except Repeated:
        return replace(taken, outcome=REPEATED, sentences=(ALREADY,))
    except (Refused, Overtaken) as refusal:
        return replace(taken, outcome=REFUSED, sentences=(str(refusal),))
    return taken


def _report(entry: Entry, measure: Any, by: Actor, at: Any) -> None:
    said = (entry.code, reporting.taken_back(measure), *_said(entry))  # what was taken back may be handed in again
    key = hashlib.sha256(repr(said).encode()).hexdigest()
    deed = {"by": by, "at": at, "key": key}
    if is_done(key, by):
        raise Repeated(key)
    try:
        progress.report_progress(measure, entry.filled, **deed)
    except QuestionsOpen as asked:
        if not entry.answer:
            raise
        answers = {one.key: entry.answer for one in asked.questions}
        progress.report_progress(measure, replace(entry.filled, answers=answers), **deed)


def _said(entry: Entry) -> Iterator[object]:
    """What makes an entry the same again."""
    told = entry.filled
    yield from (told.on, told.reason, told.done, told.difficulties, told.next_steps, told.percent, told.expected_on)
    yield from (sorted(told.readings.items()), sorted(told.reached.items()), entry.answer)
