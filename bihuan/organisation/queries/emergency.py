"""The sealed codes and what they opened: which stand, who acts in an emergency now, what he may not do in it."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from bihuan.core import audit
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib import one_time
from bihuan.lib.flow import Refused
from bihuan.organisation.models import Appointment, SealedCode, Unsealing
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Held, Role
from bihuan.organisation.rules.emergency import GIVES, HOLDERS
from bihuan.organisation.rules.keeping import GrantStanding

OWN = "应急启封期间不能批您自己经办过的事项，请由另一位办理。"


def codes_kept(city: str, at: datetime) -> QuerySet[SealedCode]:
    """The codes that would open something now: unspent, and their holders still are the administrators they were."""
    kept = SealedCode.objects.filter(city=city, spent_at__isnull=True, voided_at__isnull=True)
    now = Q(pk__in=[])
    for role in HOLDERS:
        now |= Q(role=role, holder_id__in=scope.persons_holding((role,), city, day_of(at)))
    return kept.filter(now).select_related("holder").order_by("role", "pk")


def code_typed(city: str, typed: str, at: datetime) -> SealedCode | None:
    """The kept code that somebody typed."""
    return next((one for one in codes_kept(city, at) if one.digest == one_time.digest_of(typed, one.holder_id)), None)


def unsealings_in(city: str) -> QuerySet[Unsealing]:
    """Every emergency of a city, newest first."""
    every = Unsealing.objects.filter(city=city).order_by("-pk")
    return every.select_related("appointment__person", "first_code__holder", "second_code__holder", "ended_by")


def open_unsealings(city: str, at: datetime) -> QuerySet[Unsealing]:
    """The emergencies of a city that last at this moment: one at most."""
    return unsealings_in(city).filter(ended_at__isnull=True, valid_until__gt=at)


def head_stood_in_for(city: str, at: datetime) -> Appointment | None:
    """Whose post an emergency's holder takes: the head's who is in office, else the last who was."""
    heads = Appointment.objects.filter(city=city, role=GIVES, until__isnull=True, stands_in_for__isnull=True)
    found = heads.filter(scope.in_force(day_of(at))).order_by("pk").first()
    return found or heads.filter(standing=GrantStanding.CONFIRMED).order_by("-starts_on", "-pk").first()


def refuse_own(post: Held | None, by: Actor, about: str) -> None:
    """Refuse a step in an emergency's post on a matter that this person changed himself before; on none, nothing."""
    if post is None or post.until is None or not about:
        return
    if audit.Entry.objects.filter(about=about, city=by.city, person=by.person, kind="change").exists():
        raise Refused(OWN)


def has_lasting_role(by: Actor, roles: Collection[Role]) -> bool:
    """Whether one of these roles is his beyond an emergency: what lasts is not made by what ends in two hours."""
    return any(post.role in roles and post.until is None for post in by.held)
