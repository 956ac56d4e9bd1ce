"""Which sealed papers tell of a petition: those in whose record its number or its code stands, written or not."""

from collections.abc import Iterator

from bihuan.core import files
from bihuan.intake.models import Intake
from bihuan.petitions.models import Petition

AT_ONCE = 50


def papers_of(petition: Petition) -> Iterator[Intake]:
    """The intakes of petitions whose paper holds this one and can still be read."""
    found = Intake.objects.filter(city=petition.city, understood__destroyed_on__isnull=True).exclude(kind="plan")
    marks = [mark.encode() for mark in (petition.number, petition.matter.code) if mark]
    for intake in found.select_related("file", "understood").order_by("pk").iterator(AT_ONCE):
        if any(mark in files.read(intake.understood) for mark in marks):
            yield intake
