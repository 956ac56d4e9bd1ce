"""When the door opens, and how long it stays open: waits after wrong sign-ins, alarms, idle and absolute time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bihuan.organisation.rules.duties import ADMINISTRATORS, Role

FREE = 5  # wrong ones that nobody waits for
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 15))
TOGETHER = timedelta(minutes=30)  # wrong ones further apart are no series
ALARM, ALARM_WITHIN = 20, timedelta(hours=1)
FLOOD, FLOOD_WITHIN = 300, timedelta(hours=1)
SECOND_STEP = timedelta(minutes=5)  # between the password and the second factor
PROVIDER_STEP = timedelta(minutes=10)  # between going to the city's identity provider and coming back
STRANGER_AGAIN = timedelta(hours=1)  # after which somebody whom no account knows is noted once more
PROVEN_FOR = timedelta(minutes=10)  # after which a weighty act asks again who it is
SLIP_FOR = timedelta(hours=72)
SLIP_GROUPS = 5  # of four characters, in the code of a slip and in a sealed code
RECOVERY_CODES = 10
FACTORS = {"totp": "手机验证码", "passkey": "通行密钥"}
WITHOUT_SECOND = frozenset({Role.REPORTER, Role.COUNTY_CLERK, Role.FIELD_SUPERVISOR})
CONFIRMED_SLIPS = ADMINISTRATORS | {
    Role.OFFICE_HEAD,
    Role.COORDINATION,
    Role.SUPERVISION,
    Role.ACCOUNTABILITY,
    Role.PUBLICITY,
    Role.PETITION_DESK,
    Role.FIRST_RESPONSIBLE,
    Role.CASE_LEADER,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lives, as the office has settled it."""

    idle: timedelta
    admin_idle: timedelta
    absolute: timedelta

    def idle_for(self, roles: Collection[Role]) -> timedelta:
        """After how long without a click these roles are signed out."""
        return self.admin_idle if ADMINISTRATORS.intersection(roles) else self.idle


def sessions_allowed(roles: Collection[Role]) -> int:
    """How many sessions one person may have at once: an administrator one, anybody else three."""
    return 1 if ADMINISTRATORS.intersection(roles) else 3


def open_from(wrong: Sequence[datetime]) -> datetime | None:
    """From when the next sign-in is heard, after these wrong ones (oldest first); None: now.

    The fifth of a series is followed by a minute's wait, each further one by a longer, fifteen minutes at most. A
    series ends when nothing wrong came for half an hour.
    """
    series = 0
    for place in range(len(wrong) - 1, -1, -1):
        if place + 1 < len(wrong) and wrong[place + 1] - wrong[place] > TOGETHER:
            break
        series += 1
    if series < FREE:
        return None
    return wrong[-1] + WAITS[min(series - FREE, len(WAITS) - 1)]


def is_alarming(tried: int) -> bool:
    """Whether so many wrong sign-ins to one account within an hour call the guards: once, at the twentieth."""
    return tried == ALARM


def is_flood(tried: int) -> bool:
    """Whether one address has tried so often within an hour that it is not heard for a while."""
    return tried >= FLOOD


def owes_second_factor(roles: Collection[Role], policy: str) -> bool:
    """Whether somebody in these roles must have a second factor. `policy`: "all", or "weighty" for all but clerks."""
    return policy != "weighty" or not roles or not WITHOUT_SECOND.issuperset(roles)


def may_come_by_provider(roles: Collection[Role]) -> bool:
    """Whether the city's identity provider may say that somebody in these roles is there: an administrator's own ways
    alone open for him, so that whoever keeps the provider keeps no key of this system.
    """
    return not ADMINISTRATORS.intersection(roles)


def wants_confirmation(roles: Collection[Role]) -> bool:
    """Whether a slip that lets somebody in these roles begin anew is good only once a second person confirmed it."""
    return bool(CONFIRMED_SLIPS.intersection(roles))
