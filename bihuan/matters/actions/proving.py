"""What a step leaves on a matter's file, inside an action: signatures, manifests, papers named, notices, re-checks."""

from collections.abc import Sequence
from datetime import date

from bihuan.core import audit, calendar, files, moving
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.lib.workdays import Workdays
from bihuan.matters.models import CitedPaper, Manifest, Matter, PublicNotice, Recheck, Signature
from bihuan.matters.queries import work
from bihuan.matters.rules import rechecks
from bihuan.matters.rules.recheck import RECHECK, RecheckFacts, RecheckState
from bihuan.organisation.rules.duties import Capacity

YEARLY = "年度核验"
OPEN = (RecheckState.PLANNED, RecheckState.SENT_OUT)


def sign(matter: Matter, step: str, digest: str, opinion: str) -> Signature:
    """Put the doer's name under a step, as he is called today, and under the exact state with that hash.

    Refuses a deed of the system: what is signed is signed by a person.
    """
    deed = audit.deed()
    if deed.by.person is None:
        raise Refused("签字的步骤只能由人办。")
    return audit.create(
        Signature(
            matter=matter,
            round_number=matter.round_number,
            step=step,
            person_id=deed.by.person,
            name=deed.by.name,
            post=deed.by.post,
            opinion=opinion,
            digest=digest,
            signed_at=deed.at,
        ),
        step=step,
    )


def keep_manifest(matter: Matter, step: str, digest: str, data: bytes) -> Manifest:
    """Keep what somebody put his name to, so that it can be held against what stands later."""
    file = files.keep(f"{matter.code}-{step}.json", data, city=matter.city)
    return audit.create(Manifest(matter=matter, round_number=matter.round_number, step=step, digest=digest, file=file))


def cite(matter: Matter, step: str, number: str, dated_on: date) -> CitedPaper:
    """Record the paper by which a step was taken elsewhere. Refuses a day to come."""
    if dated_on > day_of(audit.deed().at):
        raise Refused(f"文件日期{dated_on}还没有到，请核对。")
    return audit.create(
        CitedPaper(
            matter=matter, round_number=matter.round_number, step=step, number=number.strip()[:60], dated_on=dated_on
        )
    )


def open_notice(matter: Matter, starts_on: date) -> PublicNotice:
    """Let the public notice of a matter run from that day, as long as its inspection's rules say."""
    period = work.notice_from(matter, starts_on)
    return audit.create(
        PublicNotice(
            matter=matter,
            round_number=matter.round_number,
            starts_on=starts_on,
            ends_on=period.end,
            days=period.days,
            counted_as=period.counted_as,
        )
    )


def end_notice(matter: Matter, because: str) -> None:
    """Take the running notice of a matter down, where there is one."""
    notice = work.running_notice(matter)
    if notice is not None:
        audit.change(notice, is_ended=True, because=because)


def plan_rechecks(matter: Matter, closed_on: date) -> None:
    """Plan the re-checks after sign-off, by the rules of the matter's inspection."""
    months = rechecks.months_of(matter.inspection.rule_set.recheck_months)
    _plan(matter, rechecks.planned(closed_on, _calendar(matter), months), "销号后{}个月")


def plan_proof(matter: Matter, last: date) -> None:
    """Plan the next yearly proof of a long-term matter."""
    _plan(matter, [rechecks.next_proof(last, _calendar(matter))], YEARLY)


def _plan(matter: Matter, days: Sequence[rechecks.Planned], kind: str) -> None:
    audit.create_many(
        [
            Recheck(
                matter=matter,
                round_number=matter.round_number,
                kind=kind.format(one.months),
                planned_on=one.due_on,
                state=RECHECK.initial,
            )
            for one in days
        ]
    )


def _calendar(matter: Matter) -> Workdays:
    return Workdays(calendar.corrections(matter.city))


def drop_rechecks(matter: Matter, because: str) -> None:
    """Cancel what was planned for a matter that is not watched as it was any more; what was looked at and not said to
    hold is what it has rebounded by.
    """
    for row in work.rechecks_of(matter).filter(state__in=OPEN):
        follow_recheck(row, "lapse", because)
    for row in work.rechecks_of(matter).filter(state=RecheckState.CHECKED):
        follow_recheck(row, "rebound", because)


def settle_proof(matter: Matter, because: str) -> None:
    """Let the yearly proof that was planned be done: the next one is planned from now."""
    for row in work.rechecks_of(matter).filter(kind=YEARLY, state__in=(*OPEN, RecheckState.CHECKED)):
        follow_recheck(row, "prove", because)


def follow_recheck(row: Recheck, name: str, because: str) -> None:
    """Move a re-check as the recorded consequence of another step, inside that step's deed."""
    facts = RecheckFacts(has_check=row.check_made_id is not None, not_reached=0)
    moving.make_move(RECHECK, row, name, note=because, capacities={Capacity.CONSEQUENCE}, facts=facts)
