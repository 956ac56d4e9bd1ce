import html
import re
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.intake.models import Intake
from bihuan.matters.models import Inspection
from bihuan.petitions.models import Petition
from tests.cast import Cast, account_of
from tests.makers import make_inspection

TABLE = """沧州市群众信访举报转办和边督边改公开情况一览表
（第20批 2022年4月14日）
序号,受理编号,交办问题基本情况,行政区域,污染类型,调查核实情况,是否属实,处理和整改情况
1,D2HE202204120031,沧县某面粉厂粉尘大。,沧县,大气,{findings},{truth},{handling}
"""
FIRST = TABLE.format(findings="", truth="", handling="")
LATER = TABLE.format(findings="经查，除尘器破损。", truth="属实", handling="责令改正。")


@pytest.fixture
def inspection(cast: Cast) -> Inspection:
    return make_inspection(cast)


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(account_of(cast.chen))
    return client


def take_in(client: Client, inspection: Inspection, text: str, key: str) -> str:
    form = {"inspection": inspection.pk, "file": SimpleUploadedFile("批次.csv", text.encode()), "once": key}
    return client.post("/imports/new/", form).headers["Location"]


def commit(client: Client, path: str) -> str:
    client.post(path, {"act": "commit", "once": path})
    return client.get(path).content.decode()


def test_a_preview_says_what_it_would_change_and_from_what(clerk: Client, inspection: Inspection) -> None:
    commit(clerk, take_in(clerk, inspection, FIRST, "a"))
    path = take_in(clerk, inspection, LATER.replace("粉尘大", "粉尘很大"), "b")

    page = clerk.get(path).content.decode()

    assert "与系统已有的比：新增0，相同0，更改1，消失0。" in page
    assert "系统里是：<s>沧县某面粉厂粉尘大。</s>" in page
    assert Petition.objects.get().findings == ""


def test_a_committed_paper_says_what_was_written(clerk: Client, inspection: Inspection) -> None:
    first = commit(clerk, take_in(clerk, inspection, FIRST, "a"))

    page = commit(clerk, take_in(clerk, inspection, LATER, "b"))

    named = Inspection.objects.get(code="HE2").name
    own = f"/ledgers/petitions/?{urlencode({'batch': '第20批', 'inspection': named})}"
    assert f'<a href="{html.escape(own)}">到第20批接着办</a>' in first
    assert "已写入，更改1。" in page
    assert '<a href="/ledgers/petitions/">到信访台账接着办</a>' in page
    assert "新增" not in page.split('id="understood"')[1]


def test_papers_are_told_apart_by_batch_moment_and_person(clerk: Client, inspection: Inspection) -> None:
    take_in(clerk, inspection, FIRST, "a")
    with CaptureQueriesContext(connection) as asked:
        page = clerk.get("/imports/").content.decode()
    take_in(clerk, inspection, LATER, "b")
    with CaptureQueriesContext(connection) as asked_more:
        clerk.get("/imports/")

    assert "沧州市群众信访举报转办和边督边改公开情况一览表（第20批）" in page
    assert "陈科" in page.split("<tbody>")[1]
    assert len(asked) == len(asked_more)


def test_an_answer_to_no_doubt_is_not_found(clerk: Client, inspection: Inspection) -> None:
    path = take_in(clerk, inspection, FIRST, "a")

    assert clerk.post(path, {"act": "answer", "doubt": "x", "choice": "0"}).status_code == 404
    assert Intake.objects.get().doubts.count() == 0


def test_a_plan_of_no_known_place_is_shown_with_the_question(clerk: Client, inspection: Inspection) -> None:
    lines = ["某某整改方案", "一、水生态环境方面", "1.河道黑臭。", "整改目标：消除。", "整改时限：2022年12月底"]
    plan = "\n".join([*lines, "牵头单位：市水利局", "整改措施：（1）清淤。"])

    answer = clerk.get(take_in(clerk, inspection, plan, "a"))

    assert answer.status_code == 200


COUNTY = """沧县贯彻落实第二轮中央生态环境保护督察报告整改方案
一、水生态环境保护方面
1.地下水超采综合治理进展迟缓（市方案第8项）。督察发现，公共供水管网覆盖范围内仍有自备井未关停。
整改目标：自备井全部关停。
整改时限：2022年11月底
牵头单位：县水利局
整改措施：（1）关停自备井。
"""


def test_the_number_of_the_plan_above_is_said_in_words(clerk: Client, inspection: Inspection) -> None:
    form = {"inspection": inspection.pk, "text": COUNTY, "once": "county"}
    path = clerk.post("/imports/new/", form).headers["Location"]

    assert "读到1个方面、1个问题、1项措施" in clerk.get(path).content.decode()
    commit(clerk, path)

    assert "市级8/1" in clerk.get("/ledgers/problem-list/").content.decode()


NOTICE = """关于第三轮省级生态环境保护督察第二十项问题整改情况的公示
现将整改完成情况予以公示，公示期10个工作日，自2025年7月23日至2025年8月5日。
一、整改目标：35蒸吨以下燃煤锅炉全部淘汰。
二、整改情况：我县已无35蒸吨以下燃煤锅炉。
"""


def test_a_preview_calls_every_field_by_its_chinese_name(clerk: Client, inspection: Inspection) -> None:
    form = {"inspection": inspection.pk, "text": NOTICE, "once": "notice"}
    page = clerk.get(clerk.post("/imports/new/", form).headers["Location"]).content.decode()

    assert "公示天数" in page
    assert not re.findall(r"<span>[a-z_]+</span>|<dt>[a-z_]+</dt>", page)


def test_a_penalty_is_said_with_what_it_counts(clerk: Client, inspection: Inspection) -> None:
    text = TABLE.format(findings="经查属实。", truth="属实", handling="责令改正，对企业罚款5000元。")
    page = clerk.get(take_in(clerk, inspection, text, "fine")).content.decode()

    assert "罚款(元)5000" in page
    assert page.count("受理编号") > 1


def test_a_withdrawn_import_asks_nothing_more(clerk: Client, inspection: Inspection) -> None:
    form = {"inspection": inspection.pk, "text": COUNTY.replace("2022年11月底", "2024年8月前"), "once": "asks"}
    path = clerk.post("/imports/new/", form).headers["Location"]
    assert "处存疑要答" in clerk.get(path).content.decode()

    clerk.post(path, {"act": "discard", "once": "discard"})

    assert "处存疑要答" not in clerk.get(path).content.decode()


def test_enter_in_an_own_answer_never_presses_the_first_choice(clerk: Client, inspection: Inspection) -> None:
    form = {"inspection": inspection.pk, "text": COUNTY.replace("2022年11月底", "2024年8月前"), "once": "enter"}
    page = clerk.get(clerk.post("/imports/new/", form).headers["Location"]).content.decode()
    doubt = page[page.index('class="doubt"') :]

    assert re.findall(r'<button[^>]*name="choice" value="([^"]*)"', doubt)[0] == ""


def test_an_own_answer_says_whether_it_changes_the_ledger(clerk: Client, inspection: Inspection) -> None:
    line = "4,D2HE202204120039,沧县某面粉厂噪声大。,某某县,噪声,,,\n"
    page = clerk.get(take_in(clerk, inspection, FIRST + line, "gap")).content.decode()
    asked = r"<h3><span[^>]*>[^<]*</span>([^<]*)</h3>.*?>(另写答复[^<]*)<"
    labels = dict(re.findall(asked, page, re.DOTALL))

    assert {"只记下" in label for question, label in labels.items() if "跳到" in question} == {True}
    assert {"只记下" in label for question, label in labels.items() if "某某县" in question} == {False}


def paper(name: str, text: str = FIRST) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def test_an_evenings_files_are_read_at_once_each_with_a_preview_of_its_own(
    clerk: Client, inspection: Inspection
) -> None:
    form = {"inspection": inspection.pk, "once": "a"}

    def posted() -> str:
        files = [
            paper("一.csv"),
            paper("坏的.docx", "Rar!"),
            paper("空的.csv", ""),
            paper("二.csv", FIRST.replace("第20批", "第21批")),
        ]
        return clerk.post("/imports/new/", {**form, "file": files}, follow=True).content.decode()

    page = posted()

    assert "读了2份，都列在下面；逐份打开看过，再写入台账。" in page
    assert "坏的.docx没有读：这是压缩包" in page
    assert "空的.csv没有读：" in page
    assert page.split("<tbody>")[1].count("一览表（第2") == 2
    posted()  # the same click again
    assert Intake.objects.count() == 2


