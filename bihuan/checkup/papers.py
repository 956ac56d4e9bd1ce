"""The completeness statement as a paper to sign, in the form of official documents."""

from collections.abc import Iterable, Sequence
from datetime import date

from bihuan.checkup.queries.statement import Statement
from bihuan.lib.paper.official import HEAD, TITLE, blank, line, saved
from bihuan.lib.quantity import full_day


def statement_docx(stated: Sequence[Statement], office: str, on: date, end: tuple[int, str], findings: int) -> bytes:
    """The paper: each inspection with its sums, what is not whole by name, the trail's end, room for name and seal."""
    paper = blank()
    line(paper.add_paragraph(), "整改台账完备性说明", TITLE, centred=True)
    line(paper.add_paragraph(), "")
    whole = all(one.is_whole for one in stated)
    words = "来件全部在账，逐项可加总核对。" if whole else "有对不上的地方，列在各督察之下。"
    line(paper.add_paragraph(), f"截至{full_day(on)}，{words}体检尚有{findings}处待核对。", indent=True)
    for place, one in enumerate(stated):
        line(paper.add_paragraph(), f"{'一二三四五六七八九十'[place % 10]}、{one.inspection}", HEAD, indent=True)
        for words in _sentences(one):
            line(paper.add_paragraph(), words, indent=True)
    number, digest = end
    line(paper.add_paragraph(), f"以上数据对应轨迹第{number}条，校验值{digest[:16]}。", indent=True)
    for words in ("", "签发人：　　　　　　　　", office, full_day(on)):
        paper.paragraphs[-1].paragraph_format.keep_with_next = True  # no signature alone on a page
        line(paper.add_paragraph(), words, right=True)
    return saved(paper)


def _sentences(one: Statement) -> Iterable[str]:
    for kept in one.kinds:
        if not kept.count and not kept.withdrawn:
            continue
        yield f"{kept.label}：{_tight(kept.equation)}{_tight(kept.beside)}。"
    yield f"来件{len(one.papers)}份：{_tight(one.all_papers.equation)}。"
    if one.returned:
        read, changed = (sum(getattr(paper, name) for paper in one.returned) for name in ("read", "changed"))
        yield f"另有交回的台账{len(one.returned)}本，不是来件：读到在账的{read}行，更改{changed}行。"
    for paper in (*one.papers, *one.returned):
        if not paper.is_whole:
            yield f"《{paper.title}》对不上：{_tight(paper.equation)}。"
    for batch in one.batches:
        yield f"{batch.label}印的总数{batch.printed}件，台账里{batch.living}件：{batch.note or '还没有说明'}。"


def _tight(equation: str) -> str:
    """With signs as wide as the characters beside them, as official papers are set."""
    return equation.replace(" = ", "＝").replace(" + ", "＋")
