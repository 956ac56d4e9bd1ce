"""The manual inside the system: the same pages as in docs/manual, by role, with their pictures."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse
from markdown_it import MarkdownIt
from markupsafe import Markup

from bihuan.gate.answers import page
from bihuan.gate.policy import Asked, policy

PAGES = {
    "index": "手册",
    "clerk": "整改办经办",
    "plans": "整改方案",
    "petitions": "信访专员",
    "publicity": "信息宣传组",
    "unit": "责任单位",
    "acceptance": "验收销号",
    "leader": "领导",
    "system": "系统管理员",
    "security": "安全管理员",
    "audit": "审计管理员",
    "operator": "运维",
    "interfaces": "接口对接",
}
LINK = re.compile(r"\]\((\w+)\.md\)")
PICTURES = ("ledger.png", "problem.png", "import.png")


@cache
def _html(path: Path) -> Markup:
    text = LINK.sub(lambda found: f"]({reverse('help_page', args=[found[1]])})", path.read_text(encoding="utf-8"))
    # Our own pages only; raw HTML in them is shown, not run.
    return Markup(MarkdownIt("commonmark", {"html": False}).render(text))  # noqa: S704 -- as said above


@policy()
def help_page(request: Asked, name: str = "index") -> HttpResponse:
    """One page of the manual."""
    if name not in PAGES:
        raise Http404
    tabs = [(label, key, key == name) for key, label in PAGES.items()]
    return page(
        request,
        "help/help_page.html",
        room="help_home",
        title=PAGES[name],
        tabs=tabs,
        text=_html(settings.MANUAL / f"{name}.md"),
    )


@policy()
def help_picture(request: Asked, name: str) -> FileResponse:  # noqa: ARG001 -- a page's signature
    """A picture of the manual."""
    path = settings.MANUAL.parent / "pictures" / name
    if name not in PICTURES or not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), content_type="image/png")
