"""The parts of a plan: aspects, campaigns, numbers, milestones, indicators, and what a measure has of its own."""

from bihuan.intake.formats.plan import understand_plan
from bihuan.intake.formats.understood import Understanding
from bihuan.lib.paper.document import Document, Paragraph, Span
from bihuan.lib.reading.directory import default_directory
from tests.rules.intake.plan_papers import paragraphs, values

CITY = default_directory("130900")
COUNTY = default_directory("130921")
BODY = "整改目标:达标。\n整改措施:1.喷淋。\n整改时限:2022年底前\n责任单位:市水利局\n"


def read(text: str) -> Understanding:
    return understand_plan(paragraphs(text), on=None, directory=CITY)


def keys(understood: Understanding) -> list[tuple[str, str]]:
    return [(record.key, record.parent) for record in understood.records]


def test_campaigns_problems_and_aspects_hang_together() -> None:
    understood = read(
        "一、总体要求\n(一)基本原则。\n1.坚持党的领导。\n二、整改目标\n到2025年,全面完成。\n"
        "三、整改举措\n(一)提高站位方面\n1.加强学习。每年学习2次。\n2.压实责任。\n具体由市委办公室落实。\n"
        f"四、问题整改\n(一)大气方面\n1.扬尘。\n{BODY}五、保障措施\n(一)加强领导。\n1.责任单位要重视。\n"
    )

    assert keys(understood) == [
        ("aspect:1", ""),
        ("aspect:2", ""),
        ("campaign:1", "aspect:1"),
        ("campaign:2", "aspect:1"),
        ("problem:1", "aspect:2"),
        ("measure:1-1", "problem:1"),
    ]
    assert values(understood, "campaign", "title", "text") == [
        ("加强学习", "加强学习。每年学习2次。"),
        ("压实责任", "压实责任。具体由市委办公室落实。"),
    ]
    assert values(understood, "problem", "responsible", "aspect") == [(["市水利局"], "大气方面")]


def test_campaigns_with_measures_of_their_own_count_these_apart() -> None:
    understood = read(
        "三、重点举措\n(一)蓝天保卫战。\n整改措施:1.管控扬尘;2.治理散煤3000户。\n整改时限:2025年底前\n"
        "(二)碧水保卫战。\n整改措施:1.治理水体12条。\n"
    )

    assert keys(understood) == [
        ("campaign:1", ""),
        ("measure:c1-1", "campaign:1"),
        ("measure:c1-2", "campaign:1"),
        ("campaign:2", ""),
        ("measure:c2-1", "campaign:2"),
    ]
    assert values(understood, "measure", "campaign", "problem", "due_on")[0] == (1, None, "2025-12-31")


def test_campaigns_named_so_need_no_chapter() -> None:
    understood = read(f"举措一:提高政治站位。\n责任单位:市委办公室\n问题清单\n1.扬尘。\n{BODY}")

    assert [key for key, _ in keys(understood)] == ["campaign:1", "problem:1", "measure:1-1"]


def divisions(text: str) -> list[tuple[str, str]]:
    return [(one.type, str(one.value("text"))) for one in read(text).records if one.type in ("aspect", "campaign")]


def test_the_one_aspect_over_its_one_campaign_is_kept_by_its_name() -> None:
    one = f"一、提高政治站位方面\n(一)加强学习\n1.扬尘。\n{BODY}"
    two = f"{one}(二)压实责任\n2.异味。\n{BODY}"

    assert divisions(one) == [("aspect", "提高政治站位方面"), ("campaign", "加强学习")]
    assert divisions(two) == [("aspect", "提高政治站位方面"), ("campaign", "加强学习"), ("campaign", "压实责任")]
    assert values(read(one), "problem", "aspect", "campaign") == [("提高政治站位方面", "加强学习")]


def test_the_one_aspect_over_its_one_campaign_is_kept_by_the_totals() -> None:
    below = f"一、提高政治站位\n(一)加强学习\n1.扬尘。\n{BODY}"

    assert divisions(f"共1个方面1项整改举措、1个问题1项整改措施。\n{below}") == [
        ("aspect", "提高政治站位"),
        ("campaign", "加强学习"),
    ]
    assert divisions(f"共1个方面2项整改举措。\n{below}") == divisions(below) == [("aspect", "加强学习")]


