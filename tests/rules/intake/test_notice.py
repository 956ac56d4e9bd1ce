"""Public notices: parts, period and receiver; the period is counted again."""

import datetime as dt
from pathlib import Path

import pytest

from bihuan.intake.formats.notice import understand_notice
from bihuan.intake.formats.understood import Record
from bihuan.lib.paper.document import Document
from bihuan.lib.paper.reading import read_paper
from bihuan.lib.reading.directory import default_directory
from tests.rules.intake.faithful import faults
from tests.rules.intake.plan_papers import tables
from tests.rules.lib.paper.papers import paragraph, table_document, word

SAMPLES = Path(__file__).parents[2] / "samples" / "notices"


def understood(document: Document, on: dt.date | None = None) -> Record:
    (record,) = understand_notice(document, on=on, directory=None).records
    return record


def sample(name: str) -> Record:
    return understood(read_paper(name, (SAMPLES / name).read_bytes()))


def of_period(words: str, on: dt.date | None = None) -> Record:
    text = f"某项整改任务(序号7)验收公示\n一、整改任务\n河道黑臭。\n{words}\n"
    return understood(read_paper("公示.txt", text.encode()), on)


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.txt")))
@pytest.mark.parametrize("home", [None, "130900"])
def test_the_samples_are_read_faithfully(name: str, home: str | None) -> None:
    document = read_paper(name, (SAMPLES / name).read_bytes())
    directory = default_directory(home) if home else None

    assert faults(document, understand_notice(document, on=None, directory=directory)) == []


def test_a_whole_notice() -> None:
    record = sample("whole.txt")

    assert record.value("title") == "沧州市某局第三轮河北省生态环境保护督察反馈意见整改任务(序号1)整改验收公示"
    assert (record.value("inspection"), record.value("number")) == ("第三轮河北省生态环境保护督察", "1")
    assert record.value("problem") == "一些地方和部门认识不足、措施不硬。"
    assert record.value("lead") == ["市委办公室", "市政府办公室"]
    assert record.value("responsible") == ["沧州渤海新区党工委和管委会", "黄骅市委和市政府"]
    assert record.value("results").startswith("市某局深入学习")
    assert record.value("conclusion") == "已完成整改并通过验收"
    assert (record.value("starts_on"), record.value("ends_on")) == ("2025-10-30", "2025-11-12")
    assert (record.value("days"), record.value("day_kind")) == (10, "工作日")
    assert record.value("receiver") == "沧州市生态环境保护委员会办公室"
    assert record.value("document_numbers") == ["沧环办〔2025〕12号"]
    assert record.value("published_on") == "2025-10-30"
    assert [record.value(name) for name in ("target", "deadline", "measures", "finished_on")] == [None] * 4
    assert record.doubts == ()


def test_units_that_nobody_knows_are_asked_about_where_there_is_a_directory() -> None:
    text = "整改验收公示\n一、整改任务\n河道黑臭。\n牵头单位:市天外局\n公示期3天"
    document = read_paper("公示.txt", text.encode())

    (record,) = understand_notice(document, on=None, directory=default_directory("130900")).records

    assert [(doubt.field, doubt.kind) for doubt in record.doubts] == [("lead", "unit_unknown")]


def test_a_period_in_calendar_days_is_counted_again() -> None:
    record = sample("calendar_days.txt")

    assert (record.value("problem"), record.value("number")) == ("某县生活垃圾填埋场污泥混合液问题。", None)
    assert record.value("measures") == ["全面清理外流污泥。", "依法立案查处。", "栽植绿色植被。"]
    assert (record.value("deadline"), record.value("finished_on")) == ("2021-10-31", "2021-09")
    assert (record.value("days"), record.value("day_kind")) == (8, "自然日")
    assert record.value("receiver") == "某市生态环境保护督察巡查工作领导小组办公室"
    assert record.value("results").startswith("(一)关于第1项整改措施落实情况。")
    assert "公示" not in record.value("results")
    (doubt,) = record.doubts
    assert doubt.question == (
        "公示期印作2021-12-24至2021-12-30共8个自然日，按日历首尾计入实为7个自然日，8个自然日应到2021-12-31为止，以哪个为准？"
    )
    assert [choice.value for choice in doubt.choices] == ["2021-12-31", "2021-12-30"]


def test_a_number_in_words_and_a_masked_receiver() -> None:
    record = sample("named_item.txt")

    assert (record.value("number"), record.value("inspection")) == ("20", "第三轮省级生态环境保护督察")
    assert record.value("target") == "完成燃煤锅炉淘汰。"
    assert record.value("measures") == ["完成城市建成区内燃煤锅炉淘汰。", "加强宣传引导。"]
    assert record.value("receiver") == "******办公室"
    assert [doubt.kind for doubt in record.doubts] == ["notice_end"]


