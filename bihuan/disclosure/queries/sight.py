"""Releases and objections as officials see them, and the steps that each of them may take."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from bihuan.core import moving
from bihuan.core.actor import Actor
from bihuan.disclosure.models import Objection, Release
from bihuan.disclosure.rules.objection import OBJECTION, UNDECIDED, ObjectionState
from bihuan.disclosure.rules.petition_text import missing
from bihuan.disclosure.rules.release import RELEASE, ReleaseFacts, ReleaseState
from bihuan.disclosure.rules.wording import NOTICE, PERIOD
from bihuan.lib.flow import Offer
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role

READERS = (Role.OFFICE_HEAD, Role.COORDINATION, Role.SUPERVISION, Role.PUBLICITY, Role.PETITION_DESK)
CONTACT_READERS = (Role.PETITION_DESK,)
HEARERS = {
    ObjectionState.RECEIVED: (Role.COORDINATION, "核查"),
    ObjectionState.CHECKING: (Role.OFFICE_HEAD, "认定"),
}
"""{where an objection stands: (on whose desk it lies, what he does)}, as its lifecycle has it."""


def releases_for(by: Actor) -> QuerySet[Release]:
    """The releases that this person may read, newest first; drafts are the office's alone."""
    rows = Release.objects.filter(city=by.city) if scope.has_role(by, READERS) else Release.objects.none()
    asked = Count("objections", filter=Q(objections__state__in=UNDECIDED))
    return rows.select_related("drafted_by", "approved_by").annotate(undecided=asked).order_by("-pk")


def notices_for(by: Actor) -> QuerySet[Release]:
    """The texts of notices that this person may read, newest first: petitions are gone through by batch."""
    return releases_for(by).filter(kind=NOTICE)


def objections_for(by: Actor) -> QuerySet[Objection]:
    """The objections that this person may read, newest first; never who wrote them."""
    rows = Objection.objects.filter(city=by.city) if scope.has_role(by, READERS) else Objection.objects.none()
    return rows.select_related("release", "decided_by").defer("sealed", "wrapped_key").order_by("-pk")


def releases_to_approve(by: Actor) -> QuerySet[Release]:
    """The notices that wait for this person's approval, the oldest first: never what he drafted himself."""
    if not scope.has_role(by, (Role.OFFICE_HEAD,)):
        return Release.objects.none()
    rows = Release.objects.filter(city=by.city, kind=NOTICE, state=ReleaseState.REDACTED)
    return rows.exclude(drafted_by=by.person).order_by("pk")


def objections_to_move(by: Actor) -> list[tuple[str, Objection]]:
    """[(what is to be done, objection)] of those that wait for this person's own duty, the oldest first."""
    mine = {state: act for state, (role, act) in HEARERS.items() if scope.has_role(by, (role,))}
    rows = objections_for(by).filter(state__in=mine).order_by("pk") if mine else ()
    return [(mine[ObjectionState(one.state)], one) for one in rows]


def upheld(by: Actor) -> set[str]:
    """{code of the problem} of which an objection to a notice that is still shown was found right, in this sight."""
    shown = objections_for(by).filter(state=ObjectionState.UPHELD, release__state=ReleaseState.RELEASED)
    return set(shown.values_list("release__about_code", flat=True))


def facts_of(release: Release, by: Actor) -> ReleaseFacts:
    """What the steps of a release ask. Of a petition's text, `petition_texts.with_sources` said what its answer is."""
    return ReleaseFacts(
        parts_missing=tuple(missing(release.kind, release.sections)),
        has_period=release.kind != NOTICE or PERIOD in str(release.sections.get("lead", "")),
        is_another=by.person is not None and by.person != release.drafted_by_id,
        is_current=is_current(release),
    )


def is_current(release: Release) -> bool:
    """Whether what a text was drafted from still says so; a notice is drafted once."""
    return release.kind == NOTICE or release.source == getattr(release, "source_now", "")


def release_offers(release: Release, by: Actor) -> tuple[Offer, ...]:
    """The steps that this person sees on a release, each with why not yet."""
    return moving.offers(RELEASE, release, scope.capacities(by, ()), facts_of(release, by))


def objection_offers(objection: Objection, by: Actor) -> tuple[Offer, ...]:
    """The steps that this person sees on an objection."""
    return moving.offers(OBJECTION, objection, scope.capacities(by, ()), None)


def may_read_contact(by: Actor, objection: Objection) -> bool:
    """Whether this person may open how the writer of an objection can be reached."""
    return objection.has_contact and scope.has_role(by, CONTACT_READERS)


def key_purpose(objection: Any) -> str:
    """What an objection's key is bound to."""
    return f"objection:{objection.city}:{objection.code}"
