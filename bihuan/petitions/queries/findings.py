"""What units reported of their parts of petitions, and what is known when one fills a report in."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch

from bihuan.core.actor import Actor
from bihuan.lib.grams import is_like
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Answering, Capacity, DutyRole
from bihuan.petitions import queries
from bihuan.petitions.models import FindingsReport, ItemFinding, Petition, Undertaking
from bihuan.petitions.queries import sub_items
from bihuan.petitions.rules import findings as rules
from bihuan.petitions.rules.closings import CLOSED, OPEN
from bihuan.petitions.rules.findings import Asked, Findings, Part
from bihuan.petitions.rules.penalties import PENALTIES
from bihuan.petitions.rules.petition import ANSWERED, PetitionState
from bihuan.petitions.rules.undertaking import GIVEN_UP, UndertakingState

FILLERS = frozenset({Capacity.REPORTING, Capacity.RESPONSIBLE})
WITH_UNITS = (PetitionState.ASSIGNED, PetitionState.HANDLING)
RECENT = 400  # reports that a new text is held against
ELSEWHERE = "另一件"
_STANDING = Prefetch(
    "findings_reports",
    FindingsReport.objects.filter(is_ended=False)
    .select_related("filled_by")
    .prefetch_related(Prefetch("items", ItemFinding.objects.filter(is_ended=False).select_related("sub_item"))),
    to_attr="reports",
)


def parts_of(petition: Petition) -> list[Undertaking]:
    """The parts of a petition in its present round, those that were given up too, each with the report that stands."""
    rows = queries.undertakings_of(petition).filter(round_number=petition.matter.round_number)
    return [*rows.prefetch_related(_STANDING)]


def earlier_of(petition: Petition) -> list[Undertaking]:
    """The parts of a petition in the rounds before its present one, each with the report that stood at its end."""
    rows = queries.undertakings_of(petition).filter(round_number__lt=petition.matter.round_number)
    return (
        [*rows.order_by("-round_number", "pk").prefetch_related(_STANDING)] if petition.matter.round_number > 1 else []
    )


def live(parts: Iterable[Undertaking]) -> list[Undertaking]:
    """The parts that a unit holds."""
    return [one for one in parts if one.state not in GIVEN_UP]


def report_of(part: Undertaking) -> FindingsReport | None:
    """The report that stands of a part as `parts_of` brought it."""
    standing: list[FindingsReport] = getattr(part, "reports", [])
    return next(iter(standing), None)


def last_report(part: Undertaking) -> FindingsReport | None:
    """The last report of a part, one that was sent back too: what the form begins with."""
    rows = FindingsReport.objects.filter(undertaking=part).select_related("filled_by").prefetch_related("items")
    return rows.order_by("-pk").first()


def as_filled(report: FindingsReport) -> Findings:
    """A report as it was filled in, without what it said of sub-items that were taken back."""
    told = {
        one.sub_item_id: rules.ItemFinding(one.finding, one.truth) for one in report.items.all() if not one.is_ended
    }
    amounts = {kind: getattr(report, kind) for kind in PENALTIES}
    return Findings(
        report.findings,
        handling=report.handling,
        truth=report.truth,
        closing=report.closing,
        goal=report.goal,
        due_on=report.due_on,
        accountability=report.accountability,
        items=told,
        penalties={kind: Decimal(amount) for kind, amount in amounts.items() if amount is not None},
        answers=report.answers,
    )


def answer_of(petition: Petition, parts: Sequence[Undertaking]) -> Findings | None:
    """What the units' reports make of a petition together; a part that was taken over without one says what the ledger
    said. None while a unit that holds a part has said nothing.
    """
    said = [(one, _said(petition, one)) for one in live(parts)]
    told = [Part(str(one.unit), words) for one, words in said if words is not None]
    return rules.joined(told) if told and len(told) == len(said) else None


def _said(petition: Petition, part: Undertaking) -> Findings | None:
    report = report_of(part)
    if report is not None:
        return as_filled(report)
    if not (part.is_taken_over and petition.truth):
        return None
    return Findings(
        petition.findings,
        handling=petition.handling,
        truth=petition.truth,
        closing=petition.closing or OPEN,
        goal=petition.goal,
        accountability=petition.accountability,
    )


def asked(part: Undertaking, filled: Findings, by: Actor, today: date) -> Asked:
    """What the questions about a report of that part go by."""
    petition = part.petition
    holders = live(parts_of(petition))
    return Asked(
        today=today,
        home=petition.matter.region.code if petition.matter.region else by.city,
        known=f"{petition.content}{petition.region_raw}{part.unit}",
        received_on=petition.batch.handed_over_on or petition.received_on,
        items=sub_items.texts_of(petition),
        parts=len(holders),
        elsewhere=_elsewhere(petition, filled.findings, by),
    )


def _elsewhere(petition: Petition, findings: str, by: Actor) -> str:
    """Of which other petition a report says the same: its code, where that is in sight."""
    others = FindingsReport.objects.filter(city=by.city, is_ended=False).exclude(undertaking__petition=petition)
    found = others.order_by("-pk").values_list("undertaking__petition__matter__code", "findings")[:RECENT]
    code = next((code for code, text in found if is_like(findings, text)), "")
    if not code:
        return ""
    return code if queries.petitions_seen(by).filter(matter__code=code).exists() else ELSEWHERE


def is_open(part: Undertaking) -> bool:
    """Whether a part's unit has it and has not reported yet, or reports on (续报) what is answered and not finished."""
    petition = part.petition
    goes_on = petition.matter.state in ANSWERED and petition.closing != CLOSED
    if part.state == UndertakingState.REPORTED:
        return goes_on
    return part.state == UndertakingState.HANDLING and (goes_on or petition.matter.state in WITH_UNITS)


def news_of(parts: Sequence[Undertaking]) -> list[Undertaking]:
    """The parts whose report is no part of an answer yet."""
    told = [(part, report_of(part)) for part in live(parts)]
    return [part for part, report in told if report is not None and report.settled_at is None]


def is_own(part: Undertaking, by: Actor) -> bool:
    """Whether this actor fills in or reports for the unit of that part."""
    return bool(scope.capacities(by, answering_for(part)) & FILLERS)


def may_fill(part: Undertaking, by: Actor) -> bool:
    """Whether this actor fills in the report of that part, while its unit has it."""
    return is_open(part) and is_own(part, by)


def answering_for(part: Undertaking) -> tuple[Answering, ...]:
    """The one unit that answers for a part."""
    return (Answering(DutyRole.RESPONSIBLE, part.unit_id),)
