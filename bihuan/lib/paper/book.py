"""The dossier (一案一档) as one PDF: what was said, what was done, what proves it, what may be asked.

Hides how it is laid out (`book.typ`). Values in, bytes out; a statement without proof stands on the gap page by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from bihuan.lib.paper.typeset import typeset

CHAPTERS = ("反馈原文", "整改措施", "进展", "佐证", "现场核查", "验收", "公示", "销号", "复查", "办理轨迹")


@dataclass(frozen=True, slots=True)
class File:
    """One file of the dossier: known by its hash, called `name`, kept in the folder of its `chapter`.

    `taken` and `place` are said as a person reads them, and say themselves which system a position is in.
    """

    sha256: str
    name: str
    size: int
    chapter: str = "佐证"
    stage: str = ""
    caption: str = ""
    taken: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a chapter; it stands among the bookmarks."""

    text: str
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Words:
    """Running text; `is_quoted` sets it off as somebody else's words, kept as they are."""

    text: str
    is_quoted: bool = False
    kind: str = field(default="words", init=False)


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and their values, a line each."""

    rows: tuple[tuple[str, str], ...]
    kind: str = field(default="facts", init=False)


@dataclass(frozen=True, slots=True)
class Listing:
    """A table: headings with their share of the width, and rows of as many texts."""

    heads: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, ...], ...]
    kind: str = field(default="listing", init=False)

    def __post_init__(self) -> None:
        if {len(row) for row in self.rows} - {len(self.heads)}:
            raise ValueError("a row is longer or shorter than the headings")


@dataclass(frozen=True, slots=True)
class Statement:
    """What is claimed, who said so and when, and the hashes of the files that prove it."""

    text: str
    said: str = ""
    proofs: tuple[str, ...] = ()
    kind: str = field(default="statement", init=False)


@dataclass(frozen=True, slots=True)
class Pair:
    """Before and after, side by side: two hashes, or "" for what is not there."""

    caption: str
    before: str = ""
    after: str = ""
    kind: str = field(default="pair", init=False)


@dataclass(frozen=True, slots=True)
class Attached:
    """Files by their hashes: pictures two in a row, then papers with name and hash."""

    files: tuple[str, ...]
    kind: str = field(default="attached", init=False)


Block = Heading | Words | Facts | Listing | Statement | Pair | Attached


@dataclass(frozen=True, slots=True)
class Question:
    """What may be asked, what can be said to it, and where that stands."""

    text: str
    answer: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """All that a dossier says. `states` are steps with their days; `notes` stand on the cover: what was overridden."""

    city: str
    inspection: str
    number: str
    title: str
    units: tuple[str, ...]
    states: tuple[tuple[str, str], ...]
    as_of: date
    chapters: Mapping[str, Sequence[Block]]
    asked: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[File, ...] = ()

    def __post_init__(self) -> None:
        if unknown := set(self.chapters) - set(CHAPTERS):
            raise ValueError(f"no chapter of a dossier: {sorted(unknown)}")


@dataclass(frozen=True, slots=True)
class Shown:
    """How a file is seen in the book: its path in the dossier, and its picture, or the sentence why there is none."""

    path: str
    view: bytes = b""
    refused: str = ""


def unproved(book: Book) -> Iterator[tuple[str, Statement]]:
    """The statements that no file of the dossier proves, with the chapter of each."""
    there = {file.sha256 for file in book.files}
    for chapter in CHAPTERS:
        for block in book.chapters.get(chapter, ()):
            if isinstance(block, Statement) and not there.intersection(block.proofs):
                yield chapter, block


def book_pdf(book: Book, shown: Mapping[str, Shown], rest: str, *, fonts: str = "") -> bytes:
    """The book, `shown` saying of each file by its hash how it is seen, `rest` being the hash printed on the cover.

    Every chapter stands there, in its order, and says so where it holds nothing. The same bytes for the same values.
    Refuses by `Unreadable` what cannot be set.
    """
    names = {one: f"{one}.jpg" for one, seen in shown.items() if seen.view}
    files = [
        asdict(file) | {"path": shown[file.sha256].path, "refused": shown[file.sha256].refused}
        | {"view": names.get(file.sha256, "")}
        for file in book.files
    ]  # fmt: skip
    values = {
        **{name: getattr(book, name) for name in ("city", "inspection", "number", "title", "units", "states", "notes")},
        "as_of": [book.as_of.year, book.as_of.month, book.as_of.day],
        "rest": rest,
        "chapters": [
            {"title": title, "blocks": [asdict(block) for block in book.chapters.get(title, ())]} for title in CHAPTERS
        ],
        "asked": [asdict(question) for question in book.asked],
        "unproved": [{"chapter": chapter, "text": block.text, "said": block.said} for chapter, block in unproved(book)],
        "files": files,
    }
    views = {names[one]: seen.view for one, seen in shown.items() if seen.view}
    return typeset("book.typ", values, views, on=book.as_of, fonts=fonts)
