"""The API reads what the pages read: the same rows, cells and order for the same person and question."""

import io
import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bihuan.api import ledgers
from bihuan.gate.shelves import SHELVES
from bihuan.lib.ledger import Ledger
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.actions.handing_over import move_problem
from bihuan.rectification.queries import sight
from tests.cast import NOON, Cast, account_of, seat_as
from tests.kept import leads_up
from tests.makers import make_batch, make_inspection, make_measure, make_other, make_petition, make_plan, make_problem

PEOPLE = ("zhang", "li", "wang", "chen", "qian", "zhao")
LEDGERS = ("problems", "measures", "petitions", "rectification-list")


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
@leads_up
def city(cast: Cast) -> Cast:
    """Problems of several units, some issued, some without a deadline; measures; petitions."""
    plan = make_plan(make_inspection(cast), cast.party)
    for number, lead in enumerate((cast.water, cast.farm, cast.neighbour, cast.water, cast.water), 1):
        problem = make_problem(cast, number, plan=plan, lead=lead, due_on=date(2022, 6 + number % 3, 9))
        make_measure(problem)
        if number == 4:
            make_other(problem.matter, due_on=None, first_due_on=None)
        elif number < 5:
            move_problem(problem, "issue", by=cast.wang, at=NOON)
    batch = make_batch(plan.inspection)
    for number in range(3):
        make_petition(cast, batch, f"D2HE20220412003{number}", main_type="水" if number else "大气")
    return cast


def signed_in(by: Any) -> Client:
    client = Client()
    client.force_login(account_of(by))
    return client


def questions(ledger: Ledger) -> Any:
    """Any question that an address may ask of a ledger."""
    filters = {}
    for column in ledger.columns:
        if column.control == "choice":
            filters[column.name] = st.lists(st.sampled_from([*column.choices]), max_size=2, unique=True)
        elif column.control == "dates":
            days = st.dates(date(2022, 6, 1), date(2022, 9, 1)).map(lambda day: [day.isoformat()])
            filters |= {f"{column.name}_after": days, f"{column.name}_before": days}
        elif column.control:
            filters[column.name] = st.sampled_from([["问题"], ["水"], ["没有的"], ["沧县"]])
    sorts = [column.name for column in ledger.columns if column.sort]
    filters["sort"] = st.sampled_from([*sorts, *(f"-{one}" for one in sorts)]).map(lambda one: [one])
    [title] = [one.name for one in ledger.columns if one.kind == "title"]  # without which a page's row leads nowhere
    others = [one.name for one in ledger.columns if one.name != title]
    filters["column"] = st.lists(st.sampled_from(others), max_size=4, unique=True).map(lambda some: [title, *some])
    some = st.lists(st.sampled_from(sorted(filters)), max_size=3, unique=True)
    return some.flatmap(lambda names: st.fixed_dictionaries({name: filters[name] for name in names}))


def address(asked: dict[str, list[str]]) -> str:
    question = QueryDict(mutable=True)
    for name, values in asked.items():
        question.setlist(name, values)
    return question.urlencode()


def read(client: Client, name: str, question: str, size: int) -> list[dict[str, Any]]:
    """Every row, page after page."""
    rows: list[dict[str, Any]] = []
    key = ""
    while True:
        told = client.get(f"/api/v1/ledgers/{name}?{question}&size={size}{f'&after={key}' if key else ''}").json()
        rows += told["rows"]
        key = told["next"]
        if not key:
            assert told["count"] == len(rows)
            return rows


def flat(cell: Any) -> str:
    """A cell as the workbook prints it."""
    if not isinstance(cell, dict):
        return str(cell)
    if "first" in cell:
        return f"{cell['text']}(首次 {cell['first']})" if cell["first"] else cell["text"]
    if "word" in cell:
        return f"{cell['word']} {cell['reason']}".strip()
    return f"{cell['day']} {cell['text']}".strip() if "day" in cell else cell["text"]


def printed(client: Client, name: str, question: str) -> list[list[str]]:
    """The workbook's rows, without its heads."""
    data = b"".join(client.get(f"/ledgers/{name}/workbook/?{question}"))  # type: ignore[arg-type]  # a response is its parts
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    return [[_whole(one) for one in row] for row in sheet[3:]]


def _whole(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) else str(value)


