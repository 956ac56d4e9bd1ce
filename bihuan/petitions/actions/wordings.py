"""The office settles how its city words its bulletins (通报用语), and goes back to the house's wording."""

import json
from datetime import datetime

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.lib.flow import Refused
from bihuan.organisation.queries import scope
from bihuan.petitions.models import BulletinWording
from bihuan.petitions.queries import wordings
from bihuan.petitions.rules.bulletin import KINDS, Wording, fault, plain
from bihuan.petitions.rules.bulletin.kinds import refusal

OFFICE_ONLY = "通报用语由综合协调组或整改办主任设定，您不能改。"


@action
def set_wording(
    kind: str, wording: Wording, *, by: Actor, at: datetime, note: str = "", seen: int | None = None
) -> BulletinWording:
    """Word a city's bulletins of a kind so from now on; what was printed before stays as it is. `seen` is the version
    of whoever filled in the form, 0 where there was none.

    Refuses everybody but the office's coordination and its head, a kind that there is not, a wording that cannot be
    filled in, with the tag that is wrong, and one that changes nothing.
    """
    _may(kind, by)
    if refused := refusal(wording) or fault(wording):
        raise Refused(refused)
    row = wordings.row_of(by.city, kind)
    if row is None:
        if wording == KINDS[kind][1]:
            raise Refused("没有改动，不用存。")
        return audit.create(BulletinWording(kind=kind, wording=_kept(wording)), because=note)
    return audit.amend(row, seen=seen, because=note, wording=_kept(wording), is_ended=False)


@action
def restore_wording(kind: str, *, by: Actor, at: datetime, note: str = "", seen: int | None = None) -> BulletinWording:
    """Word bulletins of a kind as the house does again. Refuses as `set_wording`, and where they are worded so."""
    _may(kind, by)
    row = wordings.row_of(by.city, kind)
    if row is None or row.is_ended:
        raise Refused("现在用的就是默认用语。")
    return audit.amend(row, seen=seen, because=note, is_ended=True)


def _kept(wording: Wording) -> dict[str, object]:
    """The wording as a row that was read back holds it."""
    found: dict[str, object] = json.loads(json.dumps(plain(wording)))
    return found


def _may(kind: str, by: Actor) -> None:
    if not scope.has_role(by, wordings.WORDERS):
        raise Refused(OFFICE_ONLY)
    if kind not in KINDS:
        raise Refused("没有这种通报。")
