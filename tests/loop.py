"""The people and the deeds that take one problem from its issue to its sign-off: nine hands, told in domain words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import wraps
from typing import Any
from uuid import uuid4

from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.core.vault import Secret
from bihuan.disclosure.actions import objecting, releasing
from bihuan.disclosure.models import Objection, Release
from bihuan.disclosure.rules.wording import digest_of, found_in
from bihuan.matters.actions.checks import Seen
from bihuan.matters.actions.evidence import Brought
from bihuan.matters.models import Duty, Matter
from bihuan.matters.queries import work
from bihuan.matters.rules import evidence as kinds
from bihuan.organisation.actions import organising
from bihuan.organisation.models import Unit
from bihuan.organisation.rules.duties import DutyRole, Role
from bihuan.rectification.actions import evidence, handing_over, progress, verification
from bihuan.rectification.models import Indicator, Measure, Milestone, Problem
from bihuan.rectification.queries import checklist
from bihuan.rectification.rules.acceptance import CONDITIONS
from bihuan.rectification.rules.checklist import ACCEPTANCE, CLAIM, PHOTOS, SIGN_OFF, items_of
from bihuan.rectification.rules.reporting import Filled
from tests.cast import NOON, ROBOT, Cast, seat_as
from tests.kept import LEADS
from tests.makers import make_inspection, make_measure, make_plan, make_problem, write

DAY = timedelta(days=1)
Lead = Callable[["Loop"], None]


def led(lead_up: Lead) -> Lead:
    """A lead-up whose deeds are done once, and laid where they would be done again."""

    @wraps(lead_up)
    def leads(loop: "Loop") -> None:
        def do() -> dict[str, Any]:
            lead_up(loop)
            return {name: value for name, value in vars(loop).items() if name != "cast"}

        vars(loop).update(LEADS.led((lead_up.__name__, loop.now, *loop.told), do))

    return leads


@dataclass
class Loop:
    """One problem with one measure, everybody who has a hand in it, and the moment that it is now."""

    cast: Cast
    problem: Problem
    measure: Measure
    reporter: Actor
    doer: Actor
    second: Actor
    head: Actor
    county: Actor
    accepter: Actor
    publicity: Actor
    group: Actor
    ecology: Unit
    now: datetime = NOON
    told: list[str] = field(default_factory=list)

    def later(self, days: int = 1) -> datetime:
        """Let days pass."""
        self.now += days * DAY
        return self.now

    def fresh(self) -> Problem:
        """The problem as it stands now."""
        self.problem = Problem.objects.select_related("matter__inspection__rule_set").get(pk=self.problem.pk)
        return self.problem

    def step(self, name: str, by: Actor, note: str = "", **more: Any) -> None:
        """Take one step of the problem."""
        handing_over.move_problem(self.fresh(), name, by=by, at=self.now, note=note, **more)
        self.told.append(self.problem.matter.state)

    def measure_step(self, name: str, by: Actor, note: str = "") -> None:
        """Take one step of its measure."""
        self.measure = Measure.objects.select_related("matter__inspection__rule_set", "problem__matter").get(
            pk=self.measure.pk
        )
        handing_over.move_measure(self.measure, name, by=by, at=self.now, note=note)

    def report(self, done: int, *, on: date | None = None, reached: bool = False, **more: Any) -> Any:
        """Report how many wells were filled, and let the approver pass it."""
        self.measure = Measure.objects.select_related("matter__inspection__rule_set", "problem__matter").get(
            pk=self.measure.pk
        )
        [indicator] = Indicator.objects.filter(measure=self.measure)
        marks = Milestone.objects.filter(measure=self.measure)
        day = on or day_of(self.now)
        filled = Filled(
            day,
            done=f"封填自备井{done}眼，现场验收{done}份。",
            readings={indicator.pk: Decimal(done)},
            reached={one.pk: day for one in marks} if reached else {},
            **more,
        )
        report = progress.report_progress(self.measure, filled, by=self.reporter, at=self.now)
        return progress.move_report(self.measure, report, "approve", by=self.doer, at=self.now)

    def prove(self, *steps: str, by: Actor | None = None, without: str = "") -> None:
        """Put what these steps ask for on the file, but one item."""
        for item in items_of(checklist.sort_of(self.problem), *steps):
            if item.key not in (PHOTOS, without):
                self.add(item.key, f"{item.label}.txt", by=by)
        if CLAIM in steps and without != PHOTOS:
            before = self.add("", "前.jpg", kinds.BEFORE)
            after = self.add("", "后.jpg", kinds.AFTER)
            evidence.pair_evidence(self.problem, after, before, by=self.reporter, at=self.now)

    def add(self, proves: str, name: str, kind: str = "其他", by: Actor | None = None) -> Any:
        """Put one file on the problem."""
        data = f"{name} {uuid4()}".encode()
        brought = [Brought(name, data, kind, proves=proves)]
        return evidence.add_evidence(self.problem, brought, by=by or self.reporter, at=self.now)[0]

    def check(self, by: Actor, kind: str = "验收核查", verdict: str = "达到", recheck: Any = None, **more: Any) -> Any:
        """Hand in a field check that looked at the measure."""
        measures = Matter.objects.filter(measure__problem=self.problem)
        seen = Seen(
            uuid4(),
            kind,
            self.now,
            ("甲某", "乙某"),
            "逐眼查看，井口已封填。",
            verdicts={one.pk: (verdict, "") for one in measures},
            **more,
        )
        return verification.hand_in_check(self.problem, seen, by=by, at=self.now, recheck=recheck)

    def answer(self, *, but: str = "", no: str = "") -> None:
        """Answer the conditions of acceptance, all but one; one with no."""
        for key in CONDITIONS:
            if key != but:
                verification.answer_condition(
                    self.problem, key, "现场核实。", is_met=key != no, by=self.accepter, at=self.now
                )

    @led
    def to_rectifying(self) -> None:
        """Hand the problem over, and let it be signed for."""
        self.step("issue", self.cast.chen)
        self.step("receive", self.doer)

    @led
    def to_done(self) -> None:
        """Work the measure to its end."""
        self.to_rectifying()
        self.later()
        self.report(9)
        self.later(7)
        self.report(20, reached=True)
        brought = [Brought("验收单.txt", uuid4().bytes, "工程资料")]
        evidence.add_evidence(self.measure, brought, by=self.reporter, at=self.now)

    @led
    def to_finished(self) -> None:
        """Report it as finished."""
        self.to_done()
        self.measure_step("finish", self.doer)

    @led
    def to_confirmed(self) -> None:
        """Let somebody else confirm it."""
        self.to_finished()
        self.measure_step("confirm", self.second)

    @led
    def to_proven(self) -> None:
        """Put everything that the claim asks for on the file."""
        self.to_confirmed()
        self.prove(CLAIM)

    @led
    def to_claimed(self) -> None:
        """Claim that it is done."""
        self.to_proven()
        self.step("claim_done", self.head, "自查合格")

    @led
    def to_checked_by_county(self) -> None:
        """Let the county look at it."""
        self.to_claimed()
        self.later()
        self.check(self.county, "现场督导")

    @led
    def to_verifying(self) -> None:
        """Let the county pass it."""
        self.to_checked_by_county()
        self.step("pass_preliminary", self.county)

    @led
    def to_seen(self) -> None:
        """Let the accepting unit look at it and answer the conditions."""
        self.to_verifying()
        self.check(self.accepter)
        self.answer()
        self.prove(ACCEPTANCE, by=self.accepter)

    @led
    def to_proof(self) -> None:
        """Let it become long-term, and be looked at a year later."""
        self.to_seen()
        self.step("sustain", self.accepter, "阶段成效明显")
        self.later(365)
        self.check(self.accepter, "年度核验")

    @led
    def to_accepted(self) -> None:
        """Let the accepting unit accept it."""
        self.to_seen()
        self.step("accept", self.accepter, "同意")

    @led
    def to_noticed(self) -> None:
        """Show it to the public."""
        self.to_accepted()
        self.publish()

    def publish(self) -> None:
        """Put the notice up, its text written and approved."""
        self.write_text()
        self.step("publish", self.publicity)

    def write_text(self) -> Release:
        """Draft the text of the notice, black out what it should not show, and let somebody else approve it."""
        self.draft_text()
        self.redact_text()
        return releasing.move_release(self.release(), "approve", by=self.cast.wang, at=self.now)

    def draft_text(self, **words: str) -> Release:
        """Draft the text, with these words in some parts."""
        drafted = releasing.draft_release(self.fresh(), by=self.publicity, at=self.now)
        text = {**drafted.sections, "contact": "市整改办，来信请寄沧州市运河区某路1号。", **words}
        if text == drafted.sections:
            return drafted
        return releasing.edit_release(drafted, text, by=self.publicity, at=self.now, seen=drafted.version)

    def redact_text(self, but: str = "") -> Release:
        """Black out all that is proposed, but what says these words."""
        drafted = self.release()
        black = [one.key for one in found_in(drafted.sections) if one.proposal.words != but]
        digest = digest_of(drafted.sections)
        return releasing.redact_release(drafted, black, [], digest, by=self.publicity, at=self.now)

    def release(self) -> Release:
        """The text of the notice as it stands, whatever became of it."""
        return Release.objects.filter(about_code=self.problem.matter.code).order_by("-pk")[0]

    def complain(self, text: str = "井口没有封死，夜里还在抽水。", contact: str = "") -> Objection:
        """Let somebody of the public say that it is otherwise."""
        shown = self.release()
        words = (Secret(text), Secret(contact))
        return objecting.receive_objection(shown.city, shown.code, *words, by=ROBOT, at=self.now)

    def complain_rightly(self) -> None:
        """Let the last objection be found right."""
        self.decide("uphold")

    def complain_wrongly(self) -> None:
        """Let the last objection be found wrong."""
        self.decide("dismiss")

    def decide(self, name: str) -> Objection:
        """Check the last objection, and find it right or wrong."""
        objection = Objection.objects.select_related("release").order_by("-pk")[0]
        objecting.decide_objection(objection, "check", by=self.cast.chen, at=self.now)
        return objecting.decide_objection(objection, name, by=self.cast.wang, at=self.now, note="到现场看过。")

    @led
    def to_complained(self) -> None:
        """Let somebody object while the notice runs."""
        self.to_noticed()
        self.complain()

    @led
    def to_objected(self) -> None:
        """Look into it."""
        self.to_complained()
        self.step("object", self.cast.chen)

    @led
    def to_redacted(self) -> None:
        """Send the text of the notice to be approved."""
        self.to_accepted()
        self.draft_text()
        self.redact_text()

    def over(self) -> None:
        """Let the days of the notice pass."""
        notice = work.running_notice(self.problem.matter)
        assert notice is not None
        self.now = datetime.combine(notice.ends_on + DAY, NOON.time(), NOON.tzinfo)

    @led
    def to_uncontested(self) -> None:
        """Let the notice run out."""
        self.to_noticed()
        self.over()
        self.step("close_notice", self.cast.chen)

    @led
    def to_reported_up(self) -> None:
        """Report it to the province."""
        self.to_uncontested()
        paper = handing_over.Paper("沧环督〔2022〕9号", date(2022, 7, 20))
        self.step("report_up", self.cast.chen, paper=paper)

    @led
    def to_complete(self) -> None:
        """Put on the file what the sign-off asks for."""
        self.to_uncontested()
        self.prove(SIGN_OFF, by=self.publicity)

    @led
    def to_asked(self) -> None:
        """Ask the leading group."""
        self.to_complete()
        self.step("ask_consent", self.cast.chen)

    @led
    def to_consented(self) -> None:
        """Let the leading group agree."""
        self.to_asked()
        self.step("consent", self.group, "同意销号")

    @led
    def to_signed_off(self) -> None:
        """Sign it off."""
        self.to_consented()
        self.step("sign_off", self.cast.wang, "销号")


def make_loop(cast: Cast, code: str = "HE2", **facts: Any) -> Loop:
    """A county's problem about twenty wells, with its people seated."""
    loop = LEADS.led(("make_loop", code, *sorted(facts.items())), lambda: _made(cast, code, facts))
    loop.cast = cast
    return loop


