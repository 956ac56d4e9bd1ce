"""B4: what no form of ours sends (numbers of thousands of figures, zero bytes, keys of nowhere) is no fault of 500."""

import errno
from typing import Any

import pytest
from django.db import DataError, OperationalError
from django.test import Client, RequestFactory

from bihuan.core.outbox import Message
from bihuan.gate import errors
from bihuan.intake.models import IntakeDoubt
from bihuan.organisation.actions import appointing, own
from bihuan.organisation.models import Person
from bihuan.petitions.models import Petition
from bihuan.web import messages
from tests.actions.intake.test_intake import take
from tests.cast import NOON, ROBOT, Cast, account_of
from tests.kept import leads_up
from tests.makers import make_batch, make_inspection, make_petition, make_problem, write

ODD = ["9" * 5000, "9" * 25, "-1", "²", "x", "a\0b", "0", "１２", ""]
GETS = [
    ("/ledgers/problems/", "page"),
    ("/ledgers/petitions/", "page"),
    ("/ledgers/problems/", "number"),
    ("/search/", "q"),
    ("/settings/people/", "page"),
    ("/settings/people/", "q"),
    ("/settings/people/1/", "on"),
]


def login(client: Client, cast: Cast) -> Client:
    client.raise_request_exception = False
    client.force_login(account_of(cast.chen))
    return client


@pytest.mark.parametrize(("path", "name"), GETS)
def test_an_odd_address_is_cleaned(client: Client, cast: Cast, path: str, name: str) -> None:
    make_problem(cast)
    login(client, cast)

    answers = {value: client.get(path, {name: value}).status_code for value in ODD}

    assert {value: status for value, status in answers.items() if status not in (200, 404)} == {}


@pytest.fixture
@leads_up
def petition(cast: Cast) -> Petition:
    """A petition, and a paper that asks something."""
    return make_petition(cast, make_batch(take(cast).inspection))


@pytest.mark.parametrize("value", ODD)
def test_odd_values_in_forms_are_no_fault(client: Client, cast: Cast, petition: Petition, value: str) -> None:
    doubt = IntakeDoubt.objects.all()[0]
    intake = doubt.intake
    page, paper = f"/petitions/{petition.matter.code}/", f"/imports/{intake.pk}/"
    person: dict[str, Any] = {"deed": "edit", "name": "周某", "office_phone": "", "seen": 1}
    forms: list[tuple[str, dict[str, Any]]] = [
        (paper, {"act": "answer", "doubt": value, "choice": "0"}),
        (paper, {"act": "answer", "doubt": doubt.pk, "choice": value}),
        (paper, {"act": value}),
        (page, {"move": "assign", "units": value}),
        (page, {"move": "receive", "undertaking": value}),
        (page, {"move": value, "note": value, "once": value}),
        (f"/settings/people/{cast.chen.person}/", {**person, "seen": value}),
        (f"/settings/people/{cast.chen.person}/", {**person, "deed": value}),
        ("/settings/people/", {"name": value, "once": value}),
        ("/ledgers/problems/rows/", {"act": "issue", "row": value, "once": value}),
        ("/ledgers/problems/views/?drop=" + value.replace("\0", "%00"), {}),
        ("/inspection/", {"inspection": value}),
        ("/login/", {"username": value, "password": value, "next": value}),
    ]
    login(client, cast)

    answers = {(path, *form): client.post(path, form).status_code for path, form in forms}

    assert {key: status for key, status in answers.items() if status >= 500} == {}
    if "\0" in value:
        assert not Person.objects.filter(name__contains="b").exists()


def test_an_answer_that_says_nothing_is_not_said_to_be_recorded(client: Client, cast: Cast) -> None:
    intake = take(cast)
    doubt = IntakeDoubt.objects.all()[0]

    page = login(client, cast).post(
        f"/imports/{intake.pk}/", {"act": "answer", "doubt": doubt.pk, "choice": "99", "other": " "}, follow=True
    )

    assert "请选一项，或写明答复。" in page.content.decode()
    assert "已记下答复" not in page.content.decode()


def test_an_edit_without_the_version_that_was_seen_overwrites_nobody(client: Client, cast: Cast) -> None:
    person = appointing.add_person("周某", by=ROBOT, at=NOON)
    form = {"deed": "edit", "name": "吴某", "office_phone": ""}

    answer = login(client, cast).post(f"/settings/people/{person.pk}/", form)

    assert (answer.status_code, Person.objects.get(pk=person.pk).name) == (409, "周某")


def test_messages_read_in_another_window_meanwhile_are_no_fault(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    write([Message(person_id=cast.chen.person, text="已交办", sent_at=NOON)], by=ROBOT, at=NOON)
    mark = own.read_messages

    def twice(found: list[Message], **deed: Any) -> None:
        mark([Message.objects.get(pk=one.pk) for one in found], **deed)
        mark(found, **deed)

    monkeypatch.setattr(messages.own, "read_messages", twice)

    assert login(client, cast).post("/messages/").status_code == 302


@pytest.mark.parametrize(
    ("fault", "status", "sentence"),
    [
        (OperationalError("database is locked"), 503, errors.BUSY),
        (OperationalError("database or disk is full"), 503, errors.FULL),
        (OSError(errno.ENOSPC, "No space left on device"), 503, errors.FULL),
        (DataError("value too long"), 400, errors.BEYOND),
        (OverflowError("int too large"), 400, errors.BEYOND),
    ],
)
def test_each_fault_of_the_machine_is_one_sentence(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int, sentence: str
) -> None:
    make_inspection(cast)

    def fails(*_: Any, **__: Any) -> None:
        raise fault

    monkeypatch.setattr(messages.outbox, "messages_of", fails)

    answer = login(client, cast).get("/messages/")

    assert (answer.status_code, sentence in answer.content.decode()) == (status, True)


def test_another_fault_is_not_hidden(rf: RequestFactory) -> None:
    assert (errors.busy(rf.get("/"), OSError()), errors.beyond(rf.get("/"), ValueError())) == (None, None)
