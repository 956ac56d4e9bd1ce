"""The round trip of a ledger: taken out, filled in, brought back, compared cell by cell, taken in whole or in part."""

from typing import Any

import pytest
from django.test import Client

from bihuan.core.audit import Entry
from bihuan.intake.models import Intake
from bihuan.matters.models import Duty, Inspection
from bihuan.organisation.models import UnitName
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.actions.facts import change_measure
from bihuan.rectification.actions.handing_over import move_problem
from bihuan.rectification.models import Measure, Problem
from tests.cast import NOON, ROBOT, Cast, account_of, seat_as
from tests.kept import leads_up
from tests.makers import make_batch, make_inspection, make_measure, make_petition, make_plan, make_problem, write
from tests.returned import bring_back, cell_of, offered, packed, take, take_out, ticked


@pytest.fixture
@leads_up
def inspection(cast: Cast) -> Inspection:
    """Two problems with two measures each; the second is issued."""
    inspection = make_inspection(cast)
    plan = make_plan(inspection, cast.party)
    for number in (1, 2):
        problem = make_problem(cast, number, plan=plan)
        for place in (1, 2):
            make_measure(problem, place, completion_sign=f"标志{number}{place}", deadline_raw="2022年底")
    move_problem(Problem.objects.get(number=2), "issue", by=cast.chen, at=NOON)
    return inspection


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(account_of(cast.chen))
    return client


def measure(code: str) -> Measure:
    return Measure.objects.select_related("matter").get(matter__code=code)


def responsible(code: str) -> list[str]:
    held = Duty.objects.filter(matter__code=code, role="responsible", is_ended=False).order_by("pk")
    return [str(duty.unit) for duty in held]