@pytest.mark.parametrize("name", LEDGERS)
def test_page_api_and_workbook_answer_alike_for_everybody(city: Cast, name: str) -> None:
    clients = {who: signed_in(getattr(city, who)) for who in PEOPLE}
    clients["C2"] = signed_in(seat_as(Role.COUNTY_APPROVER, city.county))
    ledger, seen = SHELVES[name].ledger, set()

    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(asked=questions(ledger), size=st.integers(1, 3))
    def agree(asked: dict[str, list[str]], size: int) -> None:
        question = address(asked)
        for who, client in clients.items():
            rows = read(client, name, question, size)
            page = client.get(f"/ledgers/{name}/?{question}").content.decode()
            on_page = [*dict.fromkeys(re.findall(r'href="/(?:problems|measures|petitions)/([A-Z0-9-]+)/"', page))]
            assert [row["code"] for row in rows] == on_page
            cells = [
                [flat(row["cells"][one.name]) for one in ledger.columns if one.name in row["cells"]] for row in rows
            ]
            assert cells == printed(client, name, question)
            seen.add((who, len(rows)))

    agree()
    assert {count for _, count in seen} > {0}


@pytest.mark.parametrize("sort", ["", "due", "-due", "nature", "-number", "state"])
def test_paging_by_key_reads_every_row_once(city: Cast, sort: str) -> None:
    client = signed_in(city.chen)
    whole = [row["code"] for row in read(client, "problems", f"sort={sort}" if sort else "", 200)]

    assert [row["code"] for row in read(client, "problems", f"sort={sort}" if sort else "", 1)] == whole
    assert len(set(whole)) == len(whole) == 5


def test_a_row_out_of_sight_begins_no_page(city: Cast) -> None:
    told = signed_in(city.qian).get("/api/v1/ledgers/problems?after=HE2-P001")

    assert (told.status_code, told.json()) == (422, {"error": "接续的那一件已经看不到，请从头取。"})


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("stat=issued", "整改问题台账没有“stat”这个条件。"),
        ("sort=text", "“sort”填得不对"),
        ("size=201", "“size”填得不对：应是1到200的整数。"),
        ("size=0", "“size”填得不对"),
        ("due_after=昨天", "“due_after”填得不对：应是日期，如 2022-06-01。"),
        ("title=a&title=b", "“title”只能写一个。"),
        ("title=%00", "“title”填得不对"),
    ],
)
def test_a_slip_of_the_pen_is_refused(city: Cast, question: str, sentence: str) -> None:
    told = signed_in(city.chen).get(f"/api/v1/ledgers/problems?{question}")

    assert told.status_code == 422
    assert sentence in told.json()["error"]


def test_a_scope_that_is_left_out_is_found(city: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Teeth: an API that reads rows of its own would not agree."""
    from django.db.models import Q

    from bihuan.rectification.models import Problem

    client = signed_in(city.qian)
    before = [row["code"] for row in read(client, "problems", "", 50)]
    everything = SHELVES["problems"].__class__(
        SHELVES["problems"].ledger, lambda _: Problem.objects.all(), "problem_detail", Q(), lambda _: Q()
    )
    monkeypatch.setattr(ledgers, "rows_of", lambda *_: everything.rows(None))

    assert (before, len(read(client, "problems", "", 50))) == (["HE2-P003"], 5)


def test_a_matter_says_what_its_page_says(city: Cast) -> None:
    """The same person, the same steps, sentences and trail."""
    for who, code in (("zhang", "HE2-P001"), ("chen", "HE2-P005"), ("wang", "HE2-P004")):
        client = signed_in(getattr(city, who))
        told = client.get(f"/api/v1/problems/{code}").json()
        page = client.get(f"/problems/{code}/").content.decode()
        shown = set(re.findall(r'name="move" value="([a-z_]+)"', page))
        assert {one["name"] for one in told["steps"] if one["is_open"]} == shown
        assert all(one["refusal"] in page for one in told["steps"])
        assert all(
            f"#{one['number']} {one['digest'][:4]}" in page and one["words"].split("，")[0] in page
            for one in told["trail"]
        )
        assert {one["code"] for one in told["measures"]} == set(re.findall(r"/measures/([A-Z0-9-]+)/", page))


def test_what_no_page_shows_is_unknown(city: Cast) -> None:
    client = signed_in(city.qian)

    for path in ("problems/HE2-P001", "measures/HE2-M001-01", "petitions/HE2-X0001", "people/0", "units/0"):
        told = client.get(f"/api/v1/{path}")
        assert (told.status_code, told.json()) == (404, {"error": "没有这一项，或您看不到。"})
    assert {one["id"] for one in signed_in(city.chen).get("/api/v1/plans").json()} == {
        plan.pk for plan in sight.plans_seen(city.chen)
    }


def test_anothers_mark_saves_nobody_the_question(city: Cast) -> None:
    """A version that somebody else was told answers no other with "as before"."""
    mark = signed_in(city.zhang).get("/api/v1/problems/HE2-P001")["ETag"]
    heads = {"If-None-Match": mark}

    statuses = [
        signed_in(by).get("/api/v1/problems/HE2-P001", headers=heads).status_code for by in (city.chen, city.qian)
    ]
    assert statuses == [200, 404]
    assert signed_in(city.chen).get("/api/v1/problems/HE2-P001")["Cache-Control"] == "no-store"