def test_one_chapter_over_aspects_stays_a_chapter() -> None:
    assert divisions(f"一、落实要求方面\n(一)大气方面\n1.扬尘。\n{BODY}") == [("aspect", "大气方面")]


def test_the_one_aspect_over_a_campaign_that_is_called_one_is_kept() -> None:
    campaign = "举措一:加强学习。\n责任单位:市委办公室\n整改时限:立行立改\n"
    tail = f"二、问题清单\n1.扬尘。\n{BODY}"

    expected = [("aspect", "提高政治站位方面"), ("campaign", "加强学习。")]
    assert divisions(f"(一)提高政治站位方面\n{campaign}{tail}") == expected
    assert divisions(f"三、整改举措\n(一)提高政治站位方面\n1.加强学习。\n{tail}") == expected


def test_a_problem_under_a_chapter_of_tasks_is_a_problem() -> None:
    assert [key for key, _ in keys(read(f"二、主要任务\n1.扬尘。\n{BODY}"))] == ["problem:1", "measure:1-1"]


def test_the_numbers_of_every_level_are_kept() -> None:
    first = f"市级第14项(区级第11项):餐饮油烟扰民。\n{BODY}"
    text = f"{first}序号21\n督察指出:某厂排污(中央督察反馈第21项、省方案第18项)。\n{BODY}"

    understood = read(text)
    in_county = understand_plan(paragraphs(text), on=None, directory=COUNTY)

    assert values(understood, "problem", "number", "upper_numbers", "title") == [
        (14, {"市级": 14, "县级": 11}, "餐饮油烟扰民"),
        (21, {"中央": 21, "省级": 18}, "某厂排污(中央督察反馈第21项、省方案第18项)"),
    ]
    assert in_county.records[0].value("number") == 11


def test_a_heading_above_the_verbatim_text_is_its_title() -> None:
    understood = read(f"问题三:湿地保护不力\n督察指出:湿地被占。\n{BODY}")

    assert values(understood, "problem", "number", "title", "text") == [(3, "湿地保护不力", "湿地被占。")]


def test_a_problem_of_several_paragraphs_is_one_text() -> None:
    understood = read(f"1.扬尘突出。\n有的工地未苫盖。\n{BODY}")

    assert values(understood, "problem", "text") == [("扬尘突出。有的工地未苫盖。",)]


def test_milestones_and_quantities_of_a_measure() -> None:
    understood = read(
        BODY.replace("1.喷淋。", "1.2021年底前制定方案;2022年新建管网42公里;2023年底前完成验收。").join(
            ["1.雨污混接。\n", ""]
        )
    )

    (measure,) = [record for record in understood.records if record.type == "measure"]
    assert measure.value("milestones") == [
        {"date": "2021-12-31", "text": "制定方案", "amount": None, "unit": None},
        {"date": "2022-12-31", "text": "新建管网42公里", "amount": 42, "unit": "公里"},
        {"date": "2023-12-31", "text": "完成验收", "amount": None, "unit": None},
    ]
    assert measure.value("indicators") == [{"name": "新建管网", "target": 42, "unit": "公里", "bound": None}]
    assert (measure.value("due_on"), measure.fields["due_on"].derived) == ("2023-12-31", "取最晚的时间节点")


def test_milestones_of_a_problem_come_from_its_deadline() -> None:
    understood = read("1.雨污混接。\n" + BODY.replace("2022年底前", "2021年底前制定方案;2023年底前完成验收"))

    (problem,) = [record for record in understood.records if record.type == "problem"]
    assert [one["text"] for one in problem.value("milestones")] == ["制定方案", "完成验收"]
    assert problem.value("due_on") == "2023-12-31"


def test_days_gone_by_are_no_deadline() -> None:
    understood = read("1.扬尘。\n" + BODY.replace("喷淋。", "截至2021年底已喷淋3次，继续巩固。"))

    assert values(understood, "measure", "deadline", "due_on") == [("2022年底前", "2022-12-31")]


def test_an_open_day_inside_a_measure_is_asked() -> None:
    understood = read("1.扬尘。\n" + BODY.replace("喷淋。", "2022年8月前完成喷淋。"))

    (measure,) = [record for record in understood.records if record.type == "measure"]
    assert (measure.value("deadline"), measure.value("due_on")) == ("2022年8月前", None)
    assert [doubt.kind for doubt in measure.doubts] == ["deadline_ambiguous"]


