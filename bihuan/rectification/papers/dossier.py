"""The dossier of a problem as values: what stands in which chapter. Rows in, a `Book` out.

Hides how rounds are told apart and which file proves which statement. Whatever people typed is masked: telephones,
identity numbers and the names of those who complained stand in no dossier.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from bihuan.core.clock import SHANGHAI
from bihuan.lib.paper.book import Attached, Block, Book, Facts, File, Heading, Listing, Pair, Statement, Words
from bihuan.lib.quantity import plain
from bihuan.lib.redact import masked
from bihuan.matters.ledger import bearers, persons
from bihuan.matters.models import Evidence
from bihuan.matters.queries.evidence import name_of
from bihuan.matters.rules import evidence as kinds
from bihuan.matters.rules.notice import CountedAs
from bihuan.matters.rules.recheck import STATES as RECHECK_STATES
from bihuan.matters.rules.watch import STATES as WATCH_STATES
from bihuan.organisation.rules.duties import DUTY_LABELS, DutyRole
from bihuan.rectification.papers import opinions
from bihuan.rectification.papers.asked import asked
from bihuan.rectification.queries.dossier import Whole
from bihuan.rectification.rules.acceptance import CONDITIONS
from bihuan.rectification.rules.checklist import BY_KEY
from bihuan.rectification.rules.measure import PROVEN, MeasureState
from bihuan.rectification.rules.measure import STATES as MEASURE_STATES
from bihuan.rectification.rules.problem import ProblemState

UNITS = (DutyRole.LEAD, DutyRole.RESPONSIBLE, DutyRole.SUPPORTING, DutyRole.SUPERVISING, DutyRole.ACCEPTING)
PEOPLE = (DutyRole.FIRST_RESPONSIBLE, DutyRole.CASE_LEADER, DutyRole.DEPUTY, DutyRole.PERSON)
SIGNED = {
    "claim_done": "申请验收",
    "pass_preliminary": "县级初验",
    "accept": "验收",
    "sustain": "转长期坚持",
    "prove": "年度核验",
    "consent": "领导小组同意",
    "sign_off": "销号",
}
CLOSING = ("consent", "sign_off")
UNCONTESTED = (ProblemState.UNCONTESTED, ProblemState.REPORTED_UP, ProblemState.AWAITING_CONSENT)
SIGNATURES = (("步骤", 2), ("签字人", 3), ("时间", 2), ("意见", 3), ("所签版本", 3))
TRAIL = (("时间", 3), ("经办", 4), ("事项", 5), ("意见", 4))
OBJECTIONS = (("不同意见", 2), ("内容", 5), ("认定", 2), ("答复", 4))
SHORT = 16  # digits of a hash that a table shows
Told = Sequence[tuple[str, str, str, str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A text that the public could read: its code, what became of it, (heading, words) of its parts, and what was said
    against it.
    """

    code: str
    standing: str
    parts: Sequence[tuple[str, str]]
    objections: Sequence[tuple[str, str, str, str]] = ()


def book_of(whole: Whole, trail: Told, city: str, shown: Sequence[Shown] = ()) -> Book:
    """The dossier; `trail` are the deeds in words: when, who, what, with which opinion; `shown` is public."""
    problem = whole.problem
    chapters: dict[str, list[Block]] = {
        "反馈原文": [*_source(whole)],
        "整改措施": [*_measures(whole)],
        "进展": [*_progress(whole)],
        "佐证": [*_evidence(whole)],
        "现场核查": [*_by_round(whole, whole.checks, _check)],
        "验收": [*_acceptance(whole)],
        "公示": [
            *_by_round(whole, whole.notices, _notice),
            *(block for one in shown for block in _shown(one)),
            *_proving(whole, "notice_proof"),
        ],
        "销号": [*_closing(whole)],
        "复查": [*_rechecks(whole), *_hits(whole)],
        "办理轨迹": _table(TRAIL, ((*told[:3], masked(told[3])) for told in trail)),
    }
    return Book(
        city=city,
        inspection=whole.matter.inspection.name,
        number=whole.matter.code,
        title=masked(problem.title),
        units=tuple(bearers(whole.matter, DutyRole.LEAD).split("、")),
        states=tuple(_states(whole)),
        as_of=whole.on,
        chapters=chapters,
        asked=tuple(asked(whole)),
        notes=tuple(_notes(whole)),
        files=tuple(_file(one) for one in whole.evidence),
    )


def _states(whole: Whole) -> Iterator[tuple[str, str]]:
    """When it was handed over, signed for, signed and closed, round by round."""
    for turn in whole.rounds:
        mark = f"第{turn.number}轮" if len(whole.rounds) > 1 else ""
        if turn.handed_over_at:
            yield f"{mark}{'交办' if turn.number == 1 else '重新整改'}", _day(turn.handed_over_at)
        for one in whole.signatures:
            if one.round_number == turn.number:
                yield f"{mark}{SIGNED.get(one.step, one.step)}", _day(one.signed_at)


def _notes(whole: Whole) -> Iterator[str]:
    """What whoever opens the dossier should see first: what a leader let pass in front."""
    yield from opinions.passed(whole.exemptions)
    for one in whole.waivers:
        confirmed = "已" if one.is_confirmed else "未"
        yield f"“{_item(one.item)}”写明不适用：{masked(one.reason)}（{confirmed}经验收单位确认）"
    yield from opinions.notes(whole.experts)
    if whole.matter.round_number > 1:
        last = whole.rounds[-1]
        yield f"现在是第{last.number}轮整改。{masked(last.opened_because)}"
    for step, changes in whole.changes.items():
        if changes:
            yield f"{SIGNED[step]}签字以后材料有{len(changes)}处改动，当时的签字对的是改动前的版本。"


def _source(whole: Whole) -> Iterator[Block]:
    problem, matter = whole.problem, whole.matter
    yield Words(masked(problem.text), is_quoted=True)
    number = f"（{problem.plan.document_number}）" if problem.plan.document_number else ""
    yield _facts(
        ("出处", f"《{problem.plan.title}》{number}第{problem.number}项"),
        ("整改目标", masked(problem.target)),
        ("整改类别", problem.nature),
        ("验收级别", problem.acceptance_level),
        ("时限原文", problem.deadline_raw),
        ("首次时限", str(matter.first_due_on or "")),
        ("现行时限", str(matter.due_on or "")),
        *((DUTY_LABELS[role], bearers(matter, role)) for role in UNITS),
        *((DUTY_LABELS[role], bearers(matter, role) or persons(matter, role)) for role in PEOPLE),
    )


def _measures(whole: Whole) -> Iterator[Block]:
    for one in whole.measures:
        state = MeasureState(one.matter.state)
        yield Heading(f"措施{one.number}")
        yield Words(masked(one.text))
        yield _facts(
            ("现在", MEASURE_STATES[state]),
            ("完成标志", masked(one.completion_sign)),
            ("时限", str(one.matter.due_on or one.deadline_raw)),
            ("首次时限", str(one.matter.first_due_on or "") if one.matter.first_due_on != one.matter.due_on else ""),
            *((DUTY_LABELS[role], bearers(one.matter, role)) for role in UNITS),
        )
        nodes = [node for node in one.milestones.all() if not node.is_withdrawn]
        yield from _table(
            (("节点", 6), ("应于", 2), ("到达", 2)),
            ((masked(node.text), str(node.due_on), str(whole.reached.get(node.pk, "未到"))) for node in nodes),
        )
        marks = [mark for mark in one.indicators.all() if not mark.is_withdrawn]
        yield from _table(
            (("指标", 5), ("目标", 3), ("已完成", 3)),
            (
                (mark.name, _much(mark.target, mark), _much(whole.readings.get(mark.pk, Decimal(0)), mark))
                for mark in marks
            ),
        )
        if state in PROVEN:
            proofs = tuple(file.file.sha256 for file in whole.evidence if file.matter_id == one.matter.pk)
            yield Statement(
                f"措施{one.number}{MEASURE_STATES[state]}。", bearers(one.matter, DutyRole.RESPONSIBLE), proofs
            )


def _much(value: Any, mark: Any) -> str:
    return f"{plain(value)}{mark.measured_in}"


def _progress(whole: Whole) -> Iterator[Block]:
    called = {one.matter.pk: f"措施{one.number}" for one in whole.measures}
    for matter in (whole.matter.pk, *called):
        reports = [one for one in whole.reports if one.matter_id == matter]
        if reports:
            yield Heading(called.get(matter, "问题"))
        for one in reports:
            said = f"截至{one.on}，{one.filled_by or ''}填报，{one.approved_by or ''}审定"
            if one.is_unchanged:
                yield Words(f"截至{one.on}无变化：{masked(one.reason)}")
                continue
            proofs = tuple(file.file.sha256 for file in whole.evidence if file.report_id == one.pk)
            yield Statement(masked(one.done), said, proofs)
            if one.difficulties:
                yield Words(f"存在问题：{masked(one.difficulties)}")


