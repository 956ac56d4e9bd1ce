"""K16: a line that is slow, far and breaks: what is done ends well after some tries, and once."""

import gzip
import http.client
import io
import re
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import openpyxl
import pytest

from bihuan.sample.office import PASSWORD
from tests import proxy
from tests.faults.sizes import CROWD
from tests.proxy import Line
from tests.returned import cell_of, packed
from tests.served import TOKEN, Site

pytestmark = pytest.mark.rehearsed

LINE = Line(0.5, 2_000) if CROWD.is_whole else Line(0.03, 60_000)
EDGE, TRIES = "edge", 8
PAPER = "第91批\n序号,受理编号,交办问题基本情况,行政区域,污染类型\n1,D2HE202204120932,沧县某面粉厂粉尘大。,沧县,大气\n"
OUT = (OSError, http.client.HTTPException, EOFError)


@dataclass
class Far:
    """Somebody at the end of a bad line. What he sends, he sends again, as it was, until an answer came whole."""

    proxy: proxy.Proxy
    cookies: CookieJar = field(default_factory=CookieJar)
    token: str = ""
    broke: int = 0

    def __post_init__(self) -> None:
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.opener.addheaders = [("Accept-Encoding", "gzip")]
        self.url = f"http://127.0.0.1:{self.proxy.server_address[1]}"

    def read(self, path: str) -> bytes:
        """A page, or a file, whole: the first time the line breaks early in the answer."""
        return self._kept_at(path, None, {}, Line(answered=300))[1]

    def send(self, path: str, values: dict[str, str], file: tuple[str, bytes] | None = None) -> tuple[str, str]:
        """Send a form: the line breaks in the middle of it, then before the answer. (Where it led, what it said.)"""
        body, kind = form_of({**values, "csrfmiddlewaretoken": self.token}, file)
        where, said = self._kept_at(path, body, {"Content-Type": kind}, Line(asked=len(body) // 2), Line(answered=0))
        return where, said.decode()

    def _kept_at(self, path: str, body: bytes | None, more: dict[str, str], *breaks: Line) -> tuple[str, bytes]:
        lines = [*(replace(LINE, asked=one.asked, answered=one.answered) for one in breaks), *[LINE] * TRIES]
        for line in lines:
            self.proxy.line = line
            request = urllib.request.Request(self.url + path, body, more)  # noqa: S310 -- our own server
            try:
                with self.opener.open(request, timeout=proxy.LONGEST) as answer:
                    return self._taken(answer)
            except urllib.error.HTTPError as refusal:
                with refusal:
                    raise AssertionError((path, refusal.code)) from None
            except OUT:
                self.broke += 1
        raise AssertionError(f"{path}: never answered whole")

    def _taken(self, answer: http.client.HTTPResponse) -> tuple[str, bytes]:
        said = answer.read()
        said = gzip.decompress(said) if answer.headers["Content-Encoding"] == "gzip" else said
        if found := TOKEN.search(said.decode(errors="replace")):
            self.token = found[1]
        return str(answer.url).removeprefix(self.url), said


def form_of(values: dict[str, str], file: tuple[str, bytes] | None) -> tuple[bytes, str]:
    if file is None:
        return urlencode(values).encode(), "application/x-www-form-urlencoded"
    parts = [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in values.items()
    ]
    name, data = file
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = "".join([*parts, head]).encode() + data + f"\r\n--{EDGE}--\r\n".encode()
    return body, f"multipart/form-data; boundary={EDGE}"


@pytest.fixture
def far(site: Site) -> Iterator[Far]:
    """The office's clerk far away, who came in; over the same line."""
    site.start(no_worker=True)
    try:
        with proxy.running(site.port) as line:
            yield entered(Far(line))
    finally:
        site.stop()


def entered(far: Far) -> Far:
    """He logs in. A login whose answer was lost has happened: the form that follows finds him inside."""
    far.read("/login/")
    far.proxy.line = LINE
    body, kind = form_of({"username": "zonghe", "password": PASSWORD, "csrfmiddlewaretoken": far.token}, None)
    where, _ = far._kept_at("/login/", body, {"Content-Type": kind}, Line(asked=len(body) // 2))
    assert where == "/"
    return far


def is_whole(page: bytes) -> bool:
    return page.rstrip().endswith(b"</html>")


@pytest.mark.promise("K16")
def test_what_is_read_comes_whole_or_not_at_all(far: Far, figure: Callable[[str], None]) -> None:
    code = _first(far, "/ledgers/problems/", r'href="/problems/([\w-]+)/"')
    for path in ("/", "/ledgers/petitions/", f"/problems/{code}/", "/search/?q=%E6%B1%A1%E6%B0%B4"):
        assert is_whole(far.read(path)), path
    assert zipfile.ZipFile(io.BytesIO(far.read("/ledgers/problems/workbook/"))).testzip() is None
    figure(f"6 journeys of reading, {far.broke} breaks")


def _first(far: Far, path: str, pattern: str) -> str:
    found = re.search(pattern, far.read(path).decode())
    assert found, path
    return found[1]


@pytest.mark.promise("K16")
def test_what_is_written_is_there_once(far: Far, site: Site, figure: Callable[[str], None]) -> None:
    before = site.number("SELECT count(*) FROM bihuan_intake")
    far.read("/settings/people/")
    far.send("/settings/people/", {"name": "远方某", "once": "甲"})
    assert site.names()["远方某"] == 1

    [[code], *_] = site.rows("SELECT code FROM bihuan_matter WHERE kind = 'petition' AND state = 'in_tray' ORDER BY id")
    [[unit]] = site.rows("SELECT min(id) FROM bihuan_unit WHERE kind = '部门'")
    far.send(f"/petitions/{code}/", {"move": "assign", "units": str(unit), "once": "乙"})
    assert site.rows(STEPS, code) == [("assign",)]

    inspection = str(site.number("SELECT id FROM bihuan_inspection WHERE code = 'HES3'"))
    paper, _ = far.send("/imports/new/", {"inspection": inspection, "once": "丙"}, ("第91批.csv", PAPER.encode()))
    far.send(paper, {"act": "commit", "once": "丁"})
    assert site.number("SELECT count(*) FROM bihuan_intake") == before + 1
    assert site.number("SELECT count(*) FROM bihuan_petition WHERE number_key LIKE 'D2HE202204120932%'") == 1
    figure(f"4 journeys of writing, each once, {far.broke} breaks")


STEPS = """
SELECT e.step FROM bihuan_entry e JOIN bihuan_matter m ON e."table" = 'matter' AND e.row = m.id
WHERE m.code = ? AND e.step = 'assign'
"""


@pytest.mark.promise("K16")
def test_a_ledger_goes_out_and_comes_back(far: Far, site: Site, figure: Callable[[str], None]) -> None:
    [[code, inspection], *_] = site.rows(
        "SELECT m.code, m.inspection_id FROM bihuan_matter m JOIN bihuan_problem p ON p.matter_id = m.id"
        " WHERE m.state = 'draft' ORDER BY m.id"
    )
    book = openpyxl.load_workbook(io.BytesIO(far.read("/ledgers/problems/form/")))
    cell_of(book, code, "整改目标").value = "远方改的目标"
    filled = ("台账.xlsx", packed(book))
    path, page = far.send("/imports/new/", {"inspection": str(inspection), "once": "戊"}, filled)
    values = {"act": "commit", "once": "己", "looked": _value(page, "looked"), "take": _value(page, "take")}
    far.send(path, values)

    changed = "SELECT count(*) FROM bihuan_problem p JOIN bihuan_matter m ON p.matter_id = m.id WHERE m.code = ?"
    assert site.number(f"{changed} AND p.target = '远方改的目标' AND p.version = 2", code) == 1
    figure(f"a round trip, once, {far.broke} breaks")


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return unescape(found[1])


KEY_IGNORED = """
import django
django.setup()
from bihuan.core import action
action._claim = lambda *_: None
"""


@pytest.mark.teeth("K16")
def test_a_key_that_is_ignored_is_seen(site: Site) -> None:
    site.planted = KEY_IGNORED
    site.start(no_worker=True)
    try:
        with proxy.running(site.port) as line:
            far = entered(Far(line))
            far.read("/settings/people/")
            far.send("/settings/people/", {"name": "远方某", "once": "甲"})
    finally:
        site.stop()

    assert site.names()["远方某"] == 2
