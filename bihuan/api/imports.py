"""Papers over the API: taken in, what was understood with its doubts, answers, commit, withdrawal; as on the pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import File, Form, Query, Schema, UploadedFile
from pydantic import Field

from bihuan.api import shapes
from bihuan.api.door import Wrong, operation
from bihuan.api.paging import Backwards
from bihuan.api.writing import WRITES, Key, Match, Words, deed, hold, once
from bihuan.core import moving
from bihuan.gate import papers
from bihuan.gate.policy import Asked
from bihuan.intake.queries import drafting, sight
from bihuan.intake.rules.kinds import KINDS
from bihuan.intake.rules.lifecycle import INTAKE
from bihuan.lib import redact
from bihuan.lib.paper.container import PACKED_LIMIT
from bihuan.lib.quantity import MOST as GREATEST
from bihuan.matters import queries as matters
from bihuan.organisation.queries import scope, structure

TAGS = ["导入"]


class Choice(Schema):
    """One answer that is offered."""

    place: int
    label: str


class DoubtLine(Schema):
    """A doubt: which record and field, the question, the answers offered, the one that was given."""

    number: int
    version: int
    record: str
    field: str
    kind: str
    question: str
    choices: list[Choice]
    answer: str | None


class IntakeLine(Schema):
    """A paper that was taken in."""

    id: int
    version: int
    title: str
    kind: shapes.Named
    state: shapes.Named
    inspection: str
    rows_read: int
    rows_created: int
    rows_changed: int
    rows_same: int
    rows_refused: int
    rows_joined: int


class Intake(IntakeLine):
    """A paper, its doubts, its steps, and what was understood (as `bihuan understand --json` says it). In papers of
    petitions what tells of a petitioner is masked.
    """

    doubts: list[DoubtLine]
    steps: list[shapes.Step]
    understood: dict[str, Any]


class Intakes(Schema):
    """A page of papers, newest first; `next` begins the next one."""

    rows: list[IntakeLine]
    next: int | None = None


class PaperAsked(Schema):
    """Where a paper belongs."""

    inspection: Words = Field(..., max_length=20, description="督察的编号")
    unit: int | None = Field(None, ge=0, le=GREATEST, description="来文单位的编号；不写由文件标题认定")
    takes_over: bool = Field(default=False, description="这是正在用的台账，连现状一起接管")


class AnswerAsked(Schema, extra="forbid"):
    """An answer: one of the offered (`choice`, its place) or in words of one's own (`other`)."""

    choice: int | None = Field(None, ge=0, le=10_000, description="选第几个(place)")
    other: Words = Field("", description="或用自己的话")
    version: int | None = Field(None, ge=0, le=GREATEST, description="改答复时，看过的版本")


class IntakeStep(Schema, extra="forbid"):
    """commit, discard or withdraw, with a reason where one is wanted."""

    step: str = Field(pattern=r"^(commit|discard|withdraw)$")
    note: Words = ""
    version: int | None = Field(None, ge=0, le=GREATEST)


class IntakeDone(Schema):
    """What came of it."""

    done: str
    is_repeated: bool
    paper: Intake | None = None


def line(one: Any) -> dict[str, Any]:
    """A paper that was taken in, as `IntakeLine` has it."""
    return {
        "id": one.pk,
        "version": one.version,
        "title": one.title,
        "kind": {"name": one.kind, "label": KINDS.get(one.kind, one.kind)},
        "state": {"name": one.state, "label": INTAKE.label(one.state)},
        "inspection": one.inspection.code,
        **{name: getattr(one, name) for name in (f"rows_{word}" for word in COUNTS)},
    }


COUNTS = ("read", "created", "changed", "same", "refused", "joined")


def _masked(value: Any) -> Any:
    """Texts at any depth with what tells of a petitioner masked."""
    match value:
        case str():
            return redact.masked(value)
        case list():
            return [_masked(one) for one in value]
        case dict():
            return {name: _masked(one) for name, one in value.items()}
        case _:
            return value


def _paper(request: Asked, one: Any) -> dict[str, Any]:
    understood = {} if drafting.gone(one) else drafting.understood(one)
    plain = {name: value for name, value in understood.items() if name != "blocks"}
    able = scope.capacities(request.actor, ())
    return {
        **line(one),
        "doubts": doubts(one),
        "steps": shapes.steps(moving.offers(INTAKE, one, able, sight.intake_facts(one))),
        "understood": _masked(plain) if one.file.is_sealed else plain,
    }


