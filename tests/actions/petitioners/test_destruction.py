"""A petitioner's key is destroyed by two, when its time is over: the chain holds, and nobody reads him any more."""

import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from bihuan.core import audit, examine, rows, vault
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.lib.flow import Refused
from bihuan.matters import queries as matters
from bihuan.matters.models import Round
from bihuan.organisation.actions import emergency
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.petitioners.actions import destroying, keeping, reading
from bihuan.petitioners.models import Destruction, Petitioner
from bihuan.petitioners.queries import limits, sight
from bihuan.petitions.actions import assign_petition
from bihuan.petitions.models import Petition
from bihuan.petitions.rules.petition import PetitionState
from tests.cast import NOON, ROBOT, TODAY, Cast, account_of, seat_as
from tests.desk import PHONE, desk, known_petition, seated, secrets
from tests.served import Site

AFTER = datetime(2024, 7, 4, 4, tzinfo=NOON.tzinfo)  # two years later to the day


@action
def sign_off(petition: Petition, on: date, *, by: Actor, at: Any) -> None:
    turn = matters.last_round(petition.matter)
    audit.change(turn, state=PetitionState.SIGNED_OFF, closed_on=on)
    audit.change(petition.matter, step="accept", state=PetitionState.SIGNED_OFF)


def signed_off(cast: Cast, by: Actor, on: date = TODAY) -> Petition:
    petition = known_petition(cast, by)
    assign_petition(petition, [cast.farm], by=cast.chen, at=NOON)
    sign_off(petition, on, by=ROBOT, at=NOON)
    return petition


def destroy(cast: Cast, by: Actor, petition: Petition) -> Petitioner:
    proposal = destroying.propose_destruction(petition, by=by, at=AFTER, note="保存期满")
    destroying.decide_destruction(proposal, "confirm", by=cast.wang, at=AFTER)
    return Petitioner.objects.get()


def test_two_persons_destroy_a_key_and_the_chain_still_holds(cast: Cast) -> None:
    by = desk(cast)
    petition = signed_off(cast, by)
    before = Petitioner.objects.get()

    row = destroy(cast, by, petition)

    assert (bytes(row.wrapped_key), row.phone_index, row.id_number_index) == (b"", "", "")
    assert (row.destroyed_on, bytes(row.phone)) == (AFTER.date(), bytes(before.phone))
    assert [str(one) for one in examine.findings()] == []
    seen = sight.view_for(by, petition, AFTER)
    assert seen is not None
    assert {one.words for one in seen.held} == {"已销毁，不能再读"}
    with pytest.raises(vault.Sealed, match="密钥已经销毁"):
        sight.plain_words(row, "phone")
    assert bytes(before.wrapped_key).hex() not in str([*Entry.objects.values_list("changes", flat=True)])


def test_afterwards_it_is_neither_opened_nor_written_nor_found(cast: Cast) -> None:
    by = desk(cast)
    petition = signed_off(cast, by)
    destroy(cast, by, petition)

    with pytest.raises(Refused, match="密钥已经销毁"):
        reading.ask_opening(petition, ["phone"], "verify", "核实", by=by, at=AFTER)
    with pytest.raises(Refused, match="密钥已经销毁"):
        keeping.record_identity(petition, secrets(phone=PHONE), by=by, at=AFTER)
    assert reading.look_up("phone", secrets(it=PHONE)["it"], by=by, at=AFTER) == ()


def test_an_import_that_comes_later_leaves_a_destroyed_one_alone(cast: Cast) -> None:
    by = desk(cast)
    petition = signed_off(cast, by)
    row = destroy(cast, by, petition)

    @action
    def keep(*, by: Actor, at: Any) -> None:
        keeping.keep_originals([keeping.Came(petition, {"content": f"我叫赵小禾，电话{PHONE}"})])
        audit.look(row, "original")

    keep(by=ROBOT, at=AFTER)

    assert Petitioner.objects.get().version == row.version


@pytest.mark.parametrize(
    ("on", "at", "sentence"),
    [
        (TODAY, AFTER - timedelta(days=1), r"要保存到2024-07-04\(销号后2年\)，现在不能销毁"),
        (date(2022, 6, 1), NOON, "要保存到2024-06-01"),
    ],
)
def test_not_before_its_time(cast: Cast, on: date, at: datetime, sentence: str) -> None:
    by = desk(cast)
    petition = signed_off(cast, by, on)

    with pytest.raises(Refused, match=sentence):
        destroying.propose_destruction(petition, by=by, at=at, note="保存期满")


def test_not_while_it_is_handled_and_not_when_it_is_handled_again(cast: Cast) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)
    assign_petition(petition, [cast.farm], by=cast.chen, at=NOON)
    with pytest.raises(Refused, match="还没有销号"):
        destroying.propose_destruction(petition, by=by, at=AFTER, note="保存期满")
    sign_off(petition, TODAY, by=ROBOT, at=NOON)
    proposal = destroying.propose_destruction(petition, by=by, at=AFTER, note="保存期满")

    reopen(proposal.petitioner.petition, by=ROBOT, at=AFTER)

    with pytest.raises(Refused, match="还没有销号"):
        destroying.decide_destruction(proposal, "confirm", by=cast.wang, at=AFTER)


