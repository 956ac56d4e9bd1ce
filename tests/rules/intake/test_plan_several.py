"""Headings with the numbers of several problems: nothing of them is lost unsaid."""

import pytest

from bihuan.intake.formats.plan import understand_plan
from bihuan.intake.formats.understood import Doubt, Record
from bihuan.lib.reading.directory import default_directory
from tests.rules.intake.plan_papers import paragraphs, tables

CITY = default_directory("130900")
BODY = "\n整改目标:达标。\n整改措施:1.喷淋。\n整改时限:2022年底前\n责任单位:市水利局\n"


def problem(heading: str) -> Record:
    understood = understand_plan(paragraphs(heading + BODY), on=None, directory=CITY)
    (found,) = [record for record in understood.records if record.type == "problem"]
    return found


def several(record: Record) -> list[Doubt]:
    return [doubt for doubt in record.doubts if doubt.kind == "number_several"]


@pytest.mark.parametrize(
    ("heading", "numbers"),
    [
        ("一、第三项、第四项问题：散煤治理不力。", [3, 4]),
        ("第三、四项问题 散煤治理不力。", [3, 4]),
        ("（一）序号21、22：散煤治理不力。", [21, 22]),
        ("（三）第3—5项：散煤治理不力。", [3, 4, 5]),
        ("问题三、四：散煤治理不力。", [3, 4]),
        ("3、4.散煤治理不力。", [3, 4]),
    ],
)
def test_a_heading_with_several_numbers_is_asked_about(heading: str, numbers: list[int]) -> None:
    read = problem(heading)

    (doubt,) = several(read)
    assert (read.value("number"), read.value("text")) == (numbers[0], "散煤治理不力。")
    assert (doubt.field, [choice.value for choice in doubt.choices]) == ("number", numbers)
    assert doubt.question.endswith(f"写了{len(numbers)}个序号（{'、'.join(map(str, numbers))}），本项按哪个登记？")


def test_a_cell_with_several_numbers_is_asked_about() -> None:
    heads = ["序号", "反馈问题", "整改目标", "整改措施", "整改时限", "责任单位"]
    row = ["3、4", "散煤治理不力。", "达标", "1.喷淋。", "2022年底前", "市水利局"]

    understood = understand_plan(tables([heads, row]), on=None, directory=CITY)

    (read,) = [record for record in understood.records if record.type == "problem"]
    assert (read.value("number"), read.value("text"), len(several(read))) == (3, "散煤治理不力。", 1)


@pytest.mark.parametrize(
    ("heading", "number", "text"),
    [
        ("一、第一、二产业污染。", 1, "第一、二产业污染。"),
        ("一、第3、4号锅炉超标。", 1, "第3、4号锅炉超标。"),
        ("1.第二、第三季度扬尘突出。", 1, "第二、第三季度扬尘突出。"),
        ("3、4条河流黑臭。", 3, "4条河流黑臭。"),
        ("第三项 散煤治理不力。", 3, "散煤治理不力。"),
    ],
)
def test_other_numbers_in_a_heading_are_words(heading: str, number: int, text: str) -> None:
    read = problem(heading)

    assert (read.value("number"), read.value("text"), several(read)) == (number, text, [])
