"""From the claim to the sign-off over the API: proofs, the file for acceptance, checks, re-checks; writes too."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from bihuan.api import shapes
from bihuan.api.door import operation
from bihuan.api.writing import SAYS, WRITES, Key, Match, Words, deed, hold, once
from bihuan.core import clock
from bihuan.gate import proofs as kept
from bihuan.gate.answers import or_404
from bihuan.gate.policy import BUSINESS, Asked
from bihuan.lib.quantity import MOST
from bihuan.matters.actions.checks import Seen
from bihuan.matters.queries import work
from bihuan.matters.queries.evidence import name_of
from bihuan.matters.rules.recheck import STATES as RECHECK_STATES
from bihuan.rectification.actions import verification as actions
from bihuan.rectification.queries import aftercare, called, checklist, package, proofs, sweeps
from bihuan.rectification.queries.facts import ProblemFacts
from bihuan.rectification.rules.acceptance import CONDITIONS, LIKE
from bihuan.rectification.rules.problem import STATES

TAGS = ["验收销号"]


class FileLine(Schema):
    """A file that proves something: its hash, kind, what it is said to prove, when and where it was taken."""

    id: int
    matter: str
    round: int
    name: str
    sha256: str
    kind: str
    caption: str
    proves: str
    taken_at: datetime | None
    latitude: str
    longitude: str
    datum: str
    before: int | None


class ItemLine(Schema):
    """An item of the check-list: which step asks for it, whether it is there."""

    key: str
    label: str
    step: str
    is_there: bool
    files: int
    waived: str
    is_confirmed: bool


class ConditionLine(Schema):
    """A condition of acceptance, answered or not; `facts` is what the system knows of it (举一反三: the sweeps)."""

    key: str
    label: str
    is_met: bool | None
    words: str
    by: str
    facts: list[str]


class VerdictLine(Schema):
    """What a check found of one measure."""

    measure: str
    verdict: str
    words: str


class CheckLine(Schema):
    """A field check."""

    kind: str
    level: str
    checked_at: datetime
    unit: str
    team: list[str]
    place: str
    received_by: str
    findings: str
    opinion: str
    disagreement: str
    demand: str
    demand_due_on: date | None
    verdicts: list[VerdictLine]


class SignatureLine(Schema):
    """Who signed which step, and the hash of what he signed."""

    round: int
    step: str
    name: str
    post: str
    signed_at: datetime
    opinion: str
    digest: str


class NoticeLine(Schema):
    """The days of a public notice, both counted."""

    starts_on: date
    ends_on: date
    days: int
    counted_as: str


class RecheckLine(Schema):
    """A re-check: planned for which day, where it stands, what may be done about it."""

    id: int
    problem: str
    kind: str
    planned_on: date
    state: str
    steps: list[shapes.Step]


class ChangeLine(Schema):
    """A record that stands otherwise than it was signed."""

    what: str
    label: str


class Proofs(Schema):
    """The evidence on a matter; `items` is its check-list, empty on a measure and a petition."""

    files: list[FileLine]
    items: list[ItemLine]


class AcceptanceFile(Schema):
    """A problem's file for acceptance; `changes` is what was changed since the claim and since the consent."""

    code: str
    state: str
    conditions: list[ConditionLine]
    items: list[ItemLine]
    checks: list[CheckLine]
    signatures: list[SignatureLine]
    notice: NoticeLine | None
    rechecks: list[RecheckLine]
    changes_since_claim: list[ChangeLine]
    changes_since_consent: list[ChangeLine]


class Counted(Schema):
    """How many problems stand at a step."""

    state: str
    label: str
    count: int


class Queue(Schema):
    """Everything between the claim and the file above, by step."""

    steps: list[Counted]
    codes: list[str]


class Verdict(Schema, extra="forbid"):
    """What was found of one measure."""

    measure: str = Field(max_length=24)
    verdict: str = Field(max_length=10)
    words: Words = ""


