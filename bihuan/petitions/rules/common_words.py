"""The words that two texts have in common, with where they stand in each; and how much of the shorter they are.

Hides the search, and the set phrases that every petition has and that tell nothing.
"""

import re
from collections.abc import Iterator

SHORTEST = 2
MOST = 4000  # characters of a text that are looked at
_HAN = re.compile("[\u3400-\u9fff0-9A-Za-z]+")
# Every petition has these.
_SET = re.compile(
    "群众(?:来信|来电)?(?:反映|称)?|举报[人件]?(?:反映|称)?|投诉人?(?:反映)?|来[电信访](?:反映|称)?|信访人?|市民(?:反映)?|有关部门|督察组|希望"
    "|尽快|解决|要求|依法|处理|查处|严查|领导|派人|查看|严重影响|影响|居民|正常|生活|多次|反映|未果|没有|问题|污染|严重|长期|周边"
    "|至今|再次|已有|以后|每天|请"
)
_EMPTY = re.compile("[的了是在有和与及等一上下中为也都就还被把对从到并其或且年月日时点米人来这那个号]+")
Span = tuple[int, int]


def common_words(one: str, other: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Where in each of two texts the words stand that both have, from start to behind the end, in order."""
    one, other = one[:MOST], other[:MOST]
    return tuple(_spans(one, other)), tuple(_spans(other, one))


def share(one: str, other: str) -> float:
    """How much of the shorter text's telling pairs of characters the other one has, from 0 to 1."""
    first, second = _pairs(one[:MOST]), _pairs(other[:MOST])
    return len(first & second) / (min(len(first), len(second)) or 1)


def _pairs(text: str) -> set[str]:
    runs = (run for piece in _HAN.findall(text) for run in _SET.split(piece))
    return {run[at : at + 2] for run in runs for at in range(len(run) - 1)}


def _spans(text: str, other: str) -> Iterator[Span]:
    """The longest runs of a text that stand in the other one as well, from left to right."""
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and _HAN.match(text, end) and text[at : end + 1] in other:
            end += 1
        if end - at >= SHORTEST and _tells(text[at:end]):
            yield at, end
        at = max(end, at + 1)


def _tells(run: str) -> bool:
    """Whether anything is left of a run without set phrases and empty words."""
    return len(_EMPTY.sub("", _SET.sub("", run))) >= SHORTEST
