"""Plans as offices nobody asked have written them: prefaces, chapters, annexes, labels of many kinds."""

import pytest

from tests.rules.intake.plan_papers import values
from tests.rules.intake.unseen_plans import narrated

PREFACE = (
    "一、总体要求\n（一）指导思想。贯彻落实督察要求。\n（二）基本原则\n1.坚持政治引领。扛起责任。\n"
    "2.坚持问题导向。逐项明确整改目标、整改措施、整改时限、责任单位。\n（三）整改目标\n"
    "督察报告指出的2个方面2个问题，分解为3条整改措施，2025年底前完成整改1项。\n"
)
BODY = (
    "二、整改任务\n（一）思想认识有差距\n1.学习不深入。\n责任单位：市财政局\n整改时限：2025年12月底前\n整改目标：学深悟透。\n"
    "整改措施：\n（1）每季度学习1次。\n（2）举办培训班1期。\n（二）水环境有短板\n2.污水直排。\n责任单位：市水利局\n"
    "整改时限：2025年6月底前\n整改目标：消除直排。\n整改措施：\n（1）封堵排口3个。\n三、保障措施\n（一）加强组织领导。成立领导小组。"
)


def test_the_principles_and_goals_of_a_preface_are_no_problems() -> None:
    read = narrated(f"沧州市整改方案\n{PREFACE}{BODY}")

    assert values(read, "problem", "number", "text", "aspect", "target") == [
        (1, "学习不深入。", "思想认识有差距", "学深悟透。"),
        (2, "污水直排。", "水环境有短板", "消除直排。"),
    ]
    assert [(row.what, row.printed, row.read) for row in read.reconciliation] == [
        ("方面", 2, 2),
        ("问题", 2, 2),
        ("整改措施", 3, 3),
    ]


def test_a_plan_for_one_problem_reads_by_its_chapters() -> None:
    read = narrated(
        "2022年长江经济带生态环境警示片披露问题整改方案\n（青县）\n一、问题基本情况\n警示片指出：污水直排。约0.8万吨/日溢流入河。\n"
        "二、整改目标\n（一）2023年底前，基本消除直排口。\n三、整改时限\n2024年12月31日\n四、整改措施\n（一）应急截污。\n"
        "责任单位：市水利局；完成时限：2022年9月底\n（二）改造管网。\n责任单位：市财政局；完成时限：2023年12月底\n"
        "五、责任分工\n牵头领导：副市长 赵某某\n牵头单位：市住房城乡建设局\n验收单位：市生态环境局\n"
        "六、保障措施\n（一）加强组织领导。"
    )

    assert values(read, "problem", "text", "deadline", "lead", "responsible", "accepting", "leaders") == [
        (
            "污水直排。约0.8万吨/日溢流入河。",
            "2024年12月31日",
            ["市住房城乡建设局"],
            ["市水利局", "市财政局"],
            ["市生态环境局"],
            ["副市长 赵某某"],
        )
    ]
    assert values(read, "measure", "text", "due_on", "responsible") == [
        ("应急截污。", "2022-09-30", ["市水利局"]),
        ("改造管网。", "2023-12-31", ["市财政局"]),
    ]
    assert [read.heading[name].value for name in ("inspection", "inspection_kind", "region")] == [
        "2022年长江经济带生态环境警示片",
        "警示片",
        "青县",
    ]


def test_round_and_batch_stand_before_the_name_of_an_inspection() -> None:
    heading = narrated(f"沧州市贯彻落实第三轮第二批中央生态环境保护督察报告整改方案\n{BODY}").heading

    assert [heading[name].value for name in ("inspection", "inspection_round", "inspection_batch")] == [
        "第三轮第二批中央生态环境保护督察",
        3,
        2,
    ]


def test_numbers_of_the_bodies_above_are_no_title() -> None:
    read = narrated(
        "沧州市整改任务清单\n序号21（中央督察反馈第21项、省方案第18项）督察指出：粪污利用率低。\n整改目标：提高。\n整改措施：1.排查。\n"
        "整改时限：2023年底前\n责任单位：市财政局\n1.市级第14项(区级第11项)。锅炉超标。整改目标:达标。整改措施:1.改造。整改时限:2022年8月底。责任单位:市水利局。"
    )

    assert values(read, "problem", "number", "upper_numbers", "title", "text", "deadline") == [
        (21, {"中央": 21, "省级": 18}, "粪污利用率低", "粪污利用率低。", "2023年底前"),
        (1, {"市级": 14, "县级": 11}, "锅炉超标", "锅炉超标。", "2022年8月底"),
    ]


