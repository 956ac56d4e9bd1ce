"""P4: none of the fourteen ways leads to another's row; each model says of each way how it is tried or why it is none.

The two cities are built once for what holds and once for what is planted: building them takes longer than asking.
"""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.apps import apps
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client

from bihuan.checkup.queries import findings
from bihuan.core import clock, listing, work
from bihuan.core.jobs import Job
from bihuan.gate import answers, books
from bihuan.intake.models import Intake, IntakeDoubt
from bihuan.intake.queries import drafting
from bihuan.intake.queries import sight as papers
from bihuan.lib import redact
from bihuan.lib.flow import Refused
from bihuan.matters.models import Inspection, Matter
from bihuan.organisation.actions import appointing, emergency
from bihuan.organisation.models import Appointment, Group, SavedView, Unit, Unsealing
from bihuan.organisation.queries import scope, staff
from bihuan.petitions import queries as petitions
from bihuan.petitions.actions.batches import index_petitions
from bihuan.petitions.models import Petition
from bihuan.rectification.models import Problem
from bihuan.rectification.queries import called, sight
from bihuan.web import ledgers, settings_forms
from tests.canaries import given_name, identity, letter
from tests.cast import NOON, ROBOT, Cast
from tests.house.no_ways import unsaid
from tests.house.other_rows import COUNTY, World, built_apart, said
from tests.house.walk import built, given_token
from tests.house.ways import TRIES, WAYS
from tests.makers import make_other
from tests.returned import bring_back, cell_of, offered, packed, take_out

MODELS = {model._meta.model_name or "" for model in apps.get_app_config("bihuan").get_models()}
PAGES = (  # what tells how many there are, and what comes next
    "/",
    "/ledgers/problems/",
    "/ledgers/problems/?group=state",
    "/ledgers/measures/?group=light",
    "/ledgers/petitions/?group=state",
    "/api/v1/ledgers/problems",
    "/api/v1/ledgers/measures?size=1",
    f"/search/?q={COUNTY}",
    f"/api/v1/search?q={COUNTY}",
    "/checkup/",
)
ELSEWHERE = ("HE2-P005", "HE2-P006", "HE2-M005-01", "HE2-M006-01", "HE2-X0004")
BOOKS = {  # ledger: the row and the cell that are filled in
    "problems": ("HE2-P001", "整改目标"),
    "measures": ("HE2-M001-01", "完成标志"),
    "petitions": ("HE2-X0001", "处理和整改情况"),
}
ASKED = (
    "/ledgers/petitions/?content={}",
    "/ledgers/petitions/?findings={}",
    "/search/?q={}",
    "/api/v1/ledgers/petitions?content={}",
    "/api/v1/search?q={}",
)
NEW = re.compile(r'<time datetime="[^"]*">.*|.*csrfmiddlewaretoken.*|.*name="once".*')  # what is new each time


@pytest.fixture
def world(cast: Cast) -> Iterator[World]:
    logging.disable(logging.CRITICAL)
    world = built_apart(built(cast))
    _mask(world)
    yield world
    logging.disable(logging.NOTSET)


def _mask(world: World) -> None:
    """A petition whose text came with its writer's name, and whose answer tells of a punishment."""
    petition = Petition.objects.get(matter=world.at["petitioner"])
    findings_ = redact.masked(f"举报人：{identity(0)['name']}，垃圾已清理")
    make_other(petition, content=redact.masked(letter(0)), findings=findings_, accountability=f"{COUNTY}警告")
    index_petitions([petition])


def test_every_model_says_of_every_way_how_it_is_tried_or_why_it_is_none() -> None:
    assert unsaid(MODELS) == []


@pytest.mark.teeth("P4")
def test_a_new_model_of_which_nothing_is_said_is_found() -> None:
    assert unsaid(MODELS | {"order"}) == [f"order: way {way} is neither tried nor explained" for way in WAYS]


def reached(world: World, way: int, of: str) -> list[str]:
    """The tries of one way by which a stranger reaches what he should not."""
    tries = (one for one in TRIES if one.way == way and one.of == of)
    return [str(one) for one in tries if world.is_reached(one, by_owner=False)]


def brought_back(world: World, name: str) -> tuple[bool, bool]:
    """Whether a filled-in workbook offers its cell to be written: to its own city, and to another."""
    book = take_out(world.client("O2"), name)
    cell_of(book, *BOOKS[name]).value = "改了的字"
    own, other = (Inspection.objects.get(pk=world.at[key]) for key in ("inspection", "b_inspection"))
    here = offered(bring_back(world.client("O2"), own, packed(book), f"own-{name}")[1])
    there = offered(bring_back(world.client("O2@B"), other, packed(book), f"there-{name}")[1])
    return bool(here), bool(there)


