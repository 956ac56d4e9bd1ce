"""Interfaces' accounts and their tokens."""

from datetime import date

from django.db.models import QuerySet

from bihuan.core.prepared import prepared
from bihuan.organisation.models import Account, Appointment, InterfaceToken
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role


def machines_in(city: str, day: date) -> QuerySet[Account]:
    """The accounts of a city that may be used and whose holder is appointed as an interface on that day."""
    held = Appointment.objects.filter(scope.in_force(day), city=city, role=Role.MACHINE)
    found = Account.objects.filter(city=city, is_active=True, person_id__in=held.values("person_id"))
    return found.order_by("username")


def tokens_in(city: str) -> QuerySet[InterfaceToken]:
    """Every token that was made in a city, the newest first."""
    return InterfaceToken.objects.filter(city=city).select_related("account__person", "made_by").order_by("-pk")


def token_known(digest: str, day: date) -> InterfaceToken | None:
    """The token with that hash, if on that day it is within its contract and its account may be used."""
    return _known(digest, day).first()


@prepared
def _known(digest: str, day: date) -> QuerySet[InterfaceToken]:
    living = InterfaceToken.objects.filter(digest=digest, ended_at__isnull=True, account__is_active=True)
    return living.filter(starts_on__lte=day, ends_on__gte=day).select_related("account__person")[:1]
