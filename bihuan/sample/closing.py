"""Three problems of the sample city on their way out: one signed off and filed, one shown to the public with an
objection, one that waits for its acceptance and for an expert.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from bihuan.core.actor import Actor
from bihuan.core.vault import Secret
from bihuan.disclosure.actions import objecting, releasing
from bihuan.disclosure.rules.wording import digest_of, found_in
from bihuan.lib.position import Position
from bihuan.matters.actions.checks import Seen
from bihuan.matters.rules import evidence as kinds
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.actions import evidence, progress, verification
from bihuan.rectification.actions.handing_over import Paper, move_measure, move_problem
from bihuan.rectification.queries import reporting, sight
from bihuan.rectification.rules.acceptance import CONDITIONS
from bihuan.rectification.rules.reporting import Filled
from bihuan.sample import judging
from bihuan.sample.proofs import Scene, letter, picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from bihuan.rectification.models import Measure, Problem

DAY = timedelta(days=1)
CONTACT = "公示期间如有不同意见，请寄信至沧州市整改办（沧州市运河区某路1号），或在本页“提交不同意见”处填写。"
WAIVED = {
    "penalty": "责令改正后按期改正，经法制审核不予行政处罚",
    "payment": "未作出罚款决定，没有缴款凭证",
}
LETTERS = {
    "self_check": ("自查自验报告", "对照整改方案逐项自查，各项措施均已完成，台账、影像和验收单齐全。"),
    "correction_order": ("责令改正通知书", "责令于限期内改正违法行为，逾期不改正的依法处理。"),
    "system": ("日常巡查管护办法", "明确巡查频次、责任人和问题处置时限，每月通报一次。"),
    "minutes": ("整改工作专题会议纪要", "会议听取整改情况汇报，同意按程序申请验收。"),
    "visits": ("群众走访记录", "走访周边群众12户，均表示问题已经解决，没有新的意见。"),
    "panel": ("验收组签字意见", "验收组查看现场、查阅资料，一致认为整改措施落实到位。"),
    "notice_proof": ("公示截图和无异议证明", "公示期内没有收到不同意见。"),
}
ANSWERS = {
    "carried_out": "现场逐处查看，与台账一致",
    "dealt_with": "责令改正文书和复查记录齐全",
    "effective": "现场和影像资料显示已清理恢复，达到整改目标",
    "like_elsewhere": "属地已排查同类区域，未发现新的同类问题",
    "cured": "巡查管护办法已印发，人员和经费落实",
}


@dataclass(frozen=True, slots=True)
class People:
    """Whoever has a hand in one closing."""

    reporter: Actor
    doer: Actor
    lead: Actor
    head: Actor
    accepter: Actor


@dataclass(frozen=True, slots=True)
class Office:
    """Whoever of the office has a hand in every closing."""

    clerk: Actor
    head: Actor
    publicity: Actor
    group: Actor
    expert: Actor


@dataclass(frozen=True, slots=True)
class Closing:
    """How one problem goes out: its number, the units that do it, when it is claimed, the place of its pictures."""

    number: int
    doer: str
    lead: str
    accepting: str
    claimed: date
    scene: Scene
    done: str


SIGNED_OFF = Closing(
    14,
    "渤海新区党工委和管委会",
    "沧州市海洋和港航管理局",
    "沧州市自然资源和规划局",
    date(2022, 10, 10),
    Scene("渤海新区南排河镇岸段", Position(38.3912, 117.5603), 8),
    "废弃构筑物全部拆除，建筑垃圾清运出岸线，岸线已平整恢复并移交日常巡护",
)
SHOWN = Closing(
    4,
    "献县党委和政府",
    "沧州市农业农村局",
    "沧州市生态环境局",
    date(2022, 11, 21),
    Scene("献县劣质散煤销售点", Position(38.1897, 116.1229), 5),
    "劣质散煤销售点全部取缔，清洁取暖设备检修到户，管控网格责任到人",
)
WAITING = Closing(
    13,
    "海兴县党委和政府",
    "沧州市自然资源和规划局",
    "沧州市自然资源和规划局",
    date(2022, 12, 8),
    Scene("海兴湿地退出池塘", Position(38.1655, 117.6102), 3),
    "养殖池塘全部退出，退出区域已拆除设施、恢复过水，湿地生态修复完成验收",
)


def close(office: Office, seat: Callable[[str, Role], Actor]) -> None:
    """Take the three problems as far as they come; `seat` finds who holds which post in which unit."""
    signed_off = _Way(SIGNED_OFF, office, seat)
    signed_off.to_claimed()
    signed_off.to_accepted()
    signed_off.to_shown(date(2022, 10, 17))
    signed_off.to_filed()
    shown = _Way(SHOWN, office, seat)
    shown.to_claimed()
    shown.to_accepted()
    shown.to_shown(date(2022, 12, 5))
    shown.complain()
    waiting = _Way(WAITING, office, seat)
    waiting.to_claimed()
    judging.judge(waiting.problem(), waiting.people.accepter, office.expert)


def _at(day: date, hour: int = 2) -> datetime:
    return datetime(day.year, day.month, day.day, hour, 10, tzinfo=UTC)


class _Way:
    """One problem, step by step."""

    def __init__(self, closing: Closing, office: Office, seat: Callable[[str, Role], Actor]) -> None:
        self.closing, self.office = closing, office
        self.people = People(
            seat(closing.doer, Role.REPORTER),
            seat(closing.doer, Role.UNIT_APPROVER),
            seat(closing.lead, Role.UNIT_APPROVER),
            seat(closing.lead, Role.UNIT_HEAD),
            seat(closing.accepting, Role.ACCEPTANCE_CLERK),
        )

    def problem(self) -> Problem:
        """The problem as it stands."""
        found = sight.problems_for(self.office.clerk).filter(matter__inspection__code="HE2")
        return found.get(number=self.closing.number, matter__region__level="city")

    def measures(self) -> list[Measure]:
        """Its measures."""
        return [*sight.measures_for(self.office.clerk).filter(problem=self.problem()).order_by("number")]

    def step(self, name: str, by: Actor, at: datetime, note: str = "", **more: Any) -> None:
        """Take one step."""
        move_problem(self.problem(), name, by=by, at=at, note=note, **more)

    def to_claimed(self) -> None:
        """Work every measure to its end, prove it, and claim that it is done."""
        day = self.closing.claimed
        for share, on in ((40, day - 40 * DAY), (100, day - 9 * DAY)):
            for measure in self.measures():
                self._report(measure, share, on)
        for measure in self.measures():
            self._finish(measure, day - 3 * DAY)
        self._prove(day - DAY)
        self.step("claim_done", self.people.head, _at(day), "自查合格，申请验收")

    def _report(self, measure: Measure, share: int, on: date) -> None:
        counted = reporting.counted(measure, on)
        words = self.closing.done if share == 100 else "已完成现场摸底和方案，分批推进"
        filled = Filled(
            on,
            done=f"{measure.text[:24].rstrip('，。、；')}：{words}。",
            percent=None if counted else Decimal(share),
            readings={key: (one.target * share / 100).quantize(Decimal("0.1")) for key, one in counted.items()},
        )
        entry = progress.report_progress(measure, filled, by=self.people.reporter, at=_at(on))
        progress.move_report(measure, entry, "approve", by=self.people.doer, at=_at(on, 6))

    def _finish(self, measure: Measure, on: date) -> None:
        at = _at(on)
        proof = letter("completion", f"第{measure.number}项措施完成情况证明", (measure.text, self.closing.done))
        evidence.add_evidence(measure, [proof], by=self.people.reporter, at=at)
        move_measure(measure, "finish", by=self.people.doer, at=_at(on, 3))
        [fresh] = [one for one in self.measures() if one.pk == measure.pk]
        move_measure(fresh, "confirm", by=self.people.lead, at=_at(on + DAY), note="与现场一致")

    def _prove(self, on: date) -> None:
        problem, by, at = self.problem(), self.people.lead, _at(on)
        cleared = Scene(self.closing.scene.place, self.closing.scene.position, 0)
        before = picture(self.closing.scene, kinds.BEFORE, _at(on - 90 * DAY))
        after = picture(cleared, kinds.AFTER, _at(on - 4 * DAY))
        rows = evidence.add_evidence(problem, [before, after], by=by, at=at)
        evidence.pair_evidence(problem, rows[1], rows[0], by=by, at=at)
        claim = ("self_check", "correction_order", "system", "minutes")
        evidence.add_evidence(problem, [self._letter(one) for one in claim], by=by, at=at)
        for item, why in WAIVED.items():
            evidence.waive_item(problem, item, by=by, at=at, note=why)

    def _letter(self, item: str) -> Any:
        title, words = LETTERS[item]
        return letter(item, title, (f"事由：{self.problem().title}", words))

    def to_accepted(self) -> None:
        """Let the accepting unit look, answer its conditions and accept."""
        on = self.closing.claimed + 3 * DAY
        by, at, problem = self.people.accepter, _at(on), self.problem()
        measures = {one.matter_id: ("达到", "") for one in self.measures()}
        where, position = self.closing.scene.place, self.closing.scene.position
        seen = Seen(
            uuid5(NAMESPACE_URL, f"sample-check-{problem.matter.code}"),
            "验收核查",
            at,
            ("田某", "汪某"),
            f"查看{where}，{self.closing.done}。",
            place=where,
            latitude=Decimal(str(position.latitude)),
            longitude=Decimal(str(position.longitude)),
            datum="WGS-84",
            received_by="任某",
            opinion="同意验收，做好日常管护。",
            verdicts=measures,
        )
        verification.hand_in_check(problem, seen, by=by, at=at)
        for key in CONDITIONS:
            verification.answer_condition(problem, key, f"{ANSWERS[key]}。", is_met=True, by=by, at=at)
        for waiver in problem.matter.waivers.all():
            evidence.confirm_waiver(problem, waiver, by=by, at=at, note="情况属实")
        evidence.add_evidence(problem, [self._letter(one) for one in ("visits", "panel")], by=by, at=at)
        self.step("accept", by, at + DAY, "同意通过验收")

    def to_shown(self, on: date) -> None:
        """Draft the notice, black out what it should not show, let the head approve it, and put it up."""
        by, at = self.office.publicity, _at(on)
        drafted = releasing.draft_release(self.problem(), by=by, at=at)
        text, written = {**drafted.sections, "contact": CONTACT}, drafted
        if text != drafted.sections:
            written = releasing.edit_release(drafted, text, by=by, at=at, seen=drafted.version)
        black = [one.key for one in found_in(written.sections)]
        redacted = releasing.redact_release(written, black, [], digest_of(written.sections), by=by, at=at)
        releasing.move_release(redacted, "approve", by=self.office.head, at=_at(on, 3), note="同意公示")
        self.step("publish", by, _at(on, 4))
        self.shown = redacted

    def complain(self) -> None:
        """Let somebody write what he sees otherwise."""
        said = Secret("村东头那家煤点白天关门、晚上还在往外拉散煤，请再去看看。")
        at = _at(date(2022, 12, 9), 13)
        public = Actor.system("公众意见", self.shown.city)
        objecting.receive_objection(self.shown.city, self.shown.code, said, Secret(""), by=public, at=at)

    def to_filed(self) -> None:
        """Let the notice run out, the leading group agree, sign off, and file it with the province."""
        clerk, over = self.office.clerk, date(2022, 10, 31)
        self.step("close_notice", clerk, _at(over))
        proof = self._letter("notice_proof")
        evidence.add_evidence(self.problem(), [proof], by=self.office.publicity, at=_at(over, 3))
        self.step("ask_consent", clerk, _at(over + DAY))
        self.step("consent", self.office.group, _at(over + 3 * DAY), "同意销号")
        self.step("sign_off", self.office.head, _at(over + 4 * DAY), "准予销号")
        paper = Paper("冀环督办备〔2022〕37号", date(2022, 11, 15))
        self.step("file", clerk, _at(date(2022, 11, 16)), paper=paper)
