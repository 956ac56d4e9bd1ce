"""The generated pages of the documentation: lifecycles and permissions, read off the tables that the house runs by."""

from collections.abc import Callable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from bihuan.core.correction import CORRECT, LABEL
from bihuan.disclosure.rules.objection import OBJECTION
from bihuan.disclosure.rules.release import RELEASE
from bihuan.gate.policy import policy_of
from bihuan.intake.rules.lifecycle import INTAKE
from bihuan.lib.flow import Flow
from bihuan.matters.rules.extension import EXTENSION
from bihuan.matters.rules.progress import PROGRESS
from bihuan.matters.rules.recheck import RECHECK
from bihuan.matters.rules.sweep import SWEEP
from bihuan.matters.rules.watch import WATCH
from bihuan.organisation.rules.duties import (
    BY_DUTY,
    CAPACITY_LABELS,
    CITY_WIDE,
    DUTY_LABELS,
    ROLE_LABELS,
    Capacity,
    Role,
)
from bihuan.organisation.rules.keeping import GRANTERS, KEEPERS, confirmers_of
from bihuan.organisation.rules.reading import READS
from bihuan.petitioners.rules.destruction import DESTRUCTION
from bihuan.petitioners.rules.export import EXPORT
from bihuan.petitioners.rules.opening import OPENING
from bihuan.petitions.rules.petition import PETITION
from bihuan.petitions.rules.repeating import REPEAT
from bihuan.petitions.rules.undertaking import UNDERTAKING
from bihuan.rectification.rules.measure import MEASURE
from bihuan.rectification.rules.plan import PLAN
from bihuan.rectification.rules.problem import ACCEPT_FIRST, PROBLEM, PUBLISH_FIRST

FLOWS: tuple[tuple[str, Flow], ...] = (
    ("Problem 整改问题 (accept, then publish)", PROBLEM[ACCEPT_FIRST]),
    ("Problem 整改问题 (publish, then accept)", PROBLEM[PUBLISH_FIRST]),
    ("Measure 整改措施", MEASURE),
    ("Progress report 进展填报", PROGRESS),
    ("Re-check 复查", RECHECK),
    ("Watch hit 反弹线索", WATCH),
    ("Sweep 全面排查", SWEEP),
    ("Extension 延期", EXTENSION),
    ("Plan 整改方案 (the city's)", PLAN[False]),
    ("Plan 整改方案 (a county's or a department's)", PLAN[True]),
    ("Petition 群众信访举报件", PETITION),
    ("Undertaking 承办", UNDERTAKING),
    ("Pair of petitions 疑似重复", REPEAT),
    ("Release 公开文本", RELEASE),
    ("Objection 不同意见", OBJECTION),
    ("Intake 导入", INTAKE),
    ("Opening 举报人查看", OPENING),
    ("Export 举报人信息导出", EXPORT),
    ("Destruction 举报人信息销毁", DESTRUCTION),
)
HEAD = "<!-- Written by `make docs` from the tables; a test holds it to them. -->\n"


def lifecycles() -> str:
    """docs/lifecycles.md: a table and a diagram for each lifecycle."""
    parts = [
        HEAD,
        "# Lifecycles\n",
        "A step in *italics* is offered nowhere yet: the facts it asks for are not gathered.\n",
        f"`{CORRECT}` ({LABEL}) is no row but a property of every lifecycle: the last step is set back by the one who",
        "took it, with a reason, until anybody acted on it. An import is withdrawn instead, by a row of its own;",
        "what was read of a petitioner, or destroyed, cannot be taken back.\n",
    ]
    for title, flow in FLOWS:
        parts += [f"\n## {title}\n", *_table(flow), *_diagram(flow)]
    return "\n".join(parts) + "\n"


def _table(flow: Flow) -> Iterator[str]:
    yield "| from | step | to | who | refused while not | note | tells | basis |"
    yield "|---|---|---|---|---|---|---|---|"
    for move in flow.moves:
        sources = "所有未结状态" if len(move.sources) > 10 else "、".join(flow.label(state) for state in move.sources)
        who = "、".join(CAPACITY_LABELS[Capacity(one)] for one in sorted(move.who))
        asks = (f"给出{move.asks}",) if move.asks else ()
        conditions = "、".join((*(condition.label for condition in move.conditions), *asks))
        step = f"*{move.label}* `{move.name}`" if move.awaits else f"{move.label} `{move.name}`"
        asked = f"awaits {move.awaits}" if move.awaits else conditions
        target = flow.label(move.target) if move.target else "(same)"
        note = "required" if move.note_required else ""
        yield f"| {sources} | {step} | {target} | {who} | {asked} | {note} | {', '.join(move.tells)} | {move.basis} |"


