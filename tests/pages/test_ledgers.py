import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.core import clock, listing
from bihuan.gate.shelves import SHELVES
from bihuan.lib.paper.reading import read_paper
from bihuan.organisation.models import Appointment, Unit
from bihuan.rectification.actions import sharing
from bihuan.rectification.actions.handing_over import move_problem
from bihuan.rectification.models import Indicator, Problem
from bihuan.rectification.queries import sight
from bihuan.web import drawing
from tests.cast import NOON, ROBOT, Cast, account_of
from tests.kept import LEADS
from tests.makers import make_batch, make_inspection, make_measure, make_petition, make_plan, make_problem, write

MOST_QUERIES = 8
BROUGHT = {"measures": 2}  # progress entries and indicators, fetched once a page, and only where a column reads them


def fill(cast: Cast, count: int) -> None:
    LEADS.led(("a ledger", count), lambda: _fill(cast, count))


def _fill(cast: Cast, count: int) -> None:
    plan = make_plan(make_inspection(cast), cast.party)
    batch = make_batch(plan.inspection)
    for number in range(1, count + 1):
        make_measure(make_problem(cast, number, plan=plan))
        make_petition(cast, batch, f"D2HE20220412{number:04}")


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", SHELVES)
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.promise("L4")
def test_a_ledger_asks_few_queries_however_many_rows(client: Client, cast: Cast, name: str, count: int) -> None:
    fill(cast, count)
    client.force_login(account_of(cast.chen))
    path = f"/ledgers/{name}/"
    client.get(path)
    with_rows = queries(client, path)
    columns = "&".join(f"column={column.name}" for column in SHELVES[name].ledger.columns)

    assert with_rows <= MOST_QUERIES
    assert queries(client, f"{path}?{columns}") == with_rows + BROUGHT.get(name, 0) <= MOST_QUERIES


@pytest.mark.parametrize("name", SHELVES)
@pytest.mark.promise("L4")
def test_one_and_three_rows_ask_the_same(client: Client, cast: Cast, name: str) -> None:
    fill(cast, 3)
    client.force_login(account_of(cast.chen))
    path = f"/ledgers/{name}/"
    client.get(path)
    word = "D2HE202204120001" if name == "petitions" else "1"
    column = {"petitions": "number", "measures": "text", "rectification-list": "text"}.get(name, "title")

    assert queries(client, path) == queries(client, f"{path}?{column}={word}")


