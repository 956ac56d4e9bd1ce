"""How petitions are counted in a table, in sentences: the formulas, and why sums differ from the total.

Spec 7-pages.md §7.4 wants every figure with its formula; 2-domain.md §2.6 tells joint handling and returns apart.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import groupby

from bihuan.petitions.rules.board import FINISHED

RATE = f"办结率＝（{'＋'.join(FINISHED)}）÷件数。每件只数一次：已移送、并案、已销号、验收中，其余按是否办结。"
CELL = "每格＝同时属于这一行、这一列的信访件数；合计是件数，每件只数一次，不由各格相加。"
NAMED = 10  # batches that a range lacks; of more only how many there are is said
MAIN_TYPE = "一件涉及几类污染的，只按主要污染类型数一次。"
BATCHES = "几次督察里同名的批次合在一行；只看一次督察的，先选定那一次督察。"


def finished(where: Mapping[str, int]) -> int:
    """How many of those that count here ({where: how many}) are finished, for the time being too."""
    return sum(where.get(one, 0) for one in FINISHED)


def of_table(dimension: str, count: int, beside: int) -> list[str]:
    """What stands below a table by one dimension of so many petitions; so many units of other places have parts."""
    told = [RATE]
    if dimension == "main_type":
        told.append(MAIN_TYPE)
    if dimension == "batch":
        told.append(BATCHES)
    if beside:
        told.append(
            f"各地参与办理合计{count + beside}件次，比总数{count}件多{beside}件次："
            f"联合办理的件，除所在地外，其他承办地各另计一次，列在“联办”一栏，不在件数里。"
        )
    return told


def of_crossing(sums: Mapping[str, int], total: int, beside: int, returned: int) -> list[str]:
    """What stands below a table by two dimensions: {dimension: the sum of its own counts}, and the petitions in it."""
    told = [CELL]
    for dimension, added in sums.items():
        if dimension == "penalty" and added != total:
            told.append(f"各种查处相加{added}，比{total}件多{added - total}：一件有几种查处的，每种各数一次。")
        if dimension == "main_type":
            told.append(MAIN_TYPE)
        if dimension == "batch":
            told.append(BATCHES)
    if beside:
        told.append(f"联合办理的件只数在所在地；其他承办地另有{beside}件次，不在这张表里，见按行政区域的“联办”。")
    if returned:
        told.append(f"退办的只数在现在的所在地；另有{returned}件次是别处退回来的，不在退办的地方重数。")
    return told


def of_span(numbers: Collection[int]) -> str:
    """That a range of batches, told by its first and its last, lacks some: which, and how many it has; or ""."""
    there = {*numbers}
    first, last = min(there, default=1), max(there, default=0)
    missing = [one for one in range(first, last + 1) if one not in there]
    if not missing:
        return ""
    named = f"没有{'、'.join(_runs(missing))}" if len(missing) <= NAMED else f"有{len(missing)}批没有"
    return f"（{first}-{last}批中，台账里{named}，共{len(there)}批。）"


def _runs(numbers: Collection[int]) -> Iterator[str]:
    """Numbers in their order, those that follow one another as one."""
    for _, run in groupby(enumerate(numbers), lambda one: one[1] - one[0]):
        found = [number for _, number in run]
        yield f"第{found[0]}批" if len(found) == 1 else f"第{found[0]}-{found[-1]}批"


def of_elsewhere(called: str, count: int, away: Mapping[str, int], unfinished: int) -> str:
    """That of so many petitions some are handled elsewhere ({已移送 or 并案: how many}), and how many of these a
    bulletin tells among what is not finished, where the ledger has them apart; "" where there are none.
    """
    parts = [f"{name}{number}件" for name, number in away.items() if number]
    if not parts:
        return ""
    among = f"其中{unfinished}件没有办结结论，通报里数在未办结里，台账的“正在办理”不含。" if unfinished else ""
    return f"{called}{count}件里含{'、'.join(parts)}，台账里另列。{among}"
