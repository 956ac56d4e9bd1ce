"""Long stories of one problem, several people each: returned and claimed again, rebound, two at once, a proof gone.

After each of them `examine` is clean, as after every test.
"""

from typing import Any

import pytest

from bihuan.core import files
from bihuan.core.audit import Overtaken
from bihuan.lib.flow import Refused
from bihuan.matters.actions.evidence import Brought
from bihuan.matters.models import Evidence, Manifest, Matter, Recheck, Round, Signature
from bihuan.matters.queries import work
from bihuan.matters.rules import evidence as kinds
from bihuan.organisation.actions import appointing
from bihuan.organisation.models import Person
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.actions import evidence, handing_over
from bihuan.rectification.models import Measure, Problem
from bihuan.rectification.queries import checklist, package
from bihuan.rectification.rules.checklist import ACCEPTANCE, CLAIM, PHOTOS, SIGN_OFF, Sort, items_of
from tests.cast import NOON, ROBOT, TODAY, Cast, account_of, seat_as
from tests.loop import Loop, make_loop

SORTS: dict[Sort, dict[str, Any]] = {
    Sort.ENGINEERING: {"is_engineering": True},
    Sort.OTHER: {"is_engineering": False},
    Sort.LASTING: {"nature": "长期坚持"},
}
ASKED = [
    pytest.param(sort, step, item.key, id=f"{sort.name.lower()}-{item.key}")
    for sort in (Sort.ENGINEERING, Sort.OTHER)
    for step in (CLAIM, ACCEPTANCE, SIGN_OFF)
    for item in items_of(sort, step)
    if sort == Sort.OTHER or step == CLAIM
]


def fresh(loop: Loop) -> Problem:
    """The problem as somebody reads it now."""
    return Problem.objects.select_related("matter__inspection__rule_set").get(pk=loop.problem.pk)


def measure_of(loop: Loop) -> Matter:
    return Matter.objects.get(measure=loop.measure)


