"""The dossier of a problem, the same from a page and from a program: made aside, recorded, taken out again."""

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from bihuan.core import aside, files
from bihuan.core.clock import SHANGHAI, day_of
from bihuan.disclosure.queries import standing
from bihuan.disclosure.rules.objection import OBJECTION
from bihuan.disclosure.rules.release import RELEASE
from bihuan.disclosure.rules.wording import PARTS, dated
from bihuan.gate.deeds import said_of
from bihuan.lib.flow import Refused
from bihuan.lib.paper.document import Unreadable
from bihuan.lib.paper.dossier import book_in, kept_of, write_again, write_dossier
from bihuan.organisation.queries import structure
from bihuan.rectification.actions.dossier import make_dossier
from bihuan.rectification.papers.dossier import Shown, book_of
from bihuan.rectification.queries import dossier, package, sight, steps
from bihuan.rectification.rules.measure import MEASURE

VERIFIER = "verify_dossier.py"
ENDING = "整改办"
CUT_OFF = "成卷中断了，没有登记；请再成一次卷。"


def make(code: str, **deed: Any) -> str:
    """Make the dossier of a problem, aside; the hash of its manifest.

    Refuses as `make_dossier`, what cannot be set or packed, and what was cut off; `Repeated` what this click did.
    """
    try:
        return aside.call(_made, code, **deed)
    except Unreadable as refusal:
        raise Refused(str(refusal)) from refusal
    except aside.Unfinished as ended:
        raise Refused(CUT_OFF) from ended


def _made(code: str, **deed: Any) -> str:
    by = deed["by"]
    problem = sight.problems_for(by).get(matter__code=code)
    read = package.digest_of(package.whole(problem))
    whole = dossier.whole_of(problem, by, day_of(deed["at"]))
    said = said_of(whole.deeds_on(), steps.flow_of(problem), MEASURE)
    trail = [(f"{one.deed.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}", one.who, one.words, one.deed.note) for one in said]
    city = structure.office_of(by.city).removesuffix(ENDING)
    book = book_of(whole, trail, city, [*_shown(problem)])
    with tempfile.TemporaryFile() as out:
        fetch = partial(dossier.bytes_of, city=by.city)
        write_dossier(book, fetch, out, verifier=_verifier(), fonts=settings.FONTS)
        kept = kept_of(out)
    return make_dossier(problem, kept, read, **deed).digest


def _shown(problem: Any) -> Iterator[Shown]:
    """Every text of the problem that the public could read, the first in front."""
    for one in standing.published_texts(problem.matter):
        text = dated(one.redacted, one.period)
        parts = [(heading, text.get(part, "")) for part, heading in PARTS.items()]
        said = [(it.code, it.text, OBJECTION.label(it.state), it.answer) for it in one.objections.order_by("pk")]
        yield Shown(one.code, RELEASE.label(one.state), parts, said)


def _verifier() -> bytes:
    return (Path(settings.MANUAL).parent / VERIFIER).read_bytes()


def book(manifest: Any) -> bytes:
    """The book of a dossier that was made, as it was made."""
    return dossier.bytes_of(book_in(files.read(manifest.file)), manifest.city)


def zipped(manifest: Any) -> IO[bytes]:
    """The zip of a dossier that was made, byte for byte, as a file that goes when it is closed."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 -- whoever answers with it closes it
    write_again(files.read(manifest.file), partial(dossier.bytes_of, city=manifest.city), out)
    out.seek(0)
    return out
