"""Who acts: the person, in which appointment, on whose behalf, from where. Passed as `by` through every action."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who reads or acts; ids, and the names as they are at this moment.

    `held` are the appointments valid today as `organisation` describes them; this floor does not look inside. `until`:
    the moment from which one of them gives nothing, where it ends within the day; from then on no deed is done.
    """

    person: int | None
    name: str
    city: str
    held: tuple[Any, ...] = ()
    appointment: int | None = None
    post: str = ""
    behalf: str = ""
    origin: str = ""
    request: str = ""
    until: datetime | None = None

    @classmethod
    def system(cls, job: str, city: str) -> "Actor":
        """The system itself, doing a named job: it may propose, remind and record; never approve, sign or publish."""
        return cls(person=None, name=f"系统:{job}", city=city)

    @property
    def is_system(self) -> bool:
        """Whether no person stands behind it."""
        return self.person is None

    def acting_in(self, appointment: int, post: str, behalf: str = "") -> "Actor":
        """The same person, acting in one of his appointments."""
        return replace(self, appointment=appointment, post=post, behalf=behalf)
