"""Pages of the workbook in which a unit fills in its progress: out with all that it owes, and back."""

from django.http import HttpResponse
from django.shortcuts import redirect

from bihuan.core import clock
from bihuan.gate import filling
from bihuan.gate.answers import page, refusals, workbook
from bihuan.gate.policy import REPORTING, Asked, policy
from bihuan.gate.telling import tell
from bihuan.lib.flow import Refused
from bihuan.lib.paper.document import Unreadable

WORDS = {
    filling.HANDED_IN: "已送审",
    filling.REPEATED: "已送审过",
    filling.ASKED: "请先答复",
    filling.REFUSED: "没有送审",
}


@policy(REPORTING)
def report_workbook(request: Asked) -> HttpResponse:
    """GET: the workbook of what one's units owe. POST: a filled one, measure by measure."""
    if request.method != "POST":
        return workbook(*filling.form(request.actor, clock.today()))
    taken: list[filling.Taken] = []
    with refusals(request):
        taken = _taken_in(request)
    if not taken:
        return redirect("report_list")
    done = [one for one in taken if one.outcome == filling.HANDED_IN]
    left = [one for one in taken if one.outcome in (filling.ASKED, filling.REFUSED)]
    if not left:
        repeated = len(taken) - len(done)
        tell(request, "done", f"已送审{len(done)}件。" + (f"另有{repeated}件送审过，没有再送。" if repeated else ""))
        return redirect("report_list")
    told = {"rows": taken, "words": WORDS, "done": len(done), "left": len(left)}
    return page(request, "rectification/report_workbook.html", room="report_list", status=422, **told)


def _taken_in(request: Asked) -> list[filling.Taken]:
    file = request.FILES.get("file")
    if file is None:
        raise Refused("请选填好的表。")
    try:
        return filling.take_in(str(file.name), file.read(), by=request.actor, at=clock.now())
    except Unreadable as fault:
        raise Refused(str(fault)) from fault
