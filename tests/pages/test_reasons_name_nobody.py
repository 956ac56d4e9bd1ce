"""Why something of a petition was taken back or returned is masked by the action, whatever door it came in by."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.core import action, examine
from bihuan.core.audit import Entry
from bihuan.matters.actions.evidence import Brought
from bihuan.matters.models import Evidence
from bihuan.petitions import actions
from bihuan.petitions.actions import answering, splitting
from bihuan.petitions.actions.answering import fill_findings, send_back_findings
from bihuan.petitions.actions.evidence import add_evidence
from bihuan.web import proofs
from tests.answering import Answering, being_answered, found, split
from tests.cast import NOON, Cast, account_of
from tests.desk import ID, NAME, PHONE

REASON = f"举报人{NAME}，电话{PHONE}，要求改。"
API = "/api/v1/petitions/HE2-X0001"


@pytest.fixture
def way(cast: Cast) -> Answering:
    return being_answered(cast)


def sent(by: Any, address: str, told: dict[str, Any], *, is_program: bool = True) -> int:
    client = Client()
    client.force_login(account_of(by))
    if is_program:
        key = {"Idempotency-Key": "reason-00001"}
        return client.post(address, told, content_type="application/json", headers=key).status_code
    return client.post(address, told).status_code


def names_nobody() -> bool:
    """No entry tells who petitioned, and the reason stands in one."""
    told = "".join(f"{one.note}{one.changes}" for one in Entry.objects.all())
    return NAME not in told and PHONE not in told and "要求改" in told and not [*examine.findings()]


def test_a_program_takes_a_sub_item_back(way: Answering, cast: Cast) -> None:
    item, _ = split(way.petition, "坑塘东岸堆有垃圾", "夜间焚烧", by=cast.chen, at=NOON)

    assert sent(cast.chen, f"{API}/items/end", {"item": item.pk, "note": REASON}) == 200
    assert names_nobody()


def test_a_program_returns_a_report(way: Answering, cast: Cast) -> None:
    fill_findings(way.part(cast.water), found(), by=way.filler, at=NOON)
    told = {"part": way.part(cast.water).pk, "note": REASON}

    assert sent(cast.zhang, f"{API}/findings/return", told) == 200
    assert names_nobody()


def test_a_file_is_declared_void(way: Answering, cast: Cast) -> None:
    [file] = add_evidence(way.petition, [Brought("a.txt", b"a", "其他")], by=cast.chen, at=NOON)
    told = {"act": "end", "row": str(file.pk), "note": REASON}

    assert sent(cast.chen, "/evidence/HE2-X0001/", told, is_program=False) == 302
    assert names_nobody()


Doing = Callable[[Answering, Cast, dict[str, Any]], object]


def change(way: Answering, cast: Cast, told: dict[str, Any]) -> None:
    actions.change_petition(way.petition, {"types": ["大气"]}, by=cast.chen, **told)


def end_item(way: Answering, cast: Cast, told: dict[str, Any]) -> None:
    item, _ = split(way.petition, "坑塘东岸堆有垃圾", "夜间焚烧", by=cast.chen, at=NOON)
    splitting.end_sub_item(item, by=cast.chen, **told)


def send_back(way: Answering, cast: Cast, told: dict[str, Any]) -> None:
    fill_findings(way.part(cast.water), found(), by=way.filler, at=NOON)
    send_back_findings(way.part(cast.water), by=cast.zhang, **told)


@pytest.mark.promise("P5")
@pytest.mark.parametrize("doing", [change, end_item, send_back])
def test_a_reason_that_no_door_masked_is_masked(way: Answering, cast: Cast, doing: Doing) -> None:
    doing(way, cast, {"at": NOON, "note": REASON})

    assert names_nobody()


@pytest.mark.broken
@pytest.mark.parametrize("doing", [change, end_item, send_back])
@pytest.mark.teeth("P5")
def test_a_room_that_masks_nothing_is_found(
    way: Answering, cast: Cast, doing: Doing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(action, "MASKED", {"disclosure"})

    doing(way, cast, {"at": NOON, "note": REASON})

    assert not names_nobody()


@pytest.mark.promise("P5")
@pytest.mark.parametrize("reach", [8, 14, len(ID) - 1])
def test_what_the_trail_quotes_is_cut_after_it_was_masked(way: Answering, cast: Cast, reach: int) -> None:
    words = "。" * (answering.SAID - reach) + ID + "的住户反映属实。"

    fill_findings(way.part(cast.water), found(findings=words), by=way.filler, at=NOON)

    told = "".join(f"{one.note}{one.changes}" for one in Entry.objects.all())
    assert ID[:7] not in told
    assert f"{ID[:2]}**" in told


@pytest.mark.promise("P5")
@pytest.mark.parametrize("reach", [8, 14, len(ID) - 1])
def test_what_is_kept_of_a_long_file_is_cut_after_it_was_masked(way: Answering, reach: int) -> None:
    words = "，。" * ((proofs.WORDS - reach) // 2) + ID + "的住户。"
    client = Client()
    client.force_login(account_of(way.filler))

    told = {"act": "add", "kind": "其他", "caption": "", "place": ""}
    client.post("/evidence/HE2-X0001/", {**told, "file": SimpleUploadedFile("核实.txt", words.encode())})

    [file] = Evidence.objects.all()
    assert len(file.words) > proofs.WORDS - len(ID)
    assert ID[:7] not in file.words
