"""Regions, units, people, posts and accounts as they are stored."""

from bihuan.organisation.models.people import Account, Appointment, Group, Membership, Person, Post, SavedView
from bihuan.organisation.models.places import Region, Unit, UnitName

__all__ = ["Account", "Appointment", "Group", "Membership", "Person", "Post", "Region", "SavedView", "Unit", "UnitName"]
