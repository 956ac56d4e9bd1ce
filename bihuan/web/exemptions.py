"""The register of what leaders let pass by name, on the problems in one's scope."""

from django.http import HttpResponse

from bihuan.gate.answers import page
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.web import exemption_view

SHOWN = 200


@policy(BUSINESS)
def exemption_list(request: Asked) -> HttpResponse:
    """Who let what pass, when and why, newest first, with the counts by leader."""
    told = exemption_view.register(request.actor, SHOWN)
    return page(request, "rectification/exemption_list.html", room="acceptance_list", **told)