def _evidence(whole: Whole) -> Iterator[Block]:
    """Pairs side by side, then the rest by what it is said to prove, round by round."""
    for turn in whole.rounds:
        there = [one for one in whole.evidence if one.round_number == turn.number]
        if there and len(whole.rounds) > 1:
            yield Heading(f"第{turn.number}轮")
        keys = {one.pk for one in there}
        paired = [one for one in there if one.before and one.before_id in keys]
        for one in paired:
            before = one.before.file.sha256 if one.before else ""
            yield Pair(masked(one.caption) or "整改前后对比", before, one.file.sha256)
        shown = {one.pk for one in paired} | {one.before_id for one in paired}
        rest = [one for one in there if one.pk not in shown]
        for label in dict.fromkeys(_proves(one) for one in rest):
            yield Heading(label)
            yield Attached(tuple(one.file.sha256 for one in rest if _proves(one) == label))


def _proves(one: Evidence) -> str:
    return _item(one.proves) if one.proves else one.kind


def _item(key: str) -> str:
    return BY_KEY[key].label if key in BY_KEY else key


def _check(check: Any) -> Iterator[Block]:
    yield Heading(f"{check.kind} {_moment(check.checked_at)}")
    yield _facts(
        ("核查单位", f"{check.unit or ''}（{'县级' if check.level == 'county' else '市级'}）"),
        ("核查组", "、".join(check.team)),
        ("地点", masked(check.place)),
        ("位置", kinds.position_words(check.latitude, check.longitude, check.datum)),
        ("接待人", masked(check.received_by)),
        ("核查情况", masked(check.findings)),
        ("核查意见", masked(check.opinion)),
        ("不同意见", masked(check.disagreement)),
        ("整改要求", masked(check.demand) + (f"（{check.demand_due_on}前）" if check.demand_due_on else "")),
        ("当场签字", "有" if check.signature_id else "没有"),
    )
    found = [one for one in check.checked.all() if not one.is_ended]
    yield from _table(
        (("措施", 3), ("结论", 2), ("说明", 5)), ((one.matter.code, one.verdict, masked(one.words)) for one in found)
    )


def _acceptance(whole: Whole) -> Iterator[Block]:
    rows = ((one.item.label, _stands(one)) for one in whole.standings)
    yield Heading("材料清单")
    yield from _table((("材料", 5), ("现在", 5)), rows)
    for turn in whole.rounds:
        answers = {one.condition: one for one in whole.answers if one.round_number == turn.number}
        if not answers and turn.number != whole.matter.round_number:
            continue
        yield Heading("验收条件" if len(whole.rounds) == 1 else f"第{turn.number}轮验收条件")
        yield from _table(
            (("条件", 4), ("结论", 2), ("依据", 4), ("答复人", 2)),
            (_answered(label, answers.get(key)) for key, label in CONDITIONS.items()),
        )
    if whole.exemptions:
        yield Heading("破例放行")
        yield from _table(opinions.EXEMPTIONS, opinions.exemptions(whole.exemptions))
    if whole.experts:
        yield Heading("专家意见")
        yield from _table(opinions.OPINIONS, opinions.rows(whole.experts))
    yield from _signed(whole, [one for one in whole.signatures if one.step not in CLOSING])


def _stands(one: Any) -> str:
    if one.waived:
        return f"不适用：{masked(one.waived)}（{'已' if one.is_confirmed else '未'}确认）"
    return f"{one.files}份" if one.is_there else "缺（破例放行）" if one.is_passed else "缺"


def _answered(label: str, answer: Any) -> tuple[str, ...]:
    if answer is None:
        return label, "未答复", "", ""
    return label, "符合" if answer.is_met else "不符合", masked(answer.words), str(answer.answered_by or "")


def _signed(whole: Whole, signatures: Iterable[Any]) -> Iterator[Block]:
    rows = [
        (
            SIGNED.get(one.step, one.step) + (f"（第{one.round_number}轮）" if len(whole.rounds) > 1 else ""),
            f"{one.name} {one.post}".strip(),
            _moment(one.signed_at),
            masked(one.opinion),
            one.digest[:SHORT],
        )
        for one in signatures
    ]
    if rows:
        yield Heading("签字")
    yield from _table(SIGNATURES, rows)


