"""A bulletin as it was told: paragraphs of words and figures, each figure with where it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: what it is called, its value, its formula in words, and the codes of the rows behind it.

    `codes` are the rows that were counted or summed, in a rate those above the line; `base` those below it.
    """

    name: str
    value: int | Decimal
    formula: str
    codes: tuple[str, ...]
    base: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Plain words, or a figure as it is printed."""

    text: str
    figure: Figure | None = None


Paragraph = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """The paragraphs that are printed, and the sentences that explain why parts and totals differ."""

    paragraphs: tuple[Paragraph, ...]
    notes: tuple[Paragraph, ...] = ()

    @property
    def text(self) -> str:
        """The paragraphs, a line each."""
        return "\n".join(said(paragraph) for paragraph in self.paragraphs)

    def figures(self) -> Iterator[Figure]:
        """Every figure of the paragraphs, in their order."""
        return (piece.figure for paragraph in self.paragraphs for piece in paragraph if piece.figure)


def said(paragraph: Paragraph) -> str:
    """The words of a paragraph."""
    return "".join(piece.text for piece in paragraph)
