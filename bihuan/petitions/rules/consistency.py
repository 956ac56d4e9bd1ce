"""What of one petition cannot all be true. Each was broken in a published paper."""

from collections.abc import Collection

NEARLY = frozenset({"部分属实", "基本属实"})  # offices draw the line between the two in either way
NO_NEED = r"^(?:经研究[,，]?)?无需(?:要)?(?:进行)?整改[。.]?$|^不(?:用|需|必)整改[。.]?$"


def fitting_truth(verdicts: Collection[str]) -> str:
    """The overall verdict that these of the sub-items make: theirs where they agree, else 部分属实."""
    return next(iter(verdicts)) if len({*verdicts}) == 1 else "部分属实"


def disagree(verdicts: Collection[str], overall: str) -> bool:
    """Whether an overall verdict does not fit those of the sub-items. Without either there is nothing to disagree."""
    if not verdicts or not overall:
        return False
    fitting = fitting_truth(verdicts)
    return overall != fitting and {overall, fitting} != NEARLY
