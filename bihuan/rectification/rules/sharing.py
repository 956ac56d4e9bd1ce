"""A measure broken down into parts: whether the quantities of the parts make up what the indicator asks for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bihuan.lib.quantity import plain
from bihuan.organisation.rules.duties import Capacity

SHARERS = frozenset(
    {Capacity.REPORTING, Capacity.RESPONSIBLE, Capacity.LEAD, Capacity.COUNTY_CLERK, Capacity.COUNTY, Capacity.OFFICE}
)
STAGES = ("前期", "在建", "完工", "验收")
MOST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an indicator asks for: how far from its baseline to its target, in which unit."""

    name: str
    measured_in: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Balance:
    """One indicator against its parts: `difference` above zero is not given to anybody yet."""

    wanted: Wanted
    given: Decimal
    done: Decimal

    @property
    def difference(self) -> Decimal:
        """What is left over, below zero where more was given than is asked for."""
        return self.wanted.quantity - self.given

    @property
    def sentence(self) -> str:
        """The sum with its terms."""
        unit, left = self.wanted.measured_in, self.difference
        head = f"{self.wanted.name}要{plain(self.wanted.quantity)}{unit}，已分解{plain(self.given)}{unit}"
        if not left:
            return f"{head}，正好分完。"
        return f"{head}，{'还有' if left > 0 else '多分了'}{plain(abs(left))}{unit}{'没有分到人' if left > 0 else ''}。"


def wanted_of(name: str, measured_in: str, baseline: Decimal | None, target: Decimal) -> Wanted:
    """What an indicator asks for: the whole way from its baseline, whether it is to rise or to fall."""
    return Wanted(name, measured_in, target if baseline is None else abs(target - baseline))


def balances(
    wanted: Mapping[int, Wanted], parts: Sequence[tuple[int | None, Decimal | None, Decimal | None]]
) -> list[Balance]:
    """Each indicator of which some part was given, against the sum of its parts (indicator, quantity, done)."""
    given = {key for key, _, _ in parts if key is not None}
    return [
        Balance(one, _sum(q for key, q, _ in parts if key == of), _sum(d for key, _, d in parts if key == of))
        for of, one in wanted.items()
        if of in given
    ]


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return sum((one for one in values if one is not None), Decimal(0))


def refusal(
    project: str, quantity: Decimal | None, due_on: date | None, measure_due_on: date | None, *, has_indicator: bool
) -> str:
    """Why a part cannot be given so, or ""."""
    if not project.strip():
        return "请写明项目或任务。"
    if has_indicator and quantity is None:
        return "选了指标，请填这一份的数量。"
    if quantity is not None and not 0 < quantity < MOST:
        return "数量要大于零。"
    if due_on is not None and measure_due_on is not None and due_on > measure_due_on:
        return f"这一份的时限晚于措施时限{measure_due_on}。"
    return ""
