"""What was seen of an attached file, as plain values: kept apart from whoever looks, whose libraries are large.

Hides how it travels out of the process that looked.
"""

import base64
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bihuan.lib.position import Position


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture says of itself: its size as it is looked at, when and where it was taken, and by what.

    A time without an offset is taken for local time of China, and `has_offset` says that none stood there. The position
    is WGS-84. Whatever the file does not say, or says in a way that makes no sense, is `None` or empty.
    """

    width: int
    height: int
    taken_at: datetime | None = None
    has_offset: bool = False
    position: Position | None = None
    camera: str = ""


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What a file says and shows: its words (none in a scan), JPEGs of its picture or first pages, and what a picture
    says of itself.
    """

    text: str = ""
    views: tuple[bytes, ...] = ()
    picture: Picture | None = None

    def plain(self) -> dict[str, Any]:
        """The same as JSON holds it."""
        picture = asdict(self.picture) if self.picture else None
        if picture and picture["taken_at"]:
            picture["taken_at"] = picture["taken_at"].isoformat()
        views = [base64.b64encode(view).decode() for view in self.views]
        return {"text": self.text, "views": views, "picture": picture}


def glimpse_from(plain: dict[str, Any]) -> Glimpse:
    """What `Glimpse.plain` wrote."""
    picture = plain["picture"]
    if picture:
        taken_at, position = picture["taken_at"], picture["position"]
        picture |= {
            "taken_at": datetime.fromisoformat(taken_at) if taken_at else None,
            "position": Position(*position) if position else None,
        }
    views = tuple(base64.b64decode(view) for view in plain["views"])
    return Glimpse(plain["text"], views, Picture(**picture) if picture else None)
