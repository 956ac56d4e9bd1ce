"""Lists of responsible units as plans write them."""

import pytest

from bihuan.lib.reading.directory import Unit, default_directory, directory_of, homeless_directory
from bihuan.lib.reading.units import UnitsRead, read_units

CITY = default_directory("130900")
COUNTY = default_directory("130921")
COUNTIES = 16


def names(read: UnitsRead) -> list[str]:
    return [unit.name for unit in read.units]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市水利局、市公安局,市财政局；市审计局", ["市水利局", "市公安局", "市财政局", "市审计局"]),
        ("市水利局 市公安局", ["市水利局", "市公安局"]),
        ("市财政局与市审计局及市统计局", ["市财政局", "市审计局", "市统计局"]),
        ("市自然资源和规划局和市海洋和港航管理局", ["市自然资源和规划局", "市海洋和港航管理局"]),
        ("市住房和城乡建设局、市住房城乡建设局", ["市住房和城乡建设局", "市住房城乡建设局"]),
        ("市委办公室、市政府办公室", ["市委办公室", "市政府办公室"]),
        ("市委、市政府", ["市委、市政府"]),
        ("黄骅市委和市政府", ["黄骅市委和市政府"]),
        ("沧县县委、县政府、青县县委和县政府", ["沧县县委、县政府", "青县县委和县政府"]),
        ("孟村县委县政府", ["孟村县委县政府"]),
        ("沧州开发区、沧州高新区党工委和管委会", ["沧州开发区党工委和管委会", "沧州高新区党工委和管委会"]),
        ("任丘、河间市政府", ["任丘市政府", "河间市政府"]),
        ("吴桥县、市水利局", ["吴桥县", "市水利局"]),
        ("沧州市水利局、沧州市公安局", ["市水利局", "市公安局"]),
        ("成安县水利局、市生态环境局成安县分局", ["成安县水利局", "市生态环境局成安县分局"]),
        ("任丘市环保分局", ["任丘市环保分局"]),
        ("杜林回族乡、沧县杜生镇人民政府", ["杜林回族乡", "沧县杜生镇人民政府"]),
        ("河北省生态环境厅、省水利厅、省委、省政府", ["河北省生态环境厅", "省水利厅", "省委、省政府"]),
        ("市水利局(牵头)、市公安局按职责分工负责", ["市水利局", "市公安局"]),
        ("市水利局、市水利局", ["市水利局"]),
        (":市水利局。", ["市水利局"]),
        ("", []),
    ],
)
def test_a_list_is_divided_where_units_end(text: str, expected: list[str]) -> None:
    read = read_units(text, CITY)

    assert names(read) == expected
    assert read.doubts == ()


@pytest.mark.parametrize(
    ("text", "name", "rule"),
    [
        ("市环保局", "市生态环境局", "旧称对应现名"),
        ("市国土局", "市自然资源和规划局", "旧称对应现名"),
        ("市水务局", "市水利局", "旧称对应现名"),
        ("市住建局", "市住房城乡建设局", "简称对应全称"),
        ("水利局", "市水利局", "补上所在地"),
        ("任丘市环保局", "任丘市生态环境局", "旧称对应现名"),
    ],
)
def test_former_and_short_names_lead_to_the_unit_of_today(text: str, name: str, rule: str) -> None:
    (unit,) = read_units(text, CITY).units

    assert (unit.name, unit.raw, unit.derived) == (name, text, rule)


@pytest.mark.parametrize("every", ["各县(市、区)", "各县（市、区）", "各县市区", "全市各县区"])
def test_every_county_is_spelled_out(every: str) -> None:
    read = read_units(f"{every}党委和人民政府、市水利局", CITY)

    assert len(read.units) == COUNTIES + 1
    assert read.units[0].plain() == {
        "name": "新华区党委和人民政府",
        "raw": f"{every}党委和人民政府",
        "span": [0, len(every) + 7],
        "kind": "党委政府",
        "region_code": "130902",
        "derived": "各县(市、区)逐一展开",
    }
    assert {unit.start for unit in read.units[:COUNTIES]} == {0}
    assert read.doubts == ()


