"""The work on a matter as it stands in its round: evidence, checks, answers, signatures, notice, entries."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet

from bihuan.core import calendar
from bihuan.core.prepared import prepared
from bihuan.lib.workdays import Workdays
from bihuan.matters.models import (
    CheckedMatter,
    ConditionAnswer,
    Evidence,
    FieldCheck,
    Matter,
    ProgressReport,
    PublicNotice,
    Recheck,
    Round,
    Signature,
    Waiver,
)
from bihuan.matters.queries import evidence
from bihuan.matters.rules import checks
from bihuan.matters.rules import notice as notices
from bihuan.matters.rules.progress import ProgressState


def evidence_of(matters: Collection[int]) -> QuerySet[Evidence]:
    """The evidence of matters (ids), of every round, in the order in which it came; what was declared void is not."""
    rows = evidence.named(Evidence.objects.filter(matter_id__in=matters, is_ended=False))
    return rows.select_related("file", "preview", "matter").order_by("pk")


def words_of(matters: Iterable[int]) -> dict[int, str]:
    """{matter: what is written in the files on it}, as the search index takes it."""
    found: dict[int, str] = {}
    for matter, caption, words in _words([*matters]):
        found[matter] = f"{found.get(matter, '')} {caption} {words}"
    return found


@prepared
def _words(matters: Collection[int]) -> QuerySet[Evidence, tuple[int, str, str]]:
    rows = Evidence.objects.filter(matter_id__in=matters, is_ended=False).exclude(words="").order_by("pk")
    return rows.values_list("matter_id", "caption", "words")


def waivers_of(matter: Matter) -> QuerySet[Waiver]:
    """What is said not to apply in the matter's present round."""
    return Waiver.objects.filter(matter=matter, round_number=matter.round_number, is_ended=False).order_by("pk")


def checks_of(matter: Matter) -> QuerySet[FieldCheck]:
    """The field checks of a matter, newest first, of every round."""
    rows = FieldCheck.objects.filter(matter=matter, is_ended=False).select_related("unit", "signature")
    return rows.prefetch_related("checked__matter").order_by("-checked_at", "-pk")


def checks_since(matter: Matter, since: datetime | None, **which: str) -> int:
    """How many checks were made in the present round since that moment; one that was refused is none."""
    found = FieldCheck.objects.filter(matter=matter, round_number=matter.round_number, is_ended=False, **which)
    found = found.exclude(kind=checks.REFUSED)
    return found.count() if since is None else found.filter(checked_at__gte=since).count()


def not_reached(check: FieldCheck) -> int:
    """How many measures a check found not reached."""
    return CheckedMatter.objects.filter(check_made=check, verdict=checks.NOT_REACHED, is_ended=False).count()


def answers_of(matter: Matter) -> QuerySet[ConditionAnswer]:
    """The answered conditions of acceptance of the present round."""
    rows = ConditionAnswer.objects.filter(matter=matter, round_number=matter.round_number, is_ended=False)
    return rows.select_related("answered_by").order_by("pk")


def signature_of(matter: Matter, step: str) -> Signature | None:
    """The last signature under a step in the present round."""
    rows = Signature.objects.filter(matter=matter, round_number=matter.round_number, step=step, is_ended=False)
    return rows.order_by("-pk").first()


def signatures_of(matter: Matter) -> QuerySet[Signature]:
    """Every signature on a matter, of every round, in the order in which they were given."""
    return Signature.objects.filter(matter=matter, is_ended=False).order_by("pk")


def signed_at(matter: Matter, step: str) -> datetime | None:
    """When a step was signed last in the present round."""
    signature = signature_of(matter, step)
    return signature.signed_at if signature else None


def running_notice(matter: Matter) -> PublicNotice | None:
    """The public notice of the present round, running or over; one that was taken down is none."""
    rows = PublicNotice.objects.filter(matter=matter, round_number=matter.round_number, is_ended=False)
    return rows.order_by("-pk").first()


def notice_from(matter: Matter, starts_on: date) -> notices.NoticePeriod:
    """How long a public notice of a matter runs that is put up on that day, by the rules of its inspection."""
    rules = matter.inspection.rule_set
    counted_as = notices.CountedAs(rules.notice_counted_as)
    return notices.notice_end(starts_on, rules.notice_days, counted_as, Workdays(calendar.corrections(matter.city)))


def rechecks_of(matter: Matter) -> QuerySet[Recheck]:
    """The re-checks of a matter, by their day."""
    return Recheck.objects.filter(matter=matter, is_ended=False).order_by("planned_on", "pk")


def reports_of(matter: Matter) -> QuerySet[ProgressReport]:
    """The progress entries of a matter, newest first, but those that were taken back."""
    rows = ProgressReport.objects.filter(matter=matter).exclude(state=ProgressState.WITHDRAWN)
    return rows.select_related("filled_by", "approved_by", "corrects").order_by("-on", "-pk")


def approved_reports(matters: Collection[int]) -> QuerySet[ProgressReport]:
    """The approved entries of matters (ids), oldest first; what a later one corrects does not count any more."""
    return standing_reports().filter(matter_id__in=matters).order_by("on", "pk")


def standing_reports() -> QuerySet[ProgressReport]:
    """Every entry that counts: approved, and not set right by a later one that was approved."""
    replaced = Q(corrected_by__state=ProgressState.APPROVED)
    return ProgressReport.objects.filter(state=ProgressState.APPROVED).exclude(replaced)


def is_closed(matter: Matter) -> bool:
    """Whether the present round of a matter is closed: its file is frozen, nothing in it is corrected any more."""
    return Round.objects.filter(matter=matter, number=matter.round_number, closed_on__isnull=False).exists()


def closed_for_good(matter: Matter) -> str:
    """Why the last step on a matter cannot be corrected any more, or ""."""
    return "这一轮已闭合并留存卷宗，不能更正；发现问题的，按“认定反弹”办理。" if is_closed(matter) else ""
