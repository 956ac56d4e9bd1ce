"""The checks, asked of the database within somebody's scope; and what of their findings was explained.

Hides the questions. Each is one query of rows in sight; a finding that speaks of a matter out of sight says only that
there is one.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet

from bihuan.checkup.models import Explanation
from bihuan.checkup.rules import RULES, Found, Rule
from bihuan.core import still
from bihuan.core.actor import Actor
from bihuan.intake.queries import asking
from bihuan.intake.queries import sight as papers
from bihuan.matters.models import Matter
from bihuan.organisation.models import Region
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import DutyRole, Role
from bihuan.petitions.models import Batch, Petition, SubItem
from bihuan.petitions.queries import petitions_seen
from bihuan.petitions.rules.consistency import NEARLY, NO_NEED
from bihuan.petitions.rules.petition import PetitionState
from bihuan.petitions.rules.undertaking import GIVEN_UP
from bihuan.rectification.models import Measure, Milestone, Plan
from bihuan.rectification.queries.sight import measures_seen, problems_seen
from bihuan.rectification.rules.problem import ProblemState

EXPLAINERS = (Role.OFFICE_HEAD, Role.COORDINATION, Role.SUPERVISION, Role.PETITION_DESK)
LONG_ENOUGH = 20  # characters: 加强日常监管 is everybody's sentence
LONGEST_TERM = 15  # years
TOLD = 4  # other matters that a finding names


def can_explain(by: Actor) -> bool:
    """Whether this actor's word settles a finding: the office's groups that keep the ledgers."""
    return scope.has_role(by, EXPLAINERS)


@dataclass(frozen=True, slots=True)
class Check:
    """The rows that are not as they should be, the path to what each is about, and the sentences of some of them, one
    a row in its order. Without a path nothing is explained: what is found is answered elsewhere.
    """

    rows: Callable[[Actor], QuerySet[Any]]
    subject: str
    told: Callable[[list[Any], Actor], Iterable[Found]]


def _simply(
    sentence: Callable[[Any], str], code: Callable[[Any], str]
) -> Callable[[list[Any], Actor], Iterable[Found]]:
    def told(rows: list[Any], _by: Actor) -> Iterable[Found]:
        return (Found(code(row), sentence(row)) for row in rows)

    return told


def _code(row: Any) -> str:
    return str(row.matter.code)


def _problems(by: Actor) -> QuerySet[Any]:
    rows = problems_seen(by).filter(matter__is_withdrawn=False).exclude(matter__state=ProblemState.DRAFT)
    return rows.select_related("matter").order_by("matter__code")


def _measures(by: Actor) -> QuerySet[Any]:
    rows = measures_seen(by).filter(matter__is_withdrawn=False)
    return rows.select_related("matter", "problem__matter", "matter__inspection").order_by("matter__code")


def _petitions(by: Actor) -> QuerySet[Any]:
    rows = petitions_seen(by).filter(matter__is_withdrawn=False)
    return rows.select_related("matter", "batch", "matter__region").defer("spans").order_by("matter__code")


def _no_measure(by: Actor) -> QuerySet[Any]:
    return _problems(by).exclude(pk__in=Measure.objects.filter(matter__is_withdrawn=False).values("problem"))


def _no_lead(by: Actor) -> QuerySet[Any]:
    led = Q(matter__duties__role=DutyRole.LEAD, matter__duties__is_ended=False, matter__duties__unit__isnull=False)
    return _problems(by).exclude(pk__in=_problems(by).filter(led).order_by().values("pk"))


def _no_undertaking(by: Actor) -> QuerySet[Any]:
    borne = Q(undertakings__is_withdrawn=False) & ~Q(undertakings__state__in=GIVEN_UP)
    handed = _petitions(by).filter(matter__state__in=(PetitionState.ASSIGNED, PetitionState.HANDLING))
    return handed.exclude(pk__in=handed.filter(borne).order_by().values("pk"))


def _batches(by: Actor) -> QuerySet[Any]:
    if not scope.has_role(by, papers.IMPORTERS):
        return Batch.objects.none()
    standing: QuerySet[Any] = Batch.objects.filter(
        city=by.city, is_withdrawn=False, total_note="", printed_total__isnull=False
    )
    living: Any = Count("petitions", filter=Q(petitions__matter__is_withdrawn=False))
    unlike: QuerySet[Any] = standing.annotate(living=living).exclude(living=F("printed_total"))
    return unlike.order_by("label")


def _told_batches(rows: list[Any], _by: Actor) -> Iterable[Found]:
    for one in rows:
        yield Found(one.label, f"印的总数{one.printed_total}件，台账里{one.living}件。", one.intake_id or 0)


def _measures_late(by: Actor) -> QuerySet[Any]:
    return _measures(by).filter(matter__due_on__gt=F("problem__matter__due_on"))


def _milestones_late(by: Actor) -> QuerySet[Any]:
    seen = measures_seen(by).filter(matter__is_withdrawn=False).order_by().values("pk")
    late = Milestone.objects.filter(is_withdrawn=False, measure__in=seen, due_on__gt=F("measure__matter__due_on"))
    return late.select_related("measure__matter").order_by("measure__matter__code", "pk")


def _years(by: Actor) -> QuerySet[Any]:
    """Of all kinds: the matters themselves are asked, of each kind those alone whose day is odd."""
    early = Q(matter__due_on__lt=F("matter__inspection__on_site_from"))
    late = Q(matter__due_on__year__gt=F("matter__inspection__on_site_from__year") + LONGEST_TERM)
    odd = Q()
    for seen in (problems_seen(by), measures_seen(by), petitions_seen(by)):
        odd |= Q(pk__in=seen.filter(early | late, matter__is_withdrawn=False).order_by().values("matter"))
    return Matter.objects.filter(odd).select_related("inspection").order_by("code")


def _plans(by: Actor) -> QuerySet[Any]:
    rows = Plan.objects.filter(is_withdrawn=False, issued_on__lt=F("parent__issued_on"))
    seen = problems_seen(by).order_by().values("plan")
    return rows.filter(pk__in=seen).select_related("parent").order_by("title")


def _told_plans(rows: list[Any], _by: Actor) -> Iterable[Found]:
    for one in rows:
        words = f"印发于{one.issued_on}，上级方案《{one.parent.title}》印发于{one.parent.issued_on}。"
        yield Found(f"《{one.title}》"[:60], words, one.intake_id or 0)


def _received_late(by: Actor) -> QuerySet[Any]:
    return _petitions(by).filter(received_on__gt=F("batch__handed_over_on"))


def _sub_items(by: Actor) -> QuerySet[Any]:
    """In SQL what `petitions.rules.consistency.disagree` says of one: the sub-items are asked, which few have."""
    said: QuerySet[Any] = SubItem.objects.filter(is_ended=False).exclude(truth="").values("petition")
    said = said.annotate(kinds=Count("truth", distinct=True), one=Min("truth"), whole=Min("petition__truth"))
    alike = Q(kinds=1) & ~Q(one=F("whole")) & ~(Q(one__in=NEARLY) & Q(whole__in=NEARLY))
    unlike = said.exclude(whole="").filter(alike | Q(kinds__gt=1) & ~Q(whole__in=NEARLY))
    return _petitions(by).filter(pk__in=unlike.values("petition"))


def _no_need(by: Actor) -> QuerySet[Any]:
    return _petitions(by).filter(truth__in=("属实", "基本属实"), handling__regex=NO_NEED)


def _foreign_places(by: Actor) -> QuerySet[Any]:
    """Findings and handling that name another county of the city than the petition's own, in full."""
    named = Q()
    for county in _counties(by.city):
        named |= ~Q(matter__region=county.pk) & (Q(findings__contains=county.name) | Q(handling__contains=county.name))
    rows = _petitions(by).filter(matter__region__in=[county.pk for county in _counties(by.city)], is_joint=False)
    return rows.filter(named) if named else rows.none()


