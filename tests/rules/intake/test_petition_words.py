"""What petition papers call their columns, and what the short answers below them mean."""

import pytest

from bihuan.intake.formats import petition_columns as heads
from bihuan.intake.formats import petition_words as words


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        ("number", "信访件编号 投诉编号 来电来信编号 信访受理号 受理编号(*为重点件)"),
        ("content", "反映的问题 信访件反映情况 群众投诉内容 举报事项 交办件内容 转办问题基本情况 投诉人反映的基本情况"),
        ("region", "所在县区 属地(县区) 旗县(市、区) 市(州) 镇(街道) 州市 责任地区"),
        ("types", "环境污染类型 举报类别 问题所属类型"),
        ("findings", "现场核实情况 调查(核实)情况 核实情况 调查、核实情况"),
        ("told", "调查核实及处理情况 核查及处理情况"),
        ("truth", "属实性 是否属实(属实/部分属实/不属实) 核实结论"),
        ("handling", "处理(整改)情况 处理、整改情况 整改结果 整改进展情况"),
        ("closing", "是否已办结 整改是否完成"),
        ("accountability", "责任人员被处理情况 对责任人处理情况 责任追究"),
        ("key_case", "是否重点关注件"),
        ("batch", "交办批次"),
        (None, "责任人 包案领导 回访情况 公示情况 属实 群众满意度"),
    ],
)
def test_headings_that_offices_put_together_are_known(name: str | None, headings: str) -> None:
    assert {heading: heads.column(heading) for heading in headings.split()} == dict.fromkeys(headings.split(), name)


@pytest.mark.parametrize(
    ("truth", "answers"),
    [
        ("属实", "是 经查属实 举报情况属实 均属实 属实(已整改) ✓"),
        ("基本属实", "是(基本属实) 群众反映情况基本属实"),
        ("部分属实", "是(部分属实) 部份属实 反映问题部分属实"),
        ("不属实", "否 否(不属实) 全部不属实 投诉不属实 举报不实"),
        (None, "不完全属实 大部分属实 无法核实 否(部分属实) 查无实据 1属实2不属实"),
    ],
)
def test_verdicts_are_the_offices_four(truth: str | None, answers: str) -> None:
    assert {answer: words.truth(answer) for answer in answers.split()} == dict.fromkeys(answers.split(), truth)


@pytest.mark.parametrize(
    ("words_", "verdicts"),
    [
        ("1属实;2不属实", ["属实", "不属实"]),
        ("1.是；2.否", ["属实", "不属实"]),
        ("问题一属实,问题二部份属实", ["属实", "部分属实"]),
        ("属实", []),
    ],
)
def test_a_list_of_verdicts_is_taken_apart(words_: str, verdicts: list[str]) -> None:
    assert words.verdicts(words_) == verdicts


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("固废", "固体废弃物 建筑垃圾 工业固废 固废(含危废) 危险废物"),
        ("大气", "气 工业废气 臭气 涉大气 空气污染 大气等"),
        ("水", "水质 生活污水 黑臭水体 水环境污染"),
        ("噪声", "声环境 噪声(振动) 施工噪声"),
        ("辐射", "核与辐射 电磁辐射"),
        ("其他", "其他(光污染) 其它污染"),
        (None, "光污染 畜禽养殖 非法采矿 粉尘 综合"),
    ],
)
def test_types_are_those_of_the_office_or_asked(kind: str | None, names: str) -> None:
    assert [words.pollution_types(name) for name in names.split()] == [[(name, kind)] for name in names.split()]


@pytest.mark.parametrize(
    ("state", "answers"),
    [
        ("已办结", "是 办结 已整改完成 已办结(2025年6月3日) 办理完毕"),
        ("阶段性办结", "阶段办结 已阶段性办结"),
        ("正在办理", "否 未办结(正在整改) 整改中 正在推进 待办结"),
        (None, "长期坚持 部分办结 持续推进"),
    ],
)
def test_closing_states_are_known_or_asked(state: str | None, answers: str) -> None:
    assert {answer: words.closing(answer) for answer in answers.split()} == dict.fromkeys(answers.split(), state)


@pytest.mark.parametrize(
    ("answer", "way"), [("电", "来电"), ("信件", "来信"), ("电话举报", "来电"), ("来电、来信", None)]
)
def test_ways_of_intake_are_known_or_asked(answer: str, way: str | None) -> None:
    assert words.intake(answer) == way


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("处以2.5万元罚款", {"fine_yuan": 25000}),
        ("行政处罚12.5万元", {"fine_yuan": 125000}),
        ("罚款21,500元整", {"fine_yuan": 21500}),
        ("罚款叁万元", {"fine_yuan": 30000}),
        ("罚款1.5万，罚没款 3000 元", {"fine_yuan": 18000}),
        ("甲厂罚款3万元；乙厂罚款5万元，合计罚款8万元", {"fine_yuan": 80000}),
        ("对2家企业立案处罚，责令3家企业停产整治", {"fined_cases": 2, "suspended": 3}),
        ("立案调查1件，刑事立案2起", {"filed_cases": 1, "criminal_cases": 2}),
        (
            "行政拘留当事人1人，约谈3名责任人，对张某等3人进行问责",
            {"administrative_detention": 1, "summoned": 3, "accountable": 3},
        ),
        ("取缔3家，查封1处", {"closed_down": 3, "sealed": 1}),
        ("给予党内警告处分，查封设备3台", {}),
    ],
)
def test_penalties_are_counted_however_they_are_put(text: str, figures: dict[str, float]) -> None:
    counted: dict[str, float] = {}
    for name, figure, _ in words.penalties(text):
        counted[name] = counted.get(name, 0) + figure

    assert counted == figures
