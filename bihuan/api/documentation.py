"""The OpenAPI document, and a page of our own that draws it: nothing is fetched from elsewhere, no inline script."""

from functools import cache
from typing import Any

from bihuan.api.door import ROOT, api, operation
from bihuan.gate import answers, policy
from bihuan.gate.policy import PEOPLE_AND_MACHINES, Asked

INTRO = (
    "闭环督察整改工作系统的接口。两种用法：已登录的人用自己的登录(写操作要带 X-CSRFToken)；"
    '外部系统用接口令牌(Authorization: Bearer …)，只能用合同列明的操作。出错时都答 {"error": 一句话}。'
)


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document."""
    plain: dict[str, Any] = {**api.get_openapi_schema(path_prefix=f"{ROOT}/")}
    plain["info"] = {"title": "闭环接口", "version": "1", "description": INTRO}
    plain["components"] = {
        **plain.get("components", {}),
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "接口令牌"}},
    }
    plain["security"] = [{"token": []}]
    said = (*(told for methods in plain["paths"].values() for told in methods.values()), *_schemas(plain))
    for told in said:
        if told.get("description", "").isascii():  # what the code says to its readers
            told.pop("description", None)
    return plain


def _schemas(plain: dict[str, Any]) -> list[dict[str, Any]]:
    return [*plain["components"].get("schemas", {}).values()]


@operation(
    "GET",
    "/openapi.json",
    "api_openapi",
    "本说明(OpenAPI)",
    dict[str, Any],
    who=(PEOPLE_AND_MACHINES,),
    include_in_schema=False,
)
def openapi(request: Asked) -> Any:  # noqa: ARG001 -- an operation's signature
    """The document itself."""
    return document()


@policy.policy()
def documentation(request: Asked) -> Any:
    """The document as a page."""
    return answers.page(request, "api/documentation.html", room="help_home", intro=INTRO, groups=_groups())


def _groups() -> list[tuple[str, list[dict[str, Any]]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in document()["paths"].items():
        for method, told in methods.items():
            groups.setdefault((told.get("tags") or ["其他"])[0], []).append(_drawn(method, path, told))
    return [*groups.items()]


def _drawn(method: str, path: str, told: dict[str, Any]) -> dict[str, Any]:
    wanted = [
        (one["name"], "必填" if one.get("required") else "", _kind(one["schema"]), one.get("description", ""))
        for one in told.get("parameters", ())
    ]
    body = told.get("requestBody", {}).get("content", {})
    fields = [field for content in body.values() for field in _fields(content["schema"])]
    refusals = sorted(status for status in map(str, told["responses"]) if status != "200")
    return {
        "head": f"{method.upper()} {path}",
        "id": told["operationId"],
        "summary": told["summary"],
        "description": told.get("description", ""),
        "wanted": [*wanted, *fields],
        "answers": "、".join(name for name, *_ in _fields(_answer(told))) or FILE * _is_file(told),
        "refusals": "、".join(refusals),
    }


FILE = "一份文件"


def _is_file(told: dict[str, Any]) -> bool:
    """Whether what it answers is no JSON."""
    content = {str(status): one for status, one in told["responses"].items()}["200"].get("content", {})
    return bool(content) and "application/json" not in content


def _answer(told: dict[str, Any]) -> dict[str, Any]:
    answers = {str(status): one for status, one in told["responses"].items()}
    schema: dict[str, Any] = answers["200"].get("content", {}).get("application/json", {}).get("schema", {})
    return schema


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = document()["components"]["schemas"][name] if name else schema
    return found


def _fields(schema: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    whole = _resolved(_resolved(schema).get("items", schema))
    required = whole.get("required", ())
    return [
        (name, "必填" if name in required else "", _kind(one), one.get("description", ""))
        for name, one in whole.get("properties", {}).items()
    ]


KINDS = {"string": "文字", "integer": "整数", "boolean": "是否", "array": "一列", "object": "对象", "number": "数"}


def _kind(schema: dict[str, Any]) -> str:
    if schema.get("format") == "date":
        return "日期"
    if "enum" in schema:
        return "选项"
    if schema.get("format") == "binary":
        return "文件"
    return KINDS.get(str(schema.get("type", "")), "对象")
