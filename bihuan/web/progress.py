"""Pages of progress entries (进展填报): everything that one's units owe, and one measure's entries with the form."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.dateparse import parse_date

from bihuan.core import clock
from bihuan.core.action import Repeated
from bihuan.core.audit import Overtaken
from bihuan.gate.answers import again, deed, opinion, or_404, page, refusals
from bihuan.gate.policy import BUSINESS, REPORTING, Asked, policy
from bihuan.gate.telling import tell
from bihuan.lib.flow import Refused
from bihuan.lib.quantity import whole
from bihuan.rectification.actions import progress as actions
from bihuan.rectification.queries import called, entries, reporting, sight
from bihuan.rectification.rules.reporting import REASONS, Filled
from bihuan.web import progress_view
from bihuan.web.asking import hand_in
from bihuan.web.progress_forms import ProgressForm

HANDED_IN = "已送审。"
UNKNOWN = "没有这一条，或您看不到。"
MOST_ROWS = 200


@policy(REPORTING)
def report_list(request: Asked) -> HttpResponse:
    """What one's units owe and what waits for one's approval; a POST reports "no change", approves, returns or takes
    back.
    """
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is not None:
            act(request)
        return again(request)
    told = progress_view.desk(request.actor, clock.today())
    return page(request, "rectification/report_list.html", room="report_list", reasons=REASONS, **told)


def _unchanged(request: Asked) -> None:
    """Report "no change" on each of the ticked measures, each a deed of its own."""
    reason = request.POST.get("own", "").strip() or request.POST.get("reason", "").strip()
    codes = [*dict.fromkeys(request.POST.getlist("code"))][:MOST_ROWS]
    rows = {row.matter.code: row for row in sight.measures_for(request.actor).filter(matter__code__in=codes)}
    filled, once = Filled(clock.today(), is_unchanged=True, reason=reason), deed(request)
    done, refused = 0, list[str]()
    for code in codes:
        try:
            if code not in rows:
                raise Refused(UNKNOWN)  # noqa: TRY301 -- one way for every refusal
            key = f"{once['key']}:{code}" if once["key"] else ""
            actions.report_progress(rows[code], filled, **{**once, "key": key})
            done += 1
        except (Refused, Overtaken) as refusal:
            refused.append(f"{progress_view.called(rows[code]) if code in rows else code}：{refusal}")
        except Repeated:
            done += 1
    if done:
        tell(request, "done", f"{done}件已报无变化。")
    for sentence in dict.fromkeys(refused or ([] if done else ["一件也没有报：请先勾选。"])):
        tell(request, "refused", sentence)


def _waiting(request: Asked) -> dict[int, tuple[Any, Any]]:
    """{entry: (measure, entry)} of what waits for this person and was named."""
    chosen = {whole(text) or 0 for text in request.POST.getlist("row")}
    found = [one for one in reporting.waiting(request.actor) if one.pk in chosen]
    seen = sight.measures_for(request.actor).filter(matter_id__in=[one.matter_id for one in found])
    measures = {one.matter_id: one for one in seen}
    return {one.pk: (measures[one.matter_id], one) for one in found if one.matter_id in measures}


def _approve(request: Asked) -> None:
    """Approve every ticked entry in one deed: all or none."""
    pairs = [*_waiting(request).values()]
    with refusals(request, f"已审定{len(pairs)}条。"):
        actions.approve_reports(pairs, (), note=opinion(request), **deed(request))


def _return(request: Asked) -> None:
    """Return one entry with the reason."""
    pair = next(iter(_waiting(request).values()), None)
    with refusals(request, "已退回修改。"):
        if pair is None:
            raise Refused(UNKNOWN)
        actions.move_report(*pair, "return", note=opinion(request), **deed(request))


ACTS = {"unchanged": _unchanged, "approve": _approve, "return": _return}


@policy(BUSINESS)
def measure_progress(request: Asked, code: str) -> HttpResponse:
    """One measure's entries, and the form of a new one; a POST hands one in, or takes a step of one."""
    measure = or_404(called.measure(request.actor, code))
    if request.method == "POST" and "entry" in request.POST:
        return _stepped(request, measure)
    form = _form(request, measure) if reporting.may_fill(measure, request.actor) else None
    if request.method == "POST" and form is None:
        tell(request, "refused", actions.NOT_YOURS)
        return again(request)
    if form is not None and form.is_bound and form.is_valid() and _hand_in(request, measure, form):
        return _onward(request, code)
    told = progress_view.page_of(measure, request.actor, clock.today())
    status = 422 if form is not None and form.errors else 200
    return page(request, "rectification/measure_progress.html", room="report_list", status=status, form=form, **told)


def _form(request: Asked, measure: Any) -> ProgressForm:
    """The form, by what is known for the day that is filled in."""
    sent = request.POST if request.method == "POST" else None
    corrects = whole((sent or request.GET).get("corrects")) if (sent or request.GET).get("corrects") else None
    known = reporting.known(measure, _on(request), "", request.actor, clock.today())
    return ProgressForm(sent, known, corrects=corrects)


def _on(request: Asked) -> date:
    try:
        return parse_date(request.POST.get("on", "")) or clock.today()
    except ValueError:  # 2022-13-01: the field says so
        return clock.today()


def _hand_in(request: Asked, measure: Any, form: ProgressForm) -> bool:
    """Hand the entry in; where it is refused or asked about, say so at the form and lose nothing."""
    return hand_in(request, form, HANDED_IN, lambda: actions.report_progress(measure, form.filled(), **deed(request)))


def _onward(request: Asked, code: str) -> HttpResponse:
    """To what is owed next, where that was asked for; else to the list."""
    by = request.actor
    onward = progress_view.following(by, clock.today(), {code}) if request.POST.get("act") == "next" else ""
    if onward:
        return redirect("measure_progress", onward)
    return redirect("report_list") if REPORTING.roles & {post.role for post in by.held} else again(request)


def _stepped(request: Asked, measure: Any) -> HttpResponse:
    """Take one step of one of the measure's entries that this person sees."""
    rows = entries.entries_for(measure, request.actor)
    report = get_object_or_404(rows, pk=whole(request.POST.get("entry")) or 0)
    name = request.POST.get("move", "")
    with refusals(request, f"已{progress_view.STEP_LABELS.get(name, '办')}。"):
        actions.move_report(measure, report, name, note=opinion(request), **deed(request))
    return redirect("report_list") if request.POST.get("from") == "list" else again(request)