def test_a_number_in_characters_names_the_rule_that_made_it_a_figure() -> None:
    read = narrated(
        "沧州市整改任务清单\n第十一项：污水直排。\n整改目标：消除。\n整改措施：一是排查。二是封堵。\n整改时限：2023年底前\n责任单位：市水利局"
    )

    problem, first, second = read.records
    assert [(one.fields["number"].value, one.fields["number"].raw) for one in (problem, first, second)] == [
        (11, "第十一项："),
        (1, "一是"),
        (2, "二是"),
    ]
    assert {one.fields["number"].derived for one in (problem, first, second)} == {"序号化为数字"}


def test_the_reason_of_a_new_deadline_is_read_whole() -> None:
    read = narrated(
        "关于调整沧州市整改方案部分任务整改时限的通知\n一、第4项任务“污水厂滞后”整改时限由2023年12月底调整为2024年12月底。"
        "调整理由：因用地涉及农田，需调整规划。\n二、第9项任务整改时限由“2024年6月底前”调整至“2025年6月底前”，主要原因是冬季无法施工。\n"
        "三、因资金未到位，第十三项任务的完成时限由2023年底延长至2024年9月底前。"
    )

    assert values(read, "amendment", "number", "due_on", "reason") == [
        (4, "2024-12-31", "用地涉及农田，需调整规划"),
        (9, "2025-06-30", "冬季无法施工"),
        (13, "2024-09-30", "资金未到位"),
    ]


LISTED = "整改目标：消除。\n整改措施：1.封堵排口3个。\n整改时限：2021年底前\n牵头单位：县水利局\n责任单位：县财政局"


def test_problems_told_in_the_body_and_listed_in_an_annex_are_read_once() -> None:
    read = narrated(
        "中共献县县委办公室\n关于印发《献县贯彻落实省生态环境保护督察反馈意见整改方案》的通知\n献办发〔2021〕19号\n"
        "中共献县县委办公室\n2021年6月18日\n献县贯彻落实省生态环境保护督察反馈意见整改方案\n一、总体要求\n坚决整改。\n二、整改问题\n"
        "督察反馈的2个问题，具体如下：\n（一）污水直排。\n（二）垃圾乱堆。\n三、整改措施\n对照清单抓好落实（见附件）。\n四、工作要求\n"
        f"（一）提高站位。\n附件：献县整改清单\n附件\n献县整改清单\n问题一：污水直排。\n{LISTED}\n问题二：垃圾乱堆。\n{LISTED}\n"
        "献县人民政府\n2021年6月18日"
    )

    assert read.heading["title"].value == "献县贯彻落实省生态环境保护督察反馈意见整改方案"
    assert values(read, "problem", "number", "text", "aspect", "responsible") == [
        (1, "污水直排。", None, ["县财政局"]),
        (2, "垃圾乱堆。", None, ["县财政局"]),
    ]
    assert len(values(read, "measure", "text")) == 2


def test_the_name_and_day_under_a_paper_belong_to_no_field() -> None:
    read = narrated(
        "关于调整沧州市整改方案部分任务整改时限的通知\n序号：14\n整改任务：治理缓慢\n原整改时限：2022年底前\n调整后整改时限：2023年底前\n"
        "调整原因：受汛期影响；招标流标。\n序号：17\n整改任务：管网未建\n原整改时限：2023年3月底\n调整后整改时限：2023年9月底\n"
        "调整原因：施工受阻\n沧州市整改工作领导小组办公室\n2023年2月20日"
    )

    assert values(read, "amendment", "number", "text", "due_on", "reason") == [
        (14, "治理缓慢", "2023-12-31", "受汛期影响；招标流标。"),
        (17, "管网未建", "2023-09-30", "施工受阻"),
    ]


def test_measures_go_on_behind_the_unit_of_the_measure_before() -> None:
    read = narrated(
        "沧县整改方案\n（一）大气方面\n1.反馈问题：炉窑不达标。\n整改措施：（1）2020年8月底前淘汰炉窑7台。责任单位：县财政局。"
        "（2）安装监控。责任单位：县水利局。（3）建立机制。责任单位：县审计局。\n整改时限：2020年9月底前\n验收单位：县司法局\n"
        "（二）水方面\n2.反馈问题：\n坑塘反弹\n整改措施：治理坑塘5个。\n整改时限：2020年10月20日\n责任单位：县水利局"
    )

    assert values(read, "problem", "number", "text", "aspect", "deadline", "accepting") == [
        (1, "炉窑不达标。", "大气方面", "2020年9月底前", ["县司法局"]),
        (2, "坑塘反弹", "水方面", "2020年10月20日", None),
    ]
    assert values(read, "measure", "problem", "number", "text", "due_on", "responsible") == [
        (1, 1, "2020年8月底前淘汰炉窑7台。", "2020-08-31", ["县财政局"]),
        (1, 2, "安装监控。", "2020-09-30", ["县水利局"]),
        (1, 3, "建立机制。", "2020-09-30", ["县审计局"]),
        (2, 1, "治理坑塘5个。", "2020-10-20", ["县水利局"]),
    ]


