"""One plan, written in every form: the records are the same, and each value leads back to its words."""

from collections.abc import Callable

import pytest

from bihuan.intake.formats.plan import understand_plan
from bihuan.lib.paper.document import Document
from bihuan.lib.reading.directory import default_directory
from tests.rules.intake.faithful import faults
from tests.rules.intake.plan_papers import (
    LEFT,
    MEASURES,
    PROBLEMS,
    UP,
    Rows,
    numbered,
    paragraphs,
    pasted,
    tables,
    values,
)

CITY = default_directory("130900")
EXPECTED = [
    (
        1,
        "散煤污染治理推进不力",
        "散煤污染治理推进不力。全市散煤削减替代任务完成率仅为30.65%。",
        "完成建成区燃煤锅炉淘汰，清洁取暖率达到76%以上。",
        "限期整改",
        "2022年12月底前",
        "2022-12-31",
        ["市生态环境局"],
        ["沧县人民政府", "市财政局"],
        ["2021年底前完成排查", "2022年6月底前，改造农户3.5万户。"],
    ),
    (
        2,
        "城区雨污混接问题突出",
        "城区雨污混接问题突出。",
        "消除黑臭水体。",
        "限期整改",
        "2023年底前",
        "2023-12-31",
        ["市住房和城乡建设局"],
        ["市水利局"],
        ["新建污水管网42公里，改造混接点136处。", "建立管护制度。", "开展水质监测。"],
    ),
    (
        3,
        "河道垃圾清理不及时",
        "河道垃圾清理不及时。",
        "全面清理。",
        "立行立改",
        "立行立改",
        None,
        ["市水利局"],
        ["青县人民政府"],
        ["清理垃圾5处。"],
    ),
]
FIELDS = ("number", "title", "text", "target", "nature", "deadline", "due_on", "lead", "responsible", "measures")


def narrative(template: str, form: str = "{}.", between: str = "\n") -> str:
    return "\n".join(
        template.format(**{**problem, "measures": numbered(problem["measures"], form, between)}) for problem in PROBLEMS
    )


def rows(*columns: str, form: str = "{}.", between: str = "\n") -> Rows:
    return [
        [
            str(numbered(problem[name], form, between) if name == "measures" else problem.get(name, ""))
            for name in columns
        ]
        for problem in PROBLEMS
    ]


def labelled() -> Document:
    return paragraphs(
        narrative(
            "{number}.{text}\n整改目标：{target}\n整改措施：\n{measures}\n整改时限：{deadline}\n"
            "牵头单位：{lead}\n责任单位：{responsible}"
        )
    )


def labels_first() -> Document:
    return paragraphs(
        narrative(
            "({number}){text}\n责任单位:{responsible}\n整改期限:{deadline}\n牵头部门:{lead}\n"
            "具体措施:{measures}\n目标要求:{target}",
            "({})",
            "",
        )
    )


def run_together() -> Document:
    return paragraphs(
        narrative(
            "{number}、{text}整改目标:{target} 整改措施:{measures} 完成时限:{deadline}"
            "牵头单位:{lead} 责任部门:{responsible}",
            between="",
        )
    )


def bracketed() -> Document:
    return paragraphs(
        narrative(
            "第{number}项 {text}\n【整改目标】{target}\n【整改措施】{measures}\n"
            "【整改时限】{deadline}【牵头单位】{lead}【责任单位】{responsible}",
            "{}是",
            "",
        )
    )


def without_colons() -> Document:
    return paragraphs(
        narrative(
            "序号{number}\n督察指出：{text}\n整改目标\n{target}\n整改措施\n{measures}\n整改时限\n"
            "{deadline}\n牵头单位 {lead}\n责任单位{responsible}",
            "{}、",
        )
    )


