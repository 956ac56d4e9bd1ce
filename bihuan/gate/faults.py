"""What a program is told when something is refused: one shape with a Chinese sentence, never a page."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse

ROOT = "/api/"
SENTENCES = {
    400: "请求读不懂，请核对后再发。",
    401: "请先登录，或带上有效的接口令牌。",
    403: "没有办：这次请求没有带表单令牌(X-CSRFToken)，或登录已经换过。",
    404: "没有这一项，或您看不到。",
    405: "这个地址不接受这种请求方法。",
    500: "系统出了错，没有办成；请把请求编号告诉系统管理员。",
}


def is_program(request: HttpRequest) -> bool:
    """Whether a program asks, that reads JSON and no pages."""
    return request.path.startswith(ROOT)


def written(told: Any) -> str:
    """JSON as a program reads it: Chinese as Chinese."""
    return json.dumps(told, ensure_ascii=False)


def fault(status: int, sentence: str = "", **headers: str) -> HttpResponse:
    """A refusal with its sentence; header names with _ for -."""
    told = written({"error": sentence or SENTENCES.get(status, SENTENCES[400])})
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpResponse(told, content_type="application/json; charset=utf-8", status=status, headers=given)


def unknown() -> HttpResponse:
    """401: nobody is known who asks."""
    return fault(401, WWW_Authenticate="Bearer")
