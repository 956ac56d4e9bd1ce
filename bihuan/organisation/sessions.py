"""Django's sessions in a table of our own, which knows whose a session is and when it was last used.

Hides how the two facts ride along when Django writes a session anew.
"""

from datetime import datetime
from typing import Any, cast

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from bihuan.organisation.models.access import Session

SIGN_IN = "sign_in"


class SessionStore(DatabaseStore):
    """The store named by `SESSION_ENGINE`. `seen_at` is when the session was last used, as far as noted."""

    seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        row: Session | None = super()._get_session_from_db()  # type: ignore[misc]  # Django's, which the stubs leave out
        self.seen_at = row.seen_at if row else None
        return row

    def create_model_instance(self, data: Any) -> Session:
        """The row as Django will write it, with whose it is and when it was last used."""
        row = cast("Session", super().create_model_instance(data))
        row.sign_in_id = data.get(SIGN_IN)
        row.seen_at = self.seen_at
        return row
