"""The divisions of the country and their zones."""

from bihuan.lib.reading.regions import LEVELS, places


def test_every_county_of_a_city_is_known_in_order_and_zones_only_where_asked_for() -> None:
    counties = [region.name for region in places().counties("130900")]
    zones = {region.name for region in places().counties("130900", zones=True)} - set(counties)

    assert "、".join(counties) == (
        "新华区、运河区、沧县、青县、东光县、海兴县、盐山县、肃宁县、南皮县、吴桥县、献县、孟村回族自治县、"
        "泊头市、任丘市、黄骅市、河间市"
    )
    assert zones == {"沧州开发区", "沧州高新区", "渤海新区"}


def test_a_place_is_found_by_its_name_its_short_name_and_its_alias() -> None:
    for name in ("孟村回族自治县", "孟村"):
        assert [region.code for region in places().named(name)] == ["130930"]
    assert [region.code for region in places().named("沧州渤海新区")] == ["130973"]


def test_places_of_one_name_are_told_apart_by_what_they_lie_in() -> None:
    assert len(places().named("新华区")) > 1
    assert [region.code for region in places().named("新华区", within="130900")] == ["130902"]
    assert places().named("石家庄市", within="130900") == ()


def test_levels_parents_and_short_names() -> None:
    city, county, new = places().get("130900"), places().get("130982"), places().get("133100")

    assert city and county and new
    assert (city.level, city.parent, city.short) == ("city", "130000", "沧州")
    assert (county.level, county.parent, county.short) == ("county", "130900", "任丘")
    assert new.short == "雄安新区"
    assert {region.level for region in places().by_code.values()} <= set(LEVELS)
    assert places().get("999999") is None


def test_a_county_without_a_rank_left_to_drop_keeps_its_name() -> None:
    region = places().get("130921")

    assert region
    assert region.short == "沧县"


def test_towns_are_known_under_their_county() -> None:
    names = {town.name for town in places().towns("130921")}

    assert "杜林回族乡" in names
    assert places().towns("999999") == ()


def test_the_zones_of_the_statistics_office_are_no_counties() -> None:
    names = [region.name for region in places().counties("131100")]

    assert len(names) == 11
    assert "河北衡水高新技术产业开发区" not in names
    assert "河北衡水高新技术产业开发区" in [region.name for region in places().counties("131100", zones=True)]