def _counties(city: str) -> list[Region]:
    return still.known(
        ("counties", city), lambda: [*Region.objects.filter(city=city, parent__code=city).order_by("code")]
    )


def _told_places(rows: list[Any], by: Actor) -> Iterable[Found]:
    for one in rows:
        texts = one.findings + one.handling
        others = [each.name for each in _counties(by.city) if each.pk != one.matter.region_id and each.name in texts]
        yield Found(_code(one), f"属于{one.matter.region.name}，调查或整改情况却写着{'、'.join(others)}。")


def _repeated(rows: QuerySet[Any], field: str) -> QuerySet[Any]:
    """The values of a field that several of these rows have."""
    counted: QuerySet[Any] = rows.order_by().values(field).annotate(times=Count("pk"))
    return counted.filter(times__gt=1).values(field)


def _numbers_twice(by: Actor) -> QuerySet[Any]:
    """Of numbers that tell their petition alone; a plain serial is unique only with its batch. What is repeated is
    looked for first: few are, and a pattern is slow.
    """
    rows = Petition.objects.filter(city=by.city, matter__is_withdrawn=False)
    return _petitions(by).filter(number_key__in=_repeated(rows, "number_key"), number_key__regex=r"[0-9]{12}")


def _same_objects(by: Actor) -> QuerySet[Any]:
    named = Petition.objects.filter(city=by.city, matter__is_withdrawn=False).exclude(complained_of="")
    return _petitions(by).filter(complained_of__in=_repeated(named, "complained_of"))


