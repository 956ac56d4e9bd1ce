"""What came of petitions as the public reads it: found, paged, taken down; as CSV, JSON and feed; and no more."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from bihuan.disclosure.actions import releasing
from bihuan.disclosure.models import Release
from bihuan.disclosure.queries import public_petitions
from bihuan.disclosure.rules.petition_text import PARTS, digest_of
from bihuan.organisation.models import Person
from bihuan.petitions import actions as petitions
from bihuan.portal import opendata
from tests.cast import NOON, Cast
from tests.makers import make_other, make_release, make_result
from tests.publicising import FOUND, NAMES, Publicising, being_publicised

PLACES = (
    "/public/petitions/",
    "/public/petitions.csv",
    "/public/petitions.json",
    "/public/feed.xml",
    "/public/figures/",
    "/public/figures.csv",
    "/public/figures.json",
)


@pytest.fixture
def way(cast: Cast) -> Publicising:
    """Three petitions that the public reads."""
    way = being_publicised(cast, 3)
    way.to_public(cast)
    return way


@pytest.fixture
def writer(cast: Cast) -> Person:
    return Person.objects.get(pk=cast.chen.person)


def told(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(body.decode("utf-8-sig"))


def read(client: Client, path: str, **asked: str) -> str:
    return told(client.get(path, asked))


def lines(client: Client, **asked: str) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(read(client, "/public/petitions.csv", **asked)))]


def rows(client: Client, **asked: str) -> list[dict[str, str]]:
    return list(json.loads(read(client, "/public/petitions.json", **asked))["petitions"])


def test_what_was_approved_is_what_everybody_reads(client: Client, way: Publicising) -> None:
    shown = Release.objects.order_by("pk")[0]
    page = read(client, f"/public/petitions/{shown.code}/")
    [row, *_], [line, *_] = rows(client), lines(client)

    assert row["sha256"] == shown.digest == digest_of("petition", {**row, "title": shown.title})
    assert {part: row[part] for part in PARTS if part != "title"} == {
        part: shown.redacted[part] for part in PARTS if part != "title"
    }
    assert [*line.values()] == [*row.values()]
    assert row["published_at"] == "2022-07-04T12:00:00+08:00"  # as the page and its reader's clock say it
    assert shown.redacted["findings"] in page
    assert shown.title in page


def test_nobody_is_named_anywhere(client: Client, way: Publicising, cast: Cast) -> None:
    assert leaks(client) == []
    for path in (*PLACES, "/public/petitions/HE2-Q0001/"):
        said = read(client, path)
        assert str(Release.objects.all()[0].drafted_by) not in said
        assert cast.wang.name not in said
        assert "HE2-X0001" not in said


def leaks(client: Client) -> list[str]:
    """The public addresses that say a name which was blacked out."""
    return [
        path for path in (*PLACES, "/public/petitions/HE2-Q0001/") if any(one in read(client, path) for one in NAMES)
    ]


def from_the_draft(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    shown = public_petitions._result

    def planted(row: Release) -> Any:
        row.redacted = row.sections
        return shown(row)

    monkeypatch.setattr(public_petitions, "_result", planted)
    return {"/public/petitions.csv", "/public/petitions.json", "/public/petitions/HE2-Q0001/"}


def from_the_title(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    shown = public_petitions._result

    def planted(row: Release) -> Any:
        row.redacted = row.redacted | {"title": FOUND, "content": FOUND}
        return shown(row)

    monkeypatch.setattr(public_petitions, "_result", planted)
    return {*PLACES, "/public/petitions/HE2-Q0001/"} - {one for one in PLACES if "figures" in one}


@pytest.mark.parametrize("plant", [from_the_draft, from_the_title])
def test_a_name_that_is_planted_is_found(
    client: Client, way: Publicising, monkeypatch: pytest.MonkeyPatch, plant: Callable[[pytest.MonkeyPatch], set[str]]
) -> None:
    wanted = plant(monkeypatch)

    assert {*leaks(client)} == wanted


def test_it_is_found_by_words_by_number_and_by_facts(client: Client, writer: Person) -> None:
    make_result(writer, "D2HE202204120031", text={"findings": "坑塘东岸堆有垃圾。"})
    make_result(writer, "X2HE202204130002", text={"types": "噪声、大气", "region": "青县", "truth": "不属实"})

    def found(**asked: str) -> list[str]:
        page = read(client, "/public/petitions/", **asked)
        return [one for one in ("D2HE202204120031", "X2HE202204130002") if f">{one}</a>" in page]

    assert found() == ["D2HE202204120031", "X2HE202204130002"]
    assert found(q="坑塘") == ["D2HE202204120031"]
    assert found(q="x2he2022") == ["X2HE202204130002"]
    assert found(q="没有的字") == []
    assert found(type="噪声") == ["X2HE202204130002"]
    assert found(type="大气") == []
    assert found(county="青县", truth="不属实", closing="已办结") == ["X2HE202204130002"]
    assert found(county="青县", truth="属实") == []
    assert [one["number"] for one in rows(client, county="沧县")] == ["D2HE202204120031"]
    assert "没有这样的信访件" in read(client, "/public/petitions/", q="没有的字")


def test_pages_follow_one_another_without_a_gap(
    client: Client, writer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_petitions, "PAGE", 2)
    for number in range(5):
        make_result(writer, f"D2HE20220412000{number}")

    behind, seen = "", []
    for _ in range(3):
        page = read(client, "/public/petitions/", **({"behind": behind} if behind else {}))
        seen += re.findall(r">(D2HE\d+)</a>", page)
        [behind] = re.findall(r"behind=(\d+)", page) or [""]

    assert behind == ""
    assert seen == [f"D2HE20220412000{number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize("state", ["draft", "redacted", "approved"])
def test_what_was_not_put_out_is_nowhere(client: Client, writer: Person, state: str) -> None:
    make_result(writer, state=state, published_at=None)

    assert client.get("/public/petitions/HE2-Q0001/").status_code == 404
    assert rows(client) == []
    assert lines(client) == []
    for path in PLACES:
        assert "D2HE202204120031" not in read(client, path)


def test_what_was_taken_down_is_gone_and_says_so(client: Client, way: Publicising, cast: Cast) -> None:
    shown = Release.objects.get(code="HE2-Q0002")
    releasing.move_release(shown, "withdraw", by=cast.wang, at=NOON, note="写错了", seen=shown.version)

    gone = client.get("/public/petitions/HE2-Q0002/")

    assert gone.status_code == 410
    assert "这份办理情况已撤下" in gone.content.decode()
    assert shown.redacted["number"] not in gone.content.decode()
    assert len(rows(client)) == len(lines(client)) == 2


def test_what_was_replaced_leads_to_what_stands_in_its_place(client: Client, writer: Person) -> None:
    make_result(writer, state="withdrawn", about_code="HE2-X0009")
    make_result(writer, about_code="HE2-X0009")

    gone = client.get("/public/petitions/HE2-Q0001/")

    assert gone.status_code == 410
    assert "/public/petitions/HE2-Q0002/" in gone.content.decode()


def test_a_correction_takes_it_from_the_public_and_its_address_says_so(client: Client, way: Publicising) -> None:
    shown = Release.objects.get(code="HE2-Q0001")
    petitions.correct_petition(way.petitions()[0], by=way.writer, at=NOON, note="点错了")

    gone = client.get("/public/petitions/HE2-Q0001/")

    assert gone.status_code == 410
    assert "这份办理情况已撤下" in gone.content.decode()
    assert shown.redacted["number"] not in gone.content.decode()
    assert [one["code"] for one in rows(client)] == ["HE2-Q0002", "HE2-Q0003"]


def test_no_cell_is_a_formula_and_excel_reads_the_characters(client: Client, writer: Person) -> None:
    for sign in ("=HYPERLINK(1)", "+1", "-1", "@x", "\t=1", "＝1"):
        make_result(writer, text={"findings": sign})

    body = b"".join(client.get("/public/petitions.csv").streaming_content)

    assert body.startswith(b"\xef\xbb\xbf")
    assert [one["findings"][0] for one in renamed(lines(client))] == ["'"] * 6
    assert rows(client)[0]["findings"] == "=HYPERLINK(1)"


def renamed(found: list[dict[str, str]]) -> list[dict[str, str]]:
    parts = {heading: part for part, heading in PARTS.items()}
    return [{parts.get(name, name): value for name, value in one.items()} for one in found]


def test_the_feed_tells_what_is_new_of_both_kinds(client: Client, writer: Person) -> None:
    make_result(writer, text={"title": "信访件\x08办理情况"}, published_at=NOON)
    make_release(writer, published_at=NOON + timedelta(hours=1))

    feed = ET.fromstring(read(client, "/public/feed.xml"))  # noqa: S314 -- our own words

    titles = [one.text for one in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert titles == ["督察整改公开", "标题的话。", "信访件办理情况"]


def test_figures_add_up_and_keep_small_cells_back(client: Client, writer: Person) -> None:
    for number in range(9):
        make_result(writer, f"D2HE20220412000{number}", text={"types": "水" if number < 7 else "噪声"})

    page = read(client, "/public/figures/")

    assert '<td class="num">不足3</td>' in page
    assert "“不足3”（1件或2件）的格，在数据里写“≤3”" in page
    assert '<td class="num"><b>9</b></td>' in page
    assert '<td class="num">7</td>' not in page
    assert "一件计一次" in page


def city_of(writer: Person) -> None:
    """Two counties with cells of one, two and many."""
    kinds = ("水",) * 6 + ("噪声",) * 2 + ("油烟",)
    for number, kind in enumerate(kinds * 2):
        county = "沧县" if number < len(kinds) else "青县"
        make_result(writer, f"D2HE2022041200{number:02}", text={"types": kind, "region": county})


def figures_in(client: Client) -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
    """Every line of every table, as the page, the CSV and the JSON tell it: county, cells, total."""
    page = read(client, "/public/figures/")
    drawn = [
        re.findall(r"<t[hd][^>]*>(?:<b>)?([^<]*)(?:</b>)?</t[hd]>", one) for one in re.findall(r"<tr>.*?</tr>", page)
    ]
    sheet: dict[tuple[str, str], list[str]] = {}
    for row in csv.DictReader(io.StringIO(read(client, "/public/figures.csv"))):
        sheet.setdefault((row["统计"], row["行政区域"]), []).append(row["件数"])
    spoken: list[list[str]] = []
    for table in json.loads(read(client, "/public/figures.json"))["tables"]:
        spoken += [[one["county"], *one["cells"], one["total"]] for one in table["lines"]]
        spoken.append(["合计", *table["totals"], table["total"]])
    on_page = [["≤3" if cell == "不足3" else cell for cell in one] for one in drawn if one[0] != "行政区域"]
    return on_page, [[county, *cells] for (_, county), cells in sheet.items()], spoken


def test_figures_for_programs_are_exactly_those_of_the_page(client: Client, writer: Person) -> None:
    city_of(writer)

    page, sheet, spoken = figures_in(client)

    assert page == sheet == spoken
    told = {cell for one in sheet for cell in one[1:]}
    assert {"≤3", "不列"} <= told and not told & {"1", "2"}


def test_a_small_cell_that_is_planted_beside_the_page_is_found(
    client: Client, writer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    city_of(writer)
    monkeypatch.setattr(opendata, "_by_head", lambda table, *_: [(one, "2") for one in (*table.heads, "合计")])

    page, sheet, spoken = figures_in(client)

    assert page == spoken and sheet != page


def test_figures_of_nothing_are_empty_and_whole(client: Client, db: None) -> None:
    assert read(client, "/public/figures.csv").strip() == "统计,行政区域,项目,件数"
    told = json.loads(read(client, "/public/figures.json"))["tables"]
    assert [one["lines"] for one in told] == [[], [], []]


def test_a_page_asks_as_little_for_many_as_for_few(
    client: Client, writer: Person, django_assert_num_queries: Any
) -> None:
    for number in range(60):
        make_result(writer, f"D2HE2022041200{number:02}")
    read(client, "/public/petitions/")

    with django_assert_num_queries(1 + 1):  # the page; whether what is counted still holds
        read(client, "/public/petitions/", county="沧县", truth="属实")
    with django_assert_num_queries(1 + 1):
        read(client, "/public/petitions/", q="的话")
    with django_assert_num_queries(1):
        read(client, "/public/petitions/HE2-Q0001/")
    with django_assert_num_queries(1):
        read(client, "/public/petitions.json")
    with django_assert_num_queries(2):
        read(client, "/public/feed.xml")


def test_another_citys_drafts_and_numbers_do_not_meet(client: Client, writer: Person) -> None:
    shown = make_result(writer)
    make_other(shown, city="130100")

    assert [one["code"] for one in rows(client)] == ["HE2-Q0001"]
