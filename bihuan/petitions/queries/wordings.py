"""How a city words its bulletins now, and who may say so."""

from bihuan.organisation.rules.duties import Role
from bihuan.petitions.models import BulletinWording
from bihuan.petitions.rules.bulletin import KINDS, Wording, wording_of

WORDERS = (Role.COORDINATION, Role.OFFICE_HEAD)


def row_of(city: str, kind: str) -> BulletinWording | None:
    """The city's own wording of a kind as it was ever settled, ended or not."""
    return BulletinWording.objects.filter(city=city, kind=kind).first()


def wording_in(city: str, kind: str) -> Wording:
    """The wording in which a city's bulletin of that kind is told: its own, else the house's. Refuses (`WordingError`)
    one that this version of the system cannot read any more.
    """
    row = row_of(city, kind)
    return KINDS[kind][1] if row is None or row.is_ended else wording_of(row.wording)
