"""The completeness statement (完备性说明): of each inspection, what came in, and where all of it is.

The sums are those that `examine` holds every import and every state to; here they are written out, so that whoever
signs can add them up himself.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Q

from bihuan.core import audit
from bihuan.core.actor import Actor
from bihuan.intake.models import Intake
from bihuan.intake.queries import sight as papers
from bihuan.intake.rules.lifecycle import IntakeState
from bihuan.matters import queries as matters
from bihuan.matters.models import Inspection, Matter, TakenOver
from bihuan.organisation.queries import scope
from bihuan.petitions.models import Batch
from bihuan.petitions.rules.petition import PETITION
from bihuan.petitions.rules.taking_over import ENDED, FINISHED
from bihuan.rectification.rules.measure import MEASURE
from bihuan.rectification.rules.problem import ACCEPT_FIRST, PROBLEM
from bihuan.rectification.rules.taking_over import CLOSED

KINDS: Mapping[str, tuple[str, str, Mapping[str, str]]] = {
    "problem": ("整改问题", "个", PROBLEM[ACCEPT_FIRST].states),
    "measure": ("整改措施", "项", MEASURE.states),
    "petition": ("信访举报件", "件", PETITION.states),
}
ENDINGS = {"problem": CLOSED, "measure": CLOSED, "petition": ENDED | FINISHED}


@dataclass(frozen=True, slots=True)
class InState:
    """How many are in one state now: its name, and its label as the ledger's filter has it."""

    name: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of matter: how many are in the ledger, in which states, how many left with their import; where those are
    now that were taken over, and how many of these were closed already.
    """

    kind: str
    label: str
    unit: str
    count: int
    states: tuple[InState, ...]
    withdrawn: int
    taken_states: tuple[InState, ...] = ()
    taken_closed: int = 0

    @property
    def taken(self) -> int:
        """How many were taken over."""
        return sum(one.count for one in self.taken_states)

    @property
    def beside(self) -> str:
        """What the equation does not say: ，其中接管来的3件 = 办理中2 + 已销号1，另有2件随导入撤回."""
        taken = f"，其中{self.taken_equation}" if self.taken else ""
        return taken + (f"，{self.gone}" if self.withdrawn else "")

    @property
    def gone(self) -> str:
        """另有2件随导入撤回."""
        return f"另有{self.withdrawn}{self.unit}随导入撤回"

    @property
    def is_whole(self) -> bool:
        """Whether the states add up to the ledger."""
        return self.count == sum(one.count for one in self.states)

    @property
    def equation(self) -> str:
        """在账18个 = 整改中12 + 已销号6."""
        return f"在账{self.count}{self.unit} = {_sum(self.states)}"

    @property
    def taken_equation(self) -> str:
        """接管来的3件 = 办理中2 + 已销号1: in the same states, as they are now."""
        return f"接管来的{self.taken}{self.unit} = {_sum(self.taken_states)}"


def _sum(states: Sequence[InState]) -> str:
    return " + ".join(f"{one.label}{one.count}" for one in states) or "0"


@dataclass(frozen=True, slots=True)
class Paper:
    """One import that was written: the rows that were read, and what became of them."""

    pk: int
    title: str
    read: int
    created: int
    changed: int
    same: int
    refused: int
    joined: int

    @property
    def is_whole(self) -> bool:
        """Whether every row that was read is accounted for."""
        return self.read == self.created + self.changed + self.same + self.refused + self.joined

    @property
    def equation(self) -> str:
        """读到205条 = 新增205 + 更改0 + 相同0 + 未收0; the rows that went into another one stand behind."""
        written = f"新增{self.created} + 更改{self.changed} + 相同{self.same} + 未收{self.refused}"
        return f"读到{self.read}条 = {written}" + (f" + 并入{self.joined}" if self.joined else "")


@dataclass(frozen=True, slots=True)
class Unlike:
    """A batch whose printed total is not what the ledger holds, and the explanation that was given."""

    label: str
    printed: int
    living: int
    note: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What came in under one inspection and where it is. `returned` are ledgers of ours that came back: no papers."""

    inspection: str
    kinds: tuple[Kept, ...]
    papers: tuple[Paper, ...]
    batches: tuple[Unlike, ...]
    returned: tuple[Paper, ...] = ()

    @property
    def all_papers(self) -> Paper:
        """The sum of the papers."""
        names = [one.name for one in fields(Paper) if one.name not in ("pk", "title")]
        return Paper(0, "", **{name: sum(getattr(paper, name) for paper in self.papers) for name in names})

    @property
    def is_whole(self) -> bool:
        """Whether every sum comes out, and every batch that differs is explained."""
        return (
            all(kept.is_whole for kept in self.kinds)
            and all(paper.is_whole for paper in (*self.papers, *self.returned))
            and all(batch.note for batch in self.batches)
        )