def test_only_what_may_be_changed_stands_open(clerk: Client, inspection: Inspection) -> None:
    book = take_out(clerk)
    page = book.worksheets[0]

    def is_open(code: str, label: str) -> bool:
        return not cell_of(book, code, label).protection.locked

    assert page.protection.sheet
    assert page.column_dimensions["A"].hidden
    assert page.freeze_panes == "D4"
    assert str(page["B2"].value).startswith("陈科")
    assert is_open("HE2-M001-01", "时限")
    assert not is_open("HE2-M002-01", "时限")  # issued
    assert is_open("HE2-M002-01", "责任单位")
    assert not is_open("HE2-M001-01", "措施内容")
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "hidden", "hidden"]
    assert all(cell.data_type != "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)


def test_codes_are_chosen_from_a_list(clerk: Client, inspection: Inspection) -> None:
    page = take_out(clerk, "problems").worksheets[0]

    assert {rule.formula1 for rule in page.data_validations.dataValidation} == {"闭环选项!$E$1:$E$3"}


def test_a_deadline_and_a_unit_come_back(clerk: Client, inspection: Inspection) -> None:
    book = take_out(clerk)
    cell_of(book, "HE2-M001-01", "时限").value = "2022年10月31日"
    cell_of(book, "HE2-M002-02", "责任单位").value = "沧县农业农村局"

    path, page = bring_back(clerk, inspection, packed(book))

    assert ticked(page) == ["HE2-M001-01/due", "HE2-M002-02/responsible"]
    assert "2022-12-31" in page
    assert "整改措施台账!" in page
    assert measure("HE2-M001-01").matter.due_on.isoformat() == "2022-12-31"
    told = take(clerk, path, page, ticked(page))
    assert "已写入 2 处" in told
    assert measure("HE2-M001-01").matter.due_on.isoformat() == "2022-10-31"
    assert measure("HE2-M001-01").matter.first_due_on.isoformat() == "2022-10-31"
    assert responsible("HE2-M002-02") == ["沧县农业农村局"]
    actions = Entry.objects.filter(about="HE2-M001-01").order_by("-number").values_list("action", flat=True)
    assert actions[0] == "intake.commit_returned"
    paper = Intake.objects.get()
    assert (paper.rows_read, paper.rows_changed, paper.rows_same, paper.rows_refused) == (4, 2, 2, 0)


def test_an_untouched_workbook_changes_nothing(clerk: Client, inspection: Inspection) -> None:
    entries = Entry.objects.exclude(table__in=("storedfile", "intake")).count()

    path, page = bring_back(clerk, inspection, packed(take_out(clerk)))

    assert "与台账没有不同" in page
    assert offered(page) == []
    assert "还没有勾选" in take(clerk, path, page, [])
    assert Entry.objects.exclude(table__in=("storedfile", "intake")).count() == entries


def test_the_same_file_twice_changes_nothing(clerk: Client, inspection: Inspection) -> None:
    book = take_out(clerk)
    cell_of(book, "HE2-M001-01", "完成标志").value = "验收合格"
    path, page = bring_back(clerk, inspection, packed(book))
    take(clerk, path, page, ticked(page))

    _, again = bring_back(clerk, inspection, packed(book), key="second")

    assert "与台账没有不同" in again
    assert measure("HE2-M001-01").version == 2


def test_what_somebody_else_changed_is_shown_beside_and_chosen(
    clerk: Client, inspection: Inspection, cast: Cast
) -> None:
    book = take_out(clerk)
    for code in ("HE2-M001-01", "HE2-M001-02"):
        cell_of(book, code, "完成标志").value = "表里的"
        change_measure(measure(code), {"completion_sign": "别人的"}, by=cast.wang, at=NOON)

    path, page = bring_back(clerk, inspection, packed(book))

    assert ticked(page) == []
    assert all(words in page for words in ("标志11", "别人的", "表里的", "别人也改了 2 处"))
    take(clerk, path, page, ["HE2-M001-02/completion_sign"])
    assert measure("HE2-M001-01").completion_sign == "别人的"
    assert measure("HE2-M001-02").completion_sign == "表里的"


def test_what_another_changed_stays_where_the_workbook_did_not(
    clerk: Client, inspection: Inspection, cast: Cast
) -> None:
    book = take_out(clerk)
    change_measure(measure("HE2-M001-01"), {"completion_sign": "别人的"}, by=cast.wang, at=NOON)

    _, page = bring_back(clerk, inspection, packed(book))

    assert "与台账没有不同" in page


def test_a_change_between_the_look_and_the_click_is_looked_at_again(
    clerk: Client, inspection: Inspection, cast: Cast
) -> None:
    book = take_out(clerk)
    cell_of(book, "HE2-M001-01", "完成标志").value = "表里的"
    path, page = bring_back(clerk, inspection, packed(book))
    change_measure(measure("HE2-M001-01"), {"completion_sign": "别人的"}, by=cast.wang, at=NOON)

    again = take(clerk, path, page, ticked(page))

    assert "您看过之后" in again
    assert ticked(again) == ["HE2-M001-01/completion_sign"]  # what was chosen is not lost
    assert measure("HE2-M001-01").completion_sign == "别人的"


@pytest.mark.parametrize(
    ("label", "words", "why"),
    [
        ("时限", "尽快", "看不出是哪一天"),
        ("责任单位", "沧县水务", "单位表里没有"),
        ("责任单位", "火星局", "单位表里没有“火星局”"),
        ("措施内容", "另一条措施", "台账里的哪一行"),
        ("状态", "已确认", "不是可填的列"),
    ],
)
def test_what_is_wrong_is_said_cell_by_cell(
    clerk: Client, inspection: Inspection, label: str, words: str, why: str
) -> None:
    book = take_out(clerk)
    cell_of(book, "HE2-M001-01", label).value = words

    _, page = bring_back(clerk, inspection, packed(book))

    assert ticked(page) == []
    assert why in page


def test_a_cell_that_is_shut_is_refused_though_it_was_unlocked(clerk: Client, inspection: Inspection) -> None:
    book = take_out(clerk)
    cell_of(book, "HE2-M002-01", "时限").value = "2023-01-31"

    _, page = bring_back(clerk, inspection, packed(book))

    assert offered(page) == []
    assert "请申请延期" in page


def test_a_cell_that_nobody_offered_cannot_be_forced(clerk: Client, inspection: Inspection) -> None:
    book = take_out(clerk)
    cell_of(book, "HE2-M002-01", "时限").value = "2023-01-31"
    cell_of(book, "HE2-M002-01", "完成标志").value = "验收合格"
    path, page = bring_back(clerk, inspection, packed(book))

    told = take(clerk, path, page, ["HE2-M002-01/due"])

    assert "不能写入" in told
    assert measure("HE2-M002-01").matter.due_on.isoformat() == "2022-12-31"
    assert Intake.objects.get().state == "previewed"


def test_what_was_taken_is_taken_back(clerk: Client, inspection: Inspection) -> None:
    book = take_out(clerk)
    cell_of(book, "HE2-M001-01", "责任单位").value = "沧县水务局、沧县农业农村局"
    cell_of(book, "HE2-M001-01", "完成标志").value = ""
    path, page = bring_back(clerk, inspection, packed(book))
    assert ticked(page) == ["HE2-M001-01/responsible"]
    take(clerk, path, page, offered(page))
    assert responsible("HE2-M001-01") == ["沧县水务局", "沧县农业农村局"]
    assert measure("HE2-M001-01").completion_sign == ""

    clerk.post(path, {"act": "withdraw", "note": "填错", "once": "w"})

    assert responsible("HE2-M001-01") == ["沧县水务局"]
    assert measure("HE2-M001-01").completion_sign == "标志11"


def test_a_unit_is_known_by_its_other_names(clerk: Client, inspection: Inspection, cast: Cast) -> None:
    book = take_out(clerk)
    write([UnitName(unit=cast.farm, name="沧县农林局", is_former=True)], by=ROBOT, at=NOON)
    cell_of(book, "HE2-M001-01", "责任单位").value = "沧县农林局"

    path, page = bring_back(clerk, inspection, packed(book))
    take(clerk, path, page, ticked(page))

    assert responsible("HE2-M001-01") == ["沧县农业农村局"]


def test_the_preview_waits_for_whoever_may_see_it(clerk: Client, inspection: Inspection, cast: Cast) -> None:
    book = take_out(clerk)
    cell_of(book, "HE2-M001-01", "完成标志").value = "验收合格"
    path, _ = bring_back(clerk, inspection, packed(book))
    clerk.logout()
    other = Client()
    other.force_login(account_of(cast.wang))

    page = other.get(path).content.decode()
    take(other, path, page, ticked(page))

    assert measure("HE2-M001-01").completion_sign == "验收合格"


def test_another_citys_and_another_inspections_workbook_are_refused(
    clerk: Client, inspection: Inspection, cast: Cast
) -> None:
    other = make_inspection(cast, "HES3")
    book = take_out(clerk)
    _, wrong = bring_back(clerk, other, packed(book))
    base = book["闭环底稿"]
    base["B1"].value = base["B1"].value.replace("130900", "131000")
    _, far = bring_back(clerk, inspection, packed(book), key="far")

    assert "您选的是" in wrong
    assert "别的市" in far
    assert not Intake.objects.exists()


def test_who_may_not_change_it_may_not_take_it_out_to_fill_it(
    client: Client, inspection: Inspection, cast: Cast
) -> None:
    desk = seat_as(Role.PETITION_DESK, cast.office, "信访员")
    client.force_login(account_of(desk))

    assert client.get("/ledgers/measures/form/").status_code == 404
    assert "取出填报" not in client.get("/ledgers/measures/").content.decode()
    assert client.get("/ledgers/petitions/form/").status_code == 200
    assert client.get("/ledgers/effect-list/form/").status_code == 404
    client.force_login(account_of(cast.zhang))
    assert client.get("/ledgers/petitions/form/").status_code == 404


def test_a_problem_and_a_petition_come_back(clerk: Client, inspection: Inspection, cast: Cast) -> None:
    petition = make_petition(cast, make_batch(inspection), findings="")
    book = take_out(clerk, "problems")
    cell_of(book, "HE2-P001", "整改类别").value = "长期坚持"
    cell_of(book, "HE2-P001", "验收单位").value = "沧州市整改办"
    path, page = bring_back(clerk, inspection, packed(book))
    take(clerk, path, page, ticked(page))
    book = take_out(clerk, "petitions")
    facts: dict[str, Any] = {"污染类型": "水、大气", "是否属实": "属实", "受理日期": "2022.4.12"}
    facts["调查核实情况"] = "经查属实，举报人张某某电话13912345678。"
    for label, words in facts.items():
        cell_of(book, petition.matter.code, label).value = words
    cell_of(book, petition.matter.code, "是否办结").value = "举报人张某某电话13912345678说好"
    path, page = bring_back(clerk, inspection, packed(book), key="petitions")
    assert "13912345678" not in page
    take(clerk, path, page, ticked(page), key="taken")

    problem = Problem.objects.get(number=1)
    petition.refresh_from_db()
    assert problem.nature == "长期坚持"
    assert Duty.objects.filter(matter=problem.matter, role="accepting", unit=cast.office).exists()
    assert (petition.types, petition.main_type, petition.truth) == (["水", "大气"], "水", "属实")
    assert str(petition.received_on) == "2022-04-12"
    assert "13912345678" not in petition.findings


@pytest.mark.parametrize(
    "said",
    [
        '{"ledger": ["measures"], "city": 7, "inspections": {"a": 1}}',
        "[" * 30_000,
        '"measures"',
        "{}",
        "",
        '{"by": null}',
    ],
)
def test_whatever_the_hidden_sheet_says_is_survived(clerk: Client, inspection: Inspection, said: str) -> None:
    book = take_out(clerk)
    book["闭环底稿"]["B1"].value = said
    cell_of(book, "HE2-M001-01", "完成标志").value = "验收合格"

    _, page = bring_back(clerk, inspection, packed(book))

    assert "HE2-M001-01" in page


def test_what_was_not_taken_is_told_after_the_commit(clerk: Client, inspection: Inspection) -> None:
    book = take_out(clerk)
    cell_of(book, "HE2-M001-01", "完成标志").value = "验收合格"
    cell_of(book, "HE2-M001-02", "时限").value = "尽快"
    cell_of(book, "HE2-M002-01", "措施内容").value = "另一条措施"
    path, page = bring_back(clerk, inspection, packed(book))

    told = take(clerk, path, page, ticked(page))

    assert "已写入 1 处，没有收 1 处，另有 1 行没有认定" in told
    assert all(words in told for words in ("看不出是哪一天", "另一条措施", "没有定是哪一行"))
    assert "待答" not in clerk.get("/imports/").content.decode()
    paper = Intake.objects.get()
    assert (paper.rows_read, paper.rows_changed, paper.rows_same, paper.rows_refused) == (4, 1, 2, 1)


def test_where_every_row_was_found_none_is_told_as_lost(clerk: Client, inspection: Inspection) -> None:
    book = take_out(clerk)
    cell_of(book, "HE2-M001-01", "完成标志").value = "验收合格"
    path, page = bring_back(clerk, inspection, packed(book))

    told = take(clerk, path, page, ticked(page))

    assert "已写入 1 处，没有收 0 处。" in told
    assert "没有认定" not in told


def test_a_row_that_is_asked_about_is_taken_once_it_is_settled(clerk: Client, inspection: Inspection) -> None:
    book = take_out(clerk)
    cell_of(book, "HE2-M001-01", "完成标志").value = "验收合格"
    cell_of(book, "HE2-M001-01", "措施内容").value = "另一条措施"
    path, page = bring_back(clerk, inspection, packed(book))
    assert ticked(page) == []
    doubt = Intake.objects.get().doubts.get()

    clerk.post(path, {"act": "answer", "doubt": doubt.pk, "choice": "0", "once": "settled"})

    page = clerk.get(path).content.decode()
    assert ticked(page) == ["HE2-M001-01/completion_sign"]
    take(clerk, path, page, ticked(page))
    assert measure("HE2-M001-01").completion_sign == "验收合格"
    assert measure("HE2-M001-01").text == "措施1"
