"""What the background does: the system administrator sees what waits, runs and failed, and asks for more."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from bihuan.core import clock, errands, jobs, timetable
from bihuan.gate import watching
from bihuan.gate.answers import again, deed, opinion, page, refusals
from bihuan.gate.policy import Asked, policy
from bihuan.lib.quantity import whole
from bihuan.organisation.rules.duties import Role
from bihuan.web.jinja import moment
from bihuan.web.paging import pager_of

SHOWN, DECIDED = 50, 10
ASKED_FOR = ("backup", "examine", "drill")


@policy(Role.SYSTEM_ADMIN)
def job_list(request: Asked) -> HttpResponse:
    """The background's queue; a POST asks for a piece of work, tries a failed one again, or lets it go."""
    failed = errands.failed(request.actor.city)
    if request.method == "POST":
        _decide(request, failed)
        return again(request)
    found, now = Paginator(failed, SHOWN).get_page(request.GET.get("page")), clock.machine_now()
    return page(
        request,
        "console/jobs.html",
        room="home",
        alive=_alive(now),
        failed=[(one, watching.work_called(one.name)) for one in found],
        pager=pager_of(found),
        waiting=[(one, watching.work_called(one.name), _standing(one, now)) for one in jobs.waiting()[:SHOWN]],
        regular=[*_regular()],
        asks=[(name, watching.work_called(name)) for name in ASKED_FOR],
        decided=[(one, watching.work_called(one.name)) for one in errands.lately(request.actor.city)[:DECIDED]],
    )


def _decide(request: Asked, failed: Any) -> None:
    act = request.POST.get("act", "")
    if act in ASKED_FOR:
        with refusals(request, f"已交后台：{watching.work_called(act)}。办完在下面“办过的”里看结果。"):
            errands.ask(act, {}, **deed(request))
        return
    errand = get_object_or_404(failed, pk=whole(request.POST.get("errand")) or 0)
    if act == "again":
        with refusals(request, f"{watching.work_called(errand.name)}已交后台再办。"):
            errands.try_again(errand, **deed(request))
    elif act == "drop":
        with refusals(request, f"{watching.work_called(errand.name)}不办了，已记下理由。"):
            errands.drop(errand, note=opinion(request), **deed(request))
    else:
        raise Http404


def _alive(now: datetime) -> str:
    seen = timetable.seen_alive()
    if timetable.is_alive(now):
        return "后台在运行。"
    last = f"最后一次动静是 {moment(seen)}。" if seen else "还没有启动过。"
    return f"后台没有在运行，{last}请在服务器上启动 bihuan serve 或 bihuan worker。"


def _standing(job: jobs.Job, now: datetime) -> str:
    if job.is_running(now):
        return "正在办"
    if not job.fault:
        return "等着办"
    return f"办了{job.tries}次没成：{job.fault}下次 {moment(job.due_at)}"


def _regular() -> Iterator[tuple[str, str]]:
    for label, said, last in watching.regular():
        done = f"{moment(last.ended_at)}，{last.fault}" if last else "还没有办过"
        yield label, f"{said}；上次：{done}"