def test_words_in_brackets_behind_a_measure_are_its_own() -> None:
    understood = read(
        "1.异味扰民。\n整改目标:消除。\n整改措施:\n1.安装设备3套。(责任单位:市工信局;完成时限:2022年6月底前;完成标志:投入使用)\n"
        "2.走航监测(每月一次)。(责任单位:市生态环境局；完成时限:2022年12月底前)\n"
    )

    assert values(understood, "measure", "text", "responsible", "due_on", "completion_sign") == [
        ("安装设备3套。", ["市工业和信息化局"], "2022-06-30", "投入使用"),
        ("走航监测(每月一次)。", ["市生态环境局"], "2022-12-31", None),
    ]
    assert values(understood, "problem", "responsible", "due_on") == [
        (["市工业和信息化局", "市生态环境局"], "2022-12-31")
    ]


def test_labelled_lines_between_measures_belong_to_the_measure_before() -> None:
    understood = read(
        "(一)固废堆存。\n整改目标:清运。\n整改措施:\n1.清运固废2万吨。\n责任单位:沧县人民政府\n完成时限:2022年3月底前\n"
        "2.修复场地。\n责任单位:青县人民政府\n完成时限:2023年3月底前\n"
    )

    assert values(understood, "measure", "number", "responsible", "due_on") == [
        (1, ["沧县人民政府"], "2022-03-31"),
        (2, ["青县人民政府"], "2023-03-31"),
    ]


def test_units_in_the_line_of_an_only_measure_are_its_own() -> None:
    head = "1.固废堆存。\n整改目标:清运。\n整改时限:2022年底前\n整改措施:\n1.清运固废2万吨。责任单位:青县人民政府\n"

    said_twice = read(f"{head}责任单位:市水利局\n")
    said_once = read(head)
    in_brackets = read(head.replace("责任单位:青县人民政府", "(责任单位:青县人民政府)") + "责任单位:市水利局\n")

    own, others = [(["青县人民政府"], "2022-12-31")], [(["市水利局"],)]
    for understood in (said_twice, said_once, in_brackets):
        assert values(understood, "measure", "responsible", "due_on") == own
    assert values(said_twice, "problem", "responsible") == values(in_brackets, "problem", "responsible") == others
    (problem,) = [record for record in said_once.records if record.type == "problem"]
    assert (problem.value("responsible"), problem.fields["responsible"].derived) == (["青县人民政府"], "汇总各项措施")


def test_all_labels_run_on_behind_an_only_measure_are_its_problems() -> None:
    understood = read(
        "1.固废堆存。\n整改目标:清运。\n整改措施:\n"
        "1.清运固废。整改时限:2022年底前 责任单位:青县人民政府\n验收单位:市水利局\n"
    )

    assert values(understood, "problem", "deadline", "responsible") == [("2022年底前", ["青县人民政府"])]


def test_text_behind_the_last_field_of_a_plan_is_not_drawn_into_it() -> None:
    understood = read(
        f"一、扬尘。\n{BODY}联系电话:000-****\n以上请遵照执行。\n二、噪声。\n{BODY}三、工作要求\n请抓好落实。"
    )

    assert values(understood, "problem", "number", "responsible", "telephone") == [
        (1, ["市水利局"], "000-****"),
        (2, ["市水利局"], None),
    ]


def test_places_of_home_are_not_foreign() -> None:
    understood = read(f"1.沧州市区扬尘，任丘市区噪声，成安县也有。\n{BODY}")

    doubts = [doubt.question for record in understood.records for doubt in record.doubts]
    assert doubts == ["文中出现“成安县”，不属于沧州市，是否抄自外地？"]


def test_an_aspect_is_told_from_a_measure_with_the_same_kind_of_number() -> None:
    body = "整改目标:达标。\n整改时限:2022年底前\n责任单位:市水利局\n整改措施:\n(一)喷淋。\n(二)苫盖。\n"

    understood = read(f"(一)大气方面\n1.扬尘。\n{body}2.散煤。\n{body}(二)水方面\n3.雨污混接。\n{body}(三)巡查。\n")

    assert [len(record.value("measures")) for record in understood.records if record.type == "problem"] == [2, 2, 3]
    assert values(understood, "problem", "aspect") == [("大气方面",), ("大气方面",), ("水方面",)]


