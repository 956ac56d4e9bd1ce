import pytest
from django.db import connection

from bihuan.core import audit
from bihuan.core.files import StoredFile
from bihuan.intake.actions import papers as actions
from bihuan.intake.models import Intake, IntakeDoubt
from bihuan.intake.queries import asking
from bihuan.intake.understanding import understand_file
from bihuan.lib.flow import Refused
from bihuan.matters.models import Duty, Inspection, Matter
from bihuan.organisation.queries import structure
from bihuan.rectification.actions.handing_over import correct_problem, move_problem
from bihuan.rectification.models import Measure, Plan, Problem
from bihuan.rectification.queries import sight
from tests.cast import NOON, Cast
from tests.makers import make_inspection
from tests.replay import replay

PLAN = """沧州市贯彻落实第二轮中央生态环境保护督察报告整改方案
沧字〔2022〕12号
一、水生态环境方面
1.地下水超采综合治理进展迟缓。督察发现，公共供水管网覆盖范围内仍有20眼自备井未按期关停。
整改目标：2022年10月底前完成20眼自备井关停。
整改时限：2022年10月底
牵头单位：沧县水务局
责任单位：沧县党委和政府
整改措施：（1）2022年9月底前封填5眼，10月底前全部封填20眼。（2）接通3家企业替代水源。
2.农村黑臭水体底数不清。督察发现，个别坑塘倾倒大量秸秆，水体黑臭。
整改目标：2022年底前消除黑臭水体。
整改时限：2024年8月前
牵头单位：沧县农业农村局
责任单位：沧县党委和政府
整改措施：（1）开展排查，建立清单。（2）分批推进治理。
"""


def take(cast: Cast, text: str = PLAN, inspection: Inspection | None = None) -> Intake:
    understood = understand_file("方案.txt", text.encode(), structure.directory(cast.chen.city), None)
    inspection = inspection or make_inspection(cast)
    return actions.take_in("方案.txt", text.encode(), understood, inspection, by=cast.chen, at=NOON)


def commit(cast: Cast, text: str = PLAN, inspection: Inspection | None = None) -> Intake:
    return actions.commit_intake(take(cast, text, inspection), by=cast.chen, at=NOON)


def test_a_preview_touches_no_ledger(cast: Cast) -> None:
    take(cast)

    assert (Plan.objects.count(), Matter.objects.count()) == (0, 0)


def test_a_commit_writes_the_whole_plan_as_drafts(cast: Cast) -> None:
    intake = commit(cast)

    assert [(p.number, p.title, p.matter.code, p.matter.state) for p in Problem.objects.order_by("number")] == [
        (1, "地下水超采综合治理进展迟缓", "HE2-P001", "draft"),
        (2, "农村黑臭水体底数不清", "HE2-P002", "draft"),
    ]
    assert Measure.objects.count() == 4
    assert intake.rows_created == 6
    assert {(d.role, d.unit.name) for d in Duty.objects.filter(matter__code="HE2-P001")} == {
        ("lead", "沧县水务局"),
        ("responsible", "沧县党委和政府"),
        ("first_responsible", "沧县党委和政府"),
    }


def test_the_field_keeps_the_place_of_its_words(cast: Cast) -> None:
    commit(cast)

    problem = Problem.objects.get(number=1)
    start, end = problem.spans["due_on"]
    assert PLAN[start:end] == "2022年10月底"


def test_an_open_doubt_keeps_its_problem_a_draft(cast: Cast) -> None:
    commit(cast)
    problem = queries_problem(2)

    with pytest.raises(Refused, match="整改时限存疑，尚未确定。"):
        move_problem(problem, "issue", by=cast.chen, at=NOON)
    assert [doubt.question for doubt in asking.every_open_doubt()] == ["是2024年7月31日前，还是2024年8月31日前？"]


