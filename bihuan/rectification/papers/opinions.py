"""What others said to an acceptance, as a dossier tells it: opinions of experts, and what leaders let pass."""

from collections.abc import Iterable, Iterator

from bihuan.core.clock import SHANGHAI
from bihuan.lib.redact import masked
from bihuan.rectification.models import Exemption
from bihuan.rectification.queries.experts import Asked
from bihuan.rectification.rules.exemptions import LABELS
from bihuan.rectification.rules.experts import AGREED

OPINIONS = (("专家", 3), ("结论", 2), ("意见", 5), ("时间", 2), ("针对", 2))
EXEMPTIONS = (("放行什么", 4), ("放行人", 3), ("时间", 2), ("理由", 5))
NOT_YET = "验收有结论以前不列"


def rows(asked: Iterable[Asked]) -> Iterator[tuple[str, ...]]:
    """A row for each expert who was asked."""
    for one in asked:
        row = one.row
        who = f"{row.name} {row.post}".strip()
        if one.is_given and not one.is_told:
            yield who, "已提意见", NOT_YET, "", ""
        elif one.is_given:
            given = row.opinion
            version = "此前版本" if one.changes else f"第{row.round_number}轮材料"
            at = f"{given.given_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
            yield who, given.verdict, masked(given.words), at, version
        else:
            yield who, "没有听取" if row.is_ended else "等意见", masked(row.unheard), "", ""


def notes(asked: Iterable[Asked]) -> Iterator[str]:
    """What whoever opens the dossier should see first: who did not agree, who was not waited for."""
    for one in asked:
        if one.is_given and one.is_told and one.row.opinion.verdict != AGREED:
            yield f"专家{one.row.name}{one.row.opinion.verdict}：{masked(one.row.opinion.words)}"
        if one.row.is_ended:
            yield f"请了专家{one.row.name}，没有等他的意见：{masked(one.row.unheard)}"


def exemptions(passed_ones: Iterable[Exemption]) -> Iterator[tuple[str, ...]]:
    """A row for each thing that a leader let pass."""
    for one in passed_ones:
        at = f"{one.passed_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
        yield LABELS[one.what], f"{one.name} {one.post}".strip(), at, masked(one.reason)


def passed(passed_ones: Iterable[Exemption]) -> Iterator[str]:
    """What stands on the first page for each."""
    for one in passed_ones:
        yield f"破例放行：“{LABELS[one.what]}”，{one.name}（{one.post}）；理由：{masked(one.reason)}"
