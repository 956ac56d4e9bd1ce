"""What a reader could not settle by itself: a Chinese question, and the answers it could think of."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Question:
    """One doubt. `kind` is the same short identifier for all doubts of a sort; `choices` are plain values."""

    kind: str
    text: str
    choices: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The JSON form."""
        return {"kind": self.kind, "question": self.text, "choices": list(self.choices)}