def _same_texts(by: Actor) -> QuerySet[Any]:
    long = Measure.objects.filter(city=by.city, matter__is_withdrawn=False, text__regex=rf"^.{{{LONG_ENOUGH},}}$")
    apart = long.order_by().values("text").annotate(times=Count("problem", distinct=True)).filter(times__gt=1)
    return _measures(by).filter(text__in=apart.values("text"))


def _shared(field: str, model: type[Any], seen: Callable[[Actor], QuerySet[Any]], words: str) -> Any:
    """Tells of the other matters with the same value: by name those in sight, the others by their number alone."""

    def told(rows: list[Any], by: Actor) -> Iterable[Found]:
        values = {getattr(row, field) for row in rows}
        same = {"matter__is_withdrawn": False, f"{field}__in": values}
        counts = Counter(model.objects.filter(city=by.city, **same).values_list(field, flat=True))
        visible: dict[str, list[str]] = {}
        for value, code in seen(by).filter(**same).order_by("matter__code").values_list(field, "matter__code"):
            visible.setdefault(value, []).append(code)
        for row in rows:
            value = getattr(row, field)
            yield Found(_code(row), words + _others(visible.get(value, []), counts[value], _code(row)))

    return told


def _others(seen: Collection[str], count: int, own: str) -> str:
    named = [code for code in seen if code != own]
    hidden = count - len(named) - 1
    parts = [f"{'、'.join(named[:TOLD])}{f'等{len(named)}件' if len(named) > TOLD else ''}"] if named else []
    return "，".join([*parts, *([f"别处还有{hidden}件"] if hidden > 0 else [])]) + "。"


def _unread_deadlines(by: Actor) -> QuerySet[Any]:
    return _measures(by).filter(deadline_kind="unknown").exclude(deadline_raw="")


def _doubts(by: Actor) -> QuerySet[Any]:
    return asking.every_open_doubt().filter(intake__in=papers.intakes_for(by).order_by())


def _told_doubts(rows: list[Any], _by: Actor) -> Iterable[Found]:
    for one in rows:
        yield Found(f"导入{one.intake_id}第{one.number}问", f"{one.intake.title}：{one.question}", one.intake_id)