def test_an_aspect_numbered_on_from_the_last_measure_is_an_aspect() -> None:
    one = "整改目标:达标。\n整改措施:\n(一)喷淋。\n"

    understood = read(f"(一)大气方面\n1.扬尘。\n{one}(二)水方面\n2.雨污混接。\n{one}")

    assert values(understood, "problem", "aspect", "measures") == [("大气方面", ["喷淋。"]), ("水方面", ["喷淋。"])]


def test_unnumbered_lines_are_put_together_where_sentences_run_on_and_kept_apart_where_none_ends() -> None:
    running = read("1.扬尘。\n整改目标:达标。\n整改措施:安装雾\n炮12台。\n")
    listed = read("1.扬尘。\n整改目标:达标。\n整改措施:\n安装雾炮12台\n苫盖裸土\n")

    assert values(running, "problem", "measures") == [(["安装雾炮12台。"],)]
    assert values(listed, "problem", "measures") == [(["安装雾炮12台", "苫盖裸土"],)]


def test_facts_counted_by_words_belong_to_the_problem_above() -> None:
    understood = read(f"1.扬尘突出。\n一是工地未苫盖。\n二是道路未清扫。\n{BODY}")

    assert values(understood, "problem", "text") == [("扬尘突出。一是工地未苫盖。二是道路未清扫。",)]


def test_a_last_heading_without_anything_below_it_ends_the_plan() -> None:
    understood = read(f"(一)大气方面\n1.扬尘。\n{BODY}(二)其他\n")

    assert values(understood, "problem", "responsible", "aspect") == [(["市水利局"], "大气方面")]


def test_soft_line_breaks_inside_labels_and_words_do_no_harm() -> None:
    text = "1.扬尘管控不\n到位。整改目\n标:达标。整改\n措施:1.喷\n淋。整改时限:2022年12\n月底前 责任单\n位:市水\n利局"
    document = Document("方案.docx", "0", (Paragraph(text, Span(0, len(text), paragraph=0)),))

    understood = understand_plan(document, on=None, directory=CITY)

    assert values(understood, "problem", "text", "target", "measures", "due_on", "responsible") == [
        ("扬尘管控不到位。", "达标。", ["喷淋。"], "2022-12-31", ["市水利局"])
    ]


def test_problems_counted_by_their_own_label_keep_their_number() -> None:
    understood = read(
        f"附件1\n沧州市整改任务清单\n一、反馈问题:某厂超标。\n{BODY}二、反馈问题:散乱污反弹。\n{BODY}".replace(
            "喷淋。", "喷淋，\n及时整改。"
        )
    )

    assert understood.heading["title"].value == "沧州市整改任务清单"
    assert values(understood, "problem", "number", "title", "measures") == [
        (1, "某厂超标", ["喷淋，及时整改。"]),
        (2, "散乱污反弹", ["喷淋，及时整改。"]),
    ]


def test_parts_of_a_measure_with_units_of_their_own_lose_none_and_are_asked_about() -> None:
    understood = read(
        "1.散煤反弹。\n整改目标:达标。\n整改措施:\n(1)开展排查。\n"
        "①2021年6月底前,排查城区。(责任单位:市生态环境局)\n②2021年底前,排查农村。(责任单位:市农业农村局)\n"
        "(2)建立制度。\n①制定办法。\n②强化检查。(责任单位:市财政局)\n整改时限:2022年底前\n牵头单位:市水利局\n"
    )

    (problem,) = [record for record in understood.records if record.type == "problem"]
    assert values(understood, "measure", "text", "responsible", "due_on") == [
        (
            (
                "开展排查。\n①2021年6月底前,排查城区。(责任单位:市生态环境局)\n"
                "②2021年底前,排查农村。(责任单位:市农业农村局)"
            ),
            ["市生态环境局", "市农业农村局"],
            "2021-12-31",
        ),
        ("建立制度。\n①制定办法。\n②强化检查。", ["市财政局"], "2022-12-31"),
    ]
    assert [(doubt.kind, [choice.value for choice in doubt.choices]) for doubt in problem.doubts] == [
        ("measure_parts", [1, 2])
    ]
