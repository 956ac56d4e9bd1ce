"""The frame around every page: rooms, inspection, person, messages, what was just done. Hides where each comes from."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from bihuan.core import clock, outbox, still
from bihuan.core.actor import Actor
from bihuan.gate import policy, telling, transport
from bihuan.intake.queries import sight
from bihuan.matters import queries as matters
from bihuan.organisation.queries import structure

NAMELESS = "督察整改工作系统"
DEMO = "这是演示系统，人员和数据都是虚构的，请不要录入真实信息。日期从2022年12月12日走起。"


@dataclass(frozen=True, slots=True)
class Room:
    """One room of the left rail."""

    label: str
    url: str
    count: int | str = ""
    hot: bool = False
    current: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the phone's bottom bar."""

    label: str
    url: str
    icon: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Inspected:
    """The inspection whose matters are shown, and the others to change to."""

    name: str
    note: str
    others: str
    url: str
    choices: list[tuple[str, str, str, bool]]


@dataclass(frozen=True, slots=True)
class Who:
    """The person, and the posts he may act in."""

    name: str
    post: str
    url: str = ""
    posts: tuple[tuple[str, str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Mail:
    """The person's messages."""

    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Proof:
    """The completeness sentence: what came in, and that all of it is in the ledgers (or how much is not)."""

    head: str
    text: str
    url: str
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """Something said once: done, refused or asked."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What base.html draws around a page."""

    office: str
    home_url: str
    search_url: str
    sign_out_url: str
    account_url: str
    query: str
    rooms: list[Room]
    tabs: list[Tab]
    inspection: Inspected | None
    person: Who
    messages: Mail
    now: datetime
    as_of: datetime
    demo: str
    plain: str
    told: list[Told]
    proof: Proof | None
    once: str = field(default_factory=lambda: uuid.uuid4().hex)


ROOMS = (
    ("工作台", "home"),
    ("填报", "report_list"),
    ("台账", "ledger_list"),
    ("方案", "plan_list"),
    ("信访", "petition_board"),
    ("排查", "sweep_list"),
    ("验收销号", "acceptance_list"),
    ("公示", "release_list"),
    ("导入", "import_list"),
    ("体检", "checkup"),
)
APART = (("系统", "settings_home"), ("手册", "help_home"))
TABS = (  # label, page, icon, the rooms in which it is the current one
    ("待办", "home", "todo", ("home", "report_list")),
    ("台账", "ledger_list", "ledger", ("ledger_list", "petition_board")),
    ("查找", "search", "find", ("search",)),
    ("我的", "account_detail", "mine", ("account_detail",)),
)


def frame(request: HttpRequest, room: str) -> Frame:
    """The frame for this request; `room` names the page's room. What does not open for the reader is not drawn."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # the entry sets it
    now = clock.now()
    inspections = still.known(
        ("inspections", actor.city, actor.person, actor.held, clock.day_of(now)), lambda: _inspections(actor)
    )
    unread = still.known(("unread", actor.person), lambda: outbox.unread(actor.person))
    office = still.known(("office", actor.city), lambda: structure.office_of(actor.city) or NAMELESS)
    shown = _shown(request, inspections)
    return Frame(
        office=office,
        home_url=reverse("home"),
        search_url=reverse("search") if policy.opens("search", actor) else "",
        sign_out_url=reverse("account_logout"),
        account_url=reverse("account_detail"),
        query=str(request.GET.get("q", "")),
        rooms=[
            Room(label, reverse(name), current=name == room, apart=(label, name) in APART)
            for label, name in (*ROOMS, *APART)
            if policy.opens(name, actor)
        ],
        tabs=[
            Tab(label, reverse(name), icon, room in current)
            for label, name, icon, current in TABS
            if policy.opens(name, actor)
        ],
        inspection=_inspected(inspections, shown),
        person=Who(actor.name, "、".join(_called(post) for post in actor.held)),
        messages=Mail(reverse("message_list"), unread),
        now=now,
        as_of=now,
        demo=DEMO if settings.DEMO else "",
        plain=transport.plain(),
        told=[Told(*one) for one in telling.said(request)],
        proof=_proof([shown] if shown else inspections),
    )


def _called(post: Any) -> str:
    """A post's name; how long it lasts, where that is not even a day."""
    return f"{post.post}（至{timezone.localtime(post.until):%H:%M}）" if post.until else str(post.post)


def _inspections(actor: Actor) -> list[Any]:
    """The inspections to choose from, for those who have to do with their matters."""
    if not policy.BUSINESS.roles & {post.role for post in actor.held}:
        return []
    return [*sight.with_balance(matters.inspections_for(actor).select_related(None), actor)]


def _proof(inspections: Sequence[Any]) -> Proof | None:
    """The sum that `examine` checks of every import, over these inspections' papers; for those who take papers in."""
    balance = sight.balance_of(inspections)
    if balance is None:
        return None
    words = ((balance.waiting, "份看过还没有写入"), (balance.back, "本交回的台账还没有写入"))
    waiting = "，".join(f"{count}{word}" for count, word in words if count)
    if not balance.papers:
        return Proof(waiting, "", reverse("import_list"))
    text = f"{balance.papers}份文件写入台账{'，另有' if waiting else ''}{waiting}。"
    lost = balance.read - balance.settled
    head = f"来件{balance.read}条，" + (f"{abs(lost)}条对不上账" if lost else "全部在账")
    return Proof(head, text, reverse("import_list"), is_whole=not lost)


def _shown(request: HttpRequest, inspections: Sequence[Any]) -> Any:
    """The inspection that is chosen; None where all of them are shown."""
    return next((one for one in inspections if one.code == request.session.get("inspection")), None)


def _inspected(inspections: Sequence[Any], shown: Any) -> Inspected | None:
    if not inspections:
        return None
    others = len(inspections) - (1 if shown else 0)
    note = f"{shown.feedback_on:%Y-%m-%d} 反馈" if shown and shown.feedback_on else ""
    return Inspected(
        shown.name if shown else "全部督察",
        note,
        f"另有{others}个督察在办" if shown and others else "",
        reverse("inspection_choose"),
        [("", "全部督察", f"{len(inspections)}个", shown is None)]
        + [(one.code, one.name, one.level, one is shown) for one in inspections],
    )
