"""The page of rebound counts: by leading unit, and by whoever signed the acceptance; a number opens its records."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from bihuan.gate.answers import page
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.lib.quantity import whole as whole_number
from bihuan.rectification.queries import rebounds
from bihuan.rectification.rules.rebounds import SignedOff, Tally, by_signer, by_unit, chosen, whole
from bihuan.web.drawing import address

SHOWN = 200


@policy(BUSINESS)
def rebound_list(request: Asked) -> HttpResponse:
    """How often what was signed off came back, in one's scope, and the records behind the number that was clicked."""
    found = rebounds.signed_off(request.actor)
    asked: dict[str, Any] = {name: whole_number(request.GET.get(name)) for name in ("unit", "signer")}
    asked["only_rebounds"] = request.GET.get("only") == "rebounds"
    records = chosen(found, **asked)
    told: dict[str, Any] = {
        "all": _tally(whole(found), ""),
        "units": [_tally(one, "unit") for one in by_unit(found)],
        "signers": [_tally(one, "signer") for one in by_signer(found)],
        "records": [_record(one) for one in records[:SHOWN]],
        "count": len(records),
        "words": _words(found, **asked),
    }
    return page(request, "rectification/rebound_list.html", room="acceptance_list", **told)


def _tally(one: Tally, kind: str) -> dict[str, Any]:
    question = [(kind, str(one.of.key))] if kind else []
    base = reverse("rebound_list")
    return {
        "name": one.of.name,
        "signed_off": one.signed_off,
        "rebounds": one.rebounds,
        "rate": one.rate,
        "url": f"{address(base, question)}#records",
        "rebounds_url": f"{address(base, [*question, ('only', 'rebounds')])}#records",
    }


def _record(one: SignedOff) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "url": reverse("problem_detail", args=[one.code]),
        "round": f"第{one.number}轮",
        "closed_on": one.closed_on,
        "units": "、".join(unit.name for unit in one.units),
        "signer": one.signer.name,
        "is_rebounded": one.is_rebounded,
    }


def _words(found: list[SignedOff], *, unit: int | None, signer: int | None, only_rebounds: bool) -> str:
    """What the records below are, in words."""
    units = {each.key: each.name for one in found for each in one.units}
    signers = {one.signer.key: one.signer.name for one in found}
    of = [units.get(unit or 0, ""), f"{signers.get(signer, '')}验收的" if signer is not None else ""]
    return f"{'，'.join(filter(None, of))}{'反弹的' if only_rebounds else '已销号的'}"