def test_a_returned_claim_is_claimed_again_and_both_manifests_stay(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_claimed()
    [first] = Manifest.objects.filter(step="claim_done")
    kept = files.read(first.file)
    loop.later()
    loop.check(loop.county, "现场督导", verdict="未达到")
    loop.step("return", loop.county, "还有两眼没有封")
    assert Round.objects.get(matter=loop.problem.matter).claim_digest == ""
    loop.later()
    loop.add("self_check", "补封后的自查自验报告.txt")

    loop.step("claim_done", loop.head, "已补封")

    old, new = Manifest.objects.filter(step="claim_done").order_by("pk")
    assert (old.pk, files.read(old.file)) == (first.pk, kept)
    assert new.digest != old.digest
    assert Round.objects.get(matter=loop.problem.matter).claim_digest == new.digest
    assert [one.digest for one in Signature.objects.filter(step="claim_done").order_by("pk")] == [
        old.digest,
        new.digest,
    ]
    with pytest.raises(Refused):  # the county's look at the first claim passes no second one
        loop.step("pass_preliminary", loop.county)


def test_a_rebound_opens_a_second_round_and_the_first_stays_as_it_was(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_signed_off()
    frozen = {one.step: (one.digest, files.read(one.file)) for one in Manifest.objects.all()}
    first = Round.objects.values().get(matter=loop.problem.matter, number=1)
    signed = [*Signature.objects.values().order_by("pk")]
    refuse_to_void(loop)
    loop.later(30)
    loop.check(loop.accepter, "回头看", verdict="未达到")

    loop.step("rebound", cast.wang, "两眼井被重新打开")

    assert (fresh(loop).matter.round_number, measure_of(loop).state) == (2, "under_way")
    refuse_to_void(loop)
    assert {one.state for one in Recheck.objects.filter(round_number=1)} == {"cancelled"}
    sign_off_again(loop)

    turns = Round.objects.filter(matter=loop.problem.matter).order_by("number")
    assert [one.state for one in turns] == ["signed_off", "signed_off"]
    assert Round.objects.values().get(matter=loop.problem.matter, number=1) == first
    kept = Manifest.objects.filter(round_number=1)
    assert {one.step: (one.digest, files.read(one.file)) for one in kept} == frozen
    assert [*Signature.objects.values().order_by("pk")][: len(signed)] == signed
    assert Signature.objects.filter(round_number=2, step="sign_off").count() == 1
    assert Recheck.objects.filter(round_number=2, state="planned").count() == 3


@pytest.mark.parametrize(("first", "second"), [("accept", "return"), ("return", "accept"), ("accept", "accept")])
def test_of_two_who_decide_at_once_one_wins_and_the_other_hears_why(cast: Cast, first: str, second: str) -> None:
    loop = make_loop(cast)
    loop.to_seen()
    other = seat_as(Role.ACCEPTANCE_CLERK, loop.ecology, "卢验")
    hers, his = fresh(loop), fresh(loop)

    handing_over.move_problem(hers, first, by=loop.accepter, at=loop.now, note="同意")
    with pytest.raises((Refused, Overtaken)) as refusal:
        handing_over.move_problem(his, second, by=other, at=loop.now, note="不同意")

    assert "现在是“" in str(refusal.value) or "先行办理" in str(refusal.value)
    assert fresh(loop).matter.state == {"accept": "accepted", "return": "rectifying"}[first]
    assert Signature.objects.filter(step="accept").count() == (first == "accept")


@pytest.mark.parametrize(("sort", "step", "key"), ASKED)
def test_without_any_one_proof_the_step_is_refused_and_names_it(cast: Cast, sort: Sort, step: str, key: str) -> None:
    loop = make_loop(cast, **SORTS[sort])
    assert checklist.sort_of(loop.problem) == sort
    lead_up = {CLAIM: loop.to_proven, ACCEPTANCE: loop.to_seen, SIGN_OFF: loop.to_complete}[step]
    lead_up()
    take_away(loop, key)
    label = next(one.label for one in items_of(sort, step) if one.key == key)

    name, by = {
        CLAIM: ("claim_done", loop.head),
        ACCEPTANCE: ("accept", loop.accepter),
        SIGN_OFF: ("ask_consent", cast.chen),
    }[step]
    with pytest.raises(Refused) as refusal:
        loop.step(name, by, "同意")

    assert label.partition("(")[0] in str(refusal.value)


def sign_off_again(loop: Loop) -> None:
    """Take the second round from its work to its sign-off."""
    loop.later()
    again = [Brought("重新封填验收单.txt", b"20", "工程资料")]
    loop.measure = Measure.objects.select_related("matter").get(pk=loop.measure.pk)
    evidence.add_evidence(loop.measure, again, by=loop.reporter, at=loop.now)
    loop.measure_step("finish", loop.doer)
    loop.measure_step("confirm", loop.second)
    loop.prove(CLAIM)
    loop.step("claim_done", loop.head, "重新封填")
    loop.later()
    loop.check(loop.county, "现场督导")
    loop.step("pass_preliminary", loop.county)
    loop.check(loop.accepter)
    loop.answer()
    loop.prove(ACCEPTANCE, by=loop.accepter)
    loop.step("accept", loop.accepter, "同意")
    loop.publish()
    loop.over()
    loop.step("close_notice", loop.cast.chen)
    loop.prove(SIGN_OFF, by=loop.publicity)
    loop.step("ask_consent", loop.cast.chen)
    loop.step("consent", loop.group, "同意销号")
    loop.step("sign_off", loop.cast.wang, "再次销号")


def refuse_to_void(loop: Loop) -> None:
    """Nothing that stands in the frozen file of round 1 is declared void, neither of the problem nor of its measure."""
    for subject in (fresh(loop), Measure.objects.select_related("matter", "problem__matter").get(pk=loop.measure.pk)):
        for one in Evidence.objects.filter(matter=subject.matter, is_ended=False):
            with pytest.raises(Refused, match="卷宗已冻结"):
                evidence.end_evidence(subject, one, by=loop.reporter, at=loop.now, note="放错了")


def take_away(loop: Loop, key: str) -> None:
    """Declare void what proves that item: of the pictures the one taken afterwards."""
    which: dict[str, Any] = {"kind": kinds.AFTER} if key == PHOTOS else {"proves": key}
    for one in Evidence.objects.filter(matter=loop.problem.matter, is_ended=False, **which):
        by = {ACCEPTANCE: loop.accepter, SIGN_OFF: loop.publicity}.get(step_of(key), loop.reporter)
        evidence.end_evidence(loop.problem, one, by=by, at=loop.now, note="放错了")


def step_of(key: str) -> str:
    return next(one.step for one in items_of(Sort.OTHER) + items_of(Sort.ENGINEERING) if one.key == key)


@pytest.mark.parametrize("key", [one.key for one in items_of(Sort.LASTING, CLAIM)])
def test_a_long_term_matter_is_asked_for_its_own_list(cast: Cast, key: str) -> None:
    loop = make_loop(cast, **SORTS[Sort.LASTING])
    loop.to_confirmed()
    loop.prove(CLAIM, without=key)

    with pytest.raises(Refused, match=next(one.label for one in items_of(Sort.LASTING) if one.key == key)):
        loop.step("claim_done", loop.head, "自查合格")


def test_whoever_claimed_does_not_accept(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_seen()
    claimant = Person.objects.get(pk=loop.head.person)
    post = appointing.add_post(loop.ecology, "兼验收", by=ROBOT, at=NOON)
    appointing.appoint(claimant, post, Role.ACCEPTANCE_CLERK, starts_on=TODAY, by=ROBOT, at=NOON)
    both = scope.actor_for(account_of(loop.head), loop.now.date())

    with pytest.raises(Refused):
        loop.step("accept", loop.head, "同意")
    with pytest.raises(Refused, match="上报是您办的，验收要由另一个人办"):
        loop.step("accept", both, "同意")

    assert fresh(loop).matter.state == "verifying"


def test_what_is_changed_after_the_claim_is_shown_at_acceptance_and_over_the_api(cast: Cast, client: Any) -> None:
    loop = make_loop(cast)
    loop.to_verifying()
    code = loop.problem.matter.code
    assert package.changes_since(fresh(loop), "claim_done") == []

    loop.add("", "后来补的照片说明.txt")

    client.force_login(account_of(loop.accepter))
    shown = client.get(f"/problems/{code}/acceptance/").content.decode()
    told = client.get(f"/api/v1/problems/{code}/acceptance").json()
    assert "申请验收以后，卷宗有 1 处改动" in shown
    assert "后来补的照片说明.txt" in shown
    assert [(one["what"], "后来补的照片说明.txt" in one["label"]) for one in told["changes_since_claim"]] == [
        ("新增", True)
    ]
    assert work.signature_of(fresh(loop).matter, "claim_done") is not None


def test_a_trail_with_a_void_proof_opens(cast: Cast, client: Any) -> None:
    loop = make_loop(cast)
    loop.to_proven()
    take_away(loop, "penalty")
    client.force_login(account_of(cast.chen))

    answer = client.get(f"/problems/{loop.problem.matter.code}/")

    assert answer.status_code == 200
    assert "佐证已作废" in answer.content.decode()