def _notice(notice: Any) -> Iterator[Block]:
    counted = "工作日" if notice.counted_as == CountedAs.WORKING else "自然日"
    yield _facts(("公示期", f"{notice.starts_on} 至 {notice.ends_on}"), ("天数", f"{notice.days}个{counted}"))


def _shown(text: Shown) -> Iterator[Block]:
    """The text as it was put before the public, and the objections to it with their answers."""
    yield Heading(f"公示文本 {text.code}（{text.standing}）")
    for heading, words in text.parts:
        if words.strip():
            yield Words(f"{heading}：{words}", is_quoted=True)
    yield from _table(OBJECTIONS, (tuple(masked(word) for word in row) for row in text.objections))
    if not text.objections:
        yield Words("没有收到不同意见。")


def _proving(whole: Whole, key: str) -> Iterator[Block]:
    proofs = tuple(one.file.sha256 for one in whole.evidence if one.proves == key)
    if not proofs:
        return
    over = any(one.step in CLOSING for one in whole.signatures) or whole.matter.state in UNCONTESTED
    yield Statement("公示期满，无异议。", "", proofs) if over else Attached(proofs)


def _closing(whole: Whole) -> Iterator[Block]:
    for turn in whole.rounds:
        if turn.package_digest:
            yield _facts(
                ("轮次", f"第{turn.number}轮"),
                ("同意的版本", turn.package_digest),
                ("闭合", str(turn.closed_on or "未闭合")),
            )
    yield from _signed(whole, [one for one in whole.signatures if one.step in CLOSING])
    papers = [(one.number, str(one.dated_on), f"第{one.round_number}轮") for one in whole.papers]
    yield from _table((("文号", 5), ("日期", 2), ("轮次", 2)), papers)


def _rechecks(whole: Whole) -> Iterator[Block]:
    rows = [
        (
            one.kind,
            str(one.planned_on),
            RECHECK_STATES[one.state],
            _moment(one.check_made.checked_at) if one.check_made else "",
            f"第{one.round_number}轮",
        )
        for one in whole.rechecks
    ]
    yield from _table((("复查", 3), ("计划", 2), ("现在", 2), ("核查时间", 3), ("轮次", 2)), rows)


def _hits(whole: Whole) -> Iterator[Block]:
    """What came near after the sign-off and what a person said of it; what nobody judged yet is no fact of the case."""
    if not whole.hits:
        return
    yield Heading("反弹线索研判")
    rows = [
        (
            one.newcomer.code,
            masked("".join(one.reasons)),
            WATCH_STATES[one.state],
            f"{one.judged_by or ''} {_moment(one.judged_at) if one.judged_at else ''}".strip(),
            masked(one.opinion),
        )
        for one in whole.hits
    ]
    yield from _table((("来件", 2), ("与本件相近之处", 4), ("研判", 2), ("研判人", 2), ("意见", 3)), rows)


def _by_round(whole: Whole, rows: Sequence[Any], told: Any) -> Iterator[Block]:
    """Each row's blocks, with the round above where there were several."""
    for turn in whole.rounds:
        there = [one for one in rows if one.round_number == turn.number]
        if there and len(whole.rounds) > 1:
            yield Heading(f"第{turn.number}轮")
        for one in there:
            yield from told(one)


def _file(one: Evidence) -> File:
    places = (masked(one.place), kinds.position_words(one.latitude, one.longitude, one.datum))
    return File(
        sha256=one.file.sha256,
        name=masked(name_of(one)),
        size=one.file.size,
        chapter="公示" if one.proves == "notice_proof" else "佐证",
        stage=one.kind.removesuffix("照片") if one.kind in (kinds.BEFORE, kinds.DURING, kinds.AFTER) else one.kind,
        caption=masked(one.caption),
        taken=f"摄于{_moment(one.taken_at)}" if one.taken_at else "",
        place="，".join(word for word in places if word),
    )


def _table(heads: tuple[tuple[str, int], ...], rows: Iterable[tuple[str, ...]]) -> list[Block]:
    found = tuple(tuple(row) for row in rows)
    return [Listing(heads, found)] if found else []


def _facts(*rows: tuple[str, str]) -> Facts:
    return Facts(tuple(row for row in rows if row[1]))


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
