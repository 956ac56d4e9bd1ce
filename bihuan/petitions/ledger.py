"""The petition ledger: one row here is one column on the page, in the sheet and in the API."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q

from bihuan.lib.ledger import Column, Day, Fill, Ledger, Light, Title
from bihuan.matters import queries as matters
from bihuan.matters.ledger import inspection_column, light, light_column, light_where, taken_column
from bihuan.organisation.rules.duties import DutyRole
from bihuan.petitions.models import Petition
from bihuan.petitions.queries import petition_words
from bihuan.petitions.queries.counted import ON_PAPER
from bihuan.petitions.rules import closings, facts, findings, petition
from bihuan.petitions.rules.closings import CLOSED
from bihuan.petitions.rules.petition import PetitionState

DARK = (*petition.CLOSED, PetitionState.IN_TRAY)
WITHOUT_LIGHT = Q(matter__state__in=DARK) | ON_PAPER | Q(closing=CLOSED)
TYPES = {
    name: name
    for name in ("大气", "水", "土壤", "噪声", "生态", "固废", "油烟", "扬尘", "辐射", "海洋", "重金属", "其他")
}
TRUTHS = {name: name for name in findings.TRUTHS}
CLOSINGS = {name: name for name in closings.CLOSINGS}


def petition_light(row: Petition, today: date) -> Light:
    """A petition's light by the day of its reply, and once it was answered by that of its closing; one in the tray,
    closed or with its result on paper has none.
    """
    if row.matter.state in DARK:
        return Light("none", petition.STATES[PetitionState(row.matter.state)])
    if row.closing == CLOSED:
        return Light("none", CLOSED)
    if row.truth and row.answered_on is None:
        return Light("none", "已有结果")
    return light(row.matter.due_on, row.due_soon_days, today)


def petition_result_of(row: Petition) -> str:
    """Of which earlier round the result is that a petition in its new round still has, or ""."""
    return petition.outdated(row.matter.state, row.matter.round_number, row.truth)


def with_round(words: str, row: Petition) -> str:
    """Words of a petition's result, marked where they are of an earlier round."""
    stale = petition_result_of(row)
    return f"{words}（{stale}）" if words and stale else words


def _told(fact: str) -> Callable[[Any, date], str]:
    """A fact of the result, marked where it is of an earlier round."""
    return lambda row, _: with_round(getattr(row, fact), row)


def _day(day: date | None) -> Day:
    return Day(day.isoformat() if day else "")


def reply_due(row: Petition) -> Day:
    """The day of the reply and, where a ledger that was taken over had put it off, the first."""
    day, first = row.reply_due_on, row.matter.first_due_on
    return Day(
        day.isoformat() if day else "", first.isoformat() if day and first and first < day == row.matter.due_on else ""
    )


def _shut(fact: str) -> Callable[[Any], str]:
    return lambda row: facts.petition_shut(fact, row.matter.state)


def _filled(fact: str, kind: str = "text", most: int = 10_000) -> Fill:
    return Fill(fact, kind, lambda row: getattr(row, fact), _shut(fact), most)


def _state(row: Petition, _: date) -> str:
    return petition.STATES[PetitionState(row.matter.state)]


