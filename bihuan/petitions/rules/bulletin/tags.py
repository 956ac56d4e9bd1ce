"""The language of wordings: sentences with fixed tags in braces and clauses in brackets.

`本批{件数}件[，其中重点件{重点件}件]`: the names of a tag are from a fixed list, and each narrows the one before
(`{累计·已办结·来电}`); a clause in brackets is left out where nothing in it is to be told. There are no expressions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"\{(?P<tag>[^{}\[\]]*)\}|(?P<mark>[\[\]{}])|(?P<words>[^\[\]{}]+)")


class WordingError(ValueError):
    """A wording that cannot be filled in, with the sentence that says why."""


class NothingToRateError(WordingError):
    """A rate of nothing. In brackets it is left out."""


@dataclass(frozen=True, slots=True)
class Tag:
    """The names in one pair of braces."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands in one pair of brackets."""

    parts: "tuple[Part, ...]"


Part = str | Tag | Clause


@lru_cache(maxsize=512)
def parsed(sentence: str) -> tuple[Part, ...]:
    """The parts of a sentence. Refused: a brace or bracket without its other, a tag without a name."""
    open_: list[list[Part]] = [[]]
    for token in _TOKEN.finditer(sentence):
        if token["words"]:
            open_[-1].append(token["words"])
        elif token["tag"] is not None:
            names = tuple(token["tag"].split("·"))
            if not all(names):
                raise WordingError(f"“{sentence}”里有空的标签。")
            open_[-1].append(Tag(names))
        elif token["mark"] == "[":
            open_.append([])
        elif token["mark"] == "]" and len(open_) > 1:
            clause = Clause(tuple(open_.pop()))
            open_[-1].append(clause)
        else:
            raise WordingError(f"“{sentence}”里的括号不成对。")
    if len(open_) > 1:
        raise WordingError(f"“{sentence}”里的括号不成对。")
    return tuple(open_[0])


def tags(sentence: str) -> Iterator[Tag]:
    """Every tag of a sentence, those of its clauses as well."""
    waiting = list(parsed(sentence))
    while waiting:
        part = waiting.pop(0)
        if isinstance(part, Clause):
            waiting[:0] = part.parts
        elif isinstance(part, Tag):
            yield part
