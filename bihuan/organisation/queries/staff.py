"""People, their accounts and appointments, and the views that they keep."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from bihuan.core.actor import Actor
from bihuan.organisation.models import Account, Appointment, Person, Post, SavedView
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.organisation.rules.keeping import GrantStanding, confirmers_of, way_out


def accounts() -> QuerySet[Account]:
    """Every account, of whatever city: for the machine's own use, never for a page."""
    return Account.objects.order_by("pk")


def accounts_in(city: str, words: str = "") -> QuerySet[Account]:
    """The accounts of a city, those whose login name or person's name holds the words."""
    found = Account.objects.filter(city=city).order_by("username")
    return found.filter(Q(username__icontains=words) | Q(person__name__icontains=words)) if words else found


def people_without_account(city: str) -> QuerySet[Person]:
    """The people of a city who cannot sign in yet."""
    return people_in(city).filter(account__isnull=True)


def appointments_in(city: str) -> QuerySet[Appointment]:
    """Every appointment of a city, newest first within a unit."""
    return (
        Appointment.objects.filter(city=city)
        .select_related("person", "post__unit", "stands_in_for__person", "granted_by", "confirmed_by", "inspection")
        .order_by("post__unit_id", "post_id", "-starts_on")
    )


def grants_waiting(city: str) -> QuerySet[Appointment]:
    """The grants of a city that nobody has confirmed or refused yet, the oldest first."""
    return appointments_in(city).filter(standing=GrantStanding.WAITING).order_by("pk")


def grants_to_confirm(by: Actor) -> QuerySet[Appointment]:
    """The grants that wait for this actor: his to confirm by role, neither granted by him nor for himself."""
    his = [role for role in Role if scope.has_role(by, confirmers_of(role))]
    return (
        grants_waiting(by.city)
        .filter(role__in=his)
        .exclude(person_id=by.person or 0)
        .exclude(granted_by_id=by.person or 0)
    )


def deadlock(grant: Appointment, day: date) -> str:
    """Why nobody can confirm this waiting grant, and the way out; "" where somebody can, or it does not wait."""
    if grant.standing != GrantStanding.WAITING:
        return ""
    role = Role(grant.role)
    able = scope.persons_holding(confirmers_of(role), grant.city, day) - {grant.person_id, grant.granted_by_id}
    return "" if able else way_out(role)


def appointments_named(city: str, words: str) -> QuerySet[Appointment]:
    """Appointments by the person's name or initials, the post, or the unit."""
    named = Q(person__name__icontains=words) | Q(post__title__icontains=words) | Q(post__unit__name__icontains=words)
    initials = Q(person__initials__startswith=words.lower()) if words.isascii() and words.isalpha() else Q(pk__in=[])
    return appointments_in(city).filter(named | initials)


def views_of(by: Actor, ledger: str) -> QuerySet[SavedView]:
    """A person's own views of a ledger, in the order in which he kept them."""
    return SavedView.objects.filter(person_id=by.person or 0, ledger=ledger, is_dropped=False).order_by("pk")


def people_in(city: str) -> QuerySet[Person]:
    """Every person of a city."""
    return Person.objects.filter(city=city).order_by("initials", "pk")


def answering_on(unit: int, day: date) -> QuerySet[Appointment]:
    """Who held which post of a unit on that day: "who answered for this on that day"."""
    return Appointment.objects.filter(scope.in_force(day), post__unit_id=unit).select_related("person", "post")


def with_posts(people: QuerySet[Person], day: date) -> QuerySet[Person]:
    """These people, each with the appointments held on that day (`held`)."""
    held = Appointment.objects.filter(scope.in_force(day)).select_related("post__unit").order_by("pk")
    return people.prefetch_related(Prefetch("appointments", held, to_attr="held"))


def posts_in(city: str, words: str = "", day: date | None = None) -> QuerySet[Post]:
    """The posts of a city, those whose title or unit holds the words; with a day, who holds each (`held`)."""
    posts = Post.objects.filter(city=city).select_related("unit").order_by("unit__region__code", "unit_id", "pk")
    found = posts.filter(Q(title__icontains=words) | Q(unit__name__icontains=words)) if words else posts
    if day is None:
        return found
    held = Appointment.objects.filter(scope.in_force(day)).select_related("person").order_by("pk")
    return found.prefetch_related(Prefetch("appointments", held, to_attr="held"))


def people_named(city: str, words: str) -> QuerySet[Person]:
    """People by name, or by pinyin initials from the start."""
    initials = Q(initials__startswith=words.lower()) if words.isascii() and words.isalpha() else Q(pk__in=[])
    return people_in(city).filter(Q(name__icontains=words) | initials)


def posts_of(person: int) -> QuerySet[Appointment]:
    """Every appointment that a person ever held, the latest first."""
    return (
        Appointment.objects.filter(person_id=person)
        .select_related("person", "post__unit", "stands_in_for__person")
        .order_by("-starts_on", "-pk")
    )