def _diagram(flow: Flow) -> Iterator[str]:
    yield "\n```mermaid\nstateDiagram-v2"
    yield f"    [*] --> {flow.initial}"
    for state, label in flow.states.items():
        yield f"    {state}: {label}"
    for move in flow.moves:
        if move.target and len(move.sources) <= 10:
            yield from (f"    {source} --> {move.target}: {move.label}" for source in move.sources)
    yield "```"


def permissions() -> str:
    """docs/permissions.md: from appointment to capacity, from capacity to step, and who opens which page."""
    parts = [HEAD, "# Permissions\n", "Duty and scope and state decide every act; nothing else does.\n"]
    parts += [
        "\n## From appointment to capacity\n",
        "| appointment | and a unit below it is | acts as |",
        "|---|---|---|",
    ]
    parts += [
        f"| {ROLE_LABELS[role]} ({role}) | (any) | {CAPACITY_LABELS[capacity]} |"
        for role, capacity in CITY_WIDE.items()
    ]
    parts += [
        f"| {ROLE_LABELS[role]} ({role}) | {DUTY_LABELS[duty]} | {CAPACITY_LABELS[capacity]} |"
        for (role, duty), capacity in BY_DUTY.items()
    ]
    parts += [
        f"| {ROLE_LABELS[role]} ({role}) | {answers} | {CAPACITY_LABELS[capacity]} |"
        for role, answers, capacity in (
            (Role.COUNTY_APPROVER, "any duty", Capacity.COUNTY),
            (Role.FIRST_RESPONSIBLE, "is itself the leading group", Capacity.LEADING_GROUP),
        )
    ]
    parts += [
        "\n## From appointment to rows\n",
        "Out of scope is 404. A matter withdrawn with its import is seen by nobody.\n",
        "| appointment | reads |",
        "|---|---|",
        *(f"| {ROLE_LABELS[role]} ({role}) | {READS[role]} |" for role in ROLE_LABELS),
    ]
    parts += ["\n## From capacity to step\n", "| step | of | who |", "|---|---|---|"]
    for title, flow in FLOWS:
        parts += [
            f"| {move.label} | {title} | {'、'.join(CAPACITY_LABELS[Capacity(one)] for one in sorted(move.who))} |"
            for move in flow.moves
            if not move.awaits
        ]
    parts += [
        "\n## Pages\n",
        "Out of scope is 404; without a login the way leads to the login.\n",
        "| address | opens for |",
    ]
    parts += ["|---|---|", *_pages(), *_kept(), *_granted()]
    return "\n".join(parts) + "\n"


def _pages() -> Iterator[str]:
    for pattern in addresses():
        declared = policy_of(pattern.callback)
        yield f"| `/{pattern.pattern}` {pattern.name} | {declared.words if declared else 'nobody'} |"


def _kept() -> Iterator[str]:
    yield from ("\n## Settings\n", "| setting | kept by |", "|---|---|")
    yield from (f"| `/settings/{name}/` | {'、'.join(sorted(roles))} |" for name, roles in KEEPERS.items())


def _granted() -> Iterator[str]:
    yield from (
        "\n## Grants\n",
        "A grant gives nothing until somebody else confirms it; neither granter nor holder does.\n",
    )
    yield from ("| role | granted by | confirmed by |", "|---|---|---|")
    by = "、".join(sorted(GRANTERS))
    yield from (
        f"| {ROLE_LABELS[role]} ({role}) | {by} | {'、'.join(sorted(confirmers_of(role)))} |" for role in ROLE_LABELS
    )


def addresses() -> list[URLPattern]:
    """Every address of the site, each with its whole path: door by door, and by path within a door."""
    doors = [one for one in get_resolver().url_patterns if isinstance(one, URLResolver)]
    return [one for door in doors for one in sorted(_whole(door), key=lambda each: (str(each.pattern), each.name))]


def _whole(resolver: URLResolver, before: str = "") -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        route = f"{before}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from _whole(one, route)
        else:
            yield URLPattern(RoutePattern(route, one.name, is_endpoint=True), one.callback, one.default_args, one.name)


PAGES: dict[str, Callable[[], str]] = {"lifecycles.md": lifecycles, "permissions.md": permissions}
