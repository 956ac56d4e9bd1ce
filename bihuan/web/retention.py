"""The page of what is kept how long."""

from django.http import HttpResponse

from bihuan.gate.answers import page
from bihuan.gate.policy import ALL_THREE, Asked, policy
from bihuan.gate.retention import table


@policy(ALL_THREE)
def retention(request: Asked) -> HttpResponse:
    """What is kept how long."""
    return page(request, "console/retention.html", room="home", lines=table(request.actor.city))