@pytest.mark.parametrize(
    ("words", "starts_on", "ends_on", "days", "day_kind"),
    [
        ("公示期:2023年1月9日至2023年1月20日,共10个工作日", "2023-01-09", "2023-01-20", 10, "工作日"),
        ("公示时间:2024年12月30日至1月3日", "2024-12-30", "2025-01-03", None, None),
        ("公示期限为2024.10.14—2024.10.18", "2024-10-14", "2024-10-18", None, None),
        ("公示期2025年5月21日至31日", "2025-05-21", "2025-05-31", None, None),
        ("公示期为自2025年7月3日起10个工作日", "2025-07-03", None, 10, "工作日"),
        ("公示期限:5个工作日(2024年10月14日-10月18日)", "2024-10-14", "2024-10-18", 5, "工作日"),
        ("公示期为五个工作日", None, None, 5, "工作日"),
    ],
)
def test_every_form_of_period_is_read(
    words: str, starts_on: str | None, ends_on: str | None, days: int | None, day_kind: str | None
) -> None:
    record = of_period(words)

    assert [record.value(name) for name in ("starts_on", "ends_on", "days", "day_kind")] == [
        starts_on,
        ends_on,
        days,
        day_kind,
    ]
    assert record.doubts == ()


def test_a_period_without_a_year_takes_it_from_the_reader_or_asks() -> None:
    words = "公示期:1月9日至1月20日"

    known, unknown = of_period(words, dt.date(2023, 1, 9)), of_period(words)

    assert known.value("ends_on") == "2023-01-20"
    assert unknown.value("ends_on") is None
    assert unknown.doubts[0].question == "公示日期“1月9日”不存在或没有写年份，应为哪一天？"


def test_a_period_that_ends_before_it_begins_is_asked_about() -> None:
    record = of_period("公示期:2023年1月20日至2023年1月9日,共10个工作日")

    assert [doubt.question for doubt in record.doubts] == ["公示结束日期早于开始日期，请核对。"]


def test_a_notice_in_word_is_read_like_a_pasted_one() -> None:
    text = (SAMPLES / "whole.txt").read_text()
    document = read_paper("公示.docx", word("".join(paragraph(line) for line in text.splitlines())))

    understanding = understand_notice(document, on=None, directory=None)

    assert faults(document, understanding) == []
    pasted = sample("whole.txt")
    assert {name: field.value for name, field in understanding.records[0].fields.items()} == {
        name: field.value for name, field in pasted.fields.items()
    }


def test_a_notice_as_a_table_of_two_columns_is_read() -> None:
    rows = [["整改任务概述", "河道黑臭。"], ["整改责任单位", "某县水利局"], ["整改措施及成效", "已清淤。"]]
    document = read_paper("公示.docx", table_document("整改任务第5项验收公示", rows))

    record = understood(document)

    assert (record.value("problem"), record.value("results")) == ("河道黑臭。", "已清淤。")
    assert (record.value("responsible"), record.value("number")) == (["某县水利局"], "5")
    assert faults(document, understand_notice(document, on=None, directory=None)) == []


def test_units_and_measures_below_and_beside_their_headings() -> None:
    text = "整改销号公示\n一、整改措施:(1)清淤(2)截污\n二、牵头单位\n某县人民政府\n三、完成情况\n已完成。\n"
    text += "某县整改办公室\n2023年12月14日"
    record = understood(read_paper("公示.txt", text.encode()))

    assert record.value("measures") == ["清淤", "截污"]
    assert record.value("lead") == ["某县人民政府"]
    assert (record.value("results"), record.value("published_on")) == ("已完成。", "2023-12-14")


def test_a_paper_without_a_notice_says_so() -> None:
    understanding = understand_notice(read_paper("a.txt", "今天无事".encode()), on=None, directory=None)

    assert [doubt.question for doubt in understanding.doubts] == ["没有读出公示内容，请检查是否选对了文件。"]


def test_the_number_is_the_tasks_and_not_the_notices_own() -> None:
    text = (
        "赤峰市中央生态环境保护督察“回头看”反馈问题整改销号公示（第8号）\n现将整改任务（编号：ZY-12）完成情况公示如下，"
        "公示时间自2020年11月2日起5个工作日。\n反馈问题：草原破坏。\n督导单位：市林业和草原局\n整改完成情况：已恢复。"
    )
    record = understood(read_paper("公示.txt", text.encode()))

    assert record.value("number") == "ZY-12"
    assert record.value("supervising") == ["市林业和草原局"]


