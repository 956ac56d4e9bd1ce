"""Django's sessions in a table of our own, which knows whose a session is and when it was last used.

Hides how the two facts ride along when Django writes a session anew.
"""

from datetime import datetime
from typing import Any, cast

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import QuerySet

from bihuan.core import clock
from bihuan.core.prepared import prepared
from bihuan.organisation.models.access import Session

SIGN_IN = "sign_in"


@prepared
def _living(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(DatabaseStore):
    """The store named by `SESSION_ENGINE`. `seen_at` is when the session was last used, as far as noted."""

    seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        row = _living(self.session_key or "", clock.now()).first()
        if row is None:
            self._session_key = None  # Django's own way to forget a key that opens nothing
        self.seen_at = row.seen_at if row else None
        return row

    def create_model_instance(self, data: Any) -> Session:
        """The row as Django will write it, with whose it is and when it was last used."""
        row = cast("Session", super().create_model_instance(data))
        row.sign_in_id = data.get(SIGN_IN)
        row.seen_at = self.seen_at
        return row