def test_a_title_ends_before_the_annex_below_it() -> None:
    heading = narrated(
        f"河北省贯彻落实中央生态环境保护督察报告整改方案（节选）\n附件1 督察报告整改措施清单\n{BODY}"
    ).heading

    assert [heading[name].value for name in ("title", "region", "region_code")] == [
        "河北省贯彻落实中央生态环境保护督察报告整改方案（节选）",
        "河北省",
        "130000",
    ]


def test_measures_with_units_of_their_own_on_the_same_line_are_no_problems() -> None:
    read = narrated(
        "沧县整改方案\n（一）关于责任落实。\n责任单位：县财政局；县审计局\n整改时限：2018 年 9 月 底 前\n"
        "整改目标：落实\n整改措施：\n"
        "1.完善规定。责任单位：县司法局；时限：2018年7月底前\n2.约谈乡镇。责任单位：县水利局；时限：立行立改\n"
        "（二）关于铸造行业。\n责任单位：县财政局\n整改时限：2018年12月底前\n整改目标：治理\n整改措施：\n1.制定标准。"
    )

    assert values(read, "problem", "number", "text", "due_on", "responsible") == [
        (1, "关于责任落实。", "2018-09-30", ["县财政局", "县审计局"]),
        (2, "关于铸造行业。", "2018-12-31", ["县财政局"]),
    ]
    assert values(read, "measure", "problem", "text", "deadline", "responsible") == [
        (1, "完善规定。", "2018年7月底前", ["县司法局"]),
        (1, "约谈乡镇。", "立行立改", ["县水利局"]),
        (2, "制定标准。", "2018年12月底前", ["县财政局"]),
    ]


def test_short_labels_and_labels_between_blanks_need_no_colon() -> None:
    read = narrated(
        "沧县整改台账\n任务一\n问题 污水坑\n措施 1.抽排8立方米 2.回填6.5亩\n责任单位 县财政局 完成时限 2018年10月30日\n"
        "【问题2】\n【问题描述】货车绕城\n【整改措施】①设置标志12块；②巡查。\n【整改时限】2018年9月底前\n【责任单位】县水利局\n"
        "(三)第五项问题:工地扬尘\n1.整改目标:达标\n2.整改时限:立行立改\n3.责任单位:县司法局\n4.整改措施:一是洒水。二是苫盖。"
    )

    assert values(read, "problem", "number", "text", "deadline", "responsible", "measures") == [
        (1, "污水坑", "2018年10月30日", ["县财政局"], ["抽排8立方米", "回填6.5亩"]),
        (2, "货车绕城", "2018年9月底前", ["县水利局"], ["设置标志12块", "巡查。"]),
        (5, "工地扬尘", "立行立改", ["县司法局"], ["洒水。", "苫盖。"]),
    ]


def test_the_title_above_a_single_problem_is_not_part_of_it() -> None:
    read = narrated(
        "沧县2023年黄河流域生态环境警示片披露问题整改方案\n问题：污水直排。\n一、整改目标\n全部收集。\n二、整改措施\n"
        "1.应急处置。（责任单位：县水利局）\n三、完成时限\n2024年6月30日\n四、验收单位\n市住房和城乡建设局"
    )

    assert values(read, "problem", "text", "target", "due_on", "accepting") == [
        ("污水直排。", "全部收集。", "2024-06-30", ["市住房和城乡建设局"])
    ]


def test_a_problem_that_lacks_a_label_does_not_swallow_the_next() -> None:
    read = narrated(
        "沧县整改方案\n一、甲问题。\n整改目标：达标。\n整改措施：1.排查。\n整改时限：2018年底前\n责任单位：县财政局\n"
        "二、乙问题。\n整改措施：1.洒水。\n整改时限：2018年底前\n责任单位：县财政局\n"
        "三、丙问题。\n整改目标：清零。\n整改措施：1.取缔。\n整改时限：2018年底前\n责任单位：县财政局"
    )

    assert values(read, "problem", "number", "text", "target", "measures") == [
        (1, "甲问题。", "达标。", ["排查。"]),
        (2, "乙问题。", None, ["洒水。"]),
        (3, "丙问题。", "清零。", ["取缔。"]),
    ]


def test_a_heading_over_two_lines_does_not_hide_which_label_opens_a_problem() -> None:
    fields = "责任单位：县水利局\n整改目标：达标。\n整改措施：\n1.排查。\n牵头单位：县财政局\n整改时限：2022年底前"
    read = narrated(f"沧县整改方案\n一、思想认识\n（一）认识不到位，\n仍有差距。\n{fields}\n（二）管控不严。\n{fields}")

    assert values(read, "problem", "number", "text", "lead") == [
        (1, "认识不到位，仍有差距。", ["县财政局"]),
        (2, "管控不严。", ["县财政局"]),
    ]


