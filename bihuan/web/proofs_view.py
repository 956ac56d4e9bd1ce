"""The evidence of a matter as its page draws it: pairs side by side, the other files, what the list still asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.core.actor import Actor
from bihuan.core.clock import SHANGHAI
from bihuan.gate import proofs as kept
from bihuan.matters.queries import evidence, work
from bihuan.matters.rules import evidence as kinds
from bihuan.rectification.queries import checklist, proofs
from bihuan.rectification.rules.checklist import BY_KEY, Standing
from bihuan.rectification.rules.checklist import items_of as items_asked
from bihuan.web.jinja import clip

if TYPE_CHECKING:
    from bihuan.matters.models import Evidence

GLANCE = 4  # pairs and pictures on the page of the matter itself
TITLE = 60  # characters of a petition at the head of its page
DONE = {
    "pair": "已配成对比。",
    "end": "已作废，轨迹里留着。",
    "waive": "已写明不适用，等验收单位确认。",
    "end_waiver": "已取消。",
    "confirm_waiver": "已确认不适用。",
}


@dataclass(frozen=True, slots=True)
class Shot:
    """One file: what it is called, what it shows, when and where by its own word, and when it was brought; `is_own`
    where it may be declared void here.
    """

    pk: int
    name: str
    kind: str
    caption: str
    proves: str
    facts: tuple[str, ...]
    url: str
    preview: str
    of: str
    is_own: bool


def items_of(subject: Any) -> list[tuple[str, str]]:
    """What a file may be said to prove; nothing on what has no check-list."""
    if not proofs.is_problem(subject):
        return []
    return [(item.key, item.label) for item in items_asked(checklist.sort_of(subject)) if item.key != "photos"]


def wall(subject: Any, by: Actor) -> dict[str, Any]:
    """What rectification/evidence_list.html draws, except the form."""
    rows = [*kept.files_of(subject)]
    own = kept.own_of(subject, rows, by)
    live = [row for row in rows if row.pk in own]
    shots = {row.pk: _shot(row, subject, is_own=row.pk in own) for row in rows}
    paired = {row.before_id for row in rows} | {row.pk for row in rows if row.before_id}
    return {
        "subject": called(subject),
        "pairs": [(shots[row.before_id], shots[row.pk]) for row in rows if row.before_id in shots],
        "shots": [shots[row.pk] for row in rows if row.pk not in paired],
        "befores": _choice(live, kinds.BEFORE),
        "afters": [one for one in _choice(live, kinds.AFTER) if one[0] not in paired],
        "count": len(rows),
        "may_add": kept.may_add(subject, by),
        "is_petition": kept.is_petition(subject),
        **_list(subject, by),
    }


def glance(subject: Any, by: Actor) -> dict[str, Any]:
    """The evidence as the page of its matter shows it: how much there is, the pairs first, a few of the rest."""
    rows = [*kept.files_of(subject)]
    shots = {row.pk: _shot(row, subject, is_own=False) for row in rows}
    pairs = [(shots[row.before_id], shots[row.pk]) for row in rows if row.before_id in shots]
    paired = {one.pk for pair in pairs for one in pair}
    return {
        "count": len(rows),
        "pairs": pairs[:GLANCE],
        "shots": [one for one in shots.values() if one.pk not in paired and one.preview][
            : GLANCE - len(pairs[:GLANCE])
        ],
        "url": reverse("evidence_list", args=[subject.matter.code]),
        "may_add": kept.may_add(subject, by),
    }


def room_of(subject: Any) -> str:
    """Under which heading of the frame a page of a matter stands."""
    return "petition_board" if kept.is_petition(subject) else "ledger_list"


def called(subject: Any) -> dict[str, str]:
    """How a problem, a measure or a petition is named at the head of a page of its own."""
    if kept.is_petition(subject):
        url = reverse("petition_detail", args=[subject.matter.code])
        return {
            "code": subject.matter.code,
            "label": f"{subject.number}号信访件",
            "title": clip(subject.content.rstrip("。"), TITLE),
            "url": url,
        }
    is_problem = proofs.is_problem(subject)
    page = "problem_detail" if is_problem else "measure_detail"
    return {
        "code": subject.matter.code,
        "label": f"第{subject.number}项" if is_problem else f"措施{subject.number}",
        "title": subject.title if is_problem else subject.text,
        "url": reverse(page, args=[subject.matter.code]),
    }


def _choice(rows: list[Evidence], kind: str) -> list[tuple[int, str]]:
    return [(row.pk, f"{row.caption or evidence.name_of(row)}{_when(row)}") for row in rows if row.kind == kind]


def _when(row: Evidence) -> str:
    return f"，{row.taken_at.astimezone(SHANGHAI):%Y-%m-%d}" if row.taken_at else ""


def _shot(row: Evidence, subject: Any, *, is_own: bool) -> Shot:
    code = subject.matter.code
    return Shot(
        row.pk,
        evidence.name_of(row),
        row.kind,
        row.caption,
        BY_KEY[row.proves].label if row.proves in BY_KEY else "",
        tuple(_facts(row)),
        reverse("evidence_file", args=[code, row.pk]),
        reverse("evidence_preview", args=[code, row.pk]) if row.preview_id else "",
        "" if row.matter_id == subject.matter.pk else row.matter.code,
        is_own,
    )


def _facts(row: Evidence) -> list[str]:
    told = [f"第{row.round_number}轮"] if row.round_number > 1 else []
    if row.taken_at:
        told.append(f"拍摄 {row.taken_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}")
    elif row.kind in (kinds.BEFORE, kinds.DURING, kinds.AFTER):
        told.append("照片没有写明拍摄时间")
    if row.latitude is not None:
        told.append(f"{row.latitude:.5f}, {row.longitude:.5f}（{row.datum}）")
    return [*told, *([row.place] if row.place else [])]


def _list(subject: Any, by: Actor) -> Mapping[str, Any]:
    """The check-list of a problem with what may be done about each item; nothing on anything else."""
    if not proofs.is_problem(subject):
        return {"sort": "", "items": [], "waivers": []}
    able = proofs.able(subject, by)
    standings = checklist.standings(subject)
    may_waive, may_confirm = bool(able & kinds.WAIVERS), bool(able & kinds.CONFIRMERS)
    return {
        "sort": checklist.sort_of(subject).value,
        "items": [
            {
                "key": one.item.key,
                "label": one.item.label,
                "step": {"claim": "申请验收", "acceptance": "验收", "sign_off": "销号"}[one.item.step],
                "words": _standing(one),
                "is_there": one.is_there,
                "may_waive": may_waive and not one.is_there,
            }
            for one in standings
        ],
        "waivers": [
            {
                "pk": row.pk,
                "label": BY_KEY[row.item].label if row.item in BY_KEY else row.item,
                "reason": row.reason,
                "is_confirmed": row.is_confirmed,
                "may_end": may_waive and not row.is_confirmed,
                "may_confirm": may_confirm and not row.is_confirmed,
            }
            for row in work.waivers_of(subject.matter)
        ],
    }


def _standing(one: Standing) -> str:
    if one.waived:
        return "不适用，已确认" if one.is_confirmed else "不适用，待验收单位确认"
    if one.files and one.pair_missing:
        return one.pair_missing
    return f"{one.files}份" if one.files else "还缺"
