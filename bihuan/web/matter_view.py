"""What the pages of problems, measures and petitions draw alike: the road, the source in its paper, who answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.core.history import PastDeed
from bihuan.gate.answers import again
from bihuan.gate.deeds import OF_TABLE
from bihuan.gate.telling import tell
from bihuan.intake.queries.sight import IMPORTERS
from bihuan.lib.flow import Flow
from bihuan.matters.ledger import bearers, first_of, persons
from bihuan.matters.queries.taken import taking_of
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import DUTY_LABELS, DutyRole
from bihuan.web.drawing import Piece, Step

UNITS = (DutyRole.LEAD, DutyRole.RESPONSIBLE, DutyRole.SUPPORTING, DutyRole.SUPERVISING, DutyRole.ACCEPTING)
PEOPLE = (DutyRole.CASE_LEADER, DutyRole.DEPUTY, DutyRole.PERSON)
FEW = 3  # units that the first screen names; of more, the first and how many: all stand below, with their duties
GONE = "这一件不再归您办。办错了的，在“我的账号”的“我办过的”里更正。"
ELSEWHERE = "接管前"
Fact = tuple[str, list[Piece | str], bool]  # term, line, whether the paper itself says it


def after(request: HttpRequest, seen: QuerySet[Any], row: Any) -> HttpResponse:
    """The same page again after a deed, or home where the deed took the matter out of this person's sight."""
    if seen.filter(pk=row.pk).exists():
        return again(request)
    tell(request, "asked", GONE)
    return redirect("home")


BESIDE = {*OF_TABLE, "undertaking"}  # rows with steps of their own; a unit's part has some that its petition has too


def road(
    flow: Flow, states: Sequence[str], state: str, deeds: Sequence[PastDeed], *, is_taken_over: bool = False
) -> list[Step]:
    """The whole road: which states are behind, which is now, which are to come; when each was reached.

    What lies behind a matter that was taken over was not done here, and is not ticked.
    """
    own = ((deed.at, step) for deed in reversed(deeds) for table, step in deed.stepped if table not in BESIDE)
    when = {step: day_of(at).isoformat() for at, step in own}
    reached = {move.target: when[move.name] for move in flow.moves if move.name in when and move.target}
    at = states.index(state) if state in states else -1
    steps = []
    for place, one in enumerate(states):
        is_elsewhere = is_taken_over and place < at and one not in reached
        stands = "now" if place == at else "to" if place > at or is_elsewhere else "done"
        when_reached = reached.get(one, "") if place <= at else ""
        steps.append(Step(flow.label(one), stands, when_reached, ELSEWHERE if is_elsewhere else ""))
    return steps


def source_url(record: Any, by: Actor) -> str:
    """Where the record's words are lit in the paper that it came with; "" for those who may not open imports."""
    intake = record.matter.intake_id
    if intake is None or not scope.has_role(by, IMPORTERS):
        return ""
    return f"{reverse('import_detail', args=[intake])}?at={record.record_key}"


def taken_over(record: Any, by: Actor) -> list[Fact]:
    """That a matter was taken over: from which file and row, what the ledger said, when it was closed; [] if not."""
    taking = taking_of(record.matter) if record.taken_over else None
    if taking is None:
        return []
    paper = taking.intake
    name = Piece(f"《{paper.title}》", "link", reverse("import_detail", args=[paper.pk])) if paper else ""
    name = name if scope.has_role(by, IMPORTERS) else f"《{paper.title}》" if paper else ""
    handed = f"，{taking.handed_over_on}交办" if taking.handed_over_on else ""
    closed = f"，{taking.closed_on}闭合" if taking.closed_on else ""
    filed = f"，销号备案号{taking.filing_number}" if taking.filing_number else ""
    progress = f"。最近进展：{taking.progress}" if taking.progress else ""
    words = [
        name,
        f"{taking.place}：原台账写“{taking.word}”{handed}{closed}{filed}{progress.rstrip('。')}。不是在本系统办的步骤。",
    ]
    return [("接管自", words, False)]


def said(*rows: tuple[str, str, bool]) -> list[Fact]:
    """Facts of which there is something to say."""
    return [(term, [words], is_said) for term, words, is_said in rows if words]


def whose(matter: Any, role: DutyRole) -> str:
    """The units that bear a role, as the first screen says them."""
    units = bearers(matter, role)
    return units if units.count("、") < FEW else first_of(matter, role)


def duties(matter: Any) -> list[Fact]:
    """Who answers for a matter, by role."""
    units = [(DUTY_LABELS[role], bearers(matter, role), False) for role in UNITS]
    people = [(DUTY_LABELS[role], persons(matter, role), False) for role in PEOPLE]
    return said(*units, *people)
