"""The deeds of a trail as lines that people read: who, acting as what, what he did, what changed."""

from collections.abc import Sequence

from bihuan.core.history import PastDeed
from bihuan.gate.deeds import Said, said_of
from bihuan.lib.flow import Flow
from bihuan.web.drawing import Piece, TrailLine


def trail_lines(deeds: Sequence[PastDeed], *flows: Flow) -> list[TrailLine]:
    """Deeds as lines; a step is called as the first of these lifecycles that knows it calls it."""
    return [_line(said) for said in said_of(deeds, *flows)]


def _line(said: Said) -> TrailLine:
    words: list[str | Piece] = [Piece(said.words, "b") if said.is_step else said.words, *said.ended]
    return TrailLine(said.deed.at, said.who, words, said.deed.note, [*said.changes], said.mark)
