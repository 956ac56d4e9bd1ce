"""A problem as its page and its peek draw it: the first screen's answers, source words, measures, road and trail."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.core import correction, history
from bihuan.core.actor import Actor
from bihuan.disclosure.queries import sight as objections
from bihuan.disclosure.queries import standing
from bihuan.lib.flow import Flow
from bihuan.matters.ledger import bearers, due
from bihuan.matters.queries import handed_over_on, last_round
from bihuan.matters.rules.checks import CHECKERS
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import DUTY_LABELS, DutyRole
from bihuan.rectification.actions.verification import UNSEEN
from bihuan.rectification.ledger import NEXT
from bihuan.rectification.queries import called, courses, lights, linking, proofs, steps
from bihuan.rectification.queries.shown import days_left, measure_light, problem_light
from bihuan.rectification.rules.measure import STATES as MEASURE_STATES
from bihuan.rectification.rules.measure import MeasureState
from bihuan.rectification.rules.problem import PROBLEM, PUBLISH_FIRST, ProblemState
from bihuan.rectification.rules.schedule import Schedule
from bihuan.web import link_view, schedule_view, sweep_view, watching_view
from bihuan.web.drawing import Answer, NextStep, Piece, address
from bihuan.web.matter_view import UNITS, Fact, duties, road, said, source_url, taken_over, whose
from bihuan.web.measure_timeline import timeline
from bihuan.web.schedule_view import Asked, bar, gap
from bihuan.web.trail import trail_lines

if TYPE_CHECKING:
    from bihuan.rectification.models import Problem

ROAD = (
    ProblemState.DRAFT,
    ProblemState.ISSUED,
    ProblemState.RECTIFYING,
    ProblemState.CLAIMED,
    ProblemState.VERIFYING,
    ProblemState.ACCEPTED,
    ProblemState.NOTICED,
    ProblemState.UNCONTESTED,
    ProblemState.AWAITING_CONSENT,
    ProblemState.CONSENTED,
    ProblemState.SIGNED_OFF,
    ProblemState.FILED,
)
PUBLISH_FIRST_ROAD = (
    *ROAD[:5],
    ProblemState.NOTICED,
    ProblemState.UNCONTESTED,
    ProblemState.ACCEPTED,
    *ROAD[8:],
)
SAYS_MORE = {
    ProblemState.DRAFT: "下达后牵头单位签收，计时从下达时起。",
    ProblemState.ISSUED: "职责不符的，在期限内写明理由退回交办。",
    ProblemState.RECTIFYING: "措施逐项推进、确认，材料齐全后由牵头单位主要负责人申请验收。",
    ProblemState.CLAIMED: "县级现场核查以后办“县级初验通过”，不合格的写明理由退回。",
    ProblemState.VERIFYING: "验收单位现场核查、逐条答复五个条件。",
    ProblemState.ACCEPTED: "公示文本由另一人审批后公示。",
    ProblemState.NOTICED: "公示期满且无异议，才能往下走。",
    ProblemState.OBJECTED: "逐条核查，成立的退回整改。",
    ProblemState.UNCONTESTED: "材料齐全后提请领导小组同意；定为省级验收的先报省级。",
    ProblemState.REPORTED_UP: "省级批复后记下文号和日期。",
    ProblemState.AWAITING_CONSENT: "签字对的是当前这一版卷宗。",
    ProblemState.CONSENTED: "同意以后卷宗没有改动，才能销号。",
    ProblemState.SIGNED_OFF: "卷宗已冻结；复查已排好。",
    ProblemState.SUSTAINED: "每年核验一次。",
}


OBJECTED_TO = (ProblemState.NOTICED, ProblemState.OBJECTED)


NO_VERB = ("县级", "市级", "认定已", "认定阶段")  # "已" before these would not be Chinese


def done(flow: Flow, name: str) -> str:
    """What to say when a step was taken."""
    if name == correction.CORRECT:
        return correction.DONE
    label = next((row.label for row in flow.rows(name)), "")
    said = f"已办：{label}。" if label.startswith(NO_VERB) else f"已{label}。"
    return said if label else ""


def detail(problem: Problem, by: Actor, at: Asked) -> dict[str, Any]:
    """What rectification/problem_detail.html draws, except the offers."""
    measures = called.measures(by, problem)
    linked = linking.links_for(by, problem.matter)
    deeds = history.deeds_about(problem.matter.code, problem.matter.city, joined=linking.trail_of(linked))
    flow, today = steps.flow_of(problem), at.today
    found = courses.of_problems([problem])
    return {
        "problem": {"code": problem.matter.code, "title": problem.title, "label": label(problem)},
        "head": {"ids": ids(problem), "title": problem.title},
        "answers": answers(problem, found.schedule_of(problem, today), today),
        "schedule": schedule_view.told(
            found.course_of(problem, at.day),
            partial(found.schedule_of, problem),
            at,
            "problem_detail",
            problem.matter.code,
            lights.spans_of(problem.matter),
        ),
        "next_step": next_step(problem, by),
        "source": {
            "name": f"《{problem.plan.title}》第{problem.number}项",
            "url": source_url(problem, by),
            "quote": [problem.text],
            "facts": [*taken_over(problem, by), *_facts(problem), *duties(problem.matter)],
        },
        "measures": [_measure_row(one, found.schedule_of(one, today), today) for one in measures],
        "timeline": timeline(measures, handed_over_on(last_round(problem.matter)), today),
        "measures_note": f"{problem.measure_count}项，已确认{problem.proven_count}项",
        "measures_url": address(reverse("ledger_detail", args=["measures"]), [("problem", problem.title)]),
        "trail": trail_lines(deeds, flow),
        "trail_note": f"{len(deeds)}次办理",
        "steps": road(
            flow,
            _road(PUBLISH_FIRST_ROAD if flow is PROBLEM[PUBLISH_FIRST] else ROAD, problem.matter.state),
            problem.matter.state,
            deeds,
            is_taken_over=bool(problem.taken_over),
        ),
        "round_label": f"第{problem.matter.round_number}轮",
        "links": links(problem, by),
        "links_told": link_view.section(problem.matter, by, linked),
        "sweeps": sweep_view.of_problem(problem.matter, by),
        "hits": watching_view.of_problem(problem, by),
    }


def links(problem: Problem, by: Actor) -> list[tuple[str, str]]:
    """The pages of this problem on which somebody works: proofs, the file for acceptance, a check, its notice."""
    code = problem.matter.code
    found = [("佐证", reverse("evidence_list", args=[code])), ("验收材料", reverse("acceptance_detail", args=[code]))]
    found.append(("延期", reverse("extension_list", args=[code])))
    if problem.matter.state != ProblemState.DRAFT:
        found.append(("灯号", reverse("light_list", args=[code])))
        found.append(("一案一档", reverse("dossier_detail", args=[code])))
    if proofs.able(problem, by) & CHECKERS and problem.matter.state not in UNSEEN:
        found.append(("记现场核查", reverse("check_new", args=[code])))
    if scope.has_role(by, objections.READERS) and steps.flow_of(problem).step("publish", problem.matter.state):
        found.append(("公示文本", reverse("release_list")))
    return found


def label(problem: Problem) -> str:
    """How a problem is called: 第7项."""
    return f"第{problem.number}项"


def ids(problem: Problem) -> list[Piece | str]:
    """The numbers above the title."""
    upper = [f"上级{problem.upper_number}"] if problem.upper_number else []
    lower = [f"县级{problem.county_number}"] if problem.county_number else []
    ledger = Piece("整改问题台账", "link", reverse("ledger_detail", args=["problems"]))
    return [ledger, problem.matter.code, label(problem), *upper, *lower, problem.matter.inspection.name]


def answers(problem: Problem, stands: Schedule, today: date) -> list[Answer]:
    """Whose, by when, where it stands."""
    matter = problem.matter
    lead, light = whose(matter, DutyRole.LEAD), problem_light(problem, today)
    others = [f"{DUTY_LABELS[role]}：{words}" for role in UNITS[1:] if (words := whose(matter, role))]
    deadline = due(matter, problem.deadline_raw)
    days = days_left(problem, today)
    left = f"，{days}" if days else ""
    first = [f"首次时限 {deadline.first}。"] if deadline.first else []
    return [
        Answer("谁的", lead or "还没有牵头单位", "；".join(others), "" if lead else "late"),
        Answer(
            "何时",
            f"{deadline}{left}" if str(deadline) else "时限未定",
            [*first, f"原文“{problem.deadline_raw}”" if problem.deadline_raw else ""],
        ),
        Answer(
            "到哪",
            f"{state_words(problem)}（接管）" if problem.taken_over else state_words(problem),
            f"{progress_words(problem)}。{stands.word}：{stands.sentence}",
            light=light if light.word != state_words(problem) else None,  # a state is said once
            bar=bar(stands),
        ),
    ]


def progress_words(problem: Problem) -> str:
    """How many of its measures are confirmed."""
    return f"措施{problem.measure_count}项，已确认{problem.proven_count}项"


def state_words(problem: Problem) -> str:
    """The state, and which round."""
    return steps.flow_of(problem).label(problem.matter.state)


def next_step(problem: Problem, by: Actor) -> NextStep | None:
    """What comes next, as far as the steps that are open go; what the public said against its notice comes first."""
    state = ProblemState(problem.matter.state)
    if state in OBJECTED_TO and (said := standing.objections_not_dismissed(problem.matter)):
        way = reverse("objection_list") if scope.has_role(by, objections.READERS) else ""
        return NextStep("先办不同意见。", said, "不同意见" if way else "", way)
    return NextStep(f"{NEXT[state]}。", SAYS_MORE[state]) if state in NEXT else None


def _facts(problem: Problem) -> list[Fact]:
    return said(
        ("整改目标", problem.target, True),
        ("整改类别", problem.nature, False),
        ("污染类型", problem.pollution_type, False),
    )


def _measure_row(measure: Any, stands: Schedule, today: date) -> dict[str, Any]:
    return {
        "number": measure.number,
        "title": measure.text,
        "url": reverse("measure_detail", args=[measure.matter.code]),
        "due": str(due(measure.matter, measure.deadline_raw)),
        "lead": bearers(measure.matter, DutyRole.RESPONSIBLE),
        "light": measure_light(measure, today),
        "state": MEASURE_STATES[MeasureState(measure.matter.state)],
        "bar": bar(stands),
        "gap": gap(stands),
    }


def peek(problem: Problem, by: Actor, today: date) -> dict[str, Any]:
    """What rectification/problem_peek.html draws beside a ledger."""
    measures = called.measures(by, problem)
    following = next_step(problem, by)
    stands = courses.of_problems([problem]).schedule_of(problem, today)
    return {
        "problem": {"code": problem.matter.code, "title": problem.title, "label": label(problem)},
        "light": problem_light(problem, today),
        "ids": [problem.matter.code],
        "quote": [problem.text],
        "where": [
            Piece(state_words(problem), "b"),
            f"，第{problem.matter.round_number}轮。",
            f"下一步：{following.words}" if following else "",
        ],
        "progress_words": f"{progress_words(problem)}。{stands.word}：{stands.sentence}",
        "facts": [
            ("时限", [str(due(problem.matter, problem.deadline_raw))]),
            *((term, words) for term, words, _ in duties(problem.matter)),
        ],
        "measures": [
            (
                one.text,
                reverse("measure_detail", args=[one.matter.code]),
                MEASURE_STATES[MeasureState(one.matter.state)],
            )
            for one in measures
        ],
        "measures_note": f"已确认{problem.proven_count}",
        "url": reverse("problem_detail", args=[problem.matter.code]),
    }


def _road(states: tuple[str, ...], state: str) -> tuple[str, ...]:
    """The road with the detour over an objection in its place, while the problem is on it."""
    if state != ProblemState.OBJECTED or state in states:
        return states
    at = states.index(ProblemState.NOTICED) + 1
    return (*states[:at], state, *states[at:])
