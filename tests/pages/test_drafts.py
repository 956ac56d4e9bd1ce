"""What was typed and not sent survives a reload, a logout and an ended session; only its writer sees it again."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from time_machine import Traveller, travel

from bihuan.core import drafts
from bihuan.core.drafts import Draft
from bihuan.rectification.models import Problem
from tests.cast import NOON, PASSWORD, Cast, account_of
from tests.makers import make_measure, make_problem

LATER = NOON + timedelta(hours=1)
TEXT = "已到现场核实，管网断点在二号井"


@pytest.fixture
def moving(db: None) -> Iterator[Traveller]:
    """An hour after the cast was seated."""
    with travel(LATER, tick=False) as traveller:
        yield traveller


@pytest.fixture
def problem(cast: Cast) -> Problem:
    problem = make_problem(cast)
    make_measure(problem)
    return problem


def keep(client: Client, path: str, form: str = "note-issue", text: str = TEXT) -> int:
    return client.post("/drafts/", {"path": path, "form": form, "typed": urlencode({"note": text})}).status_code


def kept(client: Client, path: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = client.get("/drafts/", {"path": path}).json()["drafts"]
    return found


def test_it_is_given_back_to_its_page_and_to_its_writer_alone(
    client: Client, cast: Cast, problem: Problem, moving: Traveller
) -> None:
    path, other = f"/problems/{problem.matter.code}/", Client()
    client.force_login(account_of(cast.chen))
    other.force_login(account_of(cast.wang))

    assert keep(client, path) == 204
    assert kept(client, path) == [{"form": "note-issue", "fields": {"note": TEXT}, "at": "2022-07-04 13:00"}]
    assert (kept(other, path), kept(client, "/me/")) == ([], [])
    listed = client.get("/drafts/").content.decode()
    assert TEXT in listed
    assert f">整改问题 {problem.matter.code}</a>" in listed
    assert TEXT not in other.get("/drafts/").content.decode()


def test_it_is_sealed_where_it_lies(client: Client, cast: Cast, moving: Traveller) -> None:
    client.force_login(account_of(cast.chen))
    keep(client, "/me/")

    assert TEXT.encode().hex() not in Draft.objects.get().sealed
    assert Draft.objects.get().sealed not in (TEXT, urlencode({"note": TEXT}))


def test_nobody_drops_anothers(client: Client, cast: Cast, moving: Traveller) -> None:
    client.force_login(account_of(cast.chen))
    keep(client, "/me/")
    other = Client()
    other.force_login(account_of(cast.wang))

    other.post("/drafts/", {"drop": str(Draft.objects.get().pk)})
    assert Draft.objects.count() == 1
    client.post("/drafts/", {"drop": str(Draft.objects.get().pk)})
    assert Draft.objects.count() == 0


def test_what_was_taken_is_no_draft_any_more_and_what_was_refused_is(
    client: Client, cast: Cast, problem: Problem, moving: Traveller
) -> None:
    path = f"/problems/{problem.matter.code}/"
    client.force_login(account_of(cast.chen))
    keep(client, path)

    client.post(path, {"move": "receive", "note": TEXT, "once": "a"})  # which is not his to do
    assert len(kept(client, path)) == 1
    client.post(path, {"move": "issue", "note": TEXT, "once": "b"})
    assert kept(client, path) == []


def test_what_was_refused_before_it_was_kept_waits_on_the_page(
    client: Client, cast: Cast, problem: Problem, moving: Traveller
) -> None:
    path, other = f"/problems/{problem.matter.code}/", Client()
    client.force_login(account_of(cast.chen))
    other.force_login(account_of(cast.wang))

    client.post(path, {"move": "receive", "note": "", "once": "a"})
    assert kept(client, path) == []
    for key in ("b", "c"):
        client.post(path, {"move": "receive", "note": TEXT, "once": key})

    assert [(one["form"], one["fields"]) for one in kept(client, path)] == [("", {"move": "receive", "note": TEXT})]
    assert kept(other, path) == []
    client.post(path, {"move": "issue", "note": TEXT, "once": "d"})
    assert kept(client, path) == []


def test_what_was_sent_when_the_session_had_ended_is_kept(
    client: Client, cast: Cast, problem: Problem, moving: Traveller
) -> None:
    path = f"/problems/{problem.matter.code}/"
    client.post("/login/", {"username": "chen", "password": PASSWORD})
    moving.shift(timedelta(minutes=31))

    answer = client.post(path, {"move": "issue", "note": TEXT, "once": "a", "password": "x"}, follow=True)

    assert "没有操作，已自动退出" in answer.content.decode()
    assert problem.matter.state == "draft"
    client.force_login(account_of(cast.chen))
    assert [(one["form"], one["fields"]) for one in kept(client, path)] == [("", {"move": "issue", "note": TEXT})]


def test_a_form_that_was_emptied_is_no_draft(client: Client, cast: Cast, moving: Traveller) -> None:
    client.force_login(account_of(cast.chen))
    keep(client, "/me/")
    keep(client, "/me/", text=" ")

    assert Draft.objects.count() == 0


def test_there_are_bounds(cast: Cast, moving: Traveller) -> None:
    for place in range(60):
        drafts.keep(1, f"/{place}/", "f", {"note": TEXT}, LATER + timedelta(seconds=place))
    drafts.keep(1, "/long/", "f", {"note": "长" * drafts.MOST}, LATER)

    paths = [one.path for one in drafts.kept_of(1)]
    assert (len(paths), paths[0], paths[-1]) == (drafts.OF_ONE, "/59/", "/10/")
    drafts.sweep(LATER + timedelta(seconds=30))
    assert len(drafts.kept_of(1)) == 30
