"""The machinery of the API: how an operation is declared, what every refusal looks like, which addresses there are.

Hides django-ninja. Who may ask is declared as on a page (`policy`) and asked by the same middleware.
"""

import functools
from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path
from django.urls.resolvers import RoutePattern
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from bihuan.core.audit import Overtaken
from bihuan.gate import faults, tokens
from bihuan.gate.policy import BUSINESS_AND_MACHINES, Circle, Policy, Weight, policy
from bihuan.lib.flow import Refused
from bihuan.lib.paper.document import Unreadable
from bihuan.organisation.rules.duties import Role

ROOT = "api/v1"
WHO = (BUSINESS_AND_MACHINES,)
UNFIT = {
    "missing": "没有填",
    "value_error": "有不能用的字符",
    "string_unicode": "有不能用的字符",
    "int_parsing": "应是整数",
    "int_type": "应是整数",
    "string_type": "应是文字",
    "string_too_long": "太长",
    "string_too_short": "不能空着",
    "string_pattern_mismatch": "写法不对",
    "list_type": "应是一列",
    "too_long": "太多",
    "greater_than_equal": "太小",
    "less_than_equal": "太大",
    "extra_forbidden": "没有这一项",
    "date_from_datetime_parsing": "应是日期，如 2022-06-01",
    "date_parsing": "应是日期，如 2022-06-01",
    "literal_error": "不在可选的里面",
}


class Fault(Schema):
    """Every refusal."""

    error: str


class Refusal(Schema):
    """A refusal as an answer: made once for all operations, where the framework would make one for each status."""

    response: Fault


class Chinese(JSONRenderer):
    """JSON in which Chinese stands as Chinese."""

    json_dumps_params = {"ensure_ascii": False}


class Wrong(Exception):  # noqa: N818 -- reads as a sentence
    """The request cannot be taken: with this status, for this reason."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


api = NinjaAPI(title="闭环接口", version="1", openapi_url=None, docs_url=None, renderer=Chinese(), urls_namespace="api")
_declared: dict[str, Policy] = {}


def operation(
    method: str,
    path: str,
    name: str,
    summary: str,
    answers: Any,
    *,
    who: Iterable[Role | Circle] = WHO,
    refuses: Iterable[int] = (),
    weighty: Weight = False,
    **more: Any,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare an operation: its address, name and words in the documentation, what it answers, who may ask.

    `refuses` are its refusals besides those that each has. Operations on one address are open to the same circle.
    """
    statuses = {401, 404, 422, 429, 503, *refuses}

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        guarded = policy(*who, weighty=weighty)(function)
        ours: Policy = guarded.policy  # type: ignore[attr-defined]  # just declared
        if _declared.setdefault(name, ours) != ours:
            raise ValueError(f"{name} is declared for two circles")
        if Role.MACHINE in ours.roles:
            tokens.OPERATIONS[f"{name}_{method.lower()}"] = summary
        api.api_operation(
            [method],
            path,
            url_name=name,
            operation_id=f"{name}_{method.lower()}",
            summary=summary,
            response={200: answers},
            exclude_unset=True,
            **more,
        )(function)
        api.default_router.path_operations[path].operations[-1].response_models |= dict.fromkeys(
            frozenset(statuses), Refusal
        )
        return function

    return declare


def addresses() -> list[URLPattern | URLResolver]:
    """Every address of the API, each with the policy of its operations; a HEAD is answered as a GET. What begins with
    the same word is one map, so that few are tried for one address.
    """
    alone: list[URLPattern | URLResolver] = []
    rooms: dict[str, list[URLPattern]] = {}
    for one in api.urls[0]:
        if isinstance(one, URLPattern) and one.name in _declared:
            room, slash, rest = str(one.pattern).partition("/")
            (rooms.setdefault(room, []) if slash else alone).append(_guarded(one, rest or room))
    return [*(path(f"{room}/", include(patterns)) for room, patterns in rooms.items()), *alone]


def _guarded(pattern: URLPattern, route: str) -> URLPattern:
    view = pattern.callback

    @functools.wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "HEAD":
            request.method = "GET"
        answer: HttpResponseBase = view(request, *args, **kwargs)
        return answer

    asked.csrf_exempt = False  # type: ignore[attr-defined]  # a session's unsafe call wants its form's token, as on a page
    asked.policy = _declared[str(pattern.name)]  # type: ignore[attr-defined]  # the declaration travels with the view
    whole = RoutePattern(route, name=pattern.name, is_endpoint=True)
    return URLPattern(whole, asked, pattern.default_args, pattern.name)


def declared() -> dict[str, Policy]:
    """The names of all operations, each with its policy."""
    return {**_declared}


@api.exception_handler(Wrong)
def _wrong(_: HttpRequest, wrong: Wrong) -> HttpResponse:
    return faults.fault(wrong.status, str(wrong))


@api.exception_handler(Refused)
@api.exception_handler(Unreadable)
def _refused(_: HttpRequest, refusal: Exception) -> HttpResponse:
    return faults.fault(422, str(refusal))


@api.exception_handler(Overtaken)
def _overtaken(_: HttpRequest, refusal: Overtaken) -> HttpResponse:
    return faults.fault(409, str(refusal))


@api.exception_handler(Http404)
def _unknown(_: HttpRequest, __: Http404) -> HttpResponse:
    return faults.fault(404)


@api.exception_handler(HttpError)
def _unreadable(_: HttpRequest, fault: HttpError) -> HttpResponse:
    return faults.fault(fault.status_code, "请求的内容读不懂，应是 JSON。" if fault.status_code == 400 else "")


@api.exception_handler(ValidationError)
def _unfit(_: HttpRequest, fault: ValidationError) -> HttpResponse:
    said = dict.fromkeys(f"“{_where(one['loc'])}”{_wrong_with(one)}" for one in fault.errors[:5])
    return faults.fault(422, f"{'；'.join(said)}。")


def _wrong_with(error: Any) -> str:
    """What is wrong with a value; of a text that is too short how long it must be."""
    least = error.get("ctx", {}).get("min_length", 0)
    if error["type"] == "string_too_short" and least > 1:
        return f"太短，至少{least}个字符"
    return UNFIT.get(error["type"], "填得不对")


def _where(place: Iterable[Any]) -> str:
    """The name of what was sent: the last of its place that is a name."""
    return next((str(part) for part in reversed([*place]) if isinstance(part, str)), "")