def _made(cast: Cast, code: str, facts: dict[str, Any]) -> Loop:
    ecology = organising.add_unit("沧州市生态环境局", "部门", cast.party.region, by=ROBOT, at=NOON, parent=cast.party)
    plan = make_plan(make_inspection(cast, code), cast.party)
    problem = make_problem(cast, plan=plan, **{"title": "自备井未封填", "is_engineering": False, **facts})
    write([Duty(matter=problem.matter, role=DutyRole.ACCEPTING, unit=ecology)], by=ROBOT, at=NOON)
    measure = make_measure(problem)
    write(
        [
            Indicator(measure=measure, name="封填自备井", measured_in="眼", target=Decimal(20)),
            Milestone(measure=measure, due_on=date(2022, 9, 30), text="封填过半"),
        ],
        by=ROBOT,
        at=NOON,
    )
    return Loop(
        cast,
        problem,
        measure,
        reporter=seat_as(Role.REPORTER, cast.water, "周填"),
        doer=cast.zhang,
        second=seat_as(Role.UNIT_APPROVER, cast.water, "吴审"),
        head=seat_as(Role.UNIT_HEAD, cast.water, "郑局"),
        county=seat_as(Role.COUNTY_APPROVER, cast.county, "冯县"),
        accepter=seat_as(Role.ACCEPTANCE_CLERK, ecology, "褚验"),
        publicity=seat_as(Role.PUBLICITY, cast.office, "卫宣"),
        group=seat_as(Role.FIRST_RESPONSIBLE, cast.party, "蒋长"),
        ecology=ecology,
    )
