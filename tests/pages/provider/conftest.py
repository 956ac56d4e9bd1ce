"""The city's provider, and somebody who is linked with it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from time_machine import Traveller, travel

from bihuan.gate import provider
from bihuan.organisation.models import Account
from tests.cast import NOON, Cast, account_of
from tests.pages.provider.ways import link, with_phone
from tests.provider import CLIENT, SECRET, Provider, providing


@pytest.fixture
def moving(db: None) -> Iterator[Traveller]:
    """An hour after the cast was seated."""
    with travel(NOON + timedelta(hours=1), tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def city(settings: Any, moving: Traveller) -> Iterator[Provider]:
    """The city's provider, which this machine names."""
    with providing() as one:
        settings.OIDC_ISSUER, settings.OIDC_CLIENT, settings.OIDC_SECRET = one.issuer, CLIENT, SECRET
        provider._remembered.clear()
        yield one


@pytest.fixture
def chen(city: Provider, cast: Cast) -> Account:
    """陈科, who has linked his account with whom the provider calls u-1024, and keeps a phone."""
    account = account_of(cast.chen)
    with_phone(account)
    link(account, city)
    return Account.objects.get(pk=account.pk)