CHECKS = {
    "no_measure": Check(_no_measure, "matter__code", _simply(lambda row: f"{row.title}：一项措施也没有。", _code)),
    "no_lead": Check(_no_lead, "matter__code", _simply(lambda row: f"{row.title}：没有牵头单位。", _code)),
    "no_region": Check(
        lambda by: _petitions(by).filter(matter__region__isnull=True),
        "matter__code",
        _simply(lambda row: f"受理编号{row.number}：行政区域写作“{row.region_raw}”，没有对上。", _code),
    ),
    "no_undertaking": Check(
        _no_undertaking, "matter__code", _simply(lambda row: f"受理编号{row.number}：已交办，没有单位在办。", _code)
    ),
    "batch_total": Check(_batches, "label", _told_batches),
    "measure_late": Check(
        _measures_late,
        "matter__code",
        _simply(lambda row: f"措施{row.matter.due_on}到期，问题{row.problem.matter.due_on}就到期。", _code),
    ),
    "milestone_late": Check(
        _milestones_late,
        "measure__matter__code",
        _simply(
            lambda row: f"节点“{row.text}”{row.due_on}到期，措施{row.measure.matter.due_on}就到期。",
            lambda row: str(row.measure.matter.code),
        ),
    ),
    "year": Check(
        _years,
        "code",
        _simply(lambda row: f"时限{row.due_on}，督察{row.inspection.on_site_from}进驻。", lambda row: str(row.code)),
    ),
    "plan_order": Check(_plans, "title", _told_plans),
    "received_late": Check(
        _received_late,
        "matter__code",
        _simply(lambda row: f"{row.received_on}受理，批次{row.batch}却在{row.batch.handed_over_on}交办。", _code),
    ),
    "sub_items": Check(
        _sub_items, "matter__code", _simply(lambda row: f"总的写{row.truth}，分项结论却与它不符。", _code)
    ),
    "no_need": Check(
        _no_need, "matter__code", _simply(lambda row: f"反映情况{row.truth}，整改情况只写“{row.handling}”。", _code)
    ),
    "foreign_place": Check(_foreign_places, "matter__code", _told_places),
    "number_twice": Check(
        _numbers_twice, "matter__code", _shared("number_key", Petition, petitions_seen, "同一编号还有")
    ),
    "same_object": Check(
        _same_objects, "matter__code", _shared("complained_of", Petition, petitions_seen, "同一对象还有")
    ),
    "same_text": Check(_same_texts, "matter__code", _shared("text", Measure, measures_seen, "一字不差的还有")),
    "deadline": Check(_unread_deadlines, "matter__code", _simply(lambda row: f"时限写作“{row.deadline_raw}”。", _code)),
    "doubt": Check(_doubts, "", _told_doubts),
}


@dataclass(frozen=True, slots=True)
class Result:
    """What one check came to: how many stand, the first of them, and what was explained of the rest."""

    rule: Rule
    count: int
    found: list[Found]
    explained: list[tuple[Found, Explanation]]
    is_explainable: bool


def result_of(name: str, by: Actor, most: int, start: int = 0) -> Result:
    """One check in this actor's scope: at most `most` findings from `start` on that nobody explained."""
    check = CHECKS[name]
    rows = check.rows(by)
    explained = _explained(name, check, rows, by)
    rows = rows.exclude(pk__in=explained) if explained else rows
    shown = [*rows[start : start + most]]
    is_all = len(shown) < most and (bool(shown) or not start)
    count = start + len(shown) if is_all else rows.count()
    return Result(RULES[name], count, [*check.told(shown, by)], [*explained.values()], bool(check.subject))


def _explained(name: str, check: Check, rows: QuerySet[Any], by: Actor) -> dict[int, tuple[Found, Explanation]]:
    """{row: the finding, and the explanation that still fits it: it was of the same words}."""
    if not check.subject:
        return {}
    given = {
        (one.subject, one.digest): one
        for one in Explanation.objects.filter(city=by.city, check_name=name).select_related("person").order_by("pk")
    }
    about = [*rows.filter(**{f"{check.subject}__in": {subject for subject, _ in given}})] if given else []
    return {
        row.pk: (found, given[found.subject, found.digest])
        for row, found in zip(about, check.told(about, by), strict=True)
        if (found.subject, found.digest) in given
    }


def results(by: Actor, most: int) -> list[Result]:
    """Every check that finds something or found something that was explained, in the order of the rules."""
    asked = still.known(
        ("checkup", by.city, by.person, tuple(by.held), most), lambda: [result_of(name, by, most) for name in CHECKS]
    )
    return [one for one in asked if one.count or one.explained]


def found_again(name: str, subject: str, digest: str, by: Actor) -> Found | None:
    """The finding with these words, if this actor still has it before him."""
    check = CHECKS.get(name)
    if check is None or not check.subject:
        return None
    rows = check.rows(by).filter(**{check.subject: subject})
    return next((found for found in check.told([*rows], by) if found.digest == digest), None)
