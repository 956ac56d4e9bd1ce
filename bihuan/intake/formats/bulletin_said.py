"""What a bulletin says of its own sums: that a petition counts for several types, or in several places.

Hides the words by which it is said, and how often such a petition counts more than once.
"""

import re
from dataclasses import dataclass

from bihuan.lib.chinese import number
from bihuan.lib.paper.passage import Passage

# That one petition counts for several types is said: no sum need agree.
_SEVERAL = re.compile(
    r"(?:涉及|包含|含|有)(?:多[个种类项]|几[个种类项]|两[个种类项]以上)[^。,;()]{0,8}(?:类型|污染|问题|事项)|分别统计|投诉比较集中"
)
# (注:3件普通件均涉2市,分别交办); 其中,一件普通件涉两市.
_JOINT = re.compile(
    r"(?<!\d)(?P<n>\d{1,4}|[一二两三四五六七八九十]{1,3})件(?:普通|重点|信访|举报|案)*件?(?:均|都|同时|共同)*涉及?(?P<places>\d|[两二三四五])个?[市区县州地]"
)
_RANKED = re.compile(r"居第[一二三四五]位|居首位|位居前[一二三四五]")


@dataclass(frozen=True, slots=True)
class Said:
    """Whether a petition counts for several types, how often petitions count in a further place, and whether only the
    first of the places are told.
    """

    several: bool = False
    beside: int = 0
    first_alone: bool = False


def said_in(section: Passage) -> Said:
    """What one bulletin says of its sums."""
    joint = [(number(one["n"]) or 0, number(one["places"]) or 1) for one in _JOINT.finditer(section.folded)]
    beside = sum(count * (count_of_places - 1) for count, count_of_places in joint)
    return Said(bool(_SEVERAL.search(section.folded)), beside, bool(_RANKED.search(section.folded)))
