"""P17: what a page and a deed cost on a big database against a city's, turn and turn about in one run.

    python -m tests.bench.growth FOLDER-OF-CITY FOLDER-OF-NATION

Prints a line an act and writes docs/growth.md; exit status 1 where one grows faster than its goal.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.bench.load import Target, medians
from tests.served import Site

ROOT = Path(__file__).resolve().parents[2]
GOAL, FLOOR = 1.3, 1.5
HEAD = """# Growth

Written by `python -m tests.bench.growth CITY NATION` on two made databases (`make sample SIZE=…`): a city of {city}
matters and a nation of {nation}. Each page was asked for over HTTP from the real server with two workers, turn and turn
about, 40 times; medians in milliseconds. The ratio counts. Goal 1.3, floor 1.5.

| act | city | nation | ratio | holds |
|---|---|---|---|---|
"""
COOKIE = """
from django.conf import settings
from django.test import Client
from bihuan.organisation.models import Account
client = Client(headers={"host": "127.0.0.1"})
client.force_login(Account.objects.get(username="zonghe"))
people = client.get("/settings/people/")
print(f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}; "
      f"{settings.CSRF_COOKIE_NAME}={people.cookies[settings.CSRF_COOKIE_NAME].value}")
"""


@dataclass(frozen=True, slots=True)
class Served:
    """A database that is served, and a session of its office's clerk there."""

    site: Site
    cookie: str

    def target(self, path: str, form: str = "") -> Target:
        token = self.cookie.rpartition("=")[2]
        return Target(self.site.port, path, self.cookie, f"csrfmiddlewaretoken={token}" if form else "")


ACTS = {
    "petition ledger, first page": "/ledgers/petitions/",
    "petition ledger, two filters": f"/ledgers/petitions/?state=in_tray&main_type={quote('大气')}",
    "problem ledger": "/ledgers/problems/",
    "measure ledger, one inspection's words": f"/ledgers/measures/?text={quote('排查')}",
    "search of all text, a word": f"/search/?q={quote('异味')}",
    "search, a rare number": "/search/?q=D2HE20220410",
    "one problem": "/problems/B1-P001/",
    "one measure": "/measures/B1-M001-01/",
    "one petition": "/petitions/B1-X0001/",
    "home": "/",
}


def measured(city: Served, nation: Served) -> Iterator[tuple[str, float, float]]:
    """(act, city, nation) in milliseconds."""
    for act, path in ACTS.items():
        small, big = medians(city.target(path), nation.target(path))
        yield act, small, big
    small, big = medians(city.target("/settings/people/", "form"), nation.target("/settings/people/", "form"))
    yield "one deed with trail and fsync", small, big


def served(folder: str, stack: ExitStack) -> Served:
    """Serve a folder until the stack closes."""
    site = Site(Path(folder))
    site.start(no_worker=True)  # which brings the database up to date and gathers the static files
    stack.callback(site.stop)
    return Served(site, site.run(COOKIE))


def matters(folder: str) -> str:
    """How many matters are in a folder's database."""
    count = Site(Path(folder)).number("SELECT count(*) FROM bihuan_matter")
    return f"{count:,}"


def main(city: str, nation: str) -> int:
    """Measure, print and write."""
    text, is_all = HEAD.format(city=matters(city), nation=matters(nation)), True
    with ExitStack() as stack:
        for act, small, big in measured(served(city, stack), served(nation, stack)):
            ratio = big / small
            word = "goal" if ratio <= GOAL else "floor" if ratio <= FLOOR else "**no**"
            is_all = is_all and ratio <= FLOOR
            row = f"| {act} | {small:.1f} | {big:.1f} | {ratio:.2f} | {word} |\n"
            sys.stdout.write(row)
            text += row
    (ROOT / "docs/growth.md").write_text(text)
    return int(not is_all)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.settings")
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
