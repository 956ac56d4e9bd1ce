"""Who may open a page at all: declared on the page itself, asked before it runs, walked by the tests.

Hides the refusal: somebody who is not logged in is led to the login; somebody without the role gets 404, as if the page
were not there. What rows a page shows is settled below, by what is fetched.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.http import urlencode

from bihuan.core.actor import Actor
from bihuan.gate import arrival, faults, proof
from bihuan.gate.telling import tell
from bihuan.lib.quantity import span
from bihuan.organisation.queries import scope
from bihuan.organisation.rules import duties, entering
from bihuan.organisation.rules.duties import Role
from bihuan.organisation.rules.emergency import ENDERS, OPENERS
from bihuan.organisation.rules.keeping import CONFIRMERS, KEEPERS, OWN_DELEGATORS

Page = Callable[..., HttpResponseBase]
Weight = bool | Mapping[str, str]  # all that is sent, or these steps, as they are called
OWED = "请先在页面上登记第二验证，再调用接口。"
UNPROVEN = f"这一步要先证明是您本人：请在页面上办理，或先在页面上验证身份，{span(entering.PROVEN_FOR)}内再调用。"
METHODS = ("GET", "HEAD", "POST", "OPTIONS")


class Asked(HttpRequest):
    """A request as pages see it: `actor` is who acts, known when the page's policy asked for somebody."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class Circle:
    """Roles that are let in together, and how docs/permissions.md calls them."""

    name: str
    roles: frozenset[Role]


PEOPLE = Circle("everybody with a valid appointment, but X2", duties.PEOPLE)
PEOPLE_AND_MACHINES = Circle("everybody with a valid appointment, and interfaces by contract", frozenset(Role))
BUSINESS_AND_MACHINES = Circle(
    "everybody in business: neither A1, A2 nor A3; and interfaces by contract", duties.BUSINESS | {Role.MACHINE}
)
BUSINESS = Circle("everybody in business: neither A1, A2, A3 nor X2", duties.BUSINESS)
SETTLING = Circle("whoever keeps one of the settings below", frozenset[Role]().union(*KEEPERS.values()))
SECONDS = Circle("whoever confirms some grant or other: A1、L1、O1", CONFIRMERS)
REPORTING = Circle(
    "whoever fills in or approves progress for a unit: U1、U2、U3",
    frozenset({Role.REPORTER, Role.UNIT_APPROVER, Role.UNIT_HEAD}),
)
HEADS = Circle("whoever heads a unit or a county's office: U3、C2", frozenset(OWN_DELEGATORS))
ENDING = Circle("whoever may end an emergency: A1、A2、A3、O1", ENDERS)
OPENING = Circle("the office's groups: O2 to O6", OPENERS)
ALL_THREE = Circle("the three administrators: A1、A2、A3", duties.ADMINISTRATORS)


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Policy:
    """`public`: anybody. Else somebody with a valid appointment in one of `roles`, which `words` names.

    `halfway`: also while he owes his second factor. `weighty`: what is sent there (or those of its steps) wants the
    person to have shown just now who he is. `when`: the page is there only while this is so; else it is for nobody, as
    if it were not.
    """

    public: bool = False
    roles: frozenset[Role] = frozenset()
    words: str = "everybody"
    halfway: bool = False
    weighty: Weight = False
    when: Callable[[], bool] = field(default=_always, compare=False)

    def admits(self, actor: Actor | None) -> bool:
        """Whether the page opens for this actor."""
        return self.when() and (self.public or (actor is not None and scope.has_role(actor, self.roles)))

    def wants_proof(self, request: HttpRequest) -> bool:
        """Whether what is sent is an act before which a person shows again who he is."""
        if request.method != "POST":
            return False
        return self.weighty if isinstance(self.weighty, bool) else step_sent(request) in self.weighty

    def weighty_step(self, request: HttpRequest) -> str:
        """What such an act is called, where the page has several; else ""."""
        return "" if isinstance(self.weighty, bool) else self.weighty.get(step_sent(request), "")