def doubts(one: Any) -> list[dict[str, Any]]:
    """Its doubts, as `DoubtLine` has them."""
    return [_doubt(doubt) for doubt in drafting.doubts_of(one)]


def _doubt(doubt: Any) -> dict[str, Any]:
    return {
        "number": doubt.number,
        "version": doubt.version,
        "record": doubt.record_key,
        "field": doubt.field,
        "kind": doubt.kind,
        "question": doubt.question,
        "choices": [{"place": place, "label": str(one["label"])} for place, one in enumerate(doubt.choices)],
        "answer": None if doubt.answer is None else str(doubt.answer.get("label")),
    }


def _found(request: Asked, pk: int) -> Any:
    return get_object_or_404(sight.intakes_for(request.actor), pk=pk)


@operation("GET", "/imports", "api_imports", "导入的文件", Intakes, who=sight.IMPORTERS, tags=TAGS)
def imports(request: Asked, asked: Query[Backwards]) -> Any:
    """The papers that came in, newest first."""
    shown, following = asked.page_of(sight.intakes_for(request.actor))
    return {"rows": [line(one) for one in shown], "next": following}


@operation(
    "POST", "/imports", "api_imports", "放入一份文件，得到预览", Intake, who=sight.IMPORTERS, refuses=(409,), tags=TAGS
)
def take_in(request: Asked, key: Key, asked: Form[PaperAsked], file: File[UploadedFile]) -> Any:
    """Take one paper in: what was understood, with its doubts; no ledger is touched."""
    inspection = matters.inspections_for(request.actor).filter(code=asked.inspection).first()
    if inspection is None:
        raise Wrong(422, "没有这个编号的督察。")
    unit = None
    if asked.unit is not None:
        unit = get_object_or_404(structure.units_in(request.actor.city), pk=asked.unit)
    name, data = str(file.name), file.read(PACKED_LIMIT + 1)
    told = papers.Told(inspection.feedback_on or inspection.on_site_from, asked.takes_over, may_return=False)
    result, _ = once(lambda: papers.take_in(name, data, inspection, unit, told, **deed(request, key)))
    return _paper(request, _found(request, int(result)))


@operation(
    "GET", "/imports/{int:pk}", "api_import", "一份文件的预览", Intake, who=sight.IMPORTERS, refuses=(503,), tags=TAGS
)
def paper(request: Asked, pk: int) -> Any:
    """One paper."""
    return _paper(request, _found(request, pk))


@operation(
    "POST",
    "/imports/{int:pk}/doubts/{int:number}",
    "api_import_doubt",
    "答复一处存疑",
    IntakeDone,
    who=sight.IMPORTERS,
    refuses=WRITES,
    tags=TAGS,
)
def answer(request: Asked, pk: int, number: int, asked: AnswerAsked, key: Key) -> Any:
    """Answer one doubt, or change its answer."""
    one = _found(request, pk)
    doubt = get_object_or_404(drafting.doubts_of(one), number=number)
    told = {"seen": asked.version, **deed(request, key)}
    _, is_repeated = once(lambda: papers.answer(doubt, asked.choice, asked.other, **told))
    return {"done": "已记下答复。", "is_repeated": is_repeated, "paper": _paper(request, _found(request, pk))}


@operation(
    "POST",
    "/imports/{int:pk}/steps",
    "api_import_step",
    "写入、放弃或撤回",
    IntakeDone,
    who=sight.IMPORTERS,
    refuses=WRITES,
    tags=TAGS,
)
def step(request: Asked, pk: int, asked: IntakeStep, key: Key, match: Match) -> Any:
    """Write a paper into the ledgers, discard it, or withdraw it whole."""
    one = _found(request, pk)
    hold(request, one, match, asked.version, key)
    note = asked.note.strip()
    _, is_repeated = once(lambda: papers.step(asked.step, one, note, **deed(request, key)))
    return {
        "done": papers.STEPS[asked.step][1],
        "is_repeated": is_repeated,
        "paper": _paper(request, _found(request, pk)),
    }
