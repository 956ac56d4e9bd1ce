"""Town, village and house number out of the words of a place, whatever stands around them."""

import pytest

from bihuan.lib.reading.addresses import Address, county_of, read_address, town_key, without_names

CANG, RENQIU = ("130900", "130921"), ("130900", "130982")


@pytest.mark.parametrize(
    ("text", "regions", "address"),
    [
        ("沧州市沧县杜林乡倪桥村西北方向1公里处河沟内", CANG, Address("杜林乡", "倪桥")),
        ("沧县倪桥村村西侧100米", CANG, Address("", "倪桥")),
        ("任丘市于村乡史家庄村村西南史某某喷涂厂", RENQIU, Address("于村乡", "史庄")),
        ("任丘市史庄村", RENQIU, Address("", "史庄")),
        ("滄縣杜林鄉倪橋村", CANG, Address("杜林乡", "倪桥")),
        ("沧县倪桥村(cūn)村(cūn)南", CANG, Address("", "倪桥")),
        ("沧县渤海大道西段18号路北", CANG, Address("", "", "渤海大道西段18号")),
        ("沧县307国道西行500米路北", CANG, Address()),
        ("群众反映，该村村东、全村都闻得到", CANG, Address()),
        ("来电反映李坨村村北坑塘黑臭", CANG, Address("", "李坨")),
        ("沧县三里村村东，两个村都受影响", CANG, Address("", "三里")),
        ("沧县，附近的村都有异味，邻村也有", CANG, Address()),
        ("马王镇新庄村108国道南侧", ("610000",), Address("马王镇", "新庄")),
        ("桃城区某村", ("131100", "131102"), Address()),
        ("", (), Address()),
    ],
)
def test_an_address_is_read(text: str, regions: tuple[str, ...], address: Address) -> None:
    assert read_address(text, regions) == address


def test_a_town_is_one_though_its_rank_or_people_change() -> None:
    assert {town_key(town) for town in ("于村回族乡", "于村乡", "于村镇", "于村街道办事处")} == {"于村"}


@pytest.mark.parametrize(
    ("regions", "county"),
    [(CANG, "130921"), (("130900", "130921", "130921101"), "130921"), (("130900",), ""), ((), "")],
)
def test_the_county_is_found_among_the_regions(regions: tuple[str, ...], county: str) -> None:
    assert county_of(regions) == county


@pytest.mark.parametrize(
    ("text", "rest"),
    [("河北沧州市沧县华兴", "华兴"), ("沧县", "沧县"), ("华兴沧县", "华兴沧县"), ("沧州华", "沧州华")],
)
def test_the_names_of_regions_go_from_the_front_while_a_name_is_left(text: str, rest: str) -> None:
    assert without_names(text, CANG) == rest


def test_an_address_is_said_as_town_and_village() -> None:
    assert Address("杜林乡", "倪桥").said == "杜林乡倪桥村"
