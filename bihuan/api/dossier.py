"""The dossier of a problem over the API: what goes in, which were made, and making one."""

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from bihuan.api import shapes
from bihuan.api.door import operation
from bihuan.api.writing import SAYS, WRITES, Key, Match, deed, hold, once
from bihuan.gate import dossiers
from bihuan.gate.answers import or_404
from bihuan.gate.policy import BUSINESS, Asked
from bihuan.lib.quantity import MOST
from bihuan.rectification.queries import called, dossier

TAGS = ["验收销号"]


class Counted(Schema):
    """How much of one thing goes in."""

    label: str
    count: int


class MadeLine(Schema):
    """A dossier that was made: when, by whom, the SHA-256 of its manifest; `is_own` where whoever asks made it."""

    at: datetime
    name: str
    digest: str
    files: int
    is_own: bool


class DossierFile(Schema):
    """What a dossier of the problem would hold, and those that were made."""

    code: str
    contents: list[Counted]
    made: list[MadeLine]


class DossierAsked(Schema, extra="forbid"):
    """The version that was looked at, where no If-Match says it."""

    version: int | None = Field(None, ge=0, le=MOST)


@operation(
    "GET", "/problems/{slug:code}/dossier", "api_dossier", "整改问题的一案一档", DossierFile, who=(BUSINESS,), tags=TAGS
)
def dossier_file(request: Asked, code: str) -> Any:
    """What goes into the dossier of one problem, and which were made."""
    row = or_404(called.problem(request.actor, code))
    made = [
        {"digest": one.manifest.digest, **{name: getattr(one, name) for name in ("at", "name", "files", "is_own")}}
        for one in dossier.made(row, request.actor)
    ]
    contents = [{"label": label, "count": count} for label, count in dossier.counts(row, request.actor)]
    return {"code": code, "contents": contents, "made": made}


@operation(
    "POST",
    "/problems/{slug:code}/dossiers",
    "api_dossier_new",
    "成一次卷",
    shapes.Done,
    who=(BUSINESS,),
    refuses=WRITES,
    tags=TAGS,
    description=SAYS,
)
def dossier_new(request: Asked, code: str, asked: DossierAsked, key: Key, match: Match) -> Any:
    """Make the dossier of one problem; its files are taken out on its page."""
    row = or_404(called.problem(request.actor, code))
    hold(request, row.matter, match, asked.version, key)
    _, is_repeated = once(lambda: dossiers.make(code, **deed(request, key)))
    return {"done": "卷已成，登记了清单的 SHA-256。", "is_repeated": is_repeated, "code": code}
