"""Which kind a paper is, and that it reaches its reader."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from bihuan.intake.formats.bulletin import understand_bulletin
from bihuan.intake.formats.kinds import kind_of, understand
from bihuan.intake.formats.notice import understand_notice
from bihuan.intake.formats.petitions import understand_petitions
from bihuan.intake.formats.slip import understand_slip
from bihuan.intake.formats.understood import Understanding
from bihuan.lib.paper.reading import read_paper
from bihuan.lib.reading.directory import default_directory
from tests.rules.intake.faithful import faults
from tests.rules.intake.petition_papers import LAYOUTS, paper
from tests.rules.lib.paper.papers import table_document

SAMPLES = Path(__file__).parents[2] / "samples"
KINDS = {"petitions": "petitions", "bulletins": "bulletin", "notices": "notice", "slips": "slip"}
FILES = [(folder, path.name) for folder in KINDS for path in sorted((SAMPLES / folder).glob("*.txt"))]

SIGNS = "0123456789年月日第批,。:;()|\n 一二三、件DX"
Reader = Callable[..., Understanding]
READERS: list[Reader] = [understand_petitions, understand_bulletin, understand_notice, understand_slip]

PLAN = """某县督察反馈意见整改方案
一、河道黑臭问题
整改目标:消除黑臭。
整改措施:1.清淤。2.截污。
整改时限:2023年12月底前
责任单位:县水利局
验收公示:按程序向社会公示。
"""


@pytest.mark.parametrize(("folder", "name"), FILES)
def test_every_sample_reaches_the_reader_of_its_kind(folder: str, name: str) -> None:
    understood = understand(read_paper(name, (SAMPLES / folder / name).read_bytes()))

    assert understood.kind == KINDS[folder]
    assert understood.records


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_of_petitions_is_known(layout: str) -> None:
    assert kind_of(paper(layout)) == "petitions"


def test_a_plan_is_known_and_read() -> None:
    understood = understand(read_paper("方案.txt", PLAN.encode()), directory=default_directory("130900"))

    assert understood.kind == "plan"


def test_a_plan_as_a_table_is_not_taken_for_petitions() -> None:
    rows = [["序号", "问题描述", "整改目标", "整改措施", "整改时限", "责任单位"]]
    rows.append(["1", "河道黑臭。", "消除黑臭。", "清淤。", "2023年底前", "县水利局"])

    assert kind_of(read_paper("清单.docx", table_document("整改措施清单", rows))) == "plan"


@pytest.mark.parametrize(
    "rows",
    [
        [["序号", "反馈问题", "整改措施"], ["1", "河道黑臭。", "1.清淤"]],
        [["完成\n时限", "牵头部门", "问 题描述"], ["2022年底前", "市水利局", "河道黑臭。"]],
        [["整改任务概述", "河道黑臭。"], ["整改目标", "达标"], ["整改时间", "2021年10月底"]],
    ],
)
def test_a_plan_without_a_title_is_known_by_its_headings(rows: list[list[str]]) -> None:
    assert kind_of(read_paper("清单.docx", table_document("某县", rows))) == "plan"


def test_a_report_is_known() -> None:
    assert understand(read_paper("a.txt", "关于督察整改落实情况的报告\n一、总体进展。".encode())).kind == "report"


def mutated(text: str, chance: random.Random) -> str:
    letters = list(text)
    for _ in range(chance.choice([1, 3, 10, 40])):
        place = chance.randrange(len(letters))
        act = chance.randrange(4)
        if act == 0:
            letters[place] = chance.choice(SIGNS)
        elif act == 1:
            del letters[place : place + chance.choice([1, 5, 60])]
        elif act == 2:
            letters.insert(place, chance.choice(SIGNS))
        else:
            other = chance.randrange(len(letters))
            letters[place:place] = letters[other : other + chance.randrange(200)]
        letters = letters or ["无"]
    return "".join(letters)


@pytest.mark.parametrize("reader", READERS)
def test_however_a_paper_is_damaged_its_reader_stays_faithful(reader: Reader) -> None:
    chance = random.Random(reader.__name__)  # noqa: S311 -- a seeded test, no secret

    for folder, name in FILES:
        for _ in range(4):
            text = "首行\n" + mutated((SAMPLES / folder / name).read_text(), chance)
            document = read_paper(name, text.encode())

            assert faults(document, reader(document, on=None, directory=None)) == [], text


def test_what_shows_no_sign_is_unknown() -> None:
    understood = understand(read_paper("a.txt", "关于放假的通知\n请各单位安排值班。".encode()))

    assert understood.kind == "unknown"
    assert understood.records == ()
    assert [doubt.question for doubt in understood.doubts] == [
        "认不出这是哪一类材料（方案、举报件、通报、公示、报告、交办单），请核对是不是选错了文件，换一份再导入。"
    ]


def test_an_understanding_leaves_the_system_as_plain_values() -> None:
    plain = understand(paper("sheet")).plain()

    assert plain["kind"] == "petitions"
    assert plain["records"][0]["fields"]["number"]["span"] == {"table": 0, "row": 3, "cell": 1, "start": 0, "end": 16}


def test_a_paper_about_papers_in_another_language_is_none_itself() -> None:
    text = "How a plan is built: 整改目标:… 整改措施:… 整改时限:… are the labels of each problem, in any order."

    assert kind_of(read_paper("forms.md", text.encode())) == "unknown"
