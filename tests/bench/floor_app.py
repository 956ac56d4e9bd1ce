"""The floor as a served site: bare Django with a session, one query and one Jinja2 table, and nothing of ours.

`python -m tests.bench.floor_app PORT` serves it with as many workers and threads as ours.
"""

import os
import sys
from datetime import UTC, datetime
from uuid import uuid4

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.floor_settings"

from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

CELLS = 50 * 13
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
TABLE = (
    "<!doctype html><html><body><table>{% for row in rows %}<tr>"
    "{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table></body></html>"
)


def table(request: HttpRequest) -> HttpResponse:
    """50 × 13 cells of the asked size, by one query."""
    request.session.get("x")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM bihuan_matter ORDER BY id DESC LIMIT 50")
        found = cursor.fetchall()
    word = "整" * max(1, (int(request.GET["size"]) // CELLS - 9) // 3)
    rows = [[word if number else str(cell) for number, cell in enumerate(row[:13])] for row in found]
    return HttpResponse(engines["jinja2"].from_string(TABLE).render({"rows": rows}, request))


def write(request: HttpRequest) -> HttpResponse:
    """One row in one transaction, synced to the disk, by the ORM alone."""
    request.POST.get("name")  # a body that nobody reads ends the connection
    from django.contrib.sessions.models import Session

    with transaction.atomic():
        Session.objects.create(session_key=uuid4().hex, session_data="测" * 40, expire_date=LONG_AGO)
    return HttpResponse(status=302, headers={"Location": "/"})


urlpatterns = [path("", table), path("write/", write)]
application = get_wsgi_application()


if __name__ == "__main__":
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "tests.bench.floor_app:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=4,
        log_enabled=False,
    ).serve()
