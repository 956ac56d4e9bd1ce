"""What the API answers: the shapes that stand in its OpenAPI document."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from bihuan.gate.deeds import Said
from bihuan.lib.flow import Offer


def _file(kind: str) -> dict[str, Any]:
    """An answer that is a file, as OpenAPI says it."""
    content = {
        f"application/vnd.openxmlformats-officedocument.{kind}": {"schema": {"type": "string", "format": "binary"}}
    }
    return {"responses": {200: {"description": "OK", "content": content}}}


FILE_XLSX, FILE_DOCX = _file("spreadsheetml.sheet"), _file("wordprocessingml.document")
CODE: str = Field(pattern=r"^[A-Z0-9]{1,12}-[A-Z0-9-]{1,11}$", description="编码，如 HE2-P001")


class Named(Schema):
    """A value with how people call it."""

    name: str
    label: str


class Reference(Schema):
    """Another row: its id, and how it is called."""

    id: int
    name: str


class LightCell(Schema):
    """A light: its state (over, due, ok, none), word and reason."""

    state: str
    word: str
    reason: str


class DayCell(Schema):
    """A deadline, or the paper's words where it has no date; `first` is the first one where it was another."""

    text: str
    first: str


class Progress(Schema):
    """How a matter stands against its schedule today, in points of a hundred: `planned` is null where nothing was
    planned. `word` is the ledger's (未达到序时进度), `sentence` the sum with its terms.
    """

    planned: float | None
    actual: float
    gap: float | None
    pace: str
    word: str
    sentence: str


class NextCell(Schema):
    """What comes next, and by when."""

    day: str
    text: str


class TitleCell(Schema):
    """What a row is called, and a second line."""

    text: str
    sub: str


class Step(Schema):
    """A step that this person sees: open where `refusal` is empty."""

    name: str
    label: str
    target: str
    is_open: bool
    refusal: str
    note_required: bool
    asks: str


def steps(offers: Iterable[Offer]) -> list[dict[str, Any]]:
    """What somebody is offered, as `Step` has it."""
    return [
        {
            "name": one.name,
            "label": one.label,
            "target": one.target,
            "is_open": not one.refusal,
            "refusal": one.refusal,
            "note_required": one.note_required,
            "asks": one.asks,
        }
        for one in offers
    ]


class DutyLine(Schema):
    """Who answers for a matter, as what."""

    role: str
    label: str
    unit: Reference | None = None
    person: str = ""
    is_first: bool = False


class Change(Schema):
    """A field before and after."""

    field: str
    before: str
    after: str


class DeedLine(Schema):
    """One line of a matter's trail, as its page shows it."""

    number: int
    digest: str
    at: datetime
    who: str
    words: str
    note: str
    changes: list[Change]


def deed_lines(deeds: Iterable[Said]) -> list[dict[str, Any]]:
    """Deeds in words, as `DeedLine` has them."""
    return [
        {
            "number": one.deed.number,
            "digest": one.deed.digest,
            "at": one.deed.at,
            "who": one.who,
            "words": f"{one.words}{''.join(one.ended)}",
            "note": one.deed.note,
            "changes": [{"field": name, "before": before, "after": after} for name, before, after in one.changes],
        }
        for one in deeds
    ]


class Inspected(Schema):
    """An inspection."""

    code: str
    name: str
    level: str = ""
    kind: str = ""
    round: int | None = None
    feedback_on: date | None = None


class Taken(Schema):
    """How a matter was taken over (接管): from which paper and row, what its ledger said."""

    paper: str
    place: str
    word: str
    handed_over_on: date | None
    closed_on: date | None
    filing_number: str
    progress: str


class Whole(Schema):
    """What every matter says of itself. `version` is what If-Match wants back."""

    kind: str
    code: str
    version: int
    inspection: Inspected
    region: str
    round: int
    state: Named
    light: LightCell
    due: DayCell
    duties: list[DutyLine]
    steps: list[Step]
    trail: list[DeedLine]
    taken_over: Taken | None = None


class MeasureLine(Schema):
    """A measure of a problem."""

    code: str
    number: int
    text: str
    state: Named
    light: LightCell
    due: DayCell
    responsible: str
    progress: Progress


class Problem(Whole):
    """A problem, whole."""

    number: int
    upper_number: str
    county_number: str
    title: str
    text: str
    target: str
    nature: str
    pollution_type: str
    plan: Reference
    progress: Progress
    measures: list[MeasureLine]


class Milestone(Schema):
    """By when what; `quantity` with what it is counted in, "" where none is named."""

    due_on: date | None
    text: str
    quantity: str


class Indicator(Schema):
    """From what to what."""

    name: str
    baseline: str
    target: str
    measured_in: str


class Measure(Whole):
    """A measure, whole: of a problem (its code), or of a campaign (its number)."""

    number: int
    text: str
    completion_sign: str
    problem: str
    campaign: int | None
    plan: Reference
    progress: Progress
    milestones: list[Milestone]
    indicators: list[Indicator]


class SubItem(Schema):
    """One of several things that a petition complains of."""

    number: int
    text: str
    finding: str
    truth: str


class Part(Schema):
    """One unit's part of a petition; its own `version` is wanted back by its own steps."""

    id: int
    version: int
    unit: Reference
    state: Named
    handed_over_on: date | None
    received_on: date | None
    is_taken_over: bool
    steps: list[Step]


class Petition(Whole):
    """A petition, whole and de-identified; who petitioned is told by no interface."""

    number: str
    is_key_case: bool
    batch: str
    content: str
    findings: str
    handling: str
    goal: str
    truth: str
    closing: str
    accountability: str
    result_of: str
    types: list[str]
    main_type: str
    region_raw: str
    channel: str
    repeats: list[str]
    documents: list[str]
    reply_due_on: date | None
    sub_items: list[SubItem]
    parts: list[Part]


class Done(Schema):
    """What came of a step: its sentence; `is_repeated` where the same key had done it before; where it stands now."""

    done: str
    is_repeated: bool
    code: str
    version: int | None = None
    state: Named | None = None


class Rows(Schema):
    """A page of rows: how many in all (`is_exact`, or at least so many), and where the next page begins."""

    ledger: str
    title: str
    as_of: date
    count: int
    is_exact: bool
    next: str
    rows: list[Any]
