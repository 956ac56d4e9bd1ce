"""What an account has to prove itself by, where it is signed in, and which slips are open.

Hides that secrets are stored sealed. A plain secret leaves only to be checked against what somebody typed.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from bihuan.core import vault
from bihuan.core.actor import Actor
from bihuan.core.prepared import prepared
from bihuan.lib import one_time
from bihuan.lib.passkeys import Passkey
from bihuan.organisation.models import Account, Appointment, Factor, RecoveryCode, SignIn, Slip
from bihuan.organisation.queries import scope, structure
from bihuan.organisation.rules.duties import Role

TOTP, PASSKEY = "totp", "passkey"


def account_named(username: str) -> Account | None:
    """The account of a login name that may be used."""
    return Account.objects.filter(username=username, is_active=True).first()


def account_by_key(pk: int) -> Account | None:
    """The account with that key that may be used, and its person."""
    return _usable(pk).first()


@prepared
def _usable(pk: int) -> QuerySet[Account]:
    return Account.objects.filter(pk=pk, is_active=True).select_related("person")


def account_linked(subject: str) -> Account | None:
    """The account that is linked with somebody at the identity provider (a digest), in use or not."""
    return Account.objects.filter(subject=subject).first() if subject else None


def sign_in_by_key(pk: int | None) -> SignIn | None:
    """The sign-in with that key."""
    return SignIn.objects.filter(pk=pk or 0).select_related("account__person").first()


def account_of(by: Actor) -> Account:
    """The account of whoever acts over the pages: he has one."""
    return Account.objects.get(person_id=by.person or 0)


def roles_of(account: Account, day: date) -> frozenset[Role]:
    """The roles that an account's person holds on a day."""
    held = Appointment.objects.filter(scope.in_force(day), person_id=account.person_id)
    return frozenset(Role(role) for role in held.values_list("role", flat=True))


def purpose_of(account: Account) -> str:
    """What a secret of this account is sealed for: it opens for no other."""
    return f"factor:{account.pk}"


def factors_of(account: Account) -> QuerySet[Factor]:
    """The second factors in use, oldest first."""
    return Factor.objects.filter(account=account, is_removed=False).order_by("pk")


def passkeys_of(account: Account) -> Sequence[str]:
    """The names by which a browser knows an account's passkeys."""
    return [*factors_of(account).filter(kind=PASSKEY).values_list("credential", flat=True)]


def has_phone(account: Account) -> bool:
    """Whether a phone that shows digits is among them."""
    return factors_of(account).filter(kind=TOTP).exists()


def passkey_named(account: Account, credential: str) -> tuple[Factor, Passkey] | None:
    """The passkey of this account that has that name."""
    factor = factors_of(account).filter(kind=PASSKEY, credential=credential).first()
    return (factor, Passkey(credential, _plain(factor), factor.used)) if factor else None


def phone_that_shows(account: Account, digits: str, at: datetime) -> tuple[Factor, int] | None:
    """The phone that shows these digits about now and has not shown them to us before, and their half minute."""
    for factor in factors_of(account).filter(kind=TOTP):
        step = one_time.step_of(_plain(factor), digits, at, factor.used)
        if step is not None:
            return factor, step
    return None


def recovery_code_of(account: Account, code: str) -> RecoveryCode | None:
    """The unspent recovery code that somebody typed."""
    digest = one_time.digest_of(code, account.pk)
    return RecoveryCode.objects.filter(account=account, digest=digest, spent_at__isnull=True).first()


def recovery_codes_left(account: Account) -> int:
    """How many recovery codes are unspent."""
    return RecoveryCode.objects.filter(account=account, spent_at__isnull=True).count()


def slip_of(account: Account, code: str, at: datetime) -> Slip | None:
    """The slip with that code that may still be used at this moment (its confirmation is another question)."""
    digest = one_time.digest_of(code, account.pk)
    return open_slips(at).filter(account=account, digest=digest).first()


def open_slips(at: datetime) -> QuerySet[Slip]:
    """Slips that were printed and are neither used, void nor too old, newest first."""
    unused = Slip.objects.filter(spent_at__isnull=True, voided_at__isnull=True, valid_until__gt=at)
    return unused.select_related("account__person", "printed_by", "confirmed_by").order_by("-pk")


def sign_ins_of(account: Account) -> QuerySet[SignIn]:
    """Every sign-in of an account, newest first."""
    return SignIn.objects.filter(account=account).order_by("-pk")


def open_sign_ins(city: str, at: datetime) -> QuerySet[SignIn]:
    """Everybody who is signed in at this moment, newest first, with when each was last seen.

    Whoever went away without a word counts until his time is over.
    """
    since = at - timedelta(hours=structure.office_rules(city).session_hours)
    found = SignIn.objects.filter(city=city, ended_at__isnull=True, began_at__gt=since)
    return found.select_related("account__person").prefetch_related("sessions").order_by("-pk")


def _plain(factor: Factor) -> str:
    return vault.unseal(bytes.fromhex(factor.secret), purpose=purpose_of(factor.account)).decode()
