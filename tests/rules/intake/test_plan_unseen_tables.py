"""Tables of plans as offices nobody asked have drawn them: cells beside several measures, columns of other lists."""

from bihuan.intake.formats.understood import Record
from tests.rules.intake.plan_papers import LEFT, UP, paper, table, values
from tests.rules.intake.unseen_plans import tabled, understood

HEAD = ["序号", "反馈问题", "整改措施", "整改时限", "责任单位"]


def kinds(record: Record) -> list[str]:
    return [doubt.kind for doubt in record.doubts]


def test_the_number_in_another_list_is_kept_with_its_level() -> None:
    read = tabled([["市级序号", *HEAD, "备注"], ["14", "1", "污水直排。", "1.封堵。", "2023年底前", "市水利局", "—"]])

    assert values(read, "problem", "number", "upper_numbers", "remark") == [(1, {"市级": 14}, None)]


def test_a_day_in_a_measures_words_goes_before_a_cell_beside_several_measures() -> None:
    read = tabled(
        [
            HEAD,
            ["1", "产业偏重。", "1.2022年底前压减产能。", "2023年12月底前", "市财政局"],
            [UP, UP, "2.改造2家企业。", UP, "市水利局"],
            [UP, UP, "3.严禁新增。", "长期坚持", UP],
            [UP, UP, "4.建立机制。", UP, "市审计局"],
        ]
    )

    assert values(read, "problem", "due_on", "deadline") == [("2023-12-31", None)]
    assert values(read, "measure", "number", "due_on", "nature", "responsible") == [
        (1, "2022-12-31", None, ["市财政局"]),
        (2, "2023-12-31", "限期整改", ["市水利局"]),
        (3, None, "长期坚持", ["市水利局"]),
        (4, None, "长期坚持", ["市审计局"]),
    ]


def test_a_table_of_one_problem_has_its_number_in_a_row_or_label() -> None:
    rows = [["整改责任单位", "市水利局"], ["整改措施", "1.封堵。"], ["整改时间", "2023年底前"]]
    read = understood(
        paper(
            table([["整改任务3", LEFT], ["整改任务概述", "污水直排。"], *rows], 0),
            table([["整改任务四", "垃圾乱堆。"], *rows], 1),
        )
    )

    assert values(read, "problem", "number", "text") == [(3, "污水直排。"), (4, "垃圾乱堆。")]
    assert [kinds(record) for record in read.records] == [[], [], [], []]


def test_a_number_in_the_text_of_a_row_is_its_problems() -> None:
    heads = ["整改任务", "整改措施", "完成时限", "责任单位"]
    read = tabled(
        [
            heads,
            [
                "1.违法建设。",
                "1．拆除13处；\n2．定期巡查。",
                "1．2022年5月底前；\n2．长期坚持。",
                "1．市水利局\n2．市公安局交警支队",
            ],
            ["2.垃圾乱堆。", "清运。", "2022年底前", "市财政局"],
            ["问题：\n1.两处冒烟。\n2.一处扬尘。", "洒水。", "立行立改", "市财政局"],
        ]
    )

    assert values(read, "problem", "number", "text", "responsible") == [
        (1, "违法建设。", ["市水利局", "市公安局交警支队"]),
        (2, "垃圾乱堆。", ["市财政局"]),
        (None, "问题：1.两处冒烟。2.一处扬尘。", ["市财政局"]),
    ]
    assert values(read, "measure", "number", "deadline", "responsible")[:2] == [
        (1, "2022年5月底前", ["市水利局"]),
        (2, "长期坚持", ["市公安局交警支队"]),
    ]


def test_rows_that_say_their_problem_once_more_belong_to_it() -> None:
    read = tabled(
        [
            [*HEAD, "进展情况"],
            ["1", "雨污混流。", "1.铺设管网6.2公里", "2022年8月", "市财政局", "已完成3公里"],
            ["1", "雨污混流。", "2.封堵混接口14处", "2022年10月", "市财政局", "未启动"],
            ["2", "雨污混流。", "清运。", "2022年6月", "市水利局", "/"],
        ]
    )

    assert values(read, "problem", "number", "due_on", "responsible", "progress") == [
        (1, "2022-10-31", ["市财政局"], None),
        (2, "2022-06-30", ["市水利局"], None),
    ]
    assert values(read, "measure", "problem", "number", "due_on", "progress") == [
        (1, 1, "2022-08-31", "已完成3公里"),
        (1, 2, "2022-10-31", "未启动"),
        (2, 1, "2022-06-30", None),
    ]


def test_a_row_that_begins_inside_a_measure_goes_on_with_it() -> None:
    read = tabled(
        [
            HEAD,
            ["1", "上游污染。", "1.清淤6公里。\n2.沿线村建设污水处", "2022年\n10月底", "市水利局"],
            ["", "", "理设施。\n3.每周巡河。", "", ""],
            ["2", "设施不足。", "建设泵站", "2023年底", "市水利局"],
            ["", "", "清理垃圾", "", ""],
        ]
    )

    assert values(read, "measure", "problem", "number", "text", "due_on") == [
        (1, 1, "清淤6公里。", "2022-10-31"),
        (1, 2, "沿线村建设污水处理设施。", "2022-10-31"),
        (1, 3, "每周巡河。", "2022-10-31"),
        (2, 1, "建设泵站", "2023-12-31"),
        (2, 2, "清理垃圾", "2023-12-31"),
    ]


def test_who_filled_in_a_table_is_no_row_of_it() -> None:
    read = tabled(
        [
            HEAD,
            ["1", "雨污混流。", "封堵。", "2022年8月", "市财政局"],
            ["填表人：赵某", "", "", "审核人：钱某", ""],
            ["注：时限以方案为准。", LEFT, LEFT, LEFT, LEFT],
        ]
    )

    assert [(record.type, record.value("number"), kinds(record)) for record in read.records] == [
        ("problem", 1, []),
        ("measure", 1, []),
    ]


def test_a_post_and_what_stands_in_brackets_belong_to_the_name() -> None:
    read = tabled(
        [
            [*HEAD, "责任领导", "责任人"],
            [
                "1",
                "污水直排。",
                "封堵。",
                "2022年",
                "市财政局",
                "市委常委、副市长赵某、秘书长钱某",
                "王某（常委、副县长）、李某",
            ],
        ]
    )

    assert values(read, "problem", "leaders", "persons") == [
        (["市委常委、副市长赵某", "秘书长钱某"], ["王某（常委、副县长）", "李某"])
    ]


def test_a_part_in_brackets_has_its_own_day_and_quantity() -> None:
    read = tabled(
        [
            HEAD,
            [
                "1",
                "柴油车多。",
                "淘汰1520辆（其中2023年年底前淘汰1000辆，2024年6月底前淘汰520辆）。",
                "2024年底",
                "市财政局",
            ],
        ]
    )

    ((milestones,),) = values(read, "measure", "milestones")
    assert milestones == [
        {"date": "2023-12-31", "text": "淘汰1000辆", "amount": 1000, "unit": "辆"},
        {"date": "2024-06-30", "text": "淘汰520辆", "amount": 520, "unit": "辆"},
    ]
