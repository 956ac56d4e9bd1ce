"""What `examine` says of a problem that was signed off: nothing where its road was whole, else what was not."""

from datetime import timedelta
from typing import Any

import pytest

from bihuan.core import examine
from bihuan.matters.models import Evidence, Manifest, Matter, PublicNotice, Signature
from bihuan.rectification.models import Problem
from tests.cast import assemble
from tests.kept import Kept
from tests.loop import Loop, make_loop

DAMAGES: dict[str, tuple[Any, dict[str, Any], str]] = {
    "text": (Problem, {"target": "放宽了的目标"}, "I5 HE2-P001：销号时签过的“问题”改动过。"),
    "evidence": (Evidence, {"is_ended": True}, "已不在。"),
    "hash": (Manifest, {"digest": "0" * 64}, "I5 HE2-P001：“销号”的签字与留存的卷宗清单不符。"),
    "signature": (
        Signature,
        {"is_ended": True},
        "I7 HE2-P001：已销号，却没有“申请验收、验收通过、领导小组同意、销号”的签字。",
    ),
    "order": (Signature, {}, "I7 HE2-P001：申请验收、验收通过、领导小组同意、销号的先后不对。"),
    "person": (Signature, {}, "I8 HE2-P001：“申请验收”和“验收通过”是同一个人签的。"),
    "county": (Signature, {}, "I8 HE2-P001：“县级初验通过”和“销号”是同一个人签的。"),
    "notice": (PublicNotice, {"is_ended": True}, "I7 HE2-P001：已销号，却没有公示。"),
    "period": (PublicNotice, {}, "I7 HE2-P001：公示期没有满就销了号。"),
    "measure": (Matter, {"state": "finished"}, "I7 HE2-P001：已销号，措施1却没有确认。"),
}


def sign_off() -> Loop:
    loop = make_loop(assemble())
    loop.to_signed_off()
    return loop


SIGNED_OFF = Kept(sign_off)


@pytest.fixture
def loop(db: None) -> Loop:
    """A problem that was signed off; what is broken is broken afterwards."""
    return SIGNED_OFF.lay()


def found() -> list[str]:
    return [str(one) for one in examine.findings()]


def changed(loop: Loop, damage: str, facts: dict[str, Any]) -> dict[str, Any]:
    """What is written over, where it depends on what stands."""
    last = Signature.objects.get(step="sign_off")
    later = {
        "order": {"signed_at": last.signed_at + timedelta(days=1)},
        "person": {"person": Signature.objects.get(step="claim_done").person},
        "county": {"person": Signature.objects.get(step="pass_preliminary").person},
        "period": {"ends_on": last.signed_at.date() + timedelta(days=1)},
    }
    return later.get(damage, facts)


@pytest.mark.broken
@pytest.mark.parametrize("damage", DAMAGES)
def test_what_was_not_signed_so_is_found(loop: Loop, damage: str) -> None:
    assert found() == []
    model, facts, sentence = DAMAGES[damage]
    rows = model.objects.all()
    if damage == "measure":
        rows = rows.filter(kind="measure")
    if damage in ("order", "person"):
        rows = rows.filter(step="accept")
    if damage == "county":
        rows = rows.filter(step="sign_off")
    if damage == "evidence":
        rows = rows.filter(pk=rows.order_by("pk")[0].pk)

    rows.update(**changed(loop, damage, facts))

    assert any(sentence in one for one in found())


def test_what_came_after_the_sign_off_is_beside_it(loop: Loop) -> None:
    loop.later(30)
    loop.check(loop.cast.chen, "现场督导")
    loop.add("", "现场照片.jpg")

    assert found() == []