def test_zones_are_spelled_out_where_they_are_named() -> None:
    read = read_units("各县(市、区)、开发区党(工)委和政府(管委会)", CITY)

    assert len(read.units) == COUNTIES + 3
    assert names(read)[0] == "新华区党委和政府"
    assert [name for name in names(read) if "渤海新区" in name] == ["渤海新区党工委和管委会"]


def test_zones_alone_are_spelled_out() -> None:
    assert names(read_units("各开发区管委会", CITY)) == ["沧州开发区管委会", "沧州高新区管委会", "渤海新区管委会"]


def test_a_department_of_every_county_is_spelled_out() -> None:
    read = read_units("各县(市、区)水利局", CITY)

    assert len(read.units) == COUNTIES
    assert (read.units[0].name, read.units[0].kind) == ("新华区水利局", "部门")


@pytest.mark.parametrize(
    "text", ["市生态环境保护委员会成员单位", "市直有关部门", "有关县(市、区)党委和政府", "各县(市、区)相关部门"]
)
def test_a_group_stays_one_and_is_asked_about(text: str) -> None:
    read = read_units(text, CITY)

    assert names(read) == [text]
    assert [doubt.question.text for doubt in read.doubts] == [f"“{text}”具体是哪些单位？"]


@pytest.mark.parametrize(
    ("text", "kind", "nearest"),
    [
        ("市水里局", "其他", "市水利局"),
        ("某某化工有限公司", "企业", None),
        ("县水利局", "其他", "市水利局"),
        ("各县(市、区)乱写", "其他", None),
        ("商城镇", "其他", None),
        ("市不存在局成安县分局", "其他", None),
        ("省乱写厅", "其他", None),
    ],
)
def test_an_unknown_unit_is_asked_about_with_what_looks_like_it(text: str, kind: str, nearest: str | None) -> None:
    read = read_units(text, CITY)

    assert [(unit.name, unit.kind) for unit in read.units] == [(text, kind)]
    (doubt,) = read.doubts
    assert doubt.question.text == f"单位“{text}”不在名录里，是哪个单位？"
    assert next(iter(doubt.question.choices), None) == nearest


def test_a_doubt_says_where_its_words_stand() -> None:
    text = "市水利局、市水里局"

    assert read_units(text, CITY).plain()["doubts"] == [
        {
            "raw": "市水里局",
            "span": [5, 9],
            "kind": "unit_unknown",
            "question": "单位“市水里局”不在名录里，是哪个单位？",
            "choices": ["市水利局", "市农业农村局"],
        }
    ]


def test_a_county_calls_its_own_departments_by_its_rank_and_still_knows_the_city() -> None:
    read = read_units("县水利局、市水利局、县政府、市政府、政府办", COUNTY)

    assert [(unit.name, unit.region_code) for unit in read.units] == [
        ("县水利局", "130921"),
        ("市水利局", "130900"),
        ("县政府", "130921"),
        ("市政府", "130900"),
        ("政府办", None),
    ]


def test_a_county_names_the_branch_of_the_citys_bureau_by_its_rank() -> None:
    (unit,) = read_units("县生态环境分局", COUNTY).units

    assert (unit.name, unit.kind, unit.region_code) == ("县生态环境分局", "部门", "130921")


def test_an_autonomous_county_is_a_county() -> None:
    (unit,) = read_units("县水利局", default_directory("130930")).units

    assert (unit.name, unit.region_code) == ("县水利局", "130930")


