"""What a trail says of duties that ended or hold again: whose, and which."""

from datetime import datetime

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.gate.deed_names import deed_name
from bihuan.matters.models import Duty
from bihuan.petitions.actions import assign_petition, move_undertaking
from bihuan.petitions.queries import undertakings_of
from bihuan.rectification.models import Problem
from tests.actions.intake.test_intake import commit
from tests.cast import NOON, ROBOT, Cast, account_of
from tests.makers import make_batch, make_inspection, make_petition, make_problem


@action
def mark_duties(problem: Problem, *roles: str, is_ended: bool, by: Actor, at: datetime) -> None:
    for duty in Duty.objects.filter(matter=problem.matter, role__in=roles).order_by("pk"):
        audit.change(duty, is_ended=is_ended)


def page_of(client: Client, cast: Cast, path: str) -> str:
    client.force_login(account_of(cast.chen))
    return client.get(path).content.decode()


def test_a_duty_that_ended_or_holds_again_is_named_with_its_unit(client: Client, cast: Cast) -> None:
    problem = make_problem(cast)
    mark_duties(problem, "lead", "supporting", is_ended=True, by=ROBOT, at=NOON)
    mark_duties(problem, "lead", is_ended=False, by=ROBOT, at=NOON)

    page = page_of(client, cast, f"/problems/{problem.matter.code}/")

    assert "更改责任，解除沧县水务局的牵头单位职责、沧县农业农村局的配合单位职责" in page
    assert "更改责任，恢复沧县水务局的牵头单位职责" in page
    assert "已解除" not in page


def test_a_returned_petition_says_whose_duty_ended(client: Client, cast: Cast) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    [part] = undertakings_of(petition)
    move_undertaking(part, "return", by=cast.zhang, at=NOON, note="不属于本单位。")

    assert "，解除沧县水务局的责任单位职责" in page_of(client, cast, f"/petitions/{petition.matter.code}/")


def test_an_import_is_called_as_in_the_auditors_list(client: Client, cast: Cast) -> None:
    commit(cast)

    assert deed_name("intake.commit_intake") == "导入写入台账"
    assert "导入写入台账" in page_of(client, cast, "/problems/HE2-P001/")


def test_the_names_cost_one_query_however_many_duties(client: Client, cast: Cast) -> None:
    problem = make_problem(cast)
    path = f"/problems/{problem.matter.code}/"
    page_of(client, cast, path)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(client, cast, path)
        return len(captured)

    mark_duties(problem, "lead", is_ended=True, by=ROBOT, at=NOON)
    one = asked()
    mark_duties(problem, "lead", is_ended=False, by=ROBOT, at=NOON)
    mark_duties(problem, "supporting", "first_responsible", is_ended=True, by=ROBOT, at=NOON)
    mark_duties(problem, "supporting", "first_responsible", is_ended=False, by=ROBOT, at=NOON)

    assert asked() == one


def test_a_step_of_an_entry_or_an_extension_is_called_by_its_own_lifecycle(client: Client, cast: Cast) -> None:
    from datetime import date

    from bihuan.rectification.actions.extension import apply_extension, move_extension
    from tests.loop import make_loop

    loop = make_loop(cast)
    loop.to_rectifying()
    loop.later()
    loop.report(3)
    application = apply_extension(loop.measure, date(2023, 3, 1), "冻土", "开春", by=loop.doer, at=loop.now)
    move_extension(loop.measure, application, "withdraw", by=loop.doer, at=loop.now)
    client.force_login(account_of(cast.chen))

    page = client.get(f"/measures/{loop.measure.matter.code}/").content.decode()

    assert "<b>审定、启动</b>" in page
    assert "<b>撤回申请</b>" in page
