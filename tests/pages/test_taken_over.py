"""A running ledger taken over: where its matters stand comes in as a fact with its file, never as steps taken here."""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.core import clock, examine
from bihuan.core.audit import Entry
from bihuan.intake.models import Intake, IntakeDoubt
from bihuan.matters.models import Inspection, Matter, TakenOver
from bihuan.rectification.actions.handing_over import move_problem
from bihuan.rectification.models import Measure
from bihuan.rectification.queries import sight
from bihuan.rectification.queries.adopted import census
from bihuan.rectification.rules.taking_over import STANDINGS, WORDS, of_problem, standing_of
from tests.cast import Cast, account_of
from tests.makers import make_inspection, make_other
from tests.returned import XLSX

HEADS = (
    "序号",
    "反馈问题",
    "整改目标",
    "整改措施",
    "整改时限",
    "调整后时限",
    "牵头单位",
    "责任单位",
    "整改状态",
    "整改进展情况",
    "销号时间",
    "销号文号",
)
WELLS = (1, "自备井未关停。督察发现，仍有20眼自备井。", "关停20眼。", "（1）封填20眼。（2）接通水源。", "2022年10月底")
PONDS = (2, "农村黑臭水体底数不清。", "消除黑臭水体。", "（1）开展排查。", "2021年12月底")
DUST = (3, "企业粉尘污染。", "达标排放。", "（1）整治粉尘。", "2022年12月底")
ROWS = (
    (*WELLS, "2023年6月底", "沧县水务局", "沧县党委和政府", "达到序时进度", "已封填12眼，完成60%。", ""),
    (
        *PONDS,
        "",
        "沧县农业农村局",
        "沧县党委和政府",
        "已销号",
        "全部治理完成。",
        "2022年1月15日",
        "沧环督销〔2022〕3号",
    ),
    (*DUST, "", "沧县农业农村局", "沧县党委和政府", "搞得差不多了", "", ""),
)


