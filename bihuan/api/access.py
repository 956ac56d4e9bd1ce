"""Who comes in and how, as the guards read it: sign-ins, slips, sealed codes and emergencies, interfaces, receivers."""

from datetime import date, datetime
from typing import Any

from ninja import Query, Schema

from bihuan.api import shapes
from bihuan.api.door import operation
from bihuan.api.paging import Backwards
from bihuan.core import clock
from bihuan.gate import tokens, watching
from bihuan.gate.policy import ENDING, Asked
from bihuan.organisation import sessions
from bihuan.organisation.queries import access, emergency, interfaces
from bihuan.organisation.rules.duties import ROLE_LABELS, Role
from bihuan.outgoing import queries as outgoing

TAGS = ["管理员"]
GUARDS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
EMERGENCIES = 20  # as many as the page shows


class SignInLine(Schema):
    """Somebody who is signed in; `seen_at` None where his browser never came back."""

    id: int
    person: shapes.Reference
    username: str
    began_at: datetime
    seen_at: datetime | None
    browser: str
    origin: str
    proof: str
    is_here: bool


class SignIns(Schema):
    """A page of who is signed in, newest first; `next` begins the next one."""

    rows: list[SignInLine]
    next: int | None = None


class TokenLine(Schema):
    """An interface's token with its contract; of the token itself only how it begins. `standing` "" while it opens."""

    id: int
    account: str
    label: str
    paper: str
    beginning: str
    operations: list[shapes.Named]
    networks: list[str]
    rate: int
    starts_on: date
    ends_on: date
    used_at: datetime | None
    ended_at: datetime | None
    standing: str


class Tokens(Schema):
    """A page of tokens, newest first; `next` begins the next one."""

    rows: list[TokenLine]
    next: int | None = None


class SlipLine(Schema):
    """A slip that is open; never its code."""

    id: int
    person: shapes.Reference
    username: str
    reason: str
    ends_factors: bool
    printed_by: str
    valid_until: datetime
    wants_confirmation: bool
    confirmed_by: str


class CodeLine(Schema):
    """An administrator's sealed code: who keeps it ("" where none is sealed); never the code."""

    role: shapes.Named
    holder: str
    made_at: datetime | None
    is_founding: bool


class Unsealed(Schema):
    """An emergency: who held the head's duties, by whose codes, why and what for, until when."""

    id: int
    person: str
    opened_at: datetime
    holders: list[str]
    reason: str
    purpose: str
    is_lasting: bool
    over_at: datetime
    ended_by: str


class Emergencies(Schema):
    """The sealed codes, and the last emergencies, newest first."""

    codes: list[CodeLine]
    unsealings: list[Unsealed]


class ReceiverLine(Schema):
    """Who outside is told of steps, and how it stands with him: notices that wait (the first) and that failed."""

    id: int
    name: str
    url: str
    state: shapes.Named
    added_by: str
    added_at: datetime
    confirmed_by: str
    confirmed_at: datetime | None
    waiting: int
    first_at: datetime | None
    fault: str
    failed: int


def _person(account: Any) -> dict[str, Any]:
    return {"id": account.person_id, "name": account.person.name}


@operation("GET", "/sign-ins", "api_sign_ins", "正在登录的", SignIns, who=(Role.SECURITY_ADMIN,), tags=TAGS)
def sign_ins(request: Asked, asked: Query[Backwards]) -> Any:
    """Everybody who is signed in now."""
    here = request.session.get(sessions.SIGN_IN)
    shown, following = asked.page_of(access.open_sign_ins(request.actor.city, clock.now()))
    rows = [
        {
            "id": one.pk,
            "person": _person(one.account),
            "username": one.account.username,
            "seen_at": watching.seen_at(one),
            "is_here": one.pk == here,
            **{name: getattr(one, name) for name in ("began_at", "browser", "origin", "proof")},
        }
        for one in shown
    ]
    return {"rows": rows, "next": following}


@operation("GET", "/tokens", "api_tokens", "接口令牌", Tokens, who=(Role.SECURITY_ADMIN,), tags=TAGS)
def token_list(request: Asked, asked: Query[Backwards]) -> Any:
    """Every token that was ever given."""
    shown, following = asked.page_of(interfaces.tokens_in(request.actor.city))
    names = ("label", "beginning", "rate", "starts_on", "ends_on", "used_at", "ended_at")
    rows = [
        {
            "id": one.pk,
            "account": str(one.account),
            "paper": one.paper_number,
            "operations": [{"name": name, "label": tokens.OPERATIONS.get(name, name)} for name in one.operations],
            "networks": [*one.networks],
            "standing": watching.standing_of(one, clock.today()),
            **{name: getattr(one, name) for name in names},
        }
        for one in shown
    ]
    return {"rows": rows, "next": following}


@operation("GET", "/slips", "api_slips", "等着用的凭条", list[SlipLine], who=GUARDS, tags=TAGS)
def slips(request: Asked) -> Any:
    """The slips that are open, newest first."""
    names = ("reason", "ends_factors", "valid_until", "wants_confirmation")
    return [
        {
            "id": one.pk,
            "person": _person(one.account),
            "username": one.account.username,
            "printed_by": str(one.printed_by or ""),
            "confirmed_by": str(one.confirmed_by or ""),
            **{name: getattr(one, name) for name in names},
        }
        for one in access.open_slips(clock.now()).filter(city=request.actor.city)
    ]


@operation("GET", "/emergencies", "api_emergencies", "封存码和应急启封", Emergencies, who=(ENDING,), tags=TAGS)
def emergencies(request: Asked) -> Any:
    """Which codes are sealed, and the last twenty emergencies."""
    city, now = request.actor.city, clock.now()
    return {
        "codes": [
            {
                "role": {"name": role, "label": ROLE_LABELS[role]},
                "holder": code.holder.name if code else "",
                "made_at": code.made_at if code else None,
                "is_founding": is_founding,
            }
            for role, code, is_founding in watching.codes(city, now)
        ],
        "unsealings": [_unsealed(one, now) for one in emergency.unsealings_in(city)[:EMERGENCIES]],
    }


def _unsealed(one: Any, now: datetime) -> dict[str, Any]:
    over = watching.over_at(one)
    return {
        "id": one.pk,
        "person": str(one.appointment.person),
        "holders": [str(one.first_code.holder), str(one.second_code.holder)],
        "is_lasting": now < over,
        "over_at": over,
        "ended_by": str(one.ended_by or ""),
        **{name: getattr(one, name) for name in ("opened_at", "reason", "purpose")},
    }


@operation("GET", "/receivers", "api_receivers", "对外通知的接收方", list[ReceiverLine], who=GUARDS, tags=TAGS)
def receivers(request: Asked) -> Any:
    """The receivers of notices, those in use first; never a secret."""
    return [_receiver(outgoing.standing_of(one)) for one in outgoing.receivers_in(request.actor.city)]


def _receiver(it: outgoing.ReceiverStanding) -> dict[str, Any]:
    to, first = it.to, it.first
    return {
        "id": to.pk,
        "state": {"name": to.state, "label": to.says},
        "added_by": str(to.added_by),
        "confirmed_by": str(to.confirmed_by or ""),
        "waiting": it.waiting,
        "first_at": first.asked_at if first else None,
        "fault": first.fault if first else "",
        "failed": it.failed,
        **{name: getattr(to, name) for name in ("name", "url", "added_at", "confirmed_at")},
    }