@pytest.mark.teeth("L4")
def test_a_query_for_each_row_is_seen(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(cast, 3)
    client.force_login(account_of(cast.chen))
    client.get("/ledgers/problems/")
    ask = drawing._cell
    monkeypatch.setattr(drawing, "_cell", lambda value: (Unit.objects.count(), ask(value))[1])

    assert queries(client, "/ledgers/problems/") > MOST_QUERIES


def test_the_next_county_sees_none_of_it(client: Client, cast: Cast) -> None:
    fill(cast, 2)
    client.force_login(account_of(cast.qian))

    assert "问题1" not in client.get("/ledgers/problems/").content.decode()
    assert "问题1" not in str(sheet(client, "/ledgers/problems/workbook/"))


def test_a_filter_narrows_and_reads_as_a_sentence(client: Client, cast: Cast) -> None:
    fill(cast, 3)
    client.force_login(account_of(cast.chen))

    page = client.get("/ledgers/problems/?title=问题2").content.decode()

    assert "问题2" in page
    assert "问题3" not in page
    assert "“问题2”" in page


@pytest.mark.parametrize("asked", ["light=over", "light=due", "light=ok", "light=none", "state=draft", "state=issued"])
def test_choices_and_lights_narrow_to_what_the_rows_show(client: Client, cast: Cast, asked: str) -> None:
    fill(cast, 2)
    move_problem(make_problem_of(cast), "issue", by=cast.chen, at=NOON)
    client.force_login(account_of(cast.chen))
    words = {"over": "超期", "due": "临期", "ok": "正常", "none": "草案", "draft": "草案", "issued": "已交办"}
    name, value = asked.split("=")
    column = {"light": 2, "state": -2}[name]

    rows = sheet(client, f"/ledgers/problems/workbook/?{asked}")[3:]

    assert all(row[column - 1 if column > 0 else column].startswith(words[value]) for row in rows)


def test_a_view_that_finds_nothing_says_what_to_do(client: Client, cast: Cast) -> None:
    fill(cast, 1)
    client.force_login(account_of(cast.chen))

    assert "没有符合这些条件的" in client.get("/ledgers/problems/?title=没有的").content.decode()


def test_nonsense_in_the_address_is_left_out(client: Client, cast: Cast) -> None:
    fill(cast, 1)
    client.force_login(account_of(cast.chen))

    answer = client.get(
        "/ledgers/problems/?sort=nowhere&state=nosuch&due_after=2022-99-99&page=-3&column=x&group=y&light="
    )

    assert answer.status_code == 200
    assert "问题1" in answer.content.decode()


def test_the_workbook_reads_back_as_text(client: Client, cast: Cast) -> None:
    plan = make_plan(make_inspection(cast), cast.party)
    make_problem(cast, 1, plan=plan, title="=HYPERLINK(1)", text="+1")
    client.force_login(account_of(cast.chen))

    rows = sheet(client, "/ledgers/problems/workbook/")

    assert rows[0][0] == "整改问题台账"
    assert rows[2][:3] == ["序号", "灯号", "问题"]
    assert "=HYPERLINK(1)" in rows[3]


def test_the_responsibility_list_names_whose_hands_each_part_is_in_to_whoever_reads_its_measure(
    client: Client, cast: Cast
) -> None:
    problem = make_problem(cast)
    measure = make_measure(problem)
    [mark] = write(
        [Indicator(measure=measure, name="关停自备井", measured_in="眼", target=Decimal(20))], by=ROBOT, at=NOON
    )
    move_problem(problem, "issue", by=cast.chen, at=NOON)
    seat = Appointment.objects.get(person_id=cast.zhang.person)
    part = sharing.Part("兴济镇封填工程", seat.pk, mark.pk, Decimal(8))
    sharing.assign_part(measure, part, by=cast.zhang, at=NOON)
    words, path = "措施1“兴济镇封填工程”沧县水务局审核人张工，8眼", "/ledgers/responsibility-list/"

    for by in (cast.chen, cast.zhang):
        client.force_login(account_of(by))
        assert words in client.get(path).content.decode()
        assert words in sheet(client, f"{path}workbook/")[3]
    client.force_login(account_of(cast.li))
    assert "问题1" in client.get(path).content.decode()
    assert "兴济镇" not in client.get(path).content.decode()
    assert not any("兴济镇" in cell for cell in sheet(client, f"{path}workbook/")[3])


def make_problem_of(cast: Cast) -> Problem:
    return sight.problems_for(cast.chen).get(number=1)


def sheet(client: Client, path: str) -> list[list[str]]:
    answer = client.get(path)
    table = next(read_paper("ledger.xlsx", answer.content).tables())
    return [[cell.text if cell else "" for cell in row] for row in table.grid()]


def test_a_page_beyond_the_last_leads_to_the_first(client: Client, cast: Cast) -> None:
    client.force_login(account_of(cast.chen))

    page = client.get("/ledgers/problems/?page=9").content.decode()

    assert "这一页没有了" in page
    assert "看第一页" in page


def lead(client: Client, path: str) -> str:
    return re.sub(r"<.*?>", "", re.findall(r"</h1><p>(.*?)</p>", client.get(path).content.decode())[0])


def test_the_first_sentence_is_the_conclusion(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, today = make_plan(make_inspection(cast), cast.party), clock.today()
    sunday = today + timedelta(days=6 - today.weekday())
    for number, due in enumerate((today - timedelta(days=1), today, sunday, sunday + timedelta(days=1), None), 1):
        facts = {} if due else {"deadline_kind": "open_ended"}
        problem = make_problem(cast, number, plan=plan, due_on=due, **facts)
        make_measure(problem)
        move_problem(problem, "issue", by=cast.chen, at=NOON)
    make_problem(cast, 6, plan=plan, due_on=today - timedelta(days=1))  # a draft has no light
    client.force_login(account_of(cast.chen))

    whole = lead(client, "/ledgers/problems/")
    monkeypatch.setattr(listing.listing, "__kwdefaults__", {"size": 2, "kinds": None})
    paged = lead(client, "/ledgers/problems/")
    later = lead(client, "/ledgers/problems/?page=2")

    assert whole == "6 个问题，1 个超期，2 个本周到期。"
    assert (paged, later) == (whole, whole)
    assert lead(client, "/ledgers/problems/?light=over") == "1 个问题，1 个超期。"
    assert lead(client, "/ledgers/problems/?state=draft") == "1 个问题，没有超期和本周到期的。"
    assert lead(client, "/ledgers/measures/") == "5 项措施，1 项超期，2 项本周到期。"


def test_a_count_that_is_not_exact_says_no_more_than_it_knows(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(cast, 3)
    monkeypatch.setattr(listing, "EXACT", 1)
    monkeypatch.setattr(listing.listing, "__kwdefaults__", {"size": 1, "kinds": None})
    client.force_login(account_of(cast.chen))

    assert lead(client, "/ledgers/problems/") == "1+ 个问题。"


def test_a_filter_that_leaves_more_than_is_counted_is_told_to_the_planner_as_common(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(cast, 3)
    monkeypatch.setattr(listing, "_common", set())
    monkeypatch.setattr(listing, "EXACT", 1)
    monkeypatch.setattr(listing.listing, "__kwdefaults__", {"size": 1, "kinds": None})
    client.force_login(account_of(cast.chen))

    def asked() -> str:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/ledgers/problems/?state=draft&state=issued").status_code == 200
        return " ".join(one["sql"] for one in asked.captured_queries)

    hint = 'likely("bihuan_matter"."state" IN'
    assert hint not in asked()
    assert (hint in asked()) == (connection.vendor == "sqlite")
    assert lead(client, "/ledgers/problems/?state=draft&state=issued") == "1+ 个问题。"
    monkeypatch.setattr(listing, "EXACT", 10)
    assert hint in asked() or connection.vendor != "sqlite"
    assert hint not in asked()