def ledger(*rows: tuple[object, ...]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("总台账")
        page.merge_range(0, 0, 0, len(HEADS) - 1, "沧州市中央生态环境保护督察反馈问题整改台账")
        for number, row in enumerate((HEADS, *rows), 1):
            page.write_row(number, 0, row)
    return out.getvalue()


@pytest.fixture
def inspection(cast: Cast) -> Inspection:
    return make_inspection(cast)


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(account_of(cast.chen))
    return client


def bring(client: Client, inspection: Inspection, cast: Cast, data: bytes, key: str = "a", *, over: bool = True) -> str:
    form = {"inspection": inspection.pk, "unit": cast.party.pk, "once": key}
    form |= {"file": SimpleUploadedFile("总台账.xlsx", data, XLSX)} | ({"takes_over": "on"} if over else {})
    answer = client.post("/imports/new/", form)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def act(client: Client, path: str, name: str, **more: str) -> str:
    return client.post(path, {"act": name, "once": f"{name}{path}", **more}, follow=True).content.decode()


def state(code: str) -> str:
    return Matter.objects.get(code=code).state


def test_no_schedule_is_made_up_where_the_hand_over_has_no_day(
    clerk: Client, inspection: Inspection, cast: Cast
) -> None:
    act(clerk, bring(clerk, inspection, cast, ledger(*ROWS)), "commit")

    page = clerk.get("/problems/HE2-P001/").content.decode()

    assert "接管时没有记下交办日期，不计序时" in page
    assert "尚未交办，不计序时" not in page


def test_a_running_ledger_comes_in_as_it_stands(clerk: Client, inspection: Inspection, cast: Cast) -> None:
    path = bring(clerk, inspection, cast, ledger(*ROWS))
    preview = clerk.get(path).content.decode()
    assert "台账写的“搞得差不多了”，现在是哪一步？" in preview
    assert "没有对应的字段" not in preview

    act(clerk, path, "commit")

    assert [state(f"HE2-P00{number}") for number in (1, 2, 3)] == ["rectifying", "signed_off", "draft"]
    assert [state(code) for code in ("HE2-M001-01", "HE2-M001-02", "HE2-M002-01", "HE2-M003-01")] == [
        "under_way",
        "under_way",
        "confirmed",
        "not_started",
    ]
    wells, ponds = (Matter.objects.get(code=code) for code in ("HE2-P001", "HE2-P002"))
    assert (str(wells.first_due_on), str(wells.due_on)) == ("2022-10-31", "2023-06-30")
    taken = TakenOver.objects.get(matter=ponds)
    assert (taken.word, taken.standing, str(taken.closed_on)) == ("已销号", "已销号", "2022-01-15")
    assert (taken.place, taken.filing_number) == ("总台账第4行", "沧环督销〔2022〕3号")
    assert TakenOver.objects.get(matter=wells).progress == "已封填12眼，完成60%。"


def test_nothing_of_it_is_a_step(clerk: Client, inspection: Inspection, cast: Cast) -> None:
    act(clerk, bring(clerk, inspection, cast, ledger(*ROWS)), "commit")

    assert not Entry.objects.filter(about__startswith="HE2-").exclude(step="").exists()
    assert "接管来的5件，其中问题接管时已销号1个，不计入本系统办结" in "\n".join(census())


def test_the_pages_and_the_ledger_say_so(clerk: Client, inspection: Inspection, cast: Cast) -> None:
    act(clerk, bring(clerk, inspection, cast, ledger(*ROWS)), "commit")

    problem = clerk.get("/problems/HE2-P002/").content.decode()
    measure = clerk.get("/measures/HE2-M001-01/").content.decode()

    assert "已销号（接管）" in problem
    assert (
        "总台账第4行：原台账写“已销号”，2022-01-15闭合，销号备案号沧环督销〔2022〕3号。最近进展：全部治理完成。"
        in problem
    )
    assert "推进中（接管）" in measure
    assert "超期" not in problem  # its measures were confirmed elsewhere
    assert 'class="done"' not in problem
    assert problem.count("接管前") == 10
    assert "接管：已销号" in clerk.get("/ledgers/problems/?column=number&column=taken").content.decode()
    assert "HE2-P003" not in clerk.get("/ledgers/problems/?taken=yes&column=number").content.decode()


def test_an_unknown_word_waits_for_its_answer(clerk: Client, inspection: Inspection, cast: Cast) -> None:
    path = bring(clerk, inspection, cast, ledger(*ROWS))
    act(clerk, path, "commit")
    doubt = Intake.objects.get().doubts.get(kind="standing_unknown")
    place = [*STANDINGS].index("已完成")

    act(clerk, path, "answer", doubt=str(doubt.pk), choice=str(place))

    assert state("HE2-P003") == "rectifying"
    assert state("HE2-M003-01") == "finished"
    assert TakenOver.objects.get(matter__code="HE2-P003").word == "搞得差不多了"


def test_a_closing_day_that_is_missing_or_unreadable_is_asked(
    clerk: Client, inspection: Inspection, cast: Cast
) -> None:
    closed = ("", "沧县农业农村局", "沧县党委和政府", "已销号", "全部治理完成。")
    path = bring(clerk, inspection, cast, ledger((*PONDS, *closed, ""), (*DUST, *closed, "去年夏天")))
    act(clerk, path, "commit")
    assert (state("HE2-P001"), state("HE2-P002")) == ("draft", "draft")

    missing, unknown = (IntakeDoubt.objects.get(kind=kind) for kind in ("closed_on_missing", "closed_on_unknown"))
    act(clerk, path, "answer", doubt=str(missing.pk), choice="0")
    act(clerk, path, "answer", doubt=str(unknown.pk), choice="", other="2022年8月3日", once="two")

    days = [str(TakenOver.objects.get(matter__code=f"HE2-{code}").closed_on) for code in ("P001", "P002", "M002-01")]
    assert days == ["None", "2022-08-03", "2022-08-03"]
    assert state("HE2-M001-01") == "confirmed"


def test_a_first_deadline_that_is_asked_about_stays_the_first(
    clerk: Client, inspection: Inspection, cast: Cast
) -> None:
    wells = (*WELLS[:4], "10月底前", "2023年6月底", "沧县水务局", "沧县党委和政府", "正在整改", "", "")
    path = bring(clerk, inspection, cast, ledger(wells))
    act(clerk, path, "commit")
    assert state("HE2-P001") == "draft"
    doubt = IntakeDoubt.objects.get(kind="deadline_year_missing", record_key__startswith="problem")

    act(clerk, path, "answer", doubt=str(doubt.pk), choice="", other="2022年10月底")

    wells_ = Matter.objects.get(code="HE2-P001")
    assert (wells_.state, str(wells_.first_due_on), str(wells_.due_on)) == ("rectifying", "2022-10-31", "2023-06-30")


def test_a_later_deadline_that_cannot_be_read_is_asked(clerk: Client, inspection: Inspection, cast: Cast) -> None:
    wells = (*WELLS, "按市里通知", "沧县水务局", "沧县党委和政府", "正在整改", "", "")
    path = bring(clerk, inspection, cast, ledger(wells))
    act(clerk, path, "commit")
    doubt = IntakeDoubt.objects.get(kind="moved_unknown", record_key__startswith="problem")

    act(clerk, path, "answer", doubt=str(doubt.pk), choice="", other="2023年6月底")

    wells_ = Matter.objects.get(code="HE2-P001")
    assert (str(wells_.first_due_on), str(wells_.due_on)) == ("2022-10-31", "2023-06-30")


def test_it_is_taken_back_while_nobody_built_on_it(clerk: Client, inspection: Inspection, cast: Cast) -> None:
    path = bring(clerk, inspection, cast, ledger(*ROWS))
    act(clerk, path, "commit")

    act(clerk, path, "withdraw", note="放错了")

    assert not Matter.objects.filter(is_withdrawn=False).exists()
    assert not TakenOver.objects.filter(is_withdrawn=False).exists()


def test_a_plan_that_is_here_is_brought_to_where_its_ledger_stands(
    clerk: Client, inspection: Inspection, cast: Cast
) -> None:
    act(clerk, bring(clerk, inspection, cast, ledger(*ROWS), over=False), "commit")
    assert state("HE2-P002") == "draft"
    path = bring(clerk, inspection, cast, ledger(*ROWS), key="again")

    act(clerk, path, "commit")

    assert state("HE2-P002") == "signed_off"
    again = act(clerk, bring(clerk, inspection, cast, ledger(*ROWS), key="third"), "commit")
    assert "没有可接管的" in again
    act(clerk, path, "withdraw", note="放错了")
    assert state("HE2-P002") == "draft"
    assert Matter.objects.get(code="HE2-P002").is_withdrawn is False


def test_what_was_handed_over_here_keeps_what_it_has(clerk: Client, inspection: Inspection, cast: Cast) -> None:
    act(clerk, bring(clerk, inspection, cast, ledger(*ROWS), over=False), "commit")
    problem = sight.problems_for(cast.chen).get(number=1)
    make_other(Measure.objects.get(matter__code="HE2-M001-01"), completion_sign="封填20眼")
    move_problem(problem, "issue", by=cast.chen, at=clock.now())

    act(clerk, bring(clerk, inspection, cast, ledger(*ROWS), key="over"), "commit")

    assert state("HE2-P001") == "issued"
    assert state("HE2-M001-01") == "not_started"
    assert not TakenOver.objects.filter(matter__code__startswith="HE2-M001").exists()
    assert state("HE2-P002") == "signed_off"


def test_a_problem_that_nobody_leads_stays_a_draft(clerk: Client, inspection: Inspection, cast: Cast) -> None:
    adrift = (*PONDS, "", "", "沧县党委和政府", "正在整改", "", "")

    act(clerk, bring(clerk, inspection, cast, ledger(adrift)), "commit")

    assert state("HE2-P001") == "draft"
    assert not TakenOver.objects.exists()


@pytest.mark.broken
def test_what_is_closed_by_nothing_is_found(clerk: Client, inspection: Inspection, cast: Cast) -> None:
    """The tooth: the mark taken away, a closed problem is a finding."""
    act(clerk, bring(clerk, inspection, cast, ledger(*ROWS)), "commit")
    assert [str(one) for one in examine.findings()] == []

    make_other(TakenOver.objects.get(matter__code="HE2-P002"), is_withdrawn=True)

    assert "I7 HE2-P002：已销号，却没有销号的步骤，也不是接管来的。" in [str(one) for one in examine.findings()]


@pytest.mark.parametrize("standing", STANDINGS)
def test_every_word_of_the_table_means_its_standing(standing: str) -> None:
    assert {standing_of(f" {word}。") for word in (standing, *WORDS[standing])} == {standing}


def test_words_beside_the_table_mean_nothing() -> None:
    assert [standing_of(word) for word in ("搞得差不多了", "", "基本完成")] == [None, None, None]


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        (["已销号", "已销号"], "已销号"),
        (["已销号", "正在整改"], "正在整改"),
        (["已交办", "已交办"], "已交办"),
        ([], None),
    ],
)
def test_a_problem_is_no_further_than_its_measures(said: list[str], stands: str | None) -> None:
    assert of_problem(said) == stands
