"""The auditor's pages: search in the trail, the chain verified, what was done in a month. Each look is in the trail."""

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse

from bihuan.core import clock, trailing
from bihuan.core.trailing import Question
from bihuan.gate import auditing
from bihuan.gate.answers import again, deed, page, refusals, workbook
from bihuan.gate.deed_names import DEED_NAMES, deed_name
from bihuan.gate.policy import Asked, policy
from bihuan.gate.telling import tell
from bihuan.organisation.actions import auditing as deeds
from bihuan.organisation.queries import emergency
from bihuan.organisation.rules.duties import Role
from bihuan.web.drawing import Pager, address
from bihuan.web.jinja import moment
from bihuan.web.settings_forms import Day

SHOWN, ALARMS = 50, 3


class QuestionForm(forms.Form):
    """What is asked of the trail."""

    person = forms.CharField(label=auditing.ASKED["person"], max_length=60, required=False)
    after = forms.DateField(label=auditing.ASKED["after"], widget=Day, required=False)
    before = forms.DateField(label=auditing.ASKED["before"], widget=Day, required=False)
    action = forms.ChoiceField(label=auditing.ASKED["action"], required=False)
    table = forms.ChoiceField(label=auditing.ASKED["table"], required=False)
    about = forms.CharField(label=auditing.ASKED["about"], max_length=40, required=False, help_text="如 HE2-P001。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [("", "不限"), *DEED_NAMES.items()]  # type: ignore[attr-defined]  # a choice
        self.fields["table"].choices = [("", "不限"), *trailing.tables().items()]  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        """Something must be asked: a look without a question would be a look at everything."""
        cleaned = super().clean() or {}
        if not any(cleaned.values()) and not self.errors:
            raise forms.ValidationError(auditing.NOTHING_ASKED)
        return cleaned


@policy(Role.AUDIT_ADMIN)
def console_audit(request: Asked) -> HttpResponse:
    """审计: GET asks the trail, POST verifies the chain."""
    if request.method == "POST":
        _verify(request)
        return again(request)
    form = QuestionForm(request.GET) if request.GET else QuestionForm()
    found: dict[str, Any] = {"lines": None, "pager": None, "lead": _lead(request)}
    found["alarms"] = [_alarm(one) for one in emergency.unsealings_in(request.actor.city)[:ALARMS]]
    if form.is_bound and form.is_valid():
        found |= _found(request, form)
    status = 422 if form.errors else 200
    return page(request, "console/audit.html", room="home", status=status, form=form, report=_report_url(), **found)


def _alarm(one: Any) -> str:
    """What the auditor is told of an emergency."""
    over = f"{one.ended_by}提前结束于{moment(one.ended_at)}" if one.ended_at else f"至{moment(one.valid_until)}"
    codes = f"{one.first_code.holder}、{one.second_code.holder}"
    return f"{one.appointment.person} {moment(one.opened_at)}凭{codes}的码启封，{over}：{one.reason}"


def _verify(request: Asked) -> None:
    now = trailing.verified()
    if now.faults:
        outcome = f"轨迹链到第{now.until}条，发现{len(now.faults)}处不符：{now.faults[0]}"
        for fault in now.faults:
            tell(request, "refused", fault)
    else:
        outcome = f"轨迹链完好：第1条至第{now.until}条逐条核对，与库外链头一致。"
    with refusals(request, "" if now.faults else outcome):
        deeds.verify_trail(outcome[:300], **deed(request))


def _lead(request: Asked) -> str:
    last = auditing.last_verified(request.actor.city)
    if last is None:
        return "轨迹链还没有在这里核对过。"
    return f"最近一次核对 {clock.day_of(last.at)}：{last.note}"


def _found(request: Asked, form: QuestionForm) -> dict[str, Any]:
    rows = auditing.entries(Question(**form.cleaned_data), **deed(request))
    shown = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    kept = [(name, str(value)) for name, value in request.GET.items() if name != "page" and value]

    def at(number: int) -> str:
        return address("", [*kept, ("page", str(number))])

    before = at(shown.previous_page_number()) if shown.has_previous() else ""
    after = at(shown.next_page_number()) if shown.has_next() else ""
    count = shown.paginator.num_pages
    lines = [(line, deed_name(line.action)) for line in trailing.lines([*shown])]
    pager = Pager(f"第{shown.number}页，共{count}页", before, after, "") if count > 1 else None
    return {"lines": lines, "pager": pager, "count": shown.paginator.count}


def _report_url() -> str:
    return reverse("audit_report")


@policy(Role.AUDIT_ADMIN)
def audit_report(request: Asked) -> HttpResponse:
    """The month's audit report: how often each thing was done, and by how many."""
    month = _month(request)
    rows = auditing.month_counted(month, **deed(request))
    asked = [("month", f"{month:%Y-%m}")]
    return page(
        request,
        "console/audit_report.html",
        room="home",
        month=month,
        heads=[head.label for head in auditing.HEADS],
        rows=rows,
        totals=f"共办理{sum(row[1] for row in rows):,}次，涉及记录{sum(row[2] for row in rows):,}条。",
        sheet=address(reverse("audit_workbook"), asked),
        back=reverse("console_audit"),
    )


@policy(Role.AUDIT_ADMIN)
def audit_workbook(request: Asked) -> HttpResponse:
    """The same as a workbook."""
    month = _month(request)
    return workbook(*auditing.month_workbook(month, auditing.month_counted(month, **deed(request)), clock.today()))


def _month(request: Asked) -> date:
    return clock.day_or_today(f"{request.GET.get('month', '')}-01").replace(day=1)