def test_a_directory_of_our_own_units_accepts_no_patterns() -> None:
    own = directory_of(
        "130900",
        (
            Unit("沧州市水利局", region="130900", aliases=("市水利局",), former=("市水务局",)),
            Unit("中共黄骅市委、黄骅市人民政府", "党委政府", "130983"),
        ),
    )

    read = read_units("市水利局、市水务局、黄骅市委和市政府、成安县水利局、任丘市环保分局、杜林回族乡、省水利厅", own)

    assert [(unit.name, unit.derived) for unit in read.units] == [
        ("沧州市水利局", "简称对应全称"),
        ("中共黄骅市委、黄骅市人民政府", "按名录"),
        ("成安县水利局", None),
        ("任丘市环保分局", None),
        ("杜林回族乡", None),
        ("省水利厅", None),
    ]
    assert [doubt.raw for doubt in read.doubts] == ["成安县水利局", "任丘市环保分局", "杜林回族乡", "省水利厅"]
    assert "中共黄骅市委、黄骅市人民政府" in names(read_units("各县(市、区)党委和政府", own))


def test_without_a_home_only_names_that_say_their_place_are_settled() -> None:
    nowhere = directory_of("", ())

    read = read_units("市政府、各县(市、区)政府、省水利厅、任丘市政府", nowhere)

    assert [(unit.name, unit.region_code) for unit in read.units] == [
        ("市政府", None),
        ("各县(市、区)政府", None),
        ("省水利厅", None),
        ("任丘市政府", "130982"),
    ]
    assert [(doubt.raw, doubt.question.kind) for doubt in read.doubts] == [
        ("各县(市、区)政府", "unit_collective"),
        ("省水利厅", "unit_unknown"),
    ]


def test_the_usual_departments_are_known_where_the_place_is_not() -> None:
    read = read_units("市水利局、县环保局", homeless_directory())

    assert [(unit.name, unit.region_code) for unit in read.units] == [("市水利局", None), ("县生态环境局", None)]
    assert read.doubts == ()


def test_a_code_that_is_no_city_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^行政区划代码“130000”不是市或县\(市、区\)。$"):
        default_directory("130000")


def test_a_county_that_is_called_a_city_keeps_its_departments_and_the_citys_apart() -> None:
    read = read_units("黄骅市水利局、沧州市水利局、市财政局", default_directory("130983"))

    assert [(unit.name, unit.region_code) for unit in read.units] == [
        ("市水利局", "130983"),
        ("沧州市水利局", "130900"),
        ("市财政局", "130983"),
    ]


def test_a_province_that_is_not_known_has_its_departments_all_the_same() -> None:
    read = read_units("省委组织部、省生态环境厅，省委党校（行政学院），各市（州）党委、政府", homeless_directory())

    assert [unit.name for unit in read.units] == [
        "省委组织部",
        "省生态环境厅",
        "省委党校(行政学院)",
        "各市(州)党委、政府",
    ]
    assert [doubt.question.kind for doubt in read.doubts] == ["unit_collective"]


@pytest.mark.parametrize(
    ("home", "shown"),
    [
        ("130900", ["省水利厅", "省生态环境厅", "市水利局"]),
        ("150100", ["自治区水利厅", "自治区生态环境厅", "市水利局"]),
        (None, ["省水利厅", "省生态环境厅", "市水利局"]),
    ],
)
def test_a_department_called_ting_is_the_provinces_without_asking(home: str | None, shown: list[str]) -> None:
    read = read_units("水利厅、生态环境厅、市水利局", default_directory(home) if home else homeless_directory())

    assert (names(read), read.doubts) == (shown, ())
    assert [unit.derived for unit in read.units] == ["“厅”只有省级才有", "“厅”只有省级才有", None]


def test_the_autonomous_regions_own_word_is_known() -> None:
    read = read_units("自治区水利厅、内蒙古自治区生态环境厅", default_directory("150100"))

    assert (names(read), read.doubts) == (["自治区水利厅", "内蒙古自治区生态环境厅"], ())


def test_an_office_that_lists_the_provinces_department_finds_it_without_its_rank() -> None:
    own = directory_of("130900", (Unit("省水利厅", region="130000"), Unit("市水利局", region="130900")))

    read = read_units("水利厅、司法厅", own)

    assert [(unit.name, unit.region_code) for unit in read.units] == [("省水利厅", "130000"), ("司法厅", None)]
    assert [doubt.raw for doubt in read.doubts] == ["司法厅"]