def test_an_answer_before_the_commit_is_written_with_it(cast: Cast) -> None:
    intake = take(cast)
    doubt = IntakeDoubt.objects.get(kind="deadline_ambiguous")
    actions.answer_doubt(doubt, "2024-08-31", by=cast.chen, at=NOON, label="2024年8月31日前")

    actions.commit_intake(intake, by=cast.chen, at=NOON)

    assert Matter.objects.get(code="HE2-P002").due_on.isoformat() == "2024-08-31"


def test_an_answer_after_the_commit_is_written_into_the_ledger(cast: Cast) -> None:
    commit(cast)
    doubt = IntakeDoubt.objects.get(kind="deadline_ambiguous")

    actions.answer_doubt(doubt, "2024-07-31", by=cast.chen, at=NOON, label="2024年7月31日前")

    matter = Matter.objects.get(code="HE2-P002")
    assert (matter.first_due_on.isoformat(), matter.due_on.isoformat()) == ("2024-07-31", "2024-07-31")
    doubt.refresh_from_db()
    assert (doubt.answered_by.name, doubt.answer["label"]) == ("陈科", "2024年7月31日前")


def test_an_answer_that_crosses_the_commit_is_written_into_the_ledger(cast: Cast) -> None:
    intake = take(cast)
    doubt = IntakeDoubt.objects.select_related("intake").get(kind="deadline_ambiguous")
    actions.commit_intake(intake, by=cast.chen, at=NOON)

    actions.answer_doubt(doubt, "2024-07-31", by=cast.chen, at=NOON, label="2024年7月31日前")

    assert Matter.objects.get(code="HE2-P002").due_on.isoformat() == "2024-07-31"


def test_the_same_paper_again_changes_nothing(cast: Cast) -> None:
    first = commit(cast)

    with pytest.raises(Refused, match="与系统中的方案完全相同，没有可写入的更改。"):
        commit(cast, inspection=first.inspection)
    assert (Plan.objects.count(), Problem.objects.count()) == (1, 2)


def test_a_deadline_that_was_settled_before_stays_though_the_paper_asks_again(cast: Cast) -> None:
    first = commit(cast)
    doubt = IntakeDoubt.objects.get(kind="deadline_ambiguous")
    actions.answer_doubt(doubt, "2024-08-31", by=cast.chen, at=NOON, label="2024年8月31日前")

    with pytest.raises(Refused, match="与系统中的方案完全相同，没有可写入的更改。"):
        commit(cast, inspection=first.inspection)
    commit(cast, PLAN.replace("20眼自备井关停", "20眼自备井全部关停"), first.inspection)

    assert Matter.objects.get(code="HE2-P002").due_on.isoformat() == "2024-08-31"


def test_other_words_of_a_deadline_are_asked_about_anew(cast: Cast) -> None:
    first = commit(cast)
    doubt = IntakeDoubt.objects.get(kind="deadline_ambiguous")
    actions.answer_doubt(doubt, "2024-08-31", by=cast.chen, at=NOON, label="2024年8月31日前")

    commit(cast, PLAN.replace("整改时限：2024年8月前", "整改时限：2024年9月前"), first.inspection)

    assert Matter.objects.get(code="HE2-P002").due_on is None


def test_an_amended_paper_is_written_as_its_difference(cast: Cast) -> None:
    first = commit(cast)
    amended = PLAN.replace("整改时限：2022年10月底", "整改时限：2022年12月底")
    amended = amended.replace("（2）分批推进治理。", "（2）分批推进治理。（3）建立长效机制。")

    second = commit(cast, amended, first.inspection)

    matter = Matter.objects.get(code="HE2-P001")
    assert (matter.first_due_on.isoformat(), matter.due_on.isoformat()) == ("2022-10-31", "2022-12-31")
    assert (second.rows_created, Measure.objects.count()) == (1, 5)
    assert Plan.objects.get().edition == 2


def test_withdrawing_takes_the_whole_paper_back(cast: Cast) -> None:
    intake = commit(cast)

    actions.withdraw_intake(intake, by=cast.chen, at=NOON, note="导错了督察")

    assert Matter.objects.filter(is_withdrawn=False).count() == 0
    assert Plan.objects.get().is_withdrawn


