"""The floors: the same amount of page and of writing, made of the same parts and nothing else."""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines

from bihuan.core import clock
from bihuan.core.audit import KeyedDeed

TABLE = (
    "<!doctype html><html><body><table>{% for row in rows %}<tr>"
    "{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table></body></html>"
)


def bare_page(session_key: str, size: int) -> Callable[[], HttpResponse]:
    """A Django view with a session and one query, drawing 50 × 13 cells and as many bytes as ours, by Jinja2."""
    template = engines["jinja2" if "jinja2" in engines else next(iter(engines)).name].from_string(TABLE)

    def answer() -> HttpResponse:
        SessionStore(session_key=session_key).get("x")
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM bihuan_matter ORDER BY id DESC LIMIT 50")
            rows = [[str(cell) for cell in row[:13]] for row in cursor.fetchall()]
        html = template.render({"rows": rows}, HttpRequest())
        return HttpResponse(html + " " * max(0, size - len(html)))

    return answer


def bare_write(number: int) -> None:
    """One row in one transaction, synced to the disk, by the ORM alone."""
    with transaction.atomic():
        KeyedDeed.objects.create(key=f"bench-{number}", deed=uuid4(), action="bench", at=clock.now())


def like_search(words: str) -> int:
    """The same words looked for by LIKE over the same columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM bihuan_petition WHERE content LIKE %s OR findings LIKE %s OR handling LIKE %s",
            [f"%{words}%"] * 3,
        )
        return int(cursor.fetchone()[0])


def timed(run: Callable[[], Any], times: int) -> list[float]:
    """How long each of several runs took, in milliseconds."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        run()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken
