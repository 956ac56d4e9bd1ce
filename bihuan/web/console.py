"""The three administrators' own pages: each his duties, and none of the office's business."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bihuan.core import clock, history
from bihuan.core.actor import Actor
from bihuan.core.condition import condition
from bihuan.gate import watching
from bihuan.gate.answers import again, deed, opinion, page, refusals
from bihuan.gate.policy import Asked, policy
from bihuan.lib.quantity import whole
from bihuan.organisation.actions import access as ways
from bihuan.organisation.actions import appointing, identities, settling
from bihuan.organisation.queries import scope, small, staff, structure
from bihuan.organisation.rules.duties import ROLE_LABELS, Role
from bihuan.organisation.rules.keeping import DELEGATED_FOR, SECOND_FACTORS
from bihuan.safekeeping.queries import drill_sentence
from bihuan.web.account_forms import AccountForm
from bihuan.web.drawing import Piece
from bihuan.web.jinja import moment
from bihuan.web.paging import pager_of
from bihuan.web.settings_forms import OFFICE_RULES, OfficeRulesForm
from bihuan.web.trail import trail_lines

CONSOLES: Mapping[Role, str] = {
    Role.SYSTEM_ADMIN: "console_system",
    Role.SECURITY_ADMIN: "console_security",
    Role.AUDIT_ADMIN: "console_audit",
}
MEGA = 1_048_576
SHOWN = 50


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
    found, now = watching.system_figures(request.actor, clock.now()), condition()
    return page(
        request,
        "console/console.html",
        room="home",
        title="系统管理",
        lead="单位、人员、岗位、账号和日历归您管；谁任什么角色由安全管理员授予，业务内容您看不到。",
        figures=[
            figure(found["units"], "家", "单位", settings_url("units")),
            figure(found["people"], "人", "人员", settings_url("people")),
            figure(found["posts"], "个", "岗位", settings_url("posts")),
            figure(found["accounts"], "个", "账号", reverse("account_list")),
            figure(found["grants"], "项", "授予待您确认", reverse("grant_list")),
            figure(found["slips"], "张", "凭条等着用", reverse("slip_list")),
            figure(found["failed"], "件", "后台未办成", reverse("job_list")),
            figure(found["receivers"], "个", "接收方待您确认", reverse("receiver_list")),
            emergencies(found),
        ],
        sections=[
            ("系统现状", [*_state(now), ("恢复演练", drill_sentence(request.actor.city, clock.now())), _how_long()])
        ],
    )


def _how_long() -> tuple[str, Piece]:
    return "保存多久", Piece("什么保存多久、怎么清理", "link", reverse("retention"))


def emergencies(found: Mapping[str, int]) -> dict[str, Any]:
    """Whether somebody acts for the head in an emergency now; else how many of the three codes are sealed."""
    lasting = found["emergencies"]
    count, unit, label = (lasting, "次", "应急启封进行中") if lasting else (found["codes"], "个", "封存码在")
    return figure(count, unit, label, reverse("unsealing_list"))


def _state(now: Any) -> list[tuple[str, str]]:
    last = f"，最近一条 {moment(now.last)}" if now.last else ""
    return [
        ("版本", now.version),
        ("数据库", f"{now.database}，{now.size / MEGA:.1f} MB"),
        ("存档文件", f"{now.files}份"),
        ("轨迹", f"{now.entries:,}条{last}"),
    ]


@policy(Role.SYSTEM_ADMIN)
def account_list(request: Asked) -> HttpResponse:
    """Every account of the city; a POST opens one for somebody, or switches one off or on, with a reason."""
    form = AccountForm(request.POST if "username" in request.POST else None, city=request.actor.city)
    if form.is_valid():
        with refusals(request, f"已给{form.cleaned_data['person']}开账号；再打印一张凭条，本人凭它设密码。"):
            appointing.open_account(password=None, **form.cleaned_data, **deed(request))
        return again(request)
    words = str(request.GET.get("q", "")).strip().replace("\0", "")[:60]
    rows = staff.accounts_in(request.actor.city, words)
    if request.method == "POST" and not form.is_bound:
        _settle_account(request, get_object_or_404(rows, pk=whole(request.POST.get("account")) or 0))
        return again(request)
    found = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    counts = f"{found.paginator.count}个账号。停用后，登录着的下一次点击就退出。"
    pager = pager_of(found, words)
    lines = [(one, one.person, "启用" if one.is_active else "已停用", bool(one.subject)) for one in found]
    told: dict[str, Any] = {"lead": counts, "lines": lines, "searched": words, "pager": pager, "form": form}
    status = 422 if form.errors else 200
    return page(request, "console/accounts.html", room="home", status=status, **told)


def _settle_account(request: Asked, account: Any) -> None:
    """Switch an account off or on, or end its link with the identity provider."""
    act = request.POST.get("act")
    if act == "unlink":
        with refusals(request, f"账号{account}已取消关联，从那边进来的都已退出。"):
            identities.unlink_account(account, note=opinion(request), **deed(request))
        return
    with refusals(request, f"账号{account}已{'启用' if act == 'on' else '停用'}。"):
        ways.switch_account(account, is_active=act == "on", note=opinion(request), **deed(request))


@policy(Role.SECURITY_ADMIN)
def console_security(request: Asked) -> HttpResponse:
    """安全管理: who holds which role, what waits for its confirmation, who excludes whom, the security rules."""
    city = request.actor.city
    waiting, found = staff.grants_waiting(city), watching.security_figures(request.actor, clock.now())
    return page(
        request,
        "console/console.html",
        room="home",
        title="安全管理",
        lead="谁任什么角色由您授予、收回；业务内容和轨迹您看不到。",
        figures=[
            figure(found["waiting"], "项", "待另一个人确认", settings_url("appointments")),
            figure(found["granted"], "项", "今天有效的任职", settings_url("appointments")),
            figure(found["slips"], "张", "凭条等着用", reverse("slip_list")),
            figure(found["sign_ins"], "处", "正在登录", reverse("sign_in_list")),
            figure(found["receivers"], "个", "对外通知", reverse("receiver_list")),
            figure(found["tokens"], "个", "接口令牌", reverse("token_list")),
            emergencies(found),
        ],
        sections=[
            ("待确认", [_waiting(grant) for grant in waiting[:SHOWN]] or [("", "没有待确认的授予。")]),
            ("安全规则", _rules(structure.office_rules(city))),
            *[("互斥", EXCLUSIONS), ("小整改办", _small(city)), ("保存期限", [_how_long()])],
        ],
    )


EXCLUSIONS = [
    ("三个管理员", "系统、安全、审计彼此互斥，也不能兼任任何业务角色；数据库也拒绝。"),
    ("授予与确认", "授予人、确认人、本人是三个不同的人。"),
    ("谁来确认", "业务角色由整改办主任；主任、第一责任人、包案领导和三个管理员，由主任、第一责任人或系统管理员。"),
    (
        "代理",
        f"与授予一样要确认，一次最长{DELEGATED_FOR.days}天，不能再转代理；单位主要负责人和县审核人可以给本单位设。",
    ),
    ("接口账号", "只作接口用，不能兼任别的角色；数据库也拒绝。"),
    ("同一件事", "上报、县级审核、市级审核、验收、同意、销号各是不同的人。"),
]


def _waiting(grant: Any) -> tuple[str, Any]:
    row = reverse("settings_row", args=["appointments", grant.pk])
    words = f"{ROLE_LABELS[Role(grant.role)]}，{grant.post}，{grant.starts_on}起；{grant.granted_by}授予"
    stuck = staff.deadlock(grant, clock.today())
    return str(grant.person), Piece(f"{words}{f'；{stuck}' if stuck else ''}", "link", row)


def _rules(rules: Any) -> list[tuple[str, Any]]:
    return [
        ("登录要第二验证", SECOND_FACTORS[rules.second_factor]),
        ("不操作自动退出", f"{rules.idle_minutes}分钟，管理员{rules.admin_idle_minutes}分钟"),
        ("最长登录", f"{rules.session_hours}小时"),
        ("小整改办", "是，见下面的“小整改办”" if rules.small_office else "否"),
        ("", Piece("改安全规则", "link", reverse("office_rules"))),
    ]


def _small(city: str) -> list[tuple[str, Any]]:
    """What the small office changes now, by name; what it never changes."""
    today = clock.today()
    if not structure.office_rules(city).small_office:
        return [
            ("没有设", "综合协调和督办、责任追究和信访各由两个人担任；三个管理员是整改办的人；县级审核只由县里办。")
        ]
    bare = small.counties_without_approver(city, scope.below(city, today), scope.in_force(today))
    return [
        ("一人两组", "综合协调和督办、责任追究和信访可以由一个人担任；三个管理员可以是别的单位的人。"),
        ("按此任职", "；".join(small.serving_by_leave(city, today)) or "现在没有人"),
        ("县级审核由市里代办", "、".join(bare) or "各县都有审核人，没有代办的"),
        ("仍然不变", "办的和审的、上报的和验收的、验收的和销号的，都不是同一个人；三个管理员仍然互斥。"),
    ]


@policy(Role.SECURITY_ADMIN, weighty=True)
def office_rules(request: Asked) -> HttpResponse:
    """The office's security rules, changed by whoever saw what stands."""
    rules = structure.office_rules(request.actor.city)
    form = OfficeRulesForm(request.POST or None, initial={name: getattr(rules, name) for name in OFFICE_RULES})
    if request.method == "POST" and form.is_valid():
        seen = whole(request.POST.get("seen")) or 0
        with refusals(request, "已存下。时间马上照此办理，第二验证从下一次登录起。"):
            settling.set_office_rules(**form.cleaned_data, seen=seen, **deed(request))
        return again(request)
    trail = trail_lines(history.deeds_on(rules)) if rules.pk else []
    told = {"form": form, "seen": rules.version, "trail": trail, "back": reverse("console_security")}
    return page(request, "console/office_rules.html", room="home", status=422 if form.errors else 200, **told)
