"""How Django checks a password, and finds the account behind a session."""

from copy import copy
from typing import Any

from django.contrib.auth.backends import ModelBackend

from bihuan.core import still
from bihuan.organisation.queries import access


class AccountBackend(ModelBackend):
    """Django's own way, but that an account is not read anew for every request; each asker has a copy of his own."""

    def get_user(self, user_id: Any) -> Any:
        """The account with its person, as it stands; None where there is none, or it may not be used any more."""
        return copy(still.known(("account", user_id), lambda: access.account_by_key(user_id)))
