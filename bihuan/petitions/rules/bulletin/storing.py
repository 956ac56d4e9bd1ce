"""A wording as it is kept in a setting, and whether one that the office wrote can be filled in."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from bihuan.petitions.rules.bulletin.rows import Occasion, PetitionRow
from bihuan.petitions.rules.bulletin.tags import WordingError
from bihuan.petitions.rules.bulletin.telling import Teller
from bihuan.petitions.rules.bulletin.wording import Listing, Series, Wording

_DAY = date(2024, 6, 3)
_TRIED = tuple(
    PetitionRow(
        code=f"{at}",
        batch="第1批",
        number=1,
        handed_over_on=_DAY,
        assigned_on=_DAY if at else None,
        channel="来电",
        places=("甲县", "乙县")[at:],
        main_type="水",
        truth="属实",
        closing="已办结" if at else "",
        accountability={"诫勉谈话": 1},
        units=("甲局",),
        industry="工业",
    )
    for at in (0, 1)
)


def plain(wording: Wording) -> dict[str, Any]:
    """The wording as JSON holds it."""
    return asdict(wording)


def wording_of(kept: Mapping[str, Any]) -> Wording:
    """The wording that `plain` gave. Refused: a value of another name; whether it can be filled in says `fault`."""
    lists = {name: _list_of(one) for name, one in kept.get("lists", {}).items()}
    values = _values(Wording, {**kept, "lists": lists})
    return Wording(**{**values, "paragraphs": tuple(values.get("paragraphs", ()))})


def fault(wording: Wording) -> str:
    """Why the wording cannot be filled in, as a sentence, or "": a tag that nobody knows, brackets, a list's name."""
    occasion = Occasion("督察组", _DAY, "第1批", begun=_DAY, ended=_DAY)
    try:
        teller = Teller(_TRIED, occasion, wording)
        for sentence in wording.paragraphs:
            teller.paragraph(sentence)
        teller.try_lists()
    except WordingError as error:
        return str(error)
    return ""


def _list_of(kept: Mapping[str, Any]) -> Listing | Series:
    kind = Series if "clauses" in kept else Listing
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in _values(kind, kept).items()
    }
    return Series(**values) if kind is Series else Listing(**values)


def _values(kind: type, kept: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := sorted(kept.keys() - {one.name for one in fields(kind)}):
        raise WordingError(f"通报用语里没有“{'、'.join(unknown)}”这一项。")
    return dict(kept)
