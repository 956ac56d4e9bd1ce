"""One plain maker a model: a valid row with nothing surprising; a test names what matters to it."""

from datetime import date, datetime, timedelta
from typing import Any

from bihuan.core import audit, clock
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.vault import Secret
from bihuan.disclosure.actions import objecting, showing
from bihuan.disclosure.models import Objection, Release
from bihuan.disclosure.rules import petition_text
from bihuan.disclosure.rules.wording import PARTS, digest_of
from bihuan.matters import actions as matters
from bihuan.matters.models import Duty, Inspection, Matter, RuleSet
from bihuan.organisation.models import Person, Unit
from bihuan.organisation.rules.duties import DutyRole
from bihuan.petitions.actions.batches import index_petitions
from bihuan.petitions.models import Batch, Petition
from bihuan.petitions.rules.petition import PETITION
from bihuan.rectification.actions.plan import index_measures, index_problems
from bihuan.rectification.models import Measure, Plan, Problem
from bihuan.rectification.rules.measure import MEASURE
from bihuan.rectification.rules.problem import PROBLEM
from tests.cast import NOON, ROBOT, Cast


@action
def write(rows: list[Any], *, by: Actor = ROBOT, at: Any = NOON) -> list[Any]:
    """Insert rows of any models, one by one."""
    return [audit.create(row) for row in rows]


@action
def change(row: Any, *, by: Actor, at: Any, **facts: Any) -> Any:
    """Change fields of one row past the actions that would."""
    return audit.change(row, **facts)


def make_other(row: Any, **facts: Any) -> Any:
    """A row as it would be otherwise."""
    return change(row, by=ROBOT, at=NOON, **facts)


def make_inspection(cast: Cast, code: str = "HE2", name: str = "第二轮中央督察", **facts: Any) -> Inspection:
    known = RuleSet.objects.filter(name="默认", city=cast.chen.city).first()
    rules = known or matters.add_rule_set("默认", by=ROBOT, at=NOON)
    facts = {"level": "中央", "kind": "例行", "round_number": 2, "region": cast.region, **facts}
    return matters.add_inspection(code, name, by=ROBOT, at=NOON, rule_set=rules, **facts)


def make_plan(inspection: Inspection, unit: Unit, **facts: Any) -> Plan:
    [plan] = write([Plan(inspection=inspection, unit=unit, title="整改方案", **facts)], by=ROBOT, at=NOON)
    return plan


@action
def open_record(matter: Matter, flow: Any, duties: list[Duty], *, by: Actor, at: Any) -> Matter:
    """Open a matter with its first round and its duties."""
    matters.open_matters([matter], flow)
    matters.name_bearers(duties)
    return matter


def make_problem(
    cast: Cast, number: int = 1, *, plan: Plan | None = None, lead: Unit | None = None, **facts: Any
) -> Problem:
    plan = plan or make_plan(make_inspection(cast), cast.party)
    due_on = facts.pop("due_on", date(2022, 12, 31))
    matter = Matter(
        kind="problem",
        code=f"{plan.inspection.code}-P{number:03}",
        inspection=plan.inspection,
        region=cast.region,
        first_due_on=due_on,
        due_on=due_on,
    )
    duties = [
        Duty(matter=matter, role=DutyRole.LEAD, unit=lead or cast.water, is_first=True),
        Duty(matter=matter, role=DutyRole.FIRST_RESPONSIBLE, unit=cast.county),
        Duty(matter=matter, role=DutyRole.SUPPORTING, unit=cast.farm),
    ]
    open_record(matter, PROBLEM["accept_first"], duties, by=ROBOT, at=NOON)
    facts = {
        "title": f"问题{number}",
        "text": f"问题{number}的原文",
        "nature": "限期整改",
        "deadline_kind": "date",
        **facts,
    }
    [problem] = write([Problem(matter=matter, plan=plan, number=number, **facts)], by=ROBOT, at=NOON)
    index_problems([problem])
    return problem