def test_a_deadline_in_a_short_line_is_not_the_day_of_publication() -> None:
    text = (
        "整改验收公示\n公示期：2022年3月1日至3月14日（10个工作日）\n2022年3月1日\n"
        "整改任务\n码头未复绿。\n整改时间\n2021年12月31日前"
    )
    record = understood(read_paper("公示.txt", text.encode()))

    assert record.value("published_on") == "2022-03-01"


def told(text: str) -> list[Record]:
    """Every record of a pasted notice, held to its words."""
    document = read_paper("公示.txt", text.encode())
    understanding = understand_notice(document, on=None, directory=None)
    assert faults(document, understanding) == []
    return list(understanding.records)


PERIOD = "公示时间：2025年1月6日至1月17日（10个工作日）\n某市整改办公室\n2025年1月6日"


@pytest.mark.parametrize(
    ("first", "second", "numbers"),
    [
        ("整改任务27：某镇污水处理厂超负荷。", "整改任务31：某河水质反弹。", ["27", "31"]),
        (
            "一、整改任务（一）\n1.反馈问题：某镇污水处理厂超负荷。",
            "二、整改任务（二）\n1.反馈问题：某河水质反弹。",
            [None, None],
        ),
        ("序号：27\n问题表述：某镇污水处理厂超负荷。", "序号：31\n问题表述：某河水质反弹。", ["27", "31"]),
        ("问题：某镇污水处理厂超负荷。", "问题：某河水质反弹。", [None, None]),
    ],
)
def test_each_problem_of_a_notice_is_a_record(first: str, second: str, numbers: list[str | None]) -> None:
    rest = "整改目标：达标排放。\n责任单位：某市水务局\n整改完成情况：已扩建。"
    records = told(f"整改销号公示（第三批）\n现公示如下：\n{first}\n{rest}\n{second}\n{rest}\n{PERIOD}")

    assert [record.value("problem") for record in records] == ["某镇污水处理厂超负荷。", "某河水质反弹。"]
    assert [record.value("number") for record in records] == numbers
    for name, value in (("target", "达标排放。"), ("results", "已扩建。"), ("responsible", ["某市水务局"])):
        assert [record.value(name) for record in records] == [value, value]
    assert [record.value("ends_on") for record in records] == ["2025-01-17", "2025-01-17"]
    assert [record.value("published_on") for record in records] == ["2025-01-06", "2025-01-06"]


def test_tables_of_two_columns_are_a_problem_each() -> None:
    first = [["反馈问题", "河道黑臭。"], ["整改完成情况", "已清淤。"]]
    second = [["反馈问题", "垃圾堆积。"], ["整改完成情况", "已清运。"]]
    understanding = understand_notice(tables(first, second), on=None, directory=None)

    assert [record.value("problem") for record in understanding.records] == ["河道黑臭。", "垃圾堆积。"]
    assert [record.value("results") for record in understanding.records] == ["已清淤。", "已清运。"]


def test_labels_in_brackets_and_a_date_in_words() -> None:
    (record,) = told(
        "关于第三十四项整改任务完成情况的公示\n【问题】某湖非法围垦。\n【完成情况】已拆除。\n"
        "【验收结论】建议销号\n【完成时限】2018年12月\n公示期5个工作日\n某市整改办公室\n二〇一九年九月二十六日"
    )

    assert [record.value(name) for name in ("problem", "results", "conclusion")] == [
        "某湖非法围垦。",
        "已拆除。",
        "建议销号",
    ]
    assert (record.value("number"), record.value("published_on")) == ("34", "2019-09-26")


def test_a_petition_may_be_signed_off_by_a_notice_of_its_own() -> None:
    (record,) = told(
        "关于信访件整改完成情况的公示\n根据《山东省生态环境保护督察整改销号办法》，现将第二轮中央生态环境保护督察交办信访件"
        f"（受理编号X2SD202109080018）公示如下：\n一、信访反映问题\n某厂废气直排。\n二、办结目标\n完成改造。\n{PERIOD}\n"
        "如有意见，请与某市督察整改办联系。"
    )

    assert record.value("number") == "X2SD202109080018"
    assert record.value("inspection") == "第二轮中央生态环境保护督察"
    assert (record.value("problem"), record.value("target")) == ("某厂废气直排。", "完成改造。")
    assert record.value("receiver") == "某市督察整改办"


def test_a_notices_own_number_is_not_that_of_its_problem() -> None:
    (record,) = told(
        "验收销号公示\n编号：呼督改公示〔2021〕15号\n反馈意见整改序号：二十三\n督察类别：第二轮省级生态环境保护督察\n"
        f"一、督察反馈问题\n占用草原。\n二、整改措施\n1.清退。\n2.2020年底前恢复。\n{PERIOD}"
    )

    assert (record.value("number"), record.value("inspection")) == ("23", "第二轮省级生态环境保护督察")
    assert record.value("measures") == ["清退。", "2020年底前恢复。"]
