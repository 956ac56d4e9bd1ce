"""The problem and measure ledgers: one row here is one column on the page, in the sheet and in the API."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db.models import Q

from bihuan.lib.ledger import Column, Fill, Ledger, Next, Title, Where
from bihuan.lib.quantity import plain
from bihuan.matters import queries as matters
from bihuan.matters.ledger import (
    bearers,
    due_column,
    first_of,
    inspection_column,
    light_column,
    persons,
    taken_column,
    telephones,
)
from bihuan.matters.rules import lateness
from bihuan.organisation.rules.duties import DutyRole
from bihuan.rectification.models import Measure, Milestone, Problem
from bihuan.rectification.queries import entries, sharing, shown
from bihuan.rectification.queries.adopted import indicators_of, milestones_of
from bihuan.rectification.queries.sight import MARKS, measure_words, problem_words
from bihuan.rectification.rules import facts, measure, problem
from bihuan.rectification.rules.problem import ProblemState

MEASURE_WITHOUT_LIGHT = Q(problem__matter__state=ProblemState.DRAFT) | Q(matter__state__in=measure.PROVEN)
UNREPORTED = "尚未填报"
NATURES = {"立行立改": "立行立改", "限期整改": "限期整改", "长期坚持": "长期坚持"}
NEXT = {
    ProblemState.DRAFT: "市整改办下达",
    ProblemState.ISSUED: "牵头单位签收",
    ProblemState.RECTIFYING: "牵头单位整改",
    ProblemState.CLAIMED: "县整改办初验",
    ProblemState.VERIFYING: "验收单位验收",
    ProblemState.ACCEPTED: "信息宣传组公示",
    ProblemState.NOTICED: "公示期满",
    ProblemState.OBJECTED: "市整改办核查异议",
    ProblemState.UNCONTESTED: "市整改办提请同意",
    ProblemState.REPORTED_UP: "省级验收",
    ProblemState.AWAITING_CONSENT: "领导小组同意",
    ProblemState.CONSENTED: "市整改办主任销号",
    ProblemState.SIGNED_OFF: "备案、复查",
    ProblemState.SUSTAINED: "验收单位年度核验",
}


def _unit_where(role: DutyRole) -> Where:
    return lambda values, _: Q(matter__in=matters.matters_borne(role, values[0]))


def _problem_shut(fact: str) -> Callable[[Any], str]:
    return lambda row: facts.problem_shut(fact, row.matter.state)


def _measure_shut(fact: str) -> Callable[[Any], str]:
    return lambda row: facts.measure_shut(fact, row.matter.state, row.problem_state or "")


def _words(fact: str, shut: Callable[[Any], str], most: int = 10_000, kind: str = "text") -> Fill:
    return Fill(fact, kind, lambda row: getattr(row, fact), shut, most)


def unit_column(role: DutyRole, label: str, shut: Callable[[Any], str], **more: Any) -> Column:
    """The column of the units that bear one role; `shut` as a `Fill` has it."""
    return Column(
        role.value,
        label,
        lambda row, _: bearers(row.matter, role),
        where=_unit_where(role),
        group=lambda row, _: bearers(row.matter, role) or f"没有{label}",
        width=12,
        fill=Fill(role.value, "units", lambda row: bearers(row.matter, role), shut),
        **more,
    )


def person_column(role: DutyRole, label: str) -> Column:
    """The column of the persons that bear one role; grouped by it, a list shows all that one person answers for."""
    return Column(
        role.value,
        label,
        lambda row, _: persons(row.matter, role),
        group=lambda row, _: persons(row.matter, role) or f"没有{label}",
        width=7,
        shown=False,
    )


def not_yet(name: str, label: str, width: int, *, says: str = UNREPORTED, shown: bool = False) -> Column:
    """A column that the ledgers of the field have and whose facts nobody gathers yet: it says so in every row."""
    return Column(name, label, lambda *_: says, width=width, shown=shown)


def progress_column(
    name: str, label: str, width: int, words: Callable[[Measure], str], brings: tuple[Any, ...] = entries.WORDS
) -> Column:
    """A column of measures that the approved entries fill; it says so where there is none yet."""
    return Column(name, label, lambda row, _: words(row) or UNREPORTED, width=width, shown=False, brings=brings)


def schedule_columns() -> tuple[Column, ...]:
    """The columns of planned against actual, as they were computed last; they say of which day, where not of this."""
    return (
        Column("progress", "进度", shown.progress, width=12, shown=False),
        Column("schedule", "序时状态", shown.pace, width=10, shown=False),
    )


def _sources(row: Problem) -> str:
    return "/".join(part for part in (row.upper_number, str(row.number), row.county_number) if part)


PROBLEMS = Ledger(
    "problems",
    "整改问题台账",
    "问题",
    "个",
    (
        Column("number", "序号", lambda row, _: row.number, "serial", sort="number", width=5, tells=True),
        light_column(shown.problem_light, shown.where, lateness.LIGHT_CHOICES),
        Column(
            "title",
            "问题",
            lambda row, _: Title(row.title, first_of(row.matter, DutyRole.LEAD)),
            "title",
            lookup="title",
            width=18,
            tells=True,
        ),
        inspection_column("督察来源", 12),
        Column("round", "轮次", lambda row, _: f"第{row.matter.round_number}轮", width=5, shown=False),
        Column("numbers", "序号(省/市/县)", lambda row, _: _sources(row), width=9, shown=False),
        Column("text", "反馈问题原文", lambda row, _: row.text, "long", lookup="text", width=30, shown=False),
        Column(
            "aspect",
            "所属方面",
            lambda row, _: row.aspect_name or "",
            lookup="aspect__name",
            sort="aspect__number",
            group=lambda row, _: row.aspect_name or "未归方面",
            width=10,
            shown=False,
        ),
        Column(
            "target",
            "整改目标",
            lambda row, _: row.target,
            "long",
            lookup="target",
            width=20,
            shown=False,
            fill=_words("target", _problem_shut("target")),
        ),
        Column(
            "nature",
            "整改类别",
            lambda row, _: row.nature,
            lookup="nature",
            choices=NATURES,
            group=lambda row, _: row.nature or "未定",
            sort="nature",
            width=8,
            shown=False,
            fill=_words("nature", _problem_shut("nature"), kind="choice"),
        ),
        due_column("整改时限", _problem_shut("deadline")),
        unit_column(DutyRole.LEAD, "牵头单位", _problem_shut("lead"), fold=True),
        unit_column(DutyRole.RESPONSIBLE, "责任单位", _problem_shut("responsible"), shown=False),
        unit_column(DutyRole.SUPPORTING, "配合单位", _problem_shut("supporting"), shown=False),
        unit_column(DutyRole.SUPERVISING, "督导单位", _problem_shut("supervising"), shown=False),
        unit_column(DutyRole.ACCEPTING, "验收单位", _problem_shut("accepting"), shown=False),
        person_column(DutyRole.CASE_LEADER, "市级包案领导"),
        person_column(DutyRole.DEPUTY, "县级责任领导"),
        person_column(DutyRole.PERSON, "责任人"),
        Column("measures", "措施数", lambda row, _: row.measure_count, "count", width=6),
        Column("proven", "完成措施数", lambda row, _: row.proven_count, "count", width=6, fold=True),
        *schedule_columns(),
        Column(
            "state",
            "状态",
            lambda row, _: problem.STATES[ProblemState(row.matter.state)],
            "state",
            sort="matter__state",
            lookup="matter__state",
            choices=problem.STATES,
            group=lambda row, _: problem.STATES[ProblemState(row.matter.state)],
            width=8,
        ),
        Column(
            "next",
            "下一步",
            lambda row, _: Next(
                row.matter.due_on.isoformat() if row.matter.due_on else "", NEXT.get(ProblemState(row.matter.state), "")
            ),
            "next",
            width=14,
            fold=True,
        ),
        taken_column(),
        not_yet("closed_on", "销号日期", 10, says="尚未销号"),
        Column("plan", "文号", lambda row, _: row.document_number, width=12, shown=False),
        Column(
            "remark",
            "备注",
            lambda row, _: row.remark,
            width=8,
            shown=False,
            fill=_words("remark", _problem_shut("remark")),
        ),
    ),
    key=lambda row: row.matter.code,
    called=lambda row: f"第{row.number}项",
    dress=problem_words,
    order=("plan_id", "number"),
)


def _place(row: Measure) -> str:
    if row.problem_number is not None:
        return f"第{row.problem_number}项"
    return f"举措{row.campaign_number}" if row.campaign_number is not None else ""


MEASURES = Ledger(
    "measures",
    "整改措施台账",
    "措施",
    "项",
    (
        Column(
            "problem",
            "问题序号",
            lambda row, _: _place(row),
            sort="problem__number",
            lookup="problem__title",
            group=lambda row, _: row.problem_title or row.campaign_name or "未归问题",
            kind="number",
            width=8,
            tells=True,
        ),
        Column("number", "措施序号", lambda row, _: row.number, "serial", width=5, tells=True),
        light_column(shown.measure_light, shown.where, lateness.LIGHT_CHOICES),
        Column(
            "text",
            "措施内容",
            lambda row, _: Title(row.text, bearers(row.matter, DutyRole.RESPONSIBLE)),
            "title",
            lookup="text",
            width=30,
            tells=True,
        ),
        Column(
            "completion_sign",
            "完成标志",
            lambda row, _: row.completion_sign,
            "long",
            width=16,
            shown=False,
            fill=_words("completion_sign", _measure_shut("completion_sign")),
        ),
        due_column("时限", _measure_shut("deadline")),
        unit_column(DutyRole.RESPONSIBLE, "责任单位", _measure_shut("responsible"), fold=True),
        person_column(DutyRole.PERSON, "责任人"),
        progress_column("this_period", "本期进展", 20, lambda row: entries.last_words(row, "done")),
        progress_column("cumulative", "累计进展", 20, entries.altogether, entries.FIGURES),
        *schedule_columns(),
        progress_column("share", "完成比例", 8, entries.share_words, (*entries.WORDS, *entries.FIGURES)),
        progress_column("difficulties", "存在问题", 16, lambda row: entries.last_words(row, "difficulties")),
        progress_column("next_steps", "下步打算", 16, lambda row: entries.last_words(row, "next_steps")),
        not_yet("evidence", "佐证材料", 12),
        Column(
            "state",
            "状态",
            lambda row, _: measure.STATES[measure.MeasureState(row.matter.state)],
            "state",
            sort="matter__state",
            lookup="matter__state",
            choices=measure.STATES,
            group=lambda row, _: measure.STATES[measure.MeasureState(row.matter.state)],
            width=8,
        ),
        inspection_column("督察来源", 12),
        taken_column(),
    ),
    key=lambda row: row.matter.code,
    called=lambda row: f"{_place(row)}第{row.number}条",
    dress=measure_words,
    order=("plan_id", "problem__number", "campaign__number", "number"),
)


def _of(ledger: Ledger, *names: str) -> tuple[Column, ...]:
    """Columns that another list of the same rows shows, too."""
    return tuple(replace(column, shown=True, fold=False) for column in ledger.columns if column.name in names)


PROBLEM_LIST = replace(
    PROBLEMS,
    name="problem-list",
    title="问题清单",
    columns=(
        *_of(PROBLEMS, "number", "inspection", "numbers", "title", "text"),
        Column(
            "type",
            "污染类型",
            lambda row, _: row.pollution_type,
            lookup="pollution_type",
            sort="pollution_type",
            width=10,
            fill=_words("pollution_type", _problem_shut("pollution_type"), 20),
        ),
        Column("region", "地区", lambda row, _: row.region_name or "", width=12),
        *_of(PROBLEMS, "aspect", "plan", "state"),
    ),
)
RECTIFICATION_LIST = replace(
    MEASURES,
    name="rectification-list",
    title="整改清单",
    columns=(
        *_of(MEASURES, "problem"),
        Column("target", "整改目标", lambda row, _: row.problem_target or "", "long", width=20),
        *_of(MEASURES, "number", "text", "completion_sign"),
        Column("marks", "节点和指标", lambda row, _: measure_marks(row), "long", width=20, brings=MARKS),
        *_of(MEASURES, "light", "due", "responsible", "this_period", "state"),
    ),
)
RESPONSIBILITY_LIST = replace(
    PROBLEMS,
    name="responsibility-list",
    title="责任清单",
    columns=(
        *_of(PROBLEMS, "number", "title", "case_leader"),
        unit_column(DutyRole.FIRST_RESPONSIBLE, "第一责任人单位", _problem_shut("first_responsible")),
        *_of(
            PROBLEMS,
            "lead",
            "responsible",
            "supporting",
            "supervising",
            "accepting",
            "deputy",
            "person",
        ),
        Column("hands", "任务分解", lambda row, _: sharing.hands(row), "long", width=24, brings=sharing.NOBODYS),
        Column("telephone", "联系电话", lambda row, _: telephones(row.matter), width=12),
        *_of(
            PROBLEMS,
            "due",
            "state",
        ),
    ),
)
EFFECT_LIST = replace(
    PROBLEMS,
    name="effect-list",
    title="效果清单",
    columns=(
        *_of(PROBLEMS, "number", "title", "target", "measures", "proven"),
        not_yet("result", "整改成效", 30, shown=True),
        not_yet("evidence", "佐证材料", 12, shown=True),
        not_yet("acceptance", "验收", 10, shown=True),
        not_yet("notice", "公示", 10, shown=True),
        not_yet("satisfaction", "群众满意", 8),
        not_yet("mechanism", "长效机制", 16),
        *_of(PROBLEMS, "closed_on"),
        *_of(PROBLEMS, "state"),
    ),
)


def measure_marks(row: Measure) -> str:
    """A measure's milestones and indicators in one line."""
    return "；".join([*(one.words for one in milestones_of(row)), *(one.words for one in indicators_of(row))])


def milestone_quantity(milestone: Milestone, measure: Measure) -> str:
    """A milestone's quantity, with what it is counted in where the measure's indicators leave no doubt: 5眼; or ""."""
    units = {one.measured_in for one in measure.indicators.all() if not one.is_withdrawn}
    unit = next(iter(units)) if len(units) == 1 else ""
    return f"{plain(milestone.quantity)}{unit}" if milestone.quantity is not None else ""
