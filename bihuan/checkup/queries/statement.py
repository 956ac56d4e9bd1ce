"""The completeness statement (完备性说明): of each inspection, what came in, and where all of it is.

The sums are those that `examine` holds every import and every state to; here they are written out, so that whoever
signs can add them up himself.
"""

from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of matter: how many are in the ledger, in which states, how many left with their import; how many were
    taken over, and how many of these as closed.
    """

    label: str
    unit: str
    count: int
    states: tuple[tuple[str, int], ...]
    withdrawn: int
    taken: int = 0
    taken_closed: int = 0

    @property
    def beside(self) -> str:
        """What the equation does not say: ，其中接管来的3件(接管时已闭合1件)，另有2件随导入撤回."""
        closed = f"(接管时已闭合{self.taken_closed}{self.unit}，不是在本系统办的)" if self.taken_closed else ""
        taken = f"，其中接管来的{self.taken}{self.unit}{closed}" if self.taken else ""
        return taken + (f"，另有{self.withdrawn}{self.unit}随导入撤回" if self.withdrawn else "")

    @property
    def is_whole(self) -> bool:
        """Whether the states add up to the ledger."""
        return self.count == sum(count for _, count in self.states)

    @property
    def equation(self) -> str:
        """在账18个 = 整改中12 + 已销号6."""
        parts = " + ".join(f"{state}{count}" for state, count in self.states) or "0"
        return f"在账{self.count}{self.unit} = {parts}"


@dataclass(frozen=True, slots=True)
class Paper:
    """One import that was written: the rows that were read, and what became of them."""

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
    """What came in under one inspection and where it is."""

    inspection: str
    kinds: tuple[Kept, ...]
    papers: tuple[Paper, ...]
    batches: tuple[Unlike, ...]

    @property
    def all_papers(self) -> Paper:
        """The sum of the papers."""
        names = [one.name for one in fields(Paper) if one.name != "title"]
        return Paper("", **{name: sum(getattr(paper, name) for paper in self.papers) for name in names})

    @property
    def is_whole(self) -> bool:
        """Whether every sum comes out, and every batch that differs is explained."""
        return (
            all(kept.is_whole for kept in self.kinds)
            and all(paper.is_whole for paper in self.papers)
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
    came = _taken(inspection)
    return Statement(
        str(inspection.name),
        tuple(_kept(kind, counted[kind], withdrawn[kind], came[kind]) for kind in KINDS),
        tuple(_papers(inspection)),
        tuple(_batches(inspection)),
    )


def _taken(inspection: Inspection) -> dict[str, tuple[int, int]]:
    """{kind: (how many were taken over, how many of these as closed)}."""
    rows = TakenOver.objects.filter(matter__inspection=inspection, matter__is_withdrawn=False, is_withdrawn=False)
    closed = {"problem": CLOSED, "measure": CLOSED, "petition": ENDED | FINISHED}
    came = dict.fromkeys(KINDS, (0, 0))
    for kind, standing, count in rows.order_by().values_list("matter__kind", "standing").annotate(n=Count("pk")):
        taken, ended = came[kind]
        came[kind] = taken + count, ended + (count if standing in closed[kind] else 0)
    return came


def _kept(kind: str, counted: Mapping[str, int], withdrawn: int, came: tuple[int, int]) -> Kept:
    label, unit, names = KINDS[kind]
    states = tuple((name, counted[state]) for state, name in names.items() if counted.get(state))
    return Kept(label, unit, sum(counted.values()), states, withdrawn, *came)


def _papers(inspection: Inspection) -> list[Paper]:
    columns = ("title", "rows_read", "rows_created", "rows_changed", "rows_same", "rows_refused", "rows_joined")
    written = Intake.objects.filter(inspection=inspection, state=IntakeState.COMMITTED).order_by("pk")
    return [Paper(*row) for row in written.values_list(*columns)]


def _batches(inspection: Inspection) -> list[Unlike]:
    living: Any = Count("petitions", filter=Q(petitions__matter__is_withdrawn=False))
    standing = Batch.objects.filter(inspection=inspection, is_withdrawn=False, printed_total__isnull=False)
    rows = standing.annotate(living=living).order_by("pk").values_list("label", "printed_total", "living", "total_note")
    return [Unlike(label, printed or 0, living, note) for label, printed, living, note in rows if printed != living]
