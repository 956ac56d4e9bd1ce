"""The three administrators' own pages: each his duties, and none of the office's business."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from bihuan.core import clock
from bihuan.core.actor import Actor
from bihuan.core.condition import condition
from bihuan.gate.answers import page
from bihuan.gate.policy import Asked, policy
from bihuan.organisation.queries import scope, staff, structure
from bihuan.organisation.rules.duties import Role
from bihuan.web.jinja import moment

CONSOLES: Mapping[Role, str] = {
    Role.SYSTEM_ADMIN: "console_system",
    Role.SECURITY_ADMIN: "console_security",
    Role.AUDIT_ADMIN: "console_audit",
}
MEGA = 1_048_576


def console_of(by: Actor) -> str:
    """The name of an administrator's own page; "" for everybody else."""
    return next((name for role, name in CONSOLES.items() if scope.has_role(by, (role,))), "")


def settings_url(name: str) -> str:
    """The list of one kind of setting."""
    return reverse("settings_list", args=[name])


def figure(value: int, unit: str, label: str, url: str) -> dict[str, Any]:
    """A number that opens what it counts."""
    return {"value": value, "unit": unit, "label": label, "url": url}


@policy(Role.SYSTEM_ADMIN)
def console_system(request: Asked) -> HttpResponse:
    """系统管理: units, people, posts, accounts, the calendar; in what condition the system is."""
    city, now = request.actor.city, condition()
    return page(
        request,
        "console/console.html",
        room="home",
        title="系统管理",
        lead="单位、人员、岗位、账号和日历归您管；谁任什么角色由安全管理员授予，业务内容您看不到。",
        figures=[
            figure(structure.units_in(city).count(), "家", "单位", settings_url("units")),
            figure(staff.people_in(city).count(), "人", "人员", settings_url("people")),
            figure(staff.posts_in(city).count(), "个", "岗位", settings_url("posts")),
        ],
        sections=[("系统现状", _state(now))],
    )


def _state(now: Any) -> list[tuple[str, str]]:
    last = f"，最近一条 {moment(now.last)}" if now.last else ""
    return [
        ("版本", now.version),
        ("数据库", f"{now.database}，{now.size / MEGA:.1f} MB"),
        ("存档文件", f"{now.files}份"),
        ("轨迹", f"{now.entries:,}条{last}"),
    ]


@policy(Role.SECURITY_ADMIN)
def console_security(request: Asked) -> HttpResponse:
    """安全管理: who holds which role; grants and withdrawals."""
    held = staff.appointments_in(request.actor.city).filter(scope.in_force(clock.today())).count()
    return page(
        request,
        "console/console.html",
        room="home",
        title="安全管理",
        lead="谁任什么角色由您授予、收回；业务内容和轨迹您看不到。",
        figures=[figure(held, "项", "今天有效的任职", settings_url("appointments"))],
        sections=[],
    )


@policy(Role.AUDIT_ADMIN)
def console_audit(request: Asked) -> HttpResponse:
    """审计: the trail."""
    now = condition()
    return page(
        request,
        "console/console.html",
        room="home",
        title="审计",
        lead="您查阅轨迹、核对轨迹链；不改任何东西，也看不到业务内容。",
        figures=[],
        sections=[("轨迹", _state(now)[-1:])],
    )
