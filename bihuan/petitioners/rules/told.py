"""The telephone and identity numbers that a petition tells: whose they are as far as its words say."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from bihuan.lib import redact
from bihuan.petitioners.rules.fields import indexed

FIELDS_OF = {"phone": "phone", "id": "id_number"}
"""The field of the vault by the kind that `redact` finds."""
# Who is complained of has a telephone, too: registered as the petitioner's, it would be rung up to be told of him.
_ANOTHERS = re.compile(
    r"(?:老板|业主|负责人|厂长|经理|法人|法定代表人|被举报(?:人|者)?|被反映(?:人|者)?|对方|店主|房东|司机|场长|书记|主任|村长)"
    r"[^。；;，,、\s]{0,8}(?:[，,、(（\s][^。；;，,、\s]{0,6})?$"
)
_OWN = re.compile(r"(?:我|本人|(?<!被)举报人|(?<!被)反映人|来电人|来信人|投诉人|信访人)[^。；;]{0,12}$")
_REACH = 24


@dataclass(frozen=True, slots=True)
class Told:
    """One number that a petition's words tell. `is_his` unless somebody said that it is no petitioner's."""

    kind: str
    number: str = field(repr=False)
    is_his: bool = True


def numbers_in(text: str, cleared: Collection[str] = ()) -> tuple[Told, ...]:
    """The numbers in what somebody wrote, but for those said to be another's. `cleared` are the masked forms of what a
    person said is no petitioner's.
    """
    found = (
        Told(FIELDS_OF[hit.kind], hit.text, is_his=redact.alone(hit) not in cleared)
        for hit in redact.scan(text)
        if hit.kind in FIELDS_OF and not _is_anothers(text[max(0, hit.start - _REACH) : hit.start])
    )
    return tuple(found)


def _is_anothers(before: str) -> bool:
    return bool(_ANOTHERS.search(before)) and not _OWN.search(before)


def his(told: Collection[Told], name: str) -> list[str]:
    """The petitioner's numbers for one field, each once, in the order of the words."""
    return [*_by_form(told, name, is_his=True).values()]


def others(told: Collection[Told], name: str) -> set[str]:
    """The forms (`indexed`) of the numbers that are said to be no petitioner's."""
    return {*_by_form(told, name, is_his=False)}


def _by_form(told: Collection[Told], name: str, *, is_his: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in told:
        form = indexed(name, one.number)
        if one.kind == name and one.is_his == is_his and form:
            found.setdefault(form, one.number)
    return found
