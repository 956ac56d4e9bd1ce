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
def _living(key: str, now: datetime) -> QuerySet[Session, tuple[str, datetime | None]]:
    return Session.objects.filter(session_key=key, expire_date__gt=now).values_list("session_data", "seen_at")


class SessionStore(DatabaseStore):
    """The store named by `SESSION_ENGINE`. `seen_at` is when the session was last used, as far as noted."""

    seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table."""
        return Session

    def load(self) -> dict[str, Any]:
        """What the session holds; a key that opens nothing is forgotten."""
        data, self.seen_at = _living(self.session_key or "", clock.now()).first() or ("", None)
        if not data:
            self._session_key = None
        return self.decode(data) if data else {}

    def create_model_instance(self, data: Any) -> Session:
        """The row as Django will write it, with whose it is and when it was last used."""
        row = cast("Session", super().create_model_instance(data))
        row.sign_in_id = data.get(SIGN_IN)
        row.seen_at = self.seen_at
        return row
