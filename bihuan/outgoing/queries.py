"""What is asked of the receivers: the list of a city, who is told, how it stands with each."""

from dataclasses import dataclass

from django.db.models import QuerySet

from bihuan.core import errands, jobs, vault
from bihuan.core.jobs import Job
from bihuan.outgoing.models import Receiver
from bihuan.outgoing.rules import ON, WAITING


def receivers_in(city: str) -> QuerySet[Receiver]:
    """The receivers of a city, those in use first."""
    return Receiver.objects.filter(city=city).select_related("added_by", "confirmed_by").order_by("-state", "pk")


def receivers_told(city: str) -> QuerySet[Receiver]:
    """Who is told of a step."""
    return Receiver.objects.filter(city=city, state=ON).order_by("pk")


def receivers_waiting(city: str) -> QuerySet[Receiver]:
    """Who waits for somebody's confirmation."""
    return Receiver.objects.filter(city=city, state=WAITING)


def receiver_by_key(pk: int) -> Receiver | None:
    """A receiver in use."""
    return Receiver.objects.filter(pk=pk, state=ON).first()


def secret_of(to: Receiver) -> str:
    """Its secret, opened."""
    return vault.unseal(bytes.fromhex(to.secret), purpose=purpose_of(to.url)).decode()


def purpose_of(url: str) -> str:
    """What its secret is sealed for."""
    return f"receiver:{url}"


@dataclass(frozen=True, slots=True)
class ReceiverStanding:
    """How it stands with a receiver: how many notices wait, the first of them, how many were given up."""

    to: Receiver
    waiting: int
    first: Job | None
    failed: int


def standing_of(to: Receiver) -> ReceiverStanding:
    """How it stands with a receiver now."""
    lane = jobs.in_lane(to.lane)
    return ReceiverStanding(to, lane.count(), lane.first(), errands.failed_in(to.lane).count())
