"""How petitions are counted in a table, in sentences: the formulas, and why sums differ from the total.

Spec 7-pages.md §7.4 wants every figure with its formula; 2-domain.md §2.6 tells joint handling and returns apart.
"""

from collections.abc import Mapping

from bihuan.petitions.rules.board import FINISHED

RATE = f"办结率＝（{'＋'.join(FINISHED)}）÷件数。每件只数一次：已移送、并案、已销号、验收中，其余按是否办结。"
CELL = "每格＝同时属于这一行、这一列的信访件数；合计是件数，每件只数一次，不由各格相加。"
MAIN_TYPE = "一件涉及几类污染的，只按主要污染类型数一次。"


def finished(where: Mapping[str, int]) -> int:
    """How many of those that count here ({where: how many}) are finished, for the time being too."""
    return sum(where.get(one, 0) for one in FINISHED)


def of_table(dimension: str, count: int, beside: int) -> list[str]:
    """What stands below a table by one dimension of so many petitions; so many units of other places have parts."""
    told = [RATE]
    if dimension == "main_type":
        told.append(MAIN_TYPE)
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
    if beside:
        told.append(f"联合办理的件只数在所在地；其他承办地另有{beside}件次，不在这张表里，见按行政区域的“联办”。")
    if returned:
        told.append(f"退办的只数在现在的所在地；另有{returned}件次是别处退回来的，不在退办的地方重数。")
    return told