def make_measure(problem: Problem, number: int = 1, *, unit: Unit | None = None, **facts: Any) -> Measure:
    matter = Matter(
        kind="measure",
        code=f"{problem.matter.code.replace('-P', '-M')}-{number:02}",
        inspection=problem.matter.inspection,
        region=problem.matter.region,
        first_due_on=problem.matter.due_on,
        due_on=problem.matter.due_on,
    )
    bearer = unit or Duty.objects.get(matter=problem.matter, role=DutyRole.LEAD).unit
    open_record(matter, MEASURE, [Duty(matter=matter, role=DutyRole.RESPONSIBLE, unit=bearer)], by=ROBOT, at=NOON)
    [measure] = write(
        [Measure(matter=matter, plan=problem.plan, problem=problem, number=number, text=f"措施{number}", **facts)],
        by=ROBOT,
        at=NOON,
    )
    index_measures([measure])
    return measure


def make_batch(inspection: Inspection, number: int = 1, **facts: Any) -> Batch:
    [batch] = write([Batch(inspection=inspection, label=f"第{number}批", number=number, **facts)], by=ROBOT, at=NOON)
    return batch


def make_petition(cast: Cast, batch: Batch, number: str = "D2HE202204120031", **facts: Any) -> Petition:
    count = Matter.objects.filter(kind="petition").count() + 1
    matter = Matter(
        kind="petition", code=f"{batch.inspection.code}-X{count:04}", inspection=batch.inspection, region=cast.region
    )
    open_record(matter, PETITION, [], by=ROBOT, at=NOON)
    facts = {"content": "村东坑塘堆放生活垃圾。", **facts}
    [petition] = write(
        [Petition(matter=matter, batch=batch, number=number, number_key=number, **facts)], by=ROBOT, at=NOON
    )
    index_petitions([petition])
    return petition


def make_release(by: Person, about: str = "HE2-P001", **facts: Any) -> Release:
    """A notice's text that is shown to the public for ten days from today, approved by somebody else."""
    text = {part: f"{heading}的话。" for part, heading in PARTS.items()} | facts.pop("text", {})
    days = {"starts_on": clock.today(), "ends_on": clock.today() + timedelta(days=13), "days": 10}
    known = {"state": "released", "drafted_at": NOON, "published_at": NOON, "counted_as": "工作日", **days, **facts}
    release = Release(code=facts.pop("code", "HE2-G001"), about_code=about, publication=1, title=text["title"])
    approver = Person.objects.exclude(pk=by.pk).order_by("pk").first()
    known = {"approved_by": approver, "approved_at": NOON, "digest": digest_of(facts.get("redacted", text)), **known}
    for name, value in {"sections": text, "redacted": text, "drafted_by": by, **known}.items():
        setattr(release, name, value)
    [made] = write([release], by=ROBOT, at=NOON)
    return made


def make_result(by: Person, number: str = "D2HE202204120031", **facts: Any) -> Release:
    """What came of a petition as the public reads it, approved by somebody else than whoever wrote it."""
    text = {part: f"{heading}的话。" for part, heading in petition_text.PARTS.items()} | {"number": number}
    text |= {"inspection": "第二轮中央督察", "batch": "第20批", "region": "沧县", "types": "水", "truth": "属实"}
    text |= {"closing": "已办结", **facts.pop("text", {})}
    place = Release.objects.filter(kind="petition").count() + 1
    known = {"code": f"HE2-Q{place:04}", "about_code": f"HE2-X{place:04}", "state": "released", **facts}
    release = Release(kind="petition", title=text["title"], sections=text, redacted=text, drafted_by=by, **known)
    release.approved_by = Person.objects.exclude(pk=by.pk).order_by("pk").first()
    release.drafted_at = release.approved_at = NOON
    release.published_at = facts.get("published_at", NOON)
    release.digest, release.publication = petition_text.digest_of("petition", text), 1
    for name, value in petition_text.columns_of(text).items():
        setattr(release, name, value)
    [made] = write([release], by=ROBOT, at=NOON)
    index_again(made, by=ROBOT, at=NOON)
    return made


@action
def index_again(release: Release, *, by: Actor, at: datetime) -> None:
    """Let the public's search know what a text says."""
    showing.index_texts([release])
    audit.look(release)


def make_objection(release: Release, text: str = "井口没有封死，夜里还在抽水。", contact: str = "") -> Objection:
    """What somebody of the public says against a notice, now."""
    words = (Secret(text), Secret(contact))
    return objecting.receive_objection(release.city, release.code, *words, by=ROBOT, at=clock.now())