PETITIONS = Ledger(
    "petitions",
    "信访问题台账",
    "信访件",
    "件",
    (
        Column(
            "batch",
            "批次",
            lambda row, _: row.batch_label,
            sort="batch_id",
            lookup="batch__label",
            group=lambda row, _: row.batch_label,
            width=6,
        ),
        light_column(petition_light, light_where(WITHOUT_LIGHT)),
        Column(
            "number",
            "受理编号",
            lambda row, _: row.number.rstrip("*") + ("*" if row.is_key_case else ""),
            sort="number_key",
            lookup="number_key",
            width=14,
            tells=True,
            kind="number",
        ),
        Column(
            "received_on",
            "受理日期",
            lambda row, _: _day(row.received_on),
            "day",
            width=10,
            shown=False,
            fill=Fill("received_on", "day", lambda row: _day(row.received_on).text, _shut("received_on")),
        ),
        Column(
            "complained_of",
            "被反映对象",
            lambda row, _: row.complained_of,
            width=12,
            shown=False,
            fill=_filled("complained_of", most=200),
        ),
        Column(
            "content",
            "交办问题基本情况",
            lambda row, _: Title(row.content, ""),
            "title",
            lookup="content",
            width=32,
            tells=True,
        ),
        inspection_column("督察", 10),
        Column("row", "序号", lambda row, _: row.row or "", "serial", sort="row", width=5, shown=False),
        Column(
            "is_key_case",
            "重点关注件",
            lambda row, _: "是" if row.is_key_case else "",
            where=lambda values, _: Q(is_key_case="yes" in values),
            choices={"yes": "是", "no": "否"},
            width=6,
            shown=False,
        ),
        Column(
            "region",
            "行政区域",
            lambda row, _: row.region_name or row.region_raw,
            lookup="matter__region__name",
            sort="matter__region__code",
            group=lambda row, _: row.region_name or "未定",
            width=8,
            kind="state",
            fill=Fill("region", "region", lambda row: row.region_name or row.region_raw, _shut("region")),
        ),
        Column("channel", "受理方式", lambda row, _: row.channel, width=6, shown=False),
        Column(
            "main_type",
            "污染类型",
            lambda row, _: "、".join(row.types) or row.main_type,
            lookup="main_type",
            choices=TYPES,
            group=lambda row, _: row.main_type or "未定",
            sort="main_type",
            width=8,
            kind="state",
            fill=Fill("types", "types", lambda row: "、".join(row.types) or row.main_type, _shut("types")),
        ),
        Column("types", "全部污染类型", lambda row, _: "、".join(row.types), width=10, shown=False),
        Column("is_joint", "联合办理", lambda row, _: "是" if row.is_joint else "", width=6, shown=False),
        Column(
            "units",
            "承办单位",
            lambda row, _: "、".join(str(one.unit) for one in row.live),
            where=lambda values, _: Q(matter__in=matters.matters_borne(DutyRole.RESPONSIBLE, values[0])),
            width=12,
            fold=True,
        ),
        Column(
            "due",
            "反馈期限",
            lambda row, _: reply_due(row),
            "day",
            sort="reply_due_on",
            lookup="reply_due_on",
            is_dated=True,
            width=10,
        ),
        Column(
            "findings",
            "调查核实情况",
            _told("findings"),
            "long",
            lookup="findings",
            width=32,
            shown=False,
            fill=_filled("findings"),
        ),
        Column(
            "truth",
            "是否属实",
            _told("truth"),
            lookup="truth",
            choices=TRUTHS,
            group=lambda row, _: row.truth or "未核实",
            sort="truth",
            width=8,
            fold=True,
            kind="state",
            fill=_filled("truth", "choice"),
        ),
        Column(
            "handling",
            "处理和整改情况",
            _told("handling"),
            "long",
            lookup="handling",
            width=32,
            shown=False,
            fill=_filled("handling"),
        ),
        Column(
            "deadline",
            "整改时限原文",
            lambda row, _: row.deadline_raw,
            width=10,
            shown=False,
            fill=_filled("deadline_raw", most=200),
        ),
        Column(
            "goal",
            "办结目标",
            _told("goal"),
            "long",
            width=16,
            shown=False,
            fill=_filled("goal"),
        ),
        Column(
            "closing",
            "是否办结",
            lambda row, _: row.closing,
            lookup="closing",
            choices=CLOSINGS,
            group=lambda row, _: row.closing or "未定",
            sort="closing",
            width=8,
            shown=False,
            fill=_filled("closing", "choice"),
        ),
        Column("accountability", "责任人被处理情况", _told("accountability"), "long", width=14, shown=False),
        Column("documents", "文号", lambda row, _: "、".join(row.document_numbers), width=12, shown=False),
        Column("repeats", "重复件", lambda row, _: "、".join(row.repeats), width=14, shown=False),
        Column(
            "state",
            "状态",
            _state,
            "state",
            sort="matter__state",
            lookup="matter__state",
            choices=petition.STATES,
            group=_state,
            width=8,
        ),
        taken_column(),
    ),
    key=lambda row: row.matter.code,
    called=lambda row: f"{row.number}号",
    dress=lambda rows, _: petition_words(rows),
    order=("-batch_id", "row", "pk"),
)
