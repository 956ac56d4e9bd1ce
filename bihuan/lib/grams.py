"""Character pairs: how Chinese text is indexed and asked for, from one character up, alike on every database.

Hides the cutting. Runs of Chinese characters become overlapping pairs and a last single; runs of letters and digits
become words. 污水处理 → 污水 水处 处理 理.
"""

import re

RUNS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[A-Za-z0-9]+")
LIKE_ENOUGH = 0.9
_SHORT = 12  # characters: what is shorter is alike by chance


def grams(text: str) -> str:
    """The text as it is indexed."""
    return " ".join(gram for run in RUNS.findall(text) for gram in _cut(run))


def _cut(run: str) -> list[str]:
    if run[0].isascii():
        return [run.lower()]
    return [run[at : at + 2] for at in range(len(run) - 1)] + [run[-1]]


def phrases(words: str) -> list[list[str]]:
    """What is asked for: each run of the words as the pairs that must follow one another.

    A run of one character asks for any pair that begins with it; so does the last letter or digit of a word.
    """
    asked = []
    for run in RUNS.findall(words):
        if run[0].isascii():
            asked.append([run.lower() + "*"])
        elif len(run) == 1:
            asked.append([run + "*"])
        else:
            asked.append([run[at : at + 2] for at in range(len(run) - 1)])
    return asked


def is_like(one: str, other: str) -> bool:
    """Whether two texts say nearly the same, by their pairs of characters; short ones never do."""
    if min(len(one.strip()), len(other.strip())) < _SHORT:
        return False
    first, second = {*grams(one).split()}, {*grams(other).split()}
    together = len(first | second)
    return bool(together) and len(first & second) / together >= LIKE_ENOUGH