def test_a_second_withdrawal_at_once_hears_who_was_first(cast: Cast) -> None:
    intake = commit(cast)
    as_another_read_it = Intake.objects.get()
    actions.withdraw_intake(intake, by=cast.chen, at=NOON, note="导错了督察")

    with pytest.raises(audit.Overtaken, match="这次导入已由陈科于2022-07-04 12:00撤回"):
        actions.withdraw_intake(as_another_read_it, by=cast.wang, at=NOON, note="导错了")


def test_withdrawing_an_amendment_brings_the_old_values_back(cast: Cast) -> None:
    first = commit(cast)
    second = commit(cast, PLAN.replace("整改时限：2022年10月底", "整改时限：2022年12月底"), first.inspection)

    actions.withdraw_intake(second, by=cast.chen, at=NOON, note="修订稿未印发")

    assert Matter.objects.get(code="HE2-P001").due_on.isoformat() == "2022-10-31"
    assert Plan.objects.get().edition == 1


def test_search_forgets_the_words_of_a_withdrawn_amendment(cast: Cast) -> None:
    first = commit(cast)
    amended = PLAN.replace("接通3家企业替代水源", "改造5处泵站").replace("仍有20眼自备井", "仍有18眼机井")
    second = commit(cast, amended, first.inspection)

    actions.withdraw_intake(second, by=cast.chen, at=NOON, note="修订稿未印发")

    found = [
        (sight.problems_found(cast.chen, words).count(), sight.measures_found(cast.chen, words).count())
        for words in ("18眼机井", "20眼自备井", "泵站", "替代水源")
    ]
    assert found == [(0, 0), (1, 0), (0, 0), (0, 1)]


def test_what_somebody_built_on_is_not_withdrawn(cast: Cast) -> None:
    intake = commit(cast)
    move_problem(queries_problem(1), "issue", by=cast.chen, at=NOON)

    with pytest.raises(Refused, match="已有1件在它上面继续办理，不能整批撤回。"):
        actions.withdraw_intake(intake, by=cast.chen, at=NOON, note="导错了")


def test_what_was_done_and_corrected_does_not_hold_a_withdrawal_up(cast: Cast) -> None:
    intake = commit(cast)
    move_problem(queries_problem(1), "issue", by=cast.chen, at=NOON)
    correct_problem(queries_problem(1), by=cast.chen, at=NOON, note="点错了")
    move_problem(queries_problem(1), "issue", by=cast.chen, at=NOON)
    with pytest.raises(Refused, match="已有1件"):
        actions.withdraw_intake(intake, by=cast.chen, at=NOON, note="导错了督察")

    correct_problem(queries_problem(1), by=cast.chen, at=NOON, note="又点错了")
    actions.withdraw_intake(intake, by=cast.chen, at=NOON, note="导错了督察")

    assert not sight.problems_for(cast.chen).exists()


def test_a_commit_that_fails_in_the_middle_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from bihuan.rectification.actions import plan

    intake = take(cast)

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(plan, "add_marks", fail)
    with pytest.raises(RuntimeError):
        actions.commit_intake(intake, by=cast.chen, at=NOON)

    assert (Plan.objects.count(), Matter.objects.count(), Intake.objects.get().state) == (0, 0, "previewed")


def test_the_trail_alone_rebuilds_every_row(cast: Cast) -> None:
    commit(cast)
    before, keys = everything(), dict(StoredFile.objects.values_list("pk", "wrapped_key"))
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for model in before:
            cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608 -- our own table's name
        for model in before:
            replay(model)
    for pk, key in keys.items():  # which no trail may hold: what is destroyed stays so
        StoredFile.objects.filter(pk=pk).update(wrapped_key=key)

    assert everything() == before


def everything() -> dict[type[audit.Recorded], list[dict[str, object]]]:
    return {
        model: [audit.plain_row(row) for row in model._default_manager.order_by("pk")]
        for model in audit.recorded_models()
    }


def queries_problem(number: int) -> Problem:
    return Problem.objects.select_related("matter__inspection__rule_set").get(number=number)