@action
def reopen(petition: Petition, *, by: Actor, at: Any) -> None:
    audit.create(Round(matter=petition.matter, number=2, state=PetitionState.HANDLING))
    audit.change(petition.matter, state=PetitionState.HANDLING, round_number=2)


def test_it_takes_two_and_the_second_is_the_head_of_the_office(cast: Cast) -> None:
    by = desk(cast)
    petition = signed_off(cast, by)
    proposal = destroying.propose_destruction(petition, by=by, at=AFTER, note="保存期满")

    for other in (by, desk(cast, "other")):
        with pytest.raises(Refused, match="您没有办理“确认销毁”的职责"):
            destroying.decide_destruction(proposal, "confirm", by=other, at=AFTER)
    with pytest.raises(Refused, match="已经有人提出销毁"):
        destroying.propose_destruction(petition, by=by, at=AFTER, note="保存期满")
    with pytest.raises(Refused, match="您不能办理"):
        destroying.propose_destruction(petition, by=cast.wang, at=AFTER, note="保存期满")
    with pytest.raises(Refused, match="请写明销毁的依据"):
        destroying.propose_destruction(petition, by=by, at=AFTER, note=" ")


def test_an_emergencys_head_neither_confirms_nor_refuses_and_reads_why(cast: Cast) -> None:
    by = desk(cast)
    petition = signed_off(cast, by)
    proposal = destroying.propose_destruction(petition, by=by, at=AFTER, note="保存期满")
    opener = seated(cast, Role.COORDINATION, "lin")
    guards = (seat_as(Role.SYSTEM_ADMIN, cast.office, "薛某"), cast.sun)
    one, other = (emergency.seal_code(f"CODE-{n}", by=guard, at=AFTER) for n, guard in enumerate(guards))
    with time_machine.travel(AFTER, tick=False):
        emergency.unseal(one, other, reason="主任住院", purpose="销毁", by=opener, at=AFTER)
        lent = scope.actor_for(account_of(opener), AFTER.date())

    for name in ("confirm", "refuse"):
        with pytest.raises(Refused, match="销毁不能撤回，应急启封期间不办；请等主任回来确认。"):
            destroying.decide_destruction(proposal, name, by=lent, at=AFTER, note="同意")
    [(_, offers)] = limits.waiting(proposal.petitioner, lent, AFTER)
    assert {offer.refusal for offer in offers} == {"销毁不能撤回，应急启封期间不办；请等主任回来确认。"}
    [(_, offers)] = limits.waiting(proposal.petitioner, cast.wang, AFTER)
    assert {offer.refusal for offer in offers} == {""}


def test_a_refused_proposal_destroys_nothing(cast: Cast) -> None:
    by = desk(cast)
    petition = signed_off(cast, by)
    proposal = destroying.propose_destruction(petition, by=by, at=AFTER, note="保存期满")

    destroying.decide_destruction(proposal, "refuse", by=cast.wang, at=AFTER, note="还有诉讼")

    assert Petitioner.objects.get().destroyed_on is None


@pytest.mark.broken
def test_a_key_that_was_destroyed_by_one_or_only_in_name_is_named(cast: Cast) -> None:
    by = desk(cast)
    row = destroy(cast, by, signed_off(cast, by))
    Destruction.objects.update(decided_by_id=by.person)
    Petitioner.objects.update(wrapped_key=b"x")

    found = [str(one) for one in examine.findings() if "举报人 " in str(one)]

    assert f"I3 举报人 {row.code}：登记为已销毁，密钥或索引却还在。" in found
    assert f"I3 举报人 {row.code}：密钥已销毁，却没有两个人的提出和确认。" in found


def test_only_what_stands_in_no_trail_is_erased(cast: Cast) -> None:
    known_petition(cast, desk(cast))

    with pytest.raises(ValueError, match="stands in no trail"):
        rows.erase(Petitioner.objects.get(), "phone")


SCRIPT = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests import cast as people
from tests.actions.petitioners.test_destruction import destroy, signed_off
from tests.desk import desk
from bihuan.petitioners.models import Petitioner
cast = people.assemble()
by = desk(cast)
petition = signed_off(cast, by)
print(bytes(Petitioner.objects.get().wrapped_key).hex(), flush=True)
input()
destroy(cast, by, petition)
"""


def test_no_copy_of_a_destroyed_key_is_left_in_any_file(tmp_path: Path) -> None:
    command, pipe = [sys.executable, "-c", SCRIPT], subprocess.PIPE
    with subprocess.Popen(command, env=Site(tmp_path).env, stdin=pipe, stdout=pipe, text=True) as child:
        assert child.stdin
        assert child.stdout
        key = bytes.fromhex(child.stdout.readline().strip())
        assert holding(tmp_path, key)  # so that none is found afterwards because it is gone
        child.stdin.write("\n")

    assert child.returncode == 0
    assert not holding(tmp_path, key)


def holding(folder: Path, key: bytes) -> list[str]:
    """The files below a folder in which a key stands."""
    return [path.name for path in folder.rglob("*") if path.is_file() and key in path.read_bytes()]
