"""What pages put between the words of a paper: page numbers, 下转第八版, title lines that come back.

Hides the noise, so that the readers see the text as it was written.
"""

import re
from collections import Counter
from collections.abc import Iterable

from bihuan.lib.paper.passage import Passage

_PAGE = re.compile(r"^[\s—–\-－·.]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*[/共]+\s*\d{1,3}\s*页?)?[\s—–\-－·.]*$")
_TURN = re.compile(r"\((?:下转|上接)[^()]{0,20}\)|[—–\-－]\s?\d{1,3}\s?[—–\-－](?!\d)")
_TITLE = re.compile(r"(?:方案|清单|台账|一览表|任务表|措施表)(?:\([^()]*\))?$")


def without_noise(paragraphs: Iterable[Passage], *, keeps_numbers: bool = False) -> list[Passage]:
    """The paragraphs without page numbers, turn-over notes and repeated title lines.

    `keeps_numbers`: a line that is only a number may be a row's number, and stays.
    """
    lines = [line for paragraph in paragraphs for line in paragraph.without(_TURN).lines()]
    counts = Counter(line.folded for line in lines)
    seen: set[str] = set()
    kept = []
    for line in lines:
        text = line.folded
        if (_PAGE.match(text) and not (keeps_numbers and text.isdigit())) or (text in seen and _is_title(text, counts)):
            continue
        seen.add(text)
        kept.append(line)
    return kept


def _is_title(text: str, counts: Counter[str]) -> bool:
    return counts[text] > 1 and len(text) < 60 and bool(_TITLE.search(text))
