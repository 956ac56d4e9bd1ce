"""What the counties found of the later batches of petitions: some answered, some under review, some filled in."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bihuan.core.actor import Actor
from bihuan.matters.rules.questions import QuestionsOpen
from bihuan.organisation.rules.duties import Role
from bihuan.petitions import actions, queries
from bihuan.petitions.actions.answering import fill_findings
from bihuan.petitions.queries import findings
from bihuan.petitions.rules.closings import CLOSED, STAGED
from bihuan.petitions.rules.findings import UNFOUNDED, Findings
from bihuan.petitions.rules.penalties import MONEY, penalties_in
from bihuan.petitions.rules.petition import PetitionState
from bihuan.petitions.rules.undertaking import UndertakingState
from bihuan.sample import petition_text, showing

Seat = Callable[[int, Role], Actor]
FIRST = 13  # the first batch whose results did not come on paper
CHECKED = "已核对，情况如此。"
ALIKE = "同类问题，各自到现场核查过。"
WAYS: dict[int | None, str] = {13: "city", 14: "city", 15: "county", 16: "report", 17: "fill"}  # batch: how far it is
GOAL, LATER = "完成整改，达到环保要求。", timedelta(days=90)


def answer(clerk: Actor, seat: Seat) -> None:
    """Let the counties fill in, report and approve what they signed for, and the city approve the first of it."""
    rows = queries.petitions_for(clerk).filter(matter__inspection__code="HE2", batch__number__in=WAYS)
    shown: set[int] = set()
    for petition, text in _with_texts(rows.order_by("batch__number", "row")):
        is_true = text.truth != UNFOUNDED and petition.main_type in showing.TYPES
        if is_true and petition.batch.number not in shown:
            shown |= {petition.batch.number} if _show(petition, seat) else set()
        for part in findings.parts_of(petition):
            if part.state == UndertakingState.HANDLING:
                _report(petition, part, text, seat, WAYS[petition.batch.number])
        fresh = queries.petitions_for(clerk).get(pk=petition.pk)
        if WAYS[fresh.batch.number] == "city" and fresh.matter.state == PetitionState.CITY_REVIEW:
            actions.move_petition(fresh, "approve", by=clerk, at=_at(_day(fresh, 7), 17))


def _show(petition: Any, seat: Seat) -> bool:
    """Let the reporter of the unit that has signed for it put on it what he photographed; whether there is one."""
    part = next((one for one in findings.parts_of(petition) if one.state == UndertakingState.HANDLING), None)
    if part is None:
        return False
    day = _at(_day(petition, 4), 15)
    showing.show(petition, _day(petition, 1), by=seat(part.unit_id, Role.REPORTER), at=day)
    if WAYS[petition.batch.number] == "city":
        showing.look(petition, by=seat(part.unit_id, Role.COUNTY_APPROVER), at=day + timedelta(minutes=30))
    return True


def _with_texts(rows: Any) -> Iterator[tuple[Any, petition_text.PetitionText]]:
    """Each petition with what is found of it."""
    texts = {(batch.number, one.row): one for batch in petition_text.batches(answered=18) for one in batch.rows}
    for row in rows:
        yield row, texts[row.batch.number, row.row]


def _day(petition: Any, after: int) -> date:
    """A day so long after the petition came."""
    day: date = petition.batch.handed_over_on + timedelta(days=after)
    return day


def _at(day: date, hour: int) -> datetime:
    """That hour of a day in Shanghai."""
    return datetime(day.year, day.month, day.day, hour - 8, 10, tzinfo=UTC)


def _report(petition: Any, part: Any, text: petition_text.PetitionText, seat: Seat, way: str) -> None:
    reporter, approver = seat(part.unit_id, Role.REPORTER), seat(part.unit_id, Role.UNIT_APPROVER)
    found = _findings(petition, text)
    at = _at(_day(petition, 4), 16)
    try:
        fill_findings(part, found, by=reporter, at=at)
    except QuestionsOpen as asked:
        said = {one.key: ALIKE if one.key == "copied" else CHECKED for one in asked.questions}
        told = {name: getattr(found, name) for name in found.__slots__}
        fill_findings(part, Findings(**told | {"answers": said}), by=reporter, at=at)
    if way == "fill":
        return
    actions.move_undertaking(part, "report_findings", by=approver, at=_at(_day(petition, 5), 9))
    if way != "report":
        county = seat(part.unit_id, Role.COUNTY_APPROVER)
        actions.move_undertaking(part, "county_approve", by=county, at=_at(_day(petition, 6), 10))


def _findings(petition: Any, text: petition_text.PetitionText) -> Findings:
    """The text's words as a unit fills them in; every second true one is finished."""
    told = penalties_in(text.handling)
    if MONEY in told:
        told.setdefault("punished", Decimal(1))
    is_finished = text.truth == UNFOUNDED or petition.row % 2 == 0
    return Findings(
        text.findings,
        handling=text.handling,
        truth=text.truth,
        closing=CLOSED if is_finished else STAGED,
        goal="" if is_finished else GOAL,
        due_on=None if is_finished else _day(petition, 4) + LATER,
        accountability="" if text.accountability == "无" else text.accountability,
        penalties=told,
    )
