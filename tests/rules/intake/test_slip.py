"""Task slips, as lines and as a table."""

from pathlib import Path

from bihuan.intake.formats.slip import understand_slip
from bihuan.lib.paper.reading import read_paper
from bihuan.lib.reading.directory import default_directory
from tests.rules.intake.faithful import faults
from tests.rules.lib.paper.papers import table_document

SAMPLE = Path(__file__).parents[2] / "samples" / "slips" / "lines.txt"


def test_a_slip_as_lines() -> None:
    document = read_paper("交办单.txt", SAMPLE.read_bytes())

    understood = understand_slip(document, on=None, directory=None)

    (record,) = understood.records
    assert faults(document, understood) == []
    assert (record.value("year"), record.value("number"), record.value("issued_on")) == (2024, "37", "2024-06-05")
    assert (record.value("responsible"), record.value("types")) == (["市政园林工程处"], ["水"])
    assert (record.value("category"), record.value("state")) == ("省第一专员办", "正在整改")
    assert record.value("title") == "关于对某河部分时段水质黑臭问题交办的通知"
    assert record.value("document_numbers") == ["镇污治指办〔2024〕44号"]
    assert [record.value(name) for name in ("file", "materials", "deadline")] == [None, None, None]


def test_a_slip_as_a_table() -> None:
    rows = [["编号", "12", "交办日期", "2024年6月5日"], ["责任单位", "市水利局", "整改时限", "7月15日前"]]
    rows += [["交办类别", "省厅", "主要类型", "光"], ["交办内容", "河道黑臭。", "", ""]]
    document = read_paper("交办单.docx", table_document("交办单", rows))

    understood = understand_slip(document, on=None, directory=default_directory("130900"))

    (record,) = understood.records
    assert faults(document, understood) == []
    assert (record.value("number"), record.value("content")) == ("12", "河道黑臭。")
    assert (record.value("issued_on"), record.value("deadline")) == ("2024-06-05", "2024-07-15")
    assert [doubt.question for doubt in record.doubts] == ["污染类型“光”不在常用类型里，应归到哪一类？"]


def test_a_paper_that_is_no_slip_says_so() -> None:
    understood = understand_slip(read_paper("a.txt", "编号:3\n标题:无".encode()), on=None, directory=None)

    assert understood.records == ()
    assert [doubt.question for doubt in understood.doubts] == ["没有读出交办单，请检查是否选对了文件。"]


def of_text(text: str) -> dict[str, object]:
    document = read_paper("交办单.txt", text.encode())
    understood = understand_slip(document, on=None, directory=None)
    (record,) = understood.records
    assert faults(document, understood) == []
    return {name: field.value for name, field in record.fields.items() if field.value is not None}


def test_a_slip_may_bear_its_number_above_its_labels() -> None:
    fields = of_text(
        "某市整改办\n交办单\n沧环督交〔2022〕第 56 号\n交办时间：2022年4月13日\n主办单位：献县人民政府\n"
        "交办事项：关于扬尘问题的交办\n问题内容：某石料厂扬尘。\n反馈时限：4月18日前\n联系人：赵某，电话0317-2055678"
    )

    assert (fields["number"], fields["year"]) == ("沧环督交〔2022〕第56号", 2022)
    assert (fields["content"], fields["deadline"]) == ("某石料厂扬尘。", "2022-04-18")


def test_two_labels_of_one_line_and_a_petitions_number() -> None:
    fields = of_text(
        "督办单\n编号：第12号        签发日期：2023-11-02\n受理编号：X2SD202109030012\n督办事项：坑塘黑臭\n"
        "责任单位：东光县人民政府\n整改时限：2023年11月底前\n抄送：市水务局"
    )

    assert (fields["number"], fields["issued_on"], fields["petition"]) == ("第12号", "2023-11-02", "X2SD202109030012")
    assert (fields["title"], fields["deadline"]) == ("坑塘黑臭", "2023-11-30")