def statements(by: Actor) -> list[Statement]:
    """One an inspection that this actor sees; none for those who do not take papers in."""
    if not scope.has_role(by, papers.IMPORTERS):
        return []
    return [_of(inspection) for inspection in matters.inspections_for(by).select_related(None).order_by("code")]


def trail_end() -> tuple[int, str]:
    """The number and the digest of the last entry: what is stated is stated of the data up to there."""
    return audit.TrailHead.objects.values_list("number", "digest").first() or (0, "")


def _of(inspection: Inspection) -> Statement:
    counted: dict[str, dict[str, int]] = {kind: {} for kind in KINDS}
    withdrawn = dict.fromkeys(KINDS, 0)
    rows = Matter.objects.filter(inspection=inspection).values_list("kind", "state", "is_withdrawn").order_by()
    for kind, state, is_withdrawn, count in rows.annotate(count=Count("pk")):
        if is_withdrawn:
            withdrawn[kind] += count
        else:
            counted[kind][state] = count
    came, closed = _taken(inspection)
    return Statement(
        str(inspection.name),
        tuple(_kept(kind, counted[kind], withdrawn[kind], came[kind], closed[kind]) for kind in KINDS),
        tuple(_papers(inspection, papers.CAME_IN)),
        tuple(_batches(inspection)),
        tuple(_papers(inspection, ("returned",))),
    )


def _taken(inspection: Inspection) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """By kind: {state: how many that were taken over are in it now}; how many of them were closed already."""
    rows = TakenOver.objects.filter(matter__inspection=inspection, matter__is_withdrawn=False, is_withdrawn=False)
    came: dict[str, dict[str, int]] = {kind: {} for kind in KINDS}
    closed = dict.fromkeys(KINDS, 0)
    told = rows.order_by().values_list("matter__kind", "matter__state", "standing").annotate(n=Count("pk"))
    for kind, state, standing, count in told:
        came[kind][state] = came[kind].get(state, 0) + count
        closed[kind] += count if standing in ENDINGS[kind] else 0
    return came, closed


def _kept(kind: str, counted: Mapping[str, int], withdrawn: int, came: Mapping[str, int], closed: int) -> Kept:
    label, unit, _ = KINDS[kind]
    return Kept(
        kind, label, unit, sum(counted.values()), _states(kind, counted), withdrawn, _states(kind, came), closed
    )


def _states(kind: str, counted: Mapping[str, int]) -> tuple[InState, ...]:
    names = KINDS[kind][2]
    return tuple(InState(str(state), name, counted[state]) for state, name in names.items() if counted.get(state))


def _papers(inspection: Inspection, kinds: Collection[str]) -> list[Paper]:
    columns = ("pk", "title", "rows_read", "rows_created", "rows_changed", "rows_same", "rows_refused", "rows_joined")
    written = Intake.objects.filter(inspection=inspection, state=IntakeState.COMMITTED, kind__in=kinds).order_by("pk")
    return [Paper(*row) for row in written.values_list(*columns)]


def _batches(inspection: Inspection) -> list[Unlike]:
    living: Any = Count("petitions", filter=Q(petitions__matter__is_withdrawn=False))
    standing = Batch.objects.filter(inspection=inspection, is_withdrawn=False, printed_total__isnull=False)
    rows = standing.annotate(living=living).order_by("pk").values_list("label", "printed_total", "living", "total_note")
    return [Unlike(label, printed or 0, living, note) for label, printed, living, note in rows if printed != living]
