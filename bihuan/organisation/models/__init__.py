"""Regions, units, people, posts, accounts and sign-ins as they are stored."""

from bihuan.organisation.models.access import Factor, RecoveryCode, Session, SignIn, Slip
from bihuan.organisation.models.emergency import SealedCode, Unsealing
from bihuan.organisation.models.interfaces import InterfaceToken
from bihuan.organisation.models.office import OfficeRules
from bihuan.organisation.models.people import Account, Appointment, Group, Membership, Person, Post, SavedView
from bihuan.organisation.models.places import Region, Unit, UnitName

__all__ = [
    "Account",
    "Appointment",
    "Factor",
    "Group",
    "InterfaceToken",
    "Membership",
    "OfficeRules",
    "Person",
    "Post",
    "RecoveryCode",
    "Region",
    "SavedView",
    "SealedCode",
    "Session",
    "SignIn",
    "Slip",
    "Unit",
    "UnitName",
    "Unsealing",
]