class CheckFacts(Schema, extra="forbid"):
    """A field check; the same `client_id` is one check, however often it is sent."""

    client_id: UUID
    kind: str = Field(max_length=12)
    checked_at: datetime
    team: list[str] = Field(max_length=20)
    findings: Words
    place: str = Field("", max_length=120)
    latitude: Decimal | None = Field(None, ge=-90, le=90)
    longitude: Decimal | None = Field(None, ge=-180, le=180)
    received_by: str = Field("", max_length=60)
    opinion: Words = ""
    disagreement: Words = ""
    demand: Words = ""
    demand_due_on: date | None = None
    version: int | None = Field(None, ge=0, le=MOST)

    def seen(self, verdicts: Mapping[int, tuple[str, str]]) -> Seen:
        """The check as it was written down, with what was found of each measure."""
        told = self.dict(exclude={"verdicts", "version", "team"})
        has_position = self.latitude is not None and self.longitude is not None
        return Seen(**told | {"datum": "WGS-84" if has_position else ""}, team=tuple(self.team), verdicts=verdicts)


class CheckAsked(CheckFacts, extra="forbid"):
    """A field check of a problem, with what was found of each of its measures."""

    verdicts: list[Verdict] = Field([], max_length=300)


class ConditionAsked(Schema, extra="forbid"):
    """An answer to one condition of acceptance."""

    condition: str = Field(max_length=20)
    is_met: bool
    words: Words
    version: int | None = Field(None, ge=0, le=MOST)


def _file(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk,
        "matter": row.matter.code,
        "round": row.round_number,
        "name": name_of(row),
        "sha256": row.file.sha256,
        **{name: getattr(row, name) for name in ("kind", "caption", "proves", "taken_at", "datum")},
        "latitude": "" if row.latitude is None else str(row.latitude),
        "longitude": "" if row.longitude is None else str(row.longitude),
        "before": row.before_id,
    }


def _items(standings: Any) -> list[dict[str, Any]]:
    return [
        {
            "key": one.item.key,
            "label": one.item.label,
            "step": one.item.step,
            **{name: getattr(one, name) for name in ("is_there", "files", "waived", "is_confirmed")},
        }
        for one in standings
    ]


def check_line(row: Any) -> dict[str, Any]:
    """A field check as programs read it."""
    plain = ("kind", "level", "checked_at", "team", "place", "received_by", "findings", "opinion", "disagreement")
    return {
        **{name: getattr(row, name) for name in (*plain, "demand", "demand_due_on")},
        "unit": str(row.unit or ""),
        "verdicts": [
            {"measure": one.matter.code, "verdict": one.verdict, "words": one.words}
            for one in row.checked.all()
            if not one.is_ended
        ],
    }


def _recheck(row: Any, by: Any) -> dict[str, Any]:
    return {
        "id": row.pk,
        "problem": row.matter.code,
        "kind": row.kind,
        "planned_on": row.planned_on,
        "state": RECHECK_STATES[row.state],
        "steps": shapes.steps(aftercare.recheck_offers(row, by)),
    }


@operation("GET", "/evidence/{slug:code}", "api_evidence", "一件的佐证", Proofs, who=(BUSINESS,), tags=TAGS)
def evidence(request: Asked, code: str) -> Any:
    """The evidence on one problem, measure or petition."""
    found: Any = or_404(kept.subject_of(request.actor, code))
    listed = checklist.standings(found) if proofs.is_problem(found) else []
    return {"files": [_file(row) for row in kept.files_of(found)], "items": _items(listed)}


