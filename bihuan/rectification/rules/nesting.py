"""A county's or department's plan held against the city's: what has no echo, what is later, lower or bears no unit.

Hides how a measure is recognised as carrying out a city measure where nobody said so.
"""

import difflib
import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bihuan.organisation.rules.duties import DutyRole
from bihuan.rectification.rules.drafts import DutyDraft, MeasureDraft, PlanDraft, ProblemDraft
from bihuan.rectification.rules.editions import Count

ALIKE = 0.6
ALIKE_UNDER_ONE_PROBLEM = 0.3  # the lower plan says itself which problem of the city's its own one is
_REFERENCE = re.compile(r"市(?:级|整改|方案|清单|任务|序号)+第?\s*(\d+)")
_DAYS = re.compile(r"(?:\d+[年月日]\s*)+(?:年?底)?以?前?")
NO_PROBLEM, NO_ECHO, LATER, LOWER = "no_problem", "no_echo", "later", "lower"
NO_UNIT, UNIT_LEFT = "no_unit", "unit_left"
KINDS = {
    NO_PROBLEM: "市方案的问题没有列入",
    NO_ECHO: "市方案的措施没有落实",
    LATER: "时限晚于市方案",
    LOWER: "目标低于市方案",
    NO_UNIT: "没有责任单位",
    UNIT_LEFT: "市方案点名的单位没有列上",
}


@dataclass(frozen=True, slots=True)
class Promise:
    """One measure of either plan; `units` {id: name} answer for it, `carries` is the city measure it is said to carry
    out. `problem` is the number of its problem in the city's plan: its own, or the one that a lower plan names, or 0.
    """

    code: str
    label: str
    text: str
    due_on: date | None = None
    units: Mapping[int, str] = field(default_factory=dict)
    counts: tuple[Count, ...] = ()
    carries: str = ""
    problem: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference from the city's plan: on which measure, in which words; an explanation is of exactly these."""

    kind: str
    code: str
    label: str
    words: str

    @property
    def subject(self) -> str:
        """What it is about, the same while its words change."""
        return f"{self.kind}:{self.code}"

    @property
    def digest(self) -> str:
        """The words that an explanation explains."""
        return hashlib.sha256(self.words.encode()).hexdigest()


def problem_above(*said: str) -> int:
    """The number of the city's problem that a lower plan's problem names: 市级8, 市方案第8项; 0 where it names none."""
    found = (match for words in said if (match := _REFERENCE.search(words)))
    return next((int(match[1]) for match in found), 0)


def echoes(city: Sequence[Promise], lower: Sequence[Promise]) -> dict[str, tuple[str, bool]]:
    """{lower measure: (the city measure that it carries out, whether somebody said so)}.

    By likeness of words, figures and days left out, where nobody said so: first under the problem that the lower plan
    names, where less likeness tells enough, then in the whole plan.
    """
    known, found = {one.code for one in city}, {}
    for one in lower:
        if one.carries in known:
            found[one.code] = (one.carries, True)
            continue
        beside = [above for above in city if one.problem and above.problem == one.problem]
        best = _nearest(beside, one, ALIKE_UNDER_ONE_PROBLEM) or _nearest(city, one, ALIKE)
        if best:
            found[one.code] = (best, False)
    return found


def _nearest(city: Iterable[Promise], one: Promise, least: float) -> str:
    likeness, best = max(((_likeness(above, one, least), above.code) for above in city), default=(0, ""))
    return best if likeness >= least else ""


def _likeness(above: Promise, one: Promise, least: float) -> float:
    matcher = difflib.SequenceMatcher(None, _bare(above.text), _bare(one.text), autojunk=False)
    is_hopeless = matcher.real_quick_ratio() < least or matcher.quick_ratio() < least
    return 0 if is_hopeless else matcher.ratio()


def _bare(text: str) -> str:
    return "".join(letter for letter in _DAYS.sub("", text) if letter.isalpha())


def findings(city: Sequence[Promise], lower: Sequence[Promise], own: Collection[int]) -> list[Finding]:
    """Everything in which a lower plan falls short of the city's, in the city plan's order.

    `own` are the ids of the unit whose plan it is and of those below it. Of the city's measures those count that name
    one of them; where several of one problem do and none has an echo, that is one finding. A target is held against the
    city's only where no other unit answers for it, since a share is less.
    """
    carried: dict[str, list[Promise]] = {}
    by_code = {one.code: one for one in lower}
    for code, (above, _) in echoes(city, lower).items():
        carried.setdefault(above, []).append(by_code[code])
    silent = {one.code: alike for alike in _left_whole(city, carried, own) for one in alike}
    found: list[Finding] = []
    for one in city:
        echo = carried.get(one.code, [])
        named = {unit: name for unit, name in one.units.items() if unit in own}
        if one.code in silent:
            found += _whole_problem(one, silent[one.code])
        elif not echo and named:
            found.append(Finding(NO_ECHO, one.code, one.label, f"市方案{one.label}“{one.text}”没有对应的措施。"))
        if echo:
            found += _left_out(one, named, echo)
        for below in echo:
            found += _against(one, below, is_own_alone=bool(named) and not one.units.keys() - named.keys())
    unborne = (one for one in lower if not one.units)
    return found + [Finding(NO_UNIT, one.code, one.label, "措施没有写明责任单位。") for one in unborne]


def _left_whole(
    city: Iterable[Promise], carried: Mapping[str, object], own: Collection[int]
) -> Iterator[list[Promise]]:
    """The measures of each problem that ask several things of these units and of which none has an echo."""
    asked: dict[int, list[Promise]] = {}
    for one in city:
        if one.problem and any(unit in own for unit in one.units):
            asked.setdefault(one.problem, []).append(one)
    return (alike for alike in asked.values() if len(alike) > 1 and not any(one.code in carried for one in alike))


def _whole_problem(one: Promise, alike: Sequence[Promise]) -> Iterator[Finding]:
    if one is alike[0]:
        texts, label = "；".join(each.text.rstrip("。；") for each in alike), f"第{one.problem}项"
        words = f"市方案{label}的{len(alike)}项措施都没有对应：{texts}。"
        yield Finding(NO_PROBLEM, one.code, label, words)


def _left_out(above: Promise, named: Mapping[int, str], echo: Iterable[Promise]) -> Iterator[Finding]:
    borne = {unit for one in echo for unit in one.units}
    missing = [name for unit, name in named.items() if unit not in borne]
    if missing and borne:
        yield Finding(
            UNIT_LEFT, above.code, above.label, f"市方案{above.label}由{'、'.join(missing)}负责，这里没有列上。"
        )


def _against(above: Promise, below: Promise, *, is_own_alone: bool) -> Iterator[Finding]:
    if above.due_on is not None and (below.due_on is None or below.due_on > above.due_on):
        own = f"是{below.due_on}" if below.due_on else "没有写到哪天"
        words = f"市方案{above.label}要求{above.due_on}前，这里{own}。"
        yield Finding(LATER, below.code, below.label, words)
    wanted = {(one.name, one.measured_in): one for one in above.counts} if is_own_alone else {}
    for count in below.counts:
        city = wanted.get((count.name, count.measured_in))
        if city is not None and _falls_short(city, count):
            yield Finding(LOWER, below.code, below.label, f"市方案{above.label}是{city.words}，这里是{count.words}。")


def _falls_short(city: Count, own: Count) -> bool:
    return own.target > city.target if city.is_falling else own.target < city.target


BEARING = (DutyRole.LEAD, DutyRole.RESPONSIBLE)
ANSWERS_FIRST = "制定单位主要负责同志"


def lower_draft(city: PlanDraft, own: Collection[int], unit: int, title: str) -> PlanDraft:
    """The draft of a lower plan: what the city's asks of the units `own`, with the same days and targets; `unit` leads
    where none of them does. A key is the code of the city's record that it comes from.
    """
    problems = []
    for problem in city.problems:
        measures = tuple(_own_measure(one, own, unit) for one in problem.measures if _names(one, own))
        if measures:
            problems.append(replace(problem, measures=measures, duties=_own_duties(problem, own, unit)))
    numbered = (
        replace(one, number=number, upper_number=_referring(one), aspect=None, campaign=None)
        for number, one in enumerate(problems, 1)
    )
    return PlanDraft(title=title, problems=tuple(numbered))


def _referring(one: ProblemDraft) -> str:
    """The numbers of the bodies above, the city's own with them."""
    return one.upper_number if problem_above(one.upper_number) else f"{one.upper_number}/市级{one.number}".strip("/")


def _names(one: MeasureDraft, own: Collection[int]) -> bool:
    return any(duty.unit in own for duty in one.duties if duty.role in BEARING)


def _own_measure(one: MeasureDraft, own: Collection[int], unit: int) -> MeasureDraft:
    kept = tuple(duty for duty in one.duties if duty.unit in own)
    return replace(one, duties=kept or (DutyDraft(DutyRole.RESPONSIBLE, unit),))


def _own_duties(one: ProblemDraft, own: Collection[int], unit: int) -> tuple[DutyDraft, ...]:
    kept = [duty for duty in one.duties if duty.unit in own]
    roles = {duty.role for duty in kept}
    if DutyRole.LEAD not in roles:
        kept.append(DutyDraft(DutyRole.LEAD, unit, is_first=True))
    if DutyRole.FIRST_RESPONSIBLE not in roles:
        kept.append(DutyDraft(DutyRole.FIRST_RESPONSIBLE, unit, ANSWERS_FIRST))
    return tuple(kept)
