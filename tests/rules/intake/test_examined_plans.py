"""Plans as other places print them, in shapes that no other test has. All facts are invented."""

import io

from docx import Document

from bihuan.intake.formats.kinds import understand
from bihuan.intake.formats.understood import Record, Understanding
from bihuan.lib.paper.reading import read_paper
from tests.rules.intake.faithful import faults

HEADS = ("序号", "督察报告指出问题", "整改目标", "整改措施", "牵头单位", "整改时限要求")


def read(name: str, data: bytes) -> Understanding:
    document = read_paper(name, data)
    understood = understand(document)
    assert faults(document, understood) == []
    return understood


def of_type(understood: Understanding, kind: str) -> list[Record]:
    return [record for record in understood.records if record.type == kind]


def values(records: list[Record], name: str) -> list[object]:
    return [record.fields[name].value for record in records]


def _sectioned() -> bytes:
    paper = Document()
    paper.add_paragraph("滨城区贯彻落实第三轮中央生态环境保护督察报告整改措施清单")
    table = paper.add_table(rows=0, cols=len(HEADS))
    rows = (
        HEADS,
        ("一", "思想认识不到位"),
        ("1", "部门责任落实不到位。", "责任体系健全。", "修订责任清单。", "区委办公室", "2024年12月底前"),
        ("二", "推进绿色发展不够有力"),
        ("2", "污水处理厂建设滞后。", "建成投运。", "开工建设。", "区住房城乡建设局", "2025年6月底前"),
    )
    for row in rows:
        cells = table.add_row().cells
        if len(row) == 2:
            cells[1].merge(cells[-1])
        for cell, words in zip(cells, row, strict=False):
            cell.text = words
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def test_a_numbered_title_over_several_columns_is_an_aspect_and_no_problem() -> None:
    understood = read("清单.docx", _sectioned())
    problems = of_type(understood, "problem")
    assert values(problems, "text") == ["部门责任落实不到位。", "污水处理厂建设滞后。"]
    assert values(problems, "aspect") == ["思想认识不到位", "推进绿色发展不够有力"]
    assert values(problems, "due_on") == ["2024-12-31", "2025-06-30"]


ROLES = """安庆市第二轮中央生态环境保护督察反馈意见整改措施清单

一、省级第6项、市级第2项：长江干流崩岸段违规堆场未清理。
责任单位：望江县政府，市交通运输局
整改时限：2023年底前
整改目标：堆场全部清理。
整改措施：
1.全面排查沿江堆场。（望江县政府负责）
2.清理违规堆场8处。（市交通运输局牵头，望江县政府配合）
3.完成复绿120亩（约8公顷）。
二、省级第11项：城区雨污分流改造滞后。
牵头领导：张某某  副市长
责任单位：由市住房和城乡建设局牵头，大观区政府、宜秀区政府配合
整改时限：2025年底前
整改目标：污水集中收集率达到75%。
整改措施：建立管护机制。
三、扬尘管控不力。
责任单位：市交通运输局（牵头）、市公安局，各县政府抓好落实
整改时限：2025年底前
整改目标：扬尘管控到位。
整改措施：加强巡查。
"""


def test_a_list_that_says_who_leads_and_who_supports_is_parted_so() -> None:
    understood = read("清单.txt", ROLES.encode())
    first, second, third = of_type(understood, "problem")
    assert first.fields["text"].value == "长江干流崩岸段违规堆场未清理。"
    assert first.fields["upper_numbers"].value == {"省级": 6, "市级": 2}
    assert second.fields["leaders"].value == ["张某某 副市长"]
    assert second.fields["lead"].value == ["市住房和城乡建设局"]
    assert second.fields["supporting"].value == ["大观区政府", "宜秀区政府"]
    assert second.fields["responsible"].value is None
    assert third.fields["lead"].value == ["市交通运输局"]
    assert third.fields["responsible"].value[0] == "市公安局"


def test_a_bracket_behind_a_measure_names_the_units_of_that_measure_alone() -> None:
    one, two, three, *_ = of_type(read("清单.txt", ROLES.encode()), "measure")
    assert one.fields["responsible"].value == ["望江县政府"]
    assert (two.fields["lead"].value, two.fields["supporting"].value) == (["市交通运输局"], ["望江县政府"])
    assert two.fields["responsible"].value is None
    assert three.fields["responsible"].derived == "沿用所属问题"


def test_a_column_that_no_field_of_a_plan_takes_is_named() -> None:
    rows = (
        "序号,反馈问题,整改目标,整改措施,整改时限,整改资金来源",
        "1,坑塘有垃圾。,清理干净。,清理3处。,2022年底前,县财政",
    )
    understood = read("青县整改措施清单.csv", "\n".join(rows).encode())
    assert "“整改资金来源”一栏没有对应的字段" in understood.doubts[-1].question


def test_a_county_behind_its_city_is_the_place_of_the_plan() -> None:
    title = "许昌市建安区中央生态环境保护督察反馈问题整改方案\n1.河道有垃圾。\n整改措施：清理。\n整改时限：2022年底前\n"
    assert read("方案.txt", title.encode()).heading["region"].value == "建安区"