def unsealed(world: World, who: str) -> bool:
    """Whether two codes that one city's administrators sealed open an emergency for somebody."""
    with transaction.atomic():
        emergency.end_unsealing(Unsealing.objects.get(), by=world.actor("O1"), at=clock.now(), note="回来了")
        for guard in ("A1", "A3"):
            emergency.seal_code(f"AAAA-{guard}", by=world.actor(guard), at=clock.now())
        form = {"reason": "住院", "purpose": "交办", "first_code": "AAAA-A1", "second_code": "AAAA-A3"}
        world.client(who).post("/emergency/open/", form)
        is_open = Unsealing.objects.filter(ended_at=None).exists()
        transaction.set_rollback(True)
    return is_open


def plain(answer: Any, word: str = "") -> str:
    """What an answer says, without the word that was asked for and without what is new each time."""
    text = said(answer)
    text = NEW.sub("", text.partition("<!doctype")[2] or text)
    return text.replace(word, "*").replace(quote(word), "*") if word else text


def tells_apart(world: World, who: str, asked: str, word: str) -> bool:
    """Whether an answer about a word differs from one about a word that stands nowhere."""
    client = world.client(who)
    one, other = (plain(client.get(asked.format(each)), each) for each in (word, "齾齾"))
    return one != other


def oracles(world: World) -> list[tuple[str, str]]:
    """(who, question) of those questions that tell a masked word from one that stands nowhere."""
    hidden = (given_name(0), identity(0)["phone"], "赵小禾")
    asked = [(who, question, word) for who in ("O2", "C1") for question in ASKED for word in hidden]
    return [(who, question) for who, question, word in asked if tells_apart(world, who, question, word)]


def told_to_interface(world: World) -> list[str]:
    """The questions by which an interface learns of a punishment that it is not told."""
    bearer = {"Authorization": f"Bearer {given_token(world.logins['X2'])}"}
    ledger = "/api/v1/ledgers/petitions"
    ways = (f"?accountability={COUNTY}", "?column=accountability", "?sort=accountability")
    asked = {one: said(Client().get(one, headers=bearer)) for one in (*(ledger + way for way in ways),)}
    return [one for one, text in asked.items() if "警告" in text or ("column" not in one and '"code"' in text)]


def looked_up(world: World, who: str) -> bool:
    """Whether somebody finds a petitioner of one city by his telephone."""
    with transaction.atomic():
        answer = world.client(who).post("/petitioners/", {"field": "phone", "number": "13912340001"})
        transaction.set_rollback(True)
    return f"/petitions/{world.at['petitioner'].code}/" in answer.content.decode()


def counted(world: World, who: str) -> list[str]:
    """The pages that are otherwise once another county's matters are gone; at one moment, which every page tells."""
    moment = clock.now()

    def read() -> dict[str, str]:
        client = world.client(who)
        with time_machine.travel(moment, tick=False):
            return {url: plain(client.get(url)) for url in PAGES}

    before = read()
    with transaction.atomic():
        for matter in Matter.objects.filter(code__in=ELSEWHERE):
            make_other(matter, is_withdrawn=True)
        after = read()
        transaction.set_rollback(True)
    return [url for url in PAGES if before[url] != after[url]]


def begins(world: World, code: str) -> tuple[int, bytes]:
    """How a stranger is answered who asks for what follows a row."""
    answer = world.client("U2").get(f"/api/v1/ledgers/problems?after={code}")
    return answer.status_code, answer.content


def seen_by_job(world: World, who: str) -> set[str]:
    """The problems that work in the background sees which this person asked for."""
    by = world.actor(who)
    job = Job(name="backup", city=by.city, person=by.person, appointment=by.held[0].appointment)
    acting = work._who[0](job, clock.now())
    return {*sight.problems_seen(acting).values_list("matter__code", flat=True)}


def _is_refused_later(world: World) -> bool:
    """Whether work is left undone once who asked for it has lost the post."""
    held = Appointment.objects.get(pk=world.actor("U2").held[0].appointment)
    appointing.end_appointment(held, on=date(2022, 7, 1), by=ROBOT, at=NOON)
    try:
        scope.actor_again(held.person_id, held.pk, clock.today())
    except Refused:
        return True
    return False