def test_files_of_which_none_can_be_read_are_named_one_by_one(clerk: Client, inspection: Inspection) -> None:
    files = [paper("甲.docx", "Rar!"), paper("乙.docx", "")]

    answer = clerk.post("/imports/new/", {"inspection": inspection.pk, "once": "a", "file": files})

    assert answer.status_code == 422
    told = re.findall(r'<li><a href="#id_file">文件：(.*?)：', answer.content.decode())
    assert told == ["甲.docx", "乙.docx"]
    assert "还没有读，有 2 处要改" in answer.content.decode()
    assert not Intake.objects.exists()


def test_too_much_at_once_is_refused_whole(clerk: Client, inspection: Inspection) -> None:
    def posted(**more: object) -> str:
        answer = clerk.post("/imports/new/", {"inspection": inspection.pk, "once": "a", **more})
        assert answer.status_code == 422
        return answer.content.decode()

    many = [paper(f"{place}.csv") for place in range(21)]

    assert "文件和粘贴的文字一次只读一样，都没有读；请分两次导入。" in posted(file=paper("a.csv"), text=FIRST)
    assert "一次最多读20份，这些都没有读；请分几次导入。" in posted(file=many)
    assert not Intake.objects.exists()


def test_the_list_says_what_is_still_to_be_answered(clerk: Client, inspection: Inspection) -> None:
    text = COUNTY.replace("县水利局", "县某某不存在局")
    path = clerk.post("/imports/new/", {"inspection": inspection.pk, "text": text, "once": "own"}).headers["Location"]
    left = Intake.objects.get().doubts.count()

    assert f"，存疑{left}处待答" in clerk.get("/imports/").content.decode()
    clerk.post(path, {"act": "discard", "once": "discard"})
    assert "处待答" not in clerk.get("/imports/").content.decode()


def test_an_own_answer_that_is_refused_still_stands_in_its_field(clerk: Client, inspection: Inspection) -> None:
    text = COUNTY.replace("县水利局", "县某某不存在局")
    path = clerk.post("/imports/new/", {"inspection": inspection.pk, "text": text, "once": "own"}).headers["Location"]
    doubt = Intake.objects.get().doubts.get(kind="unit_unknown")

    answer = clerk.post(path, {"act": "answer", "doubt": doubt.pk, "choice": "", "other": "县里的另一个局"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="other-{doubt.number}" name="other" value="县里的另一个局" aria-invalid="true"' in page
    assert re.findall(rf'id="other-{doubt.number}-err">([^<]+)', page)
    doubt.refresh_from_db()
    assert doubt.answer is None


def test_a_bulletins_figures_are_a_table_with_its_sums(clerk: Client, inspection: Inspection) -> None:
    text = "2024年6月19日，督察组转办第4批信访举报61件，涉及任丘市21件、河间市18件、献县20件。"
    form = {"inspection": inspection.pk, "file": SimpleUploadedFile("通报.txt", text.encode()), "once": "b"}

    page = clerk.get(clerk.post("/imports/new/", form).headers["Location"]).content.decode()

    assert "读到1份通报" in page
    assert '<caption class="vh">第4批 2024-06-19的数</caption>' in page
    assert '<b class="t-over">■ 59</b> <span class="why">文中61</span>' in page
    assert "任丘市</th><td" in page
    assert "<td>供对照</td><td>不写台账</td>" in clerk.get("/imports/").content.decode()


def test_an_empty_cell_of_the_original_keeps_its_column(clerk: Client, inspection: Inspection) -> None:
    path = take_in(clerk, inspection, FIRST.replace("沧县,大气,", ",大气,"), "gap")

    rows = re.findall(r"<tr>(.*?)</tr>", clerk.get(path).content.decode(), re.DOTALL)
    (row,) = (one for one in rows if "D2HE202204120031" in one)

    assert [re.sub("<[^>]+>", "", one) for one in re.findall(r"<td[^>]*>.*?</td>", row)][3:5] == ["", "大气"]


def test_a_paper_that_is_none_of_an_offices_says_what_to_do_and_promises_nothing(
    clerk: Client, inspection: Inspection
) -> None:
    path = take_in(clerk, inspection, "姓名,工资\n张三,3000\n", "none")

    page = clerk.get(path).content.decode()

    assert "请核对是不是选错了文件，换一份再导入" in page
    assert "没有可写入的内容" in page
    assert "不答也可写入" not in page
