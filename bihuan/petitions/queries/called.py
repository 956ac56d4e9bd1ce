"""The petition that somebody calls by its code, where he may read it: how every page of one begins."""

from django.db.models import QuerySet

from bihuan.core.actor import Actor
from bihuan.core.prepared import prepared
from bihuan.petitions import queries
from bihuan.petitions.models import Petition


def petition(by: Actor, code: str) -> Petition | None:
    """The petition with this code in the actor's scope, with all that a page of it says."""
    return _petitions(by, code).first()


@prepared
def _petitions(by: Actor, code: str) -> QuerySet[Petition]:
    return queries.petitions_for(by).filter(matter__code=code)
