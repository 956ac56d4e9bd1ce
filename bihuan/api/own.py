"""What is one's own beside the day's work: the account and where it is signed in, what was typed and not sent, views of
ledgers; stand-ins in one's unit, and grants that wait for one's confirmation.
"""

from datetime import date, datetime
from typing import Any

from ninja import Schema

from bihuan.api import shapes
from bihuan.api.door import operation
from bihuan.core import clock, drafts, history
from bihuan.gate import provider
from bihuan.gate.kinds import page_called
from bihuan.gate.policy import BUSINESS, HEADS, PEOPLE, SECONDS, Asked, opens
from bihuan.gate.shelves import SHELVES
from bihuan.organisation import sessions
from bihuan.organisation.queries import access, delegating, staff
from bihuan.organisation.rules.duties import ROLE_LABELS, Role
from bihuan.organisation.rules.entering import FACTORS
from bihuan.organisation.rules.keeping import GRANT_STANDINGS, GrantStanding

TAGS = ["我的"]
SIGN_INS = 10


class Factor(Schema):
    """A second factor: what its owner calls it, and what it is."""

    label: str
    kind: shapes.Named


class OwnSignIn(Schema):
    """Where one is, or was, signed in: the browser, from where, by what proof."""

    id: int
    began_at: datetime
    browser: str
    origin: str
    proof: str
    is_here: bool
    ended_at: datetime | None
    ended_because: str


class Account(Schema):
    """One's account. `is_linked` with the city's identity provider (`provider`, "" where none is named)."""

    username: str
    provider: str
    is_linked: bool
    factors: list[Factor]
    recovery_codes_left: int
    sign_ins: list[OwnSignIn]


class DraftLine(Schema):
    """What was typed in a form and not sent: the page's address, what it is about, each field's text."""

    id: int
    path: str
    about: str
    form: str
    fields: dict[str, str]
    saved_at: datetime


class ViewLine(Schema):
    """A view of a ledger that one keeps: the ledger, its name, the question as it stands in an address."""

    id: int
    ledger: str
    label: str
    question: str


class Appointed(Schema):
    """An appointment: who, in which post and role, from when to when, for whom he stands in, how the grant stands."""

    id: int
    person: shapes.Reference
    post: str
    role: shapes.Named
    starts_on: date
    ends_on: date | None
    stands_in_for: shapes.Reference | None
    standing: shapes.Named


class Grant(Appointed):
    """A grant that waits for another person; `deadlock` says what is done where nobody could confirm it."""

    paper: str
    granted_by: str
    granted_at: datetime | None
    deadlock: str


def appointed(row: Any) -> dict[str, Any]:
    """An appointment as `Appointed` has it."""
    behalf = row.stands_in_for.person if row.stands_in_for else None
    return {
        "id": row.pk,
        "person": {"id": row.person_id, "name": row.person.name},
        "post": str(row.post),
        "role": {"name": row.role, "label": ROLE_LABELS[Role(row.role)]},
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "stands_in_for": {"id": behalf.pk, "name": behalf.name} if behalf else None,
        "standing": {"name": row.standing, "label": GRANT_STANDINGS[GrantStanding(row.standing)]},
    }


def grants_told(rows: list[Any]) -> list[dict[str, Any]]:
    """Grants that wait, as `Grant` has them."""
    begun = history.begun(rows)
    return [
        {
            **appointed(one),
            "paper": one.paper_number,
            "granted_by": str(one.granted_by or ""),
            "granted_at": begun[one.pk][0] if one.pk in begun else None,
            "deadlock": staff.deadlock(one, clock.today()),
        }
        for one in rows
    ]


@operation("GET", "/account", "api_account", "我的账号和登录", Account, who=(PEOPLE,), tags=TAGS)
def account(request: Asked) -> Any:
    """One's own account, its second factors by name, and the last sign-ins, newest first."""
    own, here = access.account_of(request.actor), request.session.get(sessions.SIGN_IN)
    names = ("began_at", "browser", "origin", "proof", "ended_at", "ended_because")
    return {
        "username": own.username,
        "provider": provider.name() if opens("provider_link", request.actor) else "",
        "is_linked": bool(own.subject),
        "factors": [
            {"label": one.label, "kind": {"name": one.kind, "label": FACTORS[one.kind]}}
            for one in access.factors_of(own)
        ],
        "recovery_codes_left": access.recovery_codes_left(own),
        "sign_ins": [
            {"id": one.pk, "is_here": one.pk == here, **{name: getattr(one, name) for name in names}}
            for one in access.sign_ins_of(own)[:SIGN_INS]
        ],
    }


@operation("GET", "/drafts", "api_drafts", "我没交的文字", list[DraftLine], who=(PEOPLE,), tags=TAGS)
def draft_list(request: Asked) -> Any:
    """What this person typed and did not send, newest first; nobody else can ask for it."""
    return [
        {
            "id": one.pk,
            "path": one.path,
            "about": page_called(one.path),
            "form": one.form,
            "fields": {**one.fields},
            "saved_at": one.saved_at,
        }
        for one in drafts.kept_of(request.actor.person or 0)
    ]


@operation("GET", "/views", "api_views", "我存的台账视图", list[ViewLine], who=(BUSINESS,), tags=TAGS)
def views(request: Asked) -> Any:
    """One's own views, ledger by ledger; `question` asks the same of the ledger's operation."""
    kept = (one for name in SHELVES for one in staff.views_of(request.actor, name))
    return [{"id": one.pk, "ledger": one.ledger, "label": one.label, "question": one.question} for one in kept]


@operation("GET", "/stand-ins", "api_stand_ins", "本单位的代理", list[Appointed], who=(HEADS,), tags=TAGS)
def stand_ins(request: Asked) -> Any:
    """Who stands in for whom in one's own units, now or to begin; what waits for its confirmation is among them."""
    return [appointed(one) for one in delegating.stand_ins_of(request.actor, clock.today())]


@operation("GET", "/grants", "api_grants", "等我确认的授予", list[Grant], who=(SECONDS,), tags=TAGS)
def grants(request: Asked) -> Any:
    """The grants that wait for this person's confirmation."""
    return grants_told([*staff.grants_to_confirm(request.actor)])
