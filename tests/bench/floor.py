"""The floors: the same amount of page and of writing, made of the same parts and nothing else."""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings

from bihuan.core import clock
from bihuan.core.audit import KeyedDeed

TABLE = (
    "<!doctype html><html><body><table>{% for row in rows %}<tr>"
    "{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table></body></html>"
)
CELLS = 50 * 13
BARE = ["django.contrib.sessions.middleware.SessionMiddleware", "tests.bench.floor.answering"]


def answering(_: Any) -> Callable[[HttpRequest], HttpResponse]:
    """The floor's page in the place of a view: one query, 50 × 13 cells of the asked size, by Jinja2."""
    template = engines["jinja2"].from_string(TABLE)

    def answer(request: HttpRequest) -> HttpResponse:
        request.session.get("x")
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM bihuan_matter ORDER BY id DESC LIMIT 50")
            found = cursor.fetchall()
        word = "整" * max(1, (int(request.GET["size"]) // CELLS - 9) // 3)
        rows = [[word if number else str(cell) for number, cell in enumerate(row[:13])] for row in found]
        return HttpResponse(template.render({"rows": rows}, request))

    return answer


def bare_page(session_key: str, size: int) -> Callable[[], HttpResponse]:
    """A page of bare Django with a session and Jinja2, as many bytes as ours, asked for as ours is."""
    with override_settings(MIDDLEWARE=BARE):
        client = Client(headers={"host": "127.0.0.1"})
        client.cookies[settings.SESSION_COOKIE_NAME] = session_key
        client.get("/", {"size": size})
    return lambda: client.get("/", {"size": size})


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