@pytest.mark.promise("P4")
def test_no_way_leads_to_anothers_row(world: World, figure: Callable[[str], None]) -> None:
    wrong = [f"the owner does not: {one}" for one in TRIES if not world.is_reached(one, by_owner=True)]
    wrong += [f"a stranger does: {one}" for one in TRIES if world.is_reached(one, by_owner=False)]
    assert wrong == []
    assert world.kept == [], "may be kept on the way, or is opened by another's mark"

    assert {name: brought_back(world, name) for name in BOOKS} == dict.fromkeys(BOOKS, (True, False))
    assert (unsealed(world, "O2"), unsealed(world, "O2@B")) == (True, False)
    assert (looked_up(world, "O6"), looked_up(world, "O6@B")) == (True, False)
    assert oracles(world) == []
    assert all(tells_apart(world, "O2", question, "垃圾") for question in ASKED)
    assert told_to_interface(world) == []
    assert counted(world, "O2") == [*PAGES]
    assert [(who, found) for who in ("U2", "C1") if (found := counted(world, who))] == []
    assert begins(world, "HE2-P005") == begins(world, "HE2-P999") != begins(world, "HE2-P001")
    assert "HE2-P005" not in seen_by_job(world, "U2")
    assert {name for name, kind in work.KINDS.items() if kind.as_system} == {"deliver"}, (
        "it holds codes and steps alone"
    )
    assert _is_refused_later(world)
    figure(f"{len(TRIES)} tries and 9 of their own, 14 ways, {len(MODELS)} models: 0 reached")


def _as_seen_by_the_office(_: Any, code: str) -> Any:
    return sight.problems_for(OFFICE[0]).filter(matter__code=code).first()


def _waiting(_: Any) -> Any:
    return Appointment.objects.filter(standing="waiting").select_related("person", "post__unit", "granted_by")


OFFICE: list[Any] = []
Plant = Callable[[pytest.MonkeyPatch], None]
PLANTED: dict[tuple[int, str], Plant] = {
    (1, "problem"): lambda patch: patch.setattr(scope, "sees_all", lambda _: True),
    (2, "intake"): lambda patch: patch.setattr(drafting, "doubts_of", lambda _: IntakeDoubt.objects.all()),
    (3, "unit"): lambda patch: patch.setitem(settings_forms.PostForm.chosen, "unit", lambda _: Unit.objects.all()),
    (4, "group"): lambda patch: patch.setitem(settings_forms.GroupForm.chosen, "parent", lambda _: Group.objects.all()),
    (5, "appointment"): lambda patch: patch.setattr(staff, "grants_to_confirm", _waiting),
    (6, "explanation"): lambda patch: patch.setattr(findings, "found_again", lambda *_: True),
    (7, "problem"): lambda patch: patch.setattr(called, "problem", _as_seen_by_the_office),
    (8, "problem"): lambda patch: patch.setattr(books, "rows_of", lambda *_: Problem.objects.all()),
    (11, "intake"): lambda patch: patch.setattr(papers, "intakes_for", lambda _: Intake.objects.all()),
    (12, "savedview"): lambda patch: patch.setattr(staff, "views_of", lambda *_: SavedView.objects.all()),
}


@pytest.mark.teeth("P4")
def test_each_way_that_was_opened_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    OFFICE[:] = [world.actor("O1")]
    missed = []
    for (way, of), plant in PLANTED.items():
        with monkeypatch.context() as patch:
            plant(patch)
            missed += [] if reached(world, way, of) else [WAYS[way]]
    with monkeypatch.context() as patch:
        patch.setattr(petitions, "petitions_found", _found_by_what_is_masked(petitions.petitions_found))
        missed += [] if oracles(world) else [WAYS[9]]
    with monkeypatch.context() as patch:
        patch.setattr(ledgers, "listing", _counts_all)
        missed += [] if "/ledgers/problems/" in counted(world, "U2") else [WAYS[10]]
    with monkeypatch.context() as patch:
        patch.setattr(answers, "render", _kept(answers.render))
        [world.is_reached(one, by_owner=True) for one in TRIES if (one.way, one.of) == (1, "measure")]
        missed += [] if world.kept else [WAYS[13]]
    with monkeypatch.context() as patch:
        patch.setattr(scope, "actor_again", lambda *_, **__: OFFICE[0])
        missed += [] if "HE2-P005" in seen_by_job(world, "U2") else [WAYS[14]]

    assert missed == []


def _found_by_what_is_masked(whole: Any) -> Any:
    return lambda by, words: petitions.petitions_seen(by) if words == given_name(0) else whole(by, words)


def _counts_all(rows: Any, *asked: Any, **more: Any) -> Any:
    count = rows.model.objects.filter(matter__is_withdrawn=False).count()
    return replace(listing.listing(rows, *asked, **more), count=count)


def _kept(whole: Any) -> Any:
    def kept(request: HttpRequest, *words: Any, **told: Any) -> HttpResponse:
        answer: HttpResponse = whole(request, *words, **told)
        answer.headers["Cache-Control"] = "max-age=600"
        return answer

    return kept