@operation(
    "GET",
    "/problems/{slug:code}/acceptance",
    "api_acceptance",
    "整改问题的验收材料",
    AcceptanceFile,
    who=(BUSINESS,),
    tags=TAGS,
)
def acceptance_file(request: Asked, code: str) -> Any:
    """One problem's file for acceptance."""
    row = or_404(called.problem(request.actor, code))
    answered = {one.condition: one for one in work.answers_of(row.matter)}
    facts = ProblemFacts(row, clock.today())
    return {
        "code": code,
        "state": row.matter.state,
        "conditions": [_condition(key, label, answered.get(key), row.matter) for key, label in CONDITIONS.items()],
        "items": _items(facts.standings),
        "checks": [check_line(one) for one in work.checks_of(row.matter)],
        "signatures": [
            {"round": one.round_number, **{name: getattr(one, name) for name in SIGNED}}
            for one in work.signatures_of(row.matter)
        ],
        "notice": work.running_notice(row.matter),
        "rechecks": [_recheck(one, request.actor) for one in work.rechecks_of(row.matter)],
        "changes_since_claim": package.changes_since(row, "claim_done"),
        "changes_since_consent": package.changes_since(row, "consent"),
    }


SIGNED = ("step", "name", "post", "signed_at", "opinion", "digest")


def _condition(key: str, label: str, answer: Any, matter: Any) -> dict[str, Any]:
    return {
        "key": key,
        "label": label,
        "is_met": answer.is_met if answer else None,
        "words": answer.words if answer else "",
        "by": str(answer.answered_by or "") if answer else "",
        "facts": sweeps.told_of(matter) if key == LIKE else [],
    }


@operation("GET", "/acceptance", "api_acceptance_queue", "验收销号：各步的件", Queue, who=(BUSINESS,), tags=TAGS)
def queue(request: Asked) -> Any:
    """How many stand at each step of the way, and which move on it."""
    counts = aftercare.counts(request.actor)
    codes = aftercare.on_the_way(request.actor).values_list("matter__code", flat=True)
    told = [{"state": state, "label": STATES[state], "count": count} for state, count in counts.items()]
    return {"steps": told, "codes": [*codes]}


@operation("GET", "/rechecks", "api_rechecks", "待办的复查", list[RecheckLine], who=(BUSINESS,), tags=TAGS)
def rechecks(request: Asked) -> Any:
    """The re-checks that are not settled."""
    return [_recheck(one, request.actor) for one in aftercare.rechecks_for(request.actor)]


@operation(
    "POST",
    "/problems/{slug:code}/checks",
    "api_check_new",
    "交一次现场核查",
    shapes.Done,
    who=(BUSINESS,),
    refuses=WRITES,
    tags=TAGS,
    description=SAYS,
)
def check_new(request: Asked, code: str, asked: CheckAsked, key: Key, match: Match) -> Any:
    """Hand in a field check of a problem."""
    row = or_404(called.problem(request.actor, code))
    hold(request, row.matter, match, asked.version, key)
    ids = {one.matter.code: one.matter.pk for one in called.measures(request.actor, row)}
    seen = asked.seen({ids.get(one.measure, 0): (one.verdict, one.words) for one in asked.verdicts})
    _, is_repeated = once(lambda: actions.hand_in_check(row, seen, **deed(request, key)))
    return {"done": "核查记录已交。", "is_repeated": is_repeated, "code": code}


@operation(
    "POST",
    "/problems/{slug:code}/conditions",
    "api_condition",
    "答复一条验收条件",
    shapes.Done,
    who=(BUSINESS,),
    refuses=WRITES,
    tags=TAGS,
    description=SAYS,
)
def condition(request: Asked, code: str, asked: ConditionAsked, key: Key, match: Match) -> Any:
    """Answer one condition of acceptance."""
    row = or_404(called.problem(request.actor, code))
    hold(request, row.matter, match, asked.version, key)
    words, is_met = asked.words, asked.is_met
    run = actions.answer_condition
    _, is_repeated = once(lambda: run(row, asked.condition, words, is_met=is_met, **deed(request, key)))
    return {"done": "已答复这一条。", "is_repeated": is_repeated, "code": code}
