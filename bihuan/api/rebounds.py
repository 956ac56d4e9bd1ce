"""How often what was signed off came back, over the API: the counts of the page, and the records behind them."""

from datetime import date
from typing import Any

from ninja import Schema

from bihuan.api.door import operation
from bihuan.gate.policy import BUSINESS, Asked
from bihuan.rectification.queries import rebounds as records
from bihuan.rectification.rules.rebounds import Tally, by_signer, by_unit, whole


class TallyLine(Schema):
    """How many sign-offs a unit or a person answers for, and how many came back; `id` 0 where it is nobody here."""

    id: int
    name: str
    signed_off: int
    rebounds: int
    rate: str


class SignedOffLine(Schema):
    """One round that was signed off; the ids are those of the counts."""

    code: str
    title: str
    round: int
    closed_on: date | None
    units: list[int]
    signer: int
    is_rebounded: bool


class Rebounds(Schema):
    """The counts of what is in sight, and its records."""

    all: TallyLine
    units: list[TallyLine]
    signers: list[TallyLine]
    records: list[SignedOffLine]


def _tally(one: Tally) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in ("signed_off", "rebounds", "rate")}
    return {"id": one.of.key, "name": one.of.name, **plain}


@operation("GET", "/rebounds", "api_rebounds", "反弹率", Rebounds, who=(BUSINESS,), tags=["验收销号"])
def rebounds(request: Asked) -> Any:
    """How often what was signed off came back, by leading unit and by signer of the acceptance."""
    found = records.signed_off(request.actor)
    plain = ("code", "title", "closed_on", "is_rebounded")
    return {
        "all": _tally(whole(found)),
        "units": [_tally(one) for one in by_unit(found)],
        "signers": [_tally(one) for one in by_signer(found)],
        "records": [
            {
                **{name: getattr(one, name) for name in plain},
                "round": one.number,
                "units": [unit.key for unit in one.units],
                "signer": one.signer.key,
            }
            for one in found
        ],
    }
