"""Lists of petitions that are public notices, and pasted lists with numbers of a province."""

import pytest

from bihuan.intake.formats.kinds import understand
from bihuan.intake.formats.understood import Understanding
from bihuan.lib.paper.reading import read_paper
from bihuan.lib.reading.directory import default_directory

TITLE = "沧州市第二轮中央生态环境保护督察群众信访举报件销号公示（第3批）\n"
PERIOD = "现将已完成整改的1件予以公示，公示期为2022年10月10日至{end}（5个工作日）。如有异议，请向沧州市整改办反映。\n"
HEADS = ("受理编号", "交办问题基本情况", "行政区域", "污染类型", "调查核实情况", "是否属实", "处理和整改情况")
ROW = ("D2HE202204120031", "沧县某面粉厂粉尘大。", "沧县", "大气", "经查，除尘器破损。", "属实", "已更换除尘器。")
TABLE = "\n".join(" | ".join((*cells, "")) for cells in (("序号", *HEADS), ("1", *ROW)))


def read(text: str) -> Understanding:
    return understand(read_paper("公示.txt", text.encode()))


def test_a_public_notice_that_lists_petitions_says_its_period() -> None:
    understood = read(TITLE + PERIOD.format(end="2022年10月14日") + TABLE + "\n2022年10月9日\n")

    (petition,) = understood.records
    heading = {name: field.value for name, field in understood.heading.items()}
    assert (understood.kind, petition.value("number")) == ("petitions", "D2HE202204120031")
    assert (heading["starts_on"], heading["ends_on"], heading["days"], heading["day_kind"]) == (
        "2022-10-10",
        "2022-10-14",
        5,
        "工作日",
    )
    assert (heading["receiver"], heading["published_on"]) == ("沧州市整改办", "2022-10-09")
    assert understood.doubts == ()


def test_its_period_is_counted_again() -> None:
    understood = read(TITLE + PERIOD.format(end="2022年10月17日") + TABLE)

    assert [(doubt.field, doubt.kind) for doubt in understood.doubts] == [("ends_on", "notice_end")]


def test_a_list_that_is_no_notice_has_no_period() -> None:
    understood = read("沧州市群众信访举报转办和边督边改公开情况一览表（第3批）\n" + TABLE)

    assert "starts_on" not in understood.heading


@pytest.mark.parametrize("serials", [True, False])
def test_cells_on_lines_of_their_own_with_the_numbers_of_a_province(*, serials: bool) -> None:
    rows = [(f"西藏0007-0{place}", *ROW[1:]) for place in (1, 2)]
    lines = [("序号", *HEADS), *((str(place), *row) for place, row in enumerate(rows, 1))]
    told = "\n".join("\n".join(line if serials else line[1:]) for line in lines)

    understood = read(f"群众信访举报转办和边督边改公开情况一览表（第12批 2022年4月14日）\n{told}\n")

    assert [(one.value("number"), one.value("content")) for one in understood.records] == [
        ("西藏0007-01", "沧县某面粉厂粉尘大。"),
        ("西藏0007-02", "沧县某面粉厂粉尘大。"),
    ]
    assert not [doubt for one in understood.records for doubt in one.doubts if doubt.field == "number"]


def test_the_words_of_indented_lines_are_covered_by_their_span() -> None:
    text = (
        "沧州市整改方案\n  1.扬尘突出，\n      多处裸土未苫盖。\n  整改目标：全面\n      达标。\n  整改措施：1.喷淋\n"
        "      降尘。\n  整改时限：2022年\n      12月底前\n  责任单位：市水利局、\n      市财政局\n"
    )
    understood = understand(read_paper("方案.txt", text.encode()), directory=default_directory("130900"))

    (problem,) = [record for record in understood.records if record.type == "problem"]
    covered = {}
    for name in ("text", "target", "deadline", "responsible"):
        start, end = problem.fields[name].plain()["span"]
        covered[name] = "".join(text[start:end].split())
    assert covered == {
        "text": "扬尘突出，多处裸土未苫盖。",
        "target": "全面达标。",
        "deadline": "2022年12月底前",
        "responsible": "市水利局、市财政局",
    }
