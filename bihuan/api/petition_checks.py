"""Field checks of petitions over the API: those that were made, and one handed in."""

from typing import Any

from bihuan.api import shapes
from bihuan.api.door import operation
from bihuan.api.verification import CheckFacts, CheckLine, check_line
from bihuan.api.writing import SAYS, WRITES, Key, Match, deed, hold, once
from bihuan.gate.answers import or_404
from bihuan.gate.policy import BUSINESS, Asked
from bihuan.matters.queries import work
from bihuan.petitions.actions.checking import check_petition
from bihuan.petitions.queries import called

TAGS = ["信访件核实"]


@operation(
    "GET",
    "/petitions/{slug:code}/checks",
    "api_petition_checks",
    "一件信访的现场核查",
    list[CheckLine],
    who=(BUSINESS,),
    tags=TAGS,
)
def checks(request: Asked, code: str) -> Any:
    """The field checks of a petition, newest first."""
    petition = or_404(called.petition(request.actor, code))
    return [check_line(one) for one in work.checks_of(petition.matter)]


@operation(
    "POST",
    "/petitions/{slug:code}/checks",
    "api_petition_checks",
    "交一次信访件的现场核查",
    shapes.Done,
    who=(BUSINESS,),
    refuses=WRITES,
    tags=TAGS,
    description=f"{SAYS}至少两人；整改要求和它的时限要一起写。",
)
def check_in(request: Asked, code: str, asked: CheckFacts, key: Key, match: Match) -> Any:
    """Hand in a field check of a petition."""
    petition = or_404(called.petition(request.actor, code))
    hold(request, petition.matter, match, asked.version, key)
    seen = asked.seen({})
    _, is_repeated = once(lambda: check_petition(petition, seen, **deed(request, key)))
    return {"done": "核查记录已交。", "is_repeated": is_repeated, "code": code}
