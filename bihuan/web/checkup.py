"""体检: what contradicts itself in the ledgers, with the act that settles it; and the completeness statement."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse

from bihuan.checkup.actions import explain_finding
from bihuan.checkup.papers import statement_docx
from bihuan.checkup.queries import findings, statement
from bihuan.checkup.queries.findings import Result
from bihuan.checkup.rules import GROUPS, RULES, Found
from bihuan.core import clock
from bihuan.gate.answers import again, deed, opinion, page, paper, refusals
from bihuan.gate.kinds import kind_of, url_of
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.intake.queries.sight import IMPORTERS
from bihuan.organisation.queries import structure
from bihuan.web import statement_view
from bihuan.web.drawing import Pager, address
from bihuan.web.paging import pager_of

FIRST = 3
SHOWN = 50


@policy(BUSINESS)
def checkup(request: Asked) -> HttpResponse:
    """Every check that finds something, grouped, or all findings of one (`check=`); a POST explains one."""
    if request.method == "POST":
        return _explained(request)
    by = request.actor
    name = request.GET.get("check", "")
    if name and name not in RULES:
        raise Http404
    found, pager = _one(request, name) if name else (findings.results(by, FIRST), None)
    return page(
        request,
        "checkup/checkup.html",
        room="checkup",
        groups=[*_groups(found, is_whole=bool(name))],
        total=sum(one.count for one in found),
        one=RULES.get(name),
        can_explain=findings.can_explain(by),
        states_it=statement_url(request),
        pager=pager,
    )


def _one(request: Asked, name: str) -> tuple[list[Result], Pager | None]:
    """One page of all that one check finds."""
    count = findings.result_of(name, request.actor, 0).count
    shown = Paginator(range(count), SHOWN).get_page(request.GET.get("page"))
    start = max(shown.start_index() - 1, 0)
    return [findings.result_of(name, request.actor, SHOWN, start)], pager_of(shown, check=name)


def statement_url(request: Asked) -> str:
    """The completeness statement, for those who take papers in."""
    return reverse("completeness") if {post.role for post in request.actor.held} & {*IMPORTERS} else ""


@policy(*IMPORTERS)
def completeness(request: Asked) -> HttpResponse:
    """The completeness statement: of each inspection, what came in and where it is."""
    stated = [statement_view.drawn(one) for one in statement.statements(request.actor)]
    return page(request, "checkup/statement.html", room="checkup", stated=stated, end=statement.trail_end())


@policy(*IMPORTERS)
def completeness_paper(request: Asked) -> HttpResponse:
    """The statement as a Word paper to sign."""
    by = request.actor
    count = sum(one.count for one in findings.results(by, FIRST))
    on = clock.day_of(clock.now())
    data = statement_docx(
        statement.statements(by), structure.office_of(by.city) or "整改办", on, statement.trail_end(), count
    )
    return paper(f"整改台账完备性说明 {on}", data)


def _explained(request: Asked) -> HttpResponse:
    sent = request.POST
    with refusals(request, "已记下说明；内容变了会重新列出。"):
        explain_finding(
            sent.get("check", ""), sent.get("subject", ""), sent.get("digest", ""), opinion(request), **deed(request)
        )
    return again(request)


def _groups(found: Iterable[Result], *, is_whole: bool) -> Iterable[tuple[str, list[Any]]]:
    """(group, [(result, [(finding, url)], address of all of them)]) in the order of the groups."""
    by_group: dict[str, list[Any]] = {}
    for one in found:
        rest = "" if is_whole or one.count <= FIRST else address(reverse("checkup"), [("check", one.rule.name)])
        by_group.setdefault(one.rule.group, []).append((one, [(each, _url(each)) for each in one.found], rest))
    return ((group, by_group[group]) for group in GROUPS if group in by_group)


def _url(found: Found) -> str:
    if found.import_id:
        return reverse("import_detail", args=[found.import_id])
    return url_of(found.subject) if kind_of(found.subject) else ""