def step_sent(request: HttpRequest) -> str:
    """The step that a form or a program's JSON names; "" where none does."""
    if not faults.is_program(request):
        return request.POST.get("move", "")
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError):
        return ""
    return str(told.get("step", "")) if isinstance(told, dict) else ""


def policy(
    *who: Role | Circle,
    public: bool = False,
    halfway: bool = False,
    weighty: Weight = False,
    when: Callable[[], bool] = _always,
) -> Callable[[Page], Page]:
    """Declare who may open a page: roles, or a circle of them; `PEOPLE` where none is named.

    A page without a declaration opens for nobody.
    """
    roles, words = _of(who or (PEOPLE,))
    declared = Policy(public=True, when=when) if public else Policy(False, roles, words, halfway, weighty, when)

    def declare(page: Page) -> Page:
        page.policy = declared  # type: ignore[attr-defined]  # the declaration travels with the page
        return page

    return declare


def _of(who: tuple[Role | Circle, ...]) -> tuple[frozenset[Role], str]:
    roles = frozenset[Role]().union(*(one.roles if isinstance(one, Circle) else {one} for one in who))
    circles = [one.name for one in who if isinstance(one, Circle)]
    return roles, "、".join([*circles, *sorted(one for one in who if isinstance(one, Role))])


def policy_of(page: Any) -> Policy | None:
    """What a page declared, if it did."""
    found = getattr(page, "policy", None)
    return found if isinstance(found, Policy) else None


def keeps_drafts(path: str) -> bool:
    """Whether what is typed on this page may be kept as a draft: on the pages of weighty acts it may not."""
    try:
        declared = policy_of(resolve(path).func)
    except Http404:
        return False
    return declared is not None and declared.weighty is not True and not path.startswith(faults.ROOT)


def opens(name: str, actor: Actor) -> bool:
    """Whether the page of that name, which takes no argument, opens for this actor: a way to it is worth drawing."""
    declared = _declared(name)
    return declared is not None and declared.admits(actor)


@cache
def _declared(name: str) -> Policy | None:
    return policy_of(resolve(reverse(name)).func)


def stop(request: HttpRequest, page: Any) -> HttpResponse | None:
    """None where the page may open; else the way to where it opens from (login, second factor, proof), or 404.

    405 for a method that no page answers.
    """
    declared = policy_of(page)
    if declared is None or not declared.when():
        raise Http404
    actor = getattr(request, "actor", None)
    if not declared.admits(actor):
        if actor is None:
            return faults.unknown() if faults.is_program(request) else _to_login(request)
        raise Http404
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    return None if declared.public else _first(request, declared)


def _first(request: HttpRequest, declared: Policy) -> HttpResponse | None:
    """What comes before a page that opens: the second factor that is owed, the proof that a weighty act wants."""
    is_program = faults.is_program(request)
    if hasattr(request, "contract"):
        return faults.fault(401, UNPROVEN) if declared.wants_proof(request) else None
    if arrival.OWES in request.session and not declared.halfway:
        return faults.fault(401, OWED) if is_program else redirect("factor_list")
    if not declared.wants_proof(request):
        return None
    if is_program:
        return None if arrival.is_proven(request) else faults.fault(401, UNPROVEN)
    return proof.first(request, declared.weighty_step(request))


def _to_login(request: HttpRequest) -> HttpResponse:
    """The login, which leads back here afterwards; why, where the browser comes with a session that has ended."""
    if request.COOKIES.get(settings.SESSION_COOKIE_NAME):
        tell(request, "asked", getattr(request, "ended", "") or arrival.ENDED)
    onward = request.get_full_path() if request.method == "GET" else "/"
    return redirect("account_login" if onward == "/" else f"{reverse('account_login')}?{urlencode({'next': onward})}")
