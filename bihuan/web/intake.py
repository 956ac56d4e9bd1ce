"""Pages of imports: a file taken in, its preview with doubts first, commit, discard, withdrawal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from bihuan.core import aside, history
from bihuan.core.action import Repeated
from bihuan.core.actor import Actor
from bihuan.core.audit import Overtaken
from bihuan.gate import papers
from bihuan.gate.answers import again, deed, opinion, page, refusals
from bihuan.gate.policy import Asked, policy
from bihuan.gate.telling import tell
from bihuan.intake.queries import comparing, drafting, sight
from bihuan.intake.rules.kinds import KINDS
from bihuan.intake.rules.lifecycle import INTAKE, IntakeState
from bihuan.intake.rules.records import Row
from bihuan.lib import redact
from bihuan.lib.flow import Refused
from bihuan.lib.paper.document import Unreadable
from bihuan.lib.quantity import whole
from bihuan.matters.rules.difference import Difference
from bihuan.petitions.queries import batches
from bihuan.web import batch_view, bulletin_view, intake_records, intake_steps, intake_view, returned
from bihuan.web.drawing import Pager, Piece
from bihuan.web.forms import ImportForm
from bihuan.web.paging import pager_of

LISTED = 100
TAKEN_OVER = "连现状接管：状态和进展按出处记下，不算在本系统办的步骤。"
LEDGERS = {"plan": ("problems", "到问题台账接着办"), "petitions": ("petitions", "到{}接着办")}
WRITTEN = {"created": "新增", "changed": "更改", "same": "相同", "refused": "未收", "joined": "并入"}
ASKING = (IntakeState.PREVIEWED, IntakeState.COMMITTED)  # whose doubts are still to be answered
READABLE = (
    ("整改方案", ["Word 或有文字层的 PDF，分条叙述或表格都可以；也可粘贴文字。"]),
    ("信访交办表", ["Word、Excel、CSV；每一轮督察的栏目都认得。"]),
    ("交回的台账", ["从台账页“取出填报”、填好后的 Excel；先逐格对照，再写入您勾选的。"]),
    ("通报和公示", ["批次通报、验收公示，读出后供对照，不写台账。"]),
)


@dataclass(frozen=True, slots=True)
class Look:
    """What of a request a preview is made of: it is made in a process of its own."""

    actor: Actor
    path: str
    GET: QueryDict


@policy(*sight.IMPORTERS)
def import_list(request: Asked) -> HttpResponse:
    """The papers that came in, newest first."""
    found = Paginator(sight.intakes_for(request.actor), LISTED).get_page(request.GET.get("page"))
    new_url, pager = reverse("import_new"), pager_of(found)
    return page(
        request, "intake/import_list.html", room="import_list", intakes=_rows([*found]), pager=pager, new_url=new_url
    )


def _rows(intakes: list[Any]) -> list[dict[str, Any]]:
    begun, left = history.begun(intakes), drafting.open_doubts(intakes)
    return [_row(intake, *begun[intake.pk], left.get(intake.pk, 0)) for intake in intakes]


def _row(intake: Any, at: datetime, who: str, left: int) -> dict[str, Any]:
    written = f"，{_written(intake)}" if intake.state == IntakeState.COMMITTED else ""
    asked = f"，存疑{left}处待答" if left else ""
    is_written = intake.kind in drafting.WRITABLE or intake.state != IntakeState.PREVIEWED
    return {
        "title": intake.title,
        "url": reverse("import_detail", args=[intake.pk]),
        "kind": KINDS.get(intake.kind, intake.kind),
        "when": at,
        "who": who,
        "state": INTAKE.label(intake.state) if is_written else "供对照",
        "words": f"读到{intake.rows_read}{written}{asked}" if is_written else "不写台账",
    }


def _written(intake: Any) -> str:
    """What a commit wrote: 新增3，更改1，相同7，未收1."""
    counts = ((label, getattr(intake, f"rows_{name}")) for name, label in WRITTEN.items())
    return "，".join(f"{label}{count}" for label, count in counts if count)


@policy(*sight.IMPORTERS)
def import_new(request: Asked) -> HttpResponse:
    """Take files or pasted text in, and go to the preview; of several to the list, where each has its own."""
    form = ImportForm(request.POST or None, request.FILES or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        taken, faults = _take_in(request, form)
        if len(taken) == 1 and not faults:
            return redirect("import_detail", taken[0])
        if taken:
            tell(request, "done", f"读了{len(taken)}份，都列在下面；逐份打开看过，再写入台账。")
            for name, fault in faults:
                tell(request, "refused", f"{redact.masked(name)}没有读：{fault}")
            return redirect("import_list")
        for name, fault in faults:
            form.add_error("file", fault if len(faults) == 1 else f"{name}：{fault}")
    recent = _rows([*sight.intakes_for(request.actor)[:6]])
    status = 422 if form.errors else 200
    return page(
        request, "intake/import_new.html", room="import_list", status=status, form=form, recent=recent, kinds=READABLE
    )


def _take_in(request: Asked, form: ImportForm) -> tuple[list[Any], list[tuple[str, str]]]:
    """Each paper a deed of its own: which were taken in, and why the others were not. One keeps no other out."""
    taken: list[Any] = []
    faults = []
    inspection, unit = form.cleaned_data["inspection"], form.cleaned_data["unit"]
    told = papers.Told(form.context_day(), form.cleaned_data["takes_over"])
    for place, (name, data) in enumerate(form.papers()):
        once = deed(request)
        if once["key"] and place:
            once["key"] = f"{once['key']}/{place}"
        try:
            taken.append(papers.take_in(name, data, inspection, unit, told, **once))
        except Repeated as repeated:
            taken.append(repeated.result)
        except (Unreadable, Refused, Overtaken) as fault:
            faults.append((name, str(fault)))
    return taken, faults


@policy(*sight.IMPORTERS)
def import_detail(request: Asked, pk: int) -> HttpResponse:
    """The preview of one paper, and its steps; an answer that was refused still stands where it was written."""
    intake = get_object_or_404(sight.intakes_for(request.actor), pk=pk)
    if said := drafting.gone(intake):
        lead = f"{INTAKE.label(intake.state)}，{_written(intake)}"
        return page(request, "intake/gone.html", room="import_list", title=intake.title, said=said, lead=lead)
    if intake.kind == "returned":
        return returned.preview(request, intake)
    written = None
    if request.method == "POST":
        written = _act(request, intake)
        if written is None:
            return again(request)
    status = 200 if written is None else 422
    told = aside.call(_preview, Look(request.actor, request.path, request.GET), intake, written)
    return page(request, "intake/import_preview.html", room="import_list", status=status, **told)


def _act(request: Asked, intake: Any) -> intake_view.Written | None:
    """Take a step, or an answer: what was written and refused, else nothing."""
    name = request.POST.get("act", "")
    if name == "answer":
        return _answered(request, intake)
    if name in papers.STEPS:
        with refusals(request, papers.STEPS[name][1]):
            papers.step(name, intake, opinion(request), **deed(request))
    return None


def _answered(request: Asked, intake: Any) -> intake_view.Written | None:
    try:
        with refusals(request, "已记下答复。", unless=Refused):
            intake_steps.answer(request, intake)
    except Refused as refusal:
        words = request.POST.get("other", "").strip()
        if words and request.POST.get("choice", "") == "":
            return intake_view.Written(whole(request.POST.get("doubt")) or 0, words, str(refusal))
        tell(request, "refused", str(refusal))
    return None


def _preview(look: Look, intake: Any, written: intake_view.Written | None = None) -> dict[str, Any]:
    plain, doubts = drafting.understood(intake), [*drafting.doubts_of(intake)]
    _, rows = drafting.rows_of(intake)
    doubts = [doubt for doubt in doubts if intake.state in ASKING or doubt.answer is not None]
    found, compare = _compared(intake, plain)
    opened, start = _opened(look, rows)
    left, verdicts = drafting.repeats_of(intake), {"": "新增" if compare and found is None else ""}
    compare += intake_records.sum_of(rows, left)
    verdicts |= intake_records.verdicts_of(left)
    records = intake_records.record_lines(rows, doubts, found, start, verdicts)
    led = intake_view.leading(plain, doubts)
    for field in (field for record in records for field in record["fields"]):
        field["span"] = led.get(field["span"], field["span"])
    told = bulletin_view.bulletins(plain, led)
    waiting = sum(doubt.answer is None for doubt in doubts)
    fields = sum(len(row.spans()) for row in rows)
    return {
        "intake": {
            "title": intake.title,
            "file_name": intake.file.name,
            "state": "预览" if intake.state == "previewed" else INTAKE.label(intake.state),
        },
        "lead": [
            _lead(intake, waiting, fields),
            *([TAKEN_OVER] if plain.get("takes_over") else []),
            *_onward(intake, look.actor),
        ],
        "acts": intake_steps.offered(look.actor, intake),
        "recon": None if told else intake_view.reconciliation(plain),
        "bulletins": told,
        **_paper(look, intake, plain, doubts, rows, opened),
        "doubts": intake_view.doubt_lines(doubts, plain, written),
        "doubts_head": f"存疑{len(doubts)}处，已答{len(doubts) - waiting}",
        "records": records,
        "records_head": intake_records.records_head(rows),
        "opened": opened,
        "pager": _pager(look, rows, start),
        "compare": compare,
    }


def _compared(intake: Any, plain: dict[str, Any]) -> tuple[Difference | None, list[str]]:
    """What a commit would change now, and its sentence; nothing once it is written or where no ledger takes it."""
    if intake.state != IntakeState.PREVIEWED or not drafting.writable(plain):
        return None, []
    try:
        found = comparing.difference_of(intake)
    except Refused as refusal:
        return None, [str(refusal)]
    return found, [intake_view.comparison(found)]


def _paper(
    look: Look, intake: Any, plain: dict[str, Any], doubts: list[Any], rows: list[Row], opened: str
) -> dict[str, Any]:
    count, shown = intake_view.windows(plain, next((row for row in rows if row.key == opened), None))
    asked = str(look.GET.get("window", ""))
    shown = (whole(asked, most=count) or shown + 1) - 1
    start = shown * intake_view.BLOCKS
    end = min(start + intake_view.BLOCKS, len(plain["blocks"]))
    pages = [(str(one + 1), f"{look.path}?window={one + 1}", one == shown) for one in range(count)]
    return {
        "blocks": intake_view.blocks(plain, doubts, start, is_masked=intake.file.is_sealed),
        "place": f"第{start + 1}—{end}段，共{len(plain['blocks'])}段",
        "pages": pages if count > 1 else [],
    }


def _lead(intake: Any, left: int, fields: int) -> str:
    written = f"，{_written(intake)}" if intake.state == IntakeState.COMMITTED else ""
    state = (
        "还没有写入任何台账。" if intake.state == IntakeState.PREVIEWED else f"{INTAKE.label(intake.state)}{written}。"
    )
    open_ones = "不答也可写入，相关的停在草案" if intake.state == IntakeState.PREVIEWED else "答完以前，相关的停在草案"
    first = "编号重复的先选定，" if any(drafting.undecided(intake)) and intake.state == IntakeState.PREVIEWED else ""
    asked = f"还有{left}处存疑要答；{first}{'其余' if first else ''}{open_ones}。" if left else "没有未答的存疑。"
    asked = asked if intake.state in ASKING and fields else ""
    return f"{KINDS.get(intake.kind, '')}。{state}{asked}{fields}个字段都指得到原文。"


def _onward(intake: Any, by: Actor) -> list[Piece]:
    """Where the work goes on with what a paper brought: of one batch, at its rows."""
    if intake.state != IntakeState.COMMITTED or intake.kind not in LEDGERS:
        return []
    ledger, words = LEDGERS[intake.kind]
    brought = [*batches.batches_seen(by).filter(intake=intake)[:2]] if intake.kind == "petitions" else []
    batch = brought[0] if len(brought) == 1 else None
    words = words.format(batch.label if batch else "信访台账")
    return [Piece(words, "link", batch_view.rows_url(batch) if batch else reverse("ledger_detail", args=[ledger]))]


def _opened(look: Look, rows: list[Row]) -> tuple[str, int]:
    shown = [row.key for row in rows if row.type in intake_records.COUNTED]
    at = str(look.GET.get("at", ""))
    start = ((whole(look.GET.get("page"), most=10_000) or 1) - 1) * intake_records.SHOWN
    return at, shown.index(at) // intake_records.SHOWN * intake_records.SHOWN if at in shown else start


def _pager(look: Look, rows: list[Row], start: int) -> Pager | None:
    total = sum(row.type in intake_records.COUNTED for row in rows)
    number = start // intake_records.SHOWN + 1
    if total <= intake_records.SHOWN:
        return None
    path = look.path
    return Pager(
        f"第{start + 1}—{min(start + intake_records.SHOWN, total)}行，共{total}行",
        f"{path}?page={number - 1}" if number > 1 else "",
        f"{path}?page={number + 1}" if start + intake_records.SHOWN < total else "",
        "",
    )