def with_aspects_and_noise() -> Document:
    text = narrative(
        "({number}){text}\n整改目标: {target}\n整改措施:\n{measures}\n"
        "整 改 时 限:{deadline}\n牵头单位:{lead}\n责任单位:{responsible}"
    )
    text = text.replace("改造混", "改造混\n— 12 —\n").replace("2023年底前", "20 23 年底前", 1)
    return paragraphs(
        f"沧州市整改措施清单\n一、主要问题方面\n{text}\n(下转第八版)\n沧州市整改措施清单\n四、保障措施\n(一)加强领导。"
    )


def copied_with_glosses() -> Document:
    text = narrative(
        "{number}.{text}\n整改目标:{target}\n整改措施:{measures}\n整改时限:{deadline}\n"
        "牵头单位:{lead}\n责任单位:{responsible}"
    )
    return pasted(
        text.replace("整改措施", "整改措施").replace("责任单位", "責(zé)任單(dān)位").replace("问题", "問(wèn)題")
    )


HEADER = ["序号", "反馈问题", "整改目标", "整改措施", "整改时限", "牵头单位", "责任单位"]
COLUMNS = ("number", "text", "target", "measures", "deadline", "lead", "responsible")


def one_table() -> Document:
    return tables([HEADER, *rows(*COLUMNS)])


def columns_shuffled() -> Document:
    header = ["完成\n时限", "牵头部门", "问题描述", "具体措施", "责任主体", "整改\n目标", "序 号"]
    return tables(
        [header, *rows("deadline", "lead", "text", "measures", "responsible", "target", "number", form="({})")]
    )


def two_header_rows() -> Document:
    first = ["附件 整改任务清单", *[LEFT] * 6]
    second = ["序号", "督察反馈意见", "整改目标", "整改任务具体要求", "整改时限", "责任单位", LEFT]
    third = [UP, UP, UP, UP, UP, "牵头单位", "配合及责任单位"]
    third[-1] = "责任单位"
    return tables([first, second, third, *rows(*COLUMNS)])


def a_row_for_each_measure() -> Document:
    made: Rows = [HEADER]
    for problem in PROBLEMS:
        measures = problem["measures"]
        assert isinstance(measures, list)
        for place, text in enumerate(measures):
            row = [str(problem[name]) if place == 0 else UP for name in COLUMNS]
            row[3] = f"{place + 1}.{text}"
            made.append(row)
    return tables(made)


def continued_over_pages() -> Document:
    body = rows(*COLUMNS)
    first, second = body[1][:], body[1][:]
    first[3], second[3] = "1.新建污水管网42公里，改造混", "接点136处。\n2.建立管护制度。\n3.开展水质监测。"
    second = ["", "", "", second[3], "", "", ""]
    return tables([HEADER, body[0], first], [HEADER, second, body[2]])


def continued_without_header() -> Document:
    body = rows(*COLUMNS)
    first = [*body[1][:3], "1.新建污水管网42公里，改造混接点136处。", *body[1][4:]]
    second = ["", "", "", "2.建立管护制度。\n3.开展水质监测。", "", "", ""]
    return tables([HEADER, body[0], first], [second, body[2], ["合计", "3个问题", "", "6项措施", "", "", ""]])


def one_cell_a_line() -> Document:
    body = "\n".join("\n".join(row) for row in rows(*COLUMNS))
    return pasted("沧州市整改任务清单\n" + "\n".join(HEADER) + "\n" + body)


def barred_lines() -> Document:
    lines = [" | ".join(row) + " |" for row in [HEADER, *rows(*COLUMNS, between="")]]
    return pasted("\n".join(lines))


def a_table_for_each_problem() -> Document:
    labels = ["任务序号", "整改任务概述", "整改目标", "整改措施及成效", "整改时间", "牵头单位", "整改责任单位"]
    return tables(*([list(pair) for pair in zip(labels, row, strict=True)] for row in rows(*COLUMNS)))