def test_numbered_labels_do_not_number_problems() -> None:
    fields = "（二）整改目标\n达标。\n（三）整改措施\n1.排查。\n（四）整改时限\n2023年9月底前\n（五）责任单位\n市水利局"
    read = narrated(
        f"沧州市整改方案\n第一项  大气短板\n（一）具体问题\n臭氧超标。\n{fields}\n第二项  海洋垃圾\n（一）具体问题\n"
        f"岸滩垃圾。\n{fields}"
    )

    assert values(read, "problem", "number", "title", "text", "responsible") == [
        (1, "大气短板", "臭氧超标。", ["市水利局"]),
        (2, "海洋垃圾", "岸滩垃圾。", ["市水利局"]),
    ]


def test_the_titles_of_stages_are_no_measures() -> None:
    read = narrated(
        "沧县警示片披露问题整改方案\n问题概述\n磷石膏库渗漏。\n整改措施\n（一）应急处置阶段\n1.建设收集池3个。\n2.建设处理站1座。\n"
        "（二）综合整治阶段\n3.防渗改造26万平方米。\n（三）长效管护阶段\n4.定期监测。\n5.联合执法。\n责任单位\n县财政局\n整改时限\n2022年12月31日"
    )

    assert values(read, "measure", "number", "text") == [
        (1, "建设收集池3个。"),
        (2, "建设处理站1座。"),
        (3, "防渗改造26万平方米。"),
        (4, "定期监测。"),
        (5, "联合执法。"),
    ]


def test_a_number_with_letters_counts_by_its_figures() -> None:
    read = narrated(
        "沧县整改任务清单\n问题编号：SD-03\n问题描述：散煤复燃\n整改措施：(1)取缔28处;\n整改时限：2018.10.31\n责任单位：县财政局(牵头)\n"
        "问题编号：SD-04\n问题描述：河道不清\n整改措施：(1)拆除9处;\n整改时限：2018.11.15\n责任单位：县水利局(牵头)、沿河乡镇"
    )

    assert values(read, "problem", "number", "text", "due_on") == [
        (3, "散煤复燃", "2018-10-31"),
        (4, "河道不清", "2018-11-15"),
    ]


def test_each_measure_has_the_day_that_names_its_number() -> None:
    read = narrated(
        "沧州市整改方案\n一、整改任务\n1.污水直排。\n责任单位：市水利局\n整改时限：2020年6月底前（第1条措施）；"
        "2020年12月底前（第2条措施）\n整改目标：消除直排。\n整改措施：\n（1）封堵排口3个。\n（2）建成管网2公里。"
    )

    assert values(read, "problem", "due_on") == [("2020-12-31",)]
    assert values(read, "measure", "deadline", "due_on") == [
        ("2020年6月底前", "2020-06-30"),
        ("2020年12月底前", "2020-12-31"),
    ]


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("2020年6月底前（第1、2条措施）；2020年12月底前（第3项）", ["2020-06-30", "2020-06-30", "2020-12-31"]),
        ("2020年6月底前（第1条）；2020年12月底前（第2至3项整改措施）", ["2020-06-30", "2020-12-31", "2020-12-31"]),
        ("2020年6月底前（第1条和第3条措施）；2020年12月底前（第2条措施）", ["2020-06-30", "2020-12-31", "2020-06-30"]),
        ("2020年6月底前（1）；2020年12月底前（2）", ["2020-12-31", "2020-12-31", "2020-12-31"]),
    ],
)
def test_a_day_may_name_several_measures(said: str, days: list[str]) -> None:
    read = narrated(
        f"沧州市整改方案\n一、整改任务\n1.污水直排。\n责任单位：市水利局\n整改时限：{said}\n整改目标：消除直排。\n"
        "整改措施：\n（1）封堵排口3个。\n（2）建成管网2公里。\n（3）清理沟渠。"
    )

    assert [day for (day,) in values(read, "measure", "due_on")] == days


def test_a_measure_that_is_to_go_on_takes_over_no_day() -> None:
    read = narrated(
        "沧州市整改方案\n一、整改任务\n1.污水直排。\n责任单位：市水利局\n整改时限：2025年底前\n整改目标：消除直排。\n"
        "整改措施：\n（1）封堵排口3个。\n（2）建立管护机制，长期坚持。"
    )

    assert values(read, "measure", "deadline", "due_on", "nature") == [
        ("2025年底前", "2025-12-31", "限期整改"),
        ("长期坚持", None, "长期坚持"),
    ]
