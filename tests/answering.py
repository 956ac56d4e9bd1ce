"""A petition on its way to its answer: whoever fills in, reports and approves stands where a test wants him."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.organisation.models import Unit
from bihuan.organisation.rules.duties import Role
from bihuan.petitions import actions
from bihuan.petitions.actions.answering import fill_findings
from bihuan.petitions.models import Petition, SubItem, Undertaking
from bihuan.petitions.rules.findings import Findings, ItemFinding
from tests.cast import NOON, ROBOT, Cast, seat_as
from tests.makers import make_batch, make_inspection, make_other, make_petition

FOUND = "7月4日现场核查，坑塘东岸堆有生活垃圾约30立方米，为周边村民倾倒。"
HANDLED = "已清运至指定填埋场，设警示牌2处。"


@action
def split(petition: Petition, *texts: str, by: Actor, at: Any) -> list[SubItem]:
    """The sub-items of a petition, as a paper would bring them."""
    return [audit.create(SubItem(petition=petition, number=number, text=text)) for number, text in enumerate(texts, 1)]


def found(**otherwise: Any) -> Findings:
    """A report with nothing surprising."""
    told: dict[str, Any] = {"findings": FOUND, "handling": HANDLED, "truth": "属实", "closing": "已办结"}
    return Findings(**told | otherwise)


def staged(**otherwise: Any) -> Findings:
    """The same, of what is not finished."""
    goal = {"closing": "阶段性办结", "goal": "坑塘治理完成，恢复植被。", "due_on": date(2022, 9, 30)}
    return found(**goal | otherwise)


def of_items(*items: SubItem, truth: str = "属实") -> dict[int, ItemFinding]:
    """These sub-items, each found so."""
    return {one.pk: ItemFinding(f"{one.text}：已核查。", truth) for one in items}


PENALISED = {"punished": Decimal(1), "fined": Decimal(50_000)}


@dataclass(frozen=True, slots=True)
class Answering:
    """A petition, and whoever fills in for the water bureau and approves for its county."""

    petition: Petition
    filler: Actor
    county: Actor

    def part(self, unit: Unit) -> Undertaking:
        """One unit's part as it stands."""
        rows = Undertaking.objects.select_related("petition__matter", "petition__batch", "unit__region")
        return rows.get(petition=self.petition, unit=unit)

    def state(self) -> str:
        """Where the petition stands."""
        self.petition.matter.refresh_from_db()
        return self.petition.matter.state

    def report(self, cast: Cast, filled: Findings | None = None) -> None:
        """The water bureau fills in and reports."""
        fill_findings(self.part(cast.water), filled or found(), by=self.filler, at=NOON)
        actions.move_undertaking(self.part(cast.water), "report_findings", by=cast.zhang, at=NOON)

    def to_city(self, cast: Cast, filled: Findings | None = None) -> None:
        """And its county approves."""
        self.report(cast, filled)
        actions.move_undertaking(self.part(cast.water), "county_approve", by=self.county, at=NOON)

    def to_answered(self, cast: Cast, filled: Findings | None = None) -> Petition:
        """And the city."""
        self.to_city(cast, filled)
        return actions.move_petition(self.fresh(), "approve", by=cast.chen, at=NOON)

    def fresh(self) -> Petition:
        """The petition as it stands."""
        return Petition.objects.select_related("matter__inspection__rule_set", "batch").get(pk=self.petition.pk)


def being_answered(cast: Cast, *others: Unit, sub_items: tuple[str, ...] = (), **facts: Any) -> Answering:
    """A petition that the water bureau has signed for, and these others were handed too."""
    for unit in (cast.water, cast.farm):
        make_other(unit, parent=cast.county)
    petition = make_petition(cast, make_batch(make_inspection(cast)), **facts)
    if sub_items:
        split(petition, *sub_items, by=ROBOT, at=NOON)
    actions.assign_petition(petition, [cast.water, *others], by=cast.chen, at=NOON)
    actions.receive_petition(petition, by=cast.zhang, at=NOON)
    filler = seat_as(Role.REPORTER, cast.water, "周填")
    return Answering(petition, filler, seat_as(Role.COUNTY_APPROVER, cast.county, "吴审"))