SHAPES: list[Callable[[], Document]] = [
    labelled,
    labels_first,
    run_together,
    bracketed,
    without_colons,
    with_aspects_and_noise,
    copied_with_glosses,
    one_table,
    columns_shuffled,
    two_header_rows,
    a_row_for_each_measure,
    continued_over_pages,
    continued_without_header,
    one_cell_a_line,
    barred_lines,
    a_table_for_each_problem,
]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_form_gives_the_same_problems(shape: Callable[[], Document]) -> None:
    understood = understand_plan(shape(), on=None, directory=CITY)

    assert values(understood, "problem", *FIELDS) == EXPECTED


@pytest.mark.parametrize("shape", SHAPES)
def test_every_form_gives_the_same_measures(shape: Callable[[], Document]) -> None:
    understood = understand_plan(shape(), on=None, directory=CITY)

    assert [record.key for record in understood.records if record.type == "measure"] == [
        "measure:1-1",
        "measure:1-2",
        "measure:2-1",
        "measure:2-2",
        "measure:2-3",
        "measure:3-1",
    ]
    assert values(understood, "measure", "problem", "deadline", "due_on", "lead") == [
        (1, "2021年底前", "2021-12-31", ["市生态环境局"]),
        (1, "2022年6月底前", "2022-06-30", ["市生态环境局"]),
        (2, "2023年底前", "2023-12-31", ["市住房和城乡建设局"]),
        (2, "2023年底前", "2023-12-31", ["市住房和城乡建设局"]),
        (2, "2023年底前", "2023-12-31", ["市住房和城乡建设局"]),
        (3, "立行立改", None, ["市水利局"]),
    ]
    assert len([record for record in understood.records if record.type == "measure"]) == MEASURES


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_is_invented_and_every_value_leads_back_to_its_words(shape: Callable[[], Document]) -> None:
    document = shape()

    assert faults(document, understand_plan(document, on=None, directory=CITY)) == []


@pytest.mark.parametrize("shape", SHAPES)
def test_a_clean_plan_raises_no_doubt(shape: Callable[[], Document]) -> None:
    understood = understand_plan(shape(), on=None, directory=CITY)

    assert [doubt.question for record in understood.records for doubt in record.doubts] == []
    assert understood.doubts == ()
    assert [row for row in understood.reconciliation if row.note] == []


def test_a_bare_chapter_does_not_swallow_the_first_aspect_below_it() -> None:
    understood = understand_plan(
        paragraphs(
            "娄底市贯彻落实湖南省第三生态环境保护督察组督察报告整改方案\n一、总体要求\n坚持问题导向。\n二、整改任务\n（一）面源污染问题突出\n"
            "第一项：粪污利用率低。\n【责任单位】市农业农村局\n【整改目标】达到85%以上。\n【整改时限】2022年12月底前\n【整改措施】\n1.完成改造。\n"
            "（二）水环境问题\n第二项：雨污混流。\n【责任单位】市水利局\n【整改目标】消除直排。\n【整改时限】2023年底前\n【整改措施】\n1.新建管网。"
        ),
        on=None,
        directory=default_directory("431300"),
    )

    assert values(understood, "aspect", "text") == [("面源污染问题突出",), ("水环境问题",)]
    assert values(understood, "problem", "number", "aspect") == [(1, "面源污染问题突出"), (2, "水环境问题")]
    assert understood.heading["inspection"].value == "湖南省第三生态环境保护督察"
    assert understood.heading["inspection_level"].value == "省级"


def test_a_post_and_the_name_behind_it_are_one_person() -> None:
    heads = ["序号", "反馈问题", "整改措施", "整改时限", "责任领导"]
    understood = understand_plan(
        tables([heads, ["1", "某厂排污。", "1.停产。", "2023年底前", "副市长 某某、副秘书长 某某"]]),
        on=None,
        directory=default_directory("431300"),
    )

    assert values(understood, "problem", "leaders") == [(["副市长 某某", "副秘书长 某某"],)]
