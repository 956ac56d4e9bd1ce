"""Whom an address of one matter opens for, by what the matter is to whoever asks, written by hand as `expectations`.

`matter` and `petition` name the relations; the functions below them make the rows of an address at each.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from tests.house.rows import BUSINESS, CITY, COUNTY, IMPORTERS, NOBODY, OFFICE, PETITION, TOKEN, UNIT, Row


def api(name: str, reads: str, given: str = "", *, door: str | None = None) -> Row:
    """What programs read as people read its page, and send nothing to."""
    machine = f" {TOKEN}" if not given or UNIT in reads else ""  # it reads of matters what its unit does
    return Row(f"api_{name}", f"{reads}{machine}", given, door=f"{door or reads} {TOKEN}", is_only_read=True)


def matter(kind: str, whole: Callable[..., Row]) -> Iterator[Row]:
    """A problem or a measure, by what it is to whoever asks."""
    # One's own matter is led by the unit in which U1, U2 and U3 sit, in the county of C1, C2 and L1; it names L2 as the
    # leader of the case, and V1's bureau supervises it. X1 reads what was submitted to his inspection.
    for relation, reads in (
        ("own", f"{CITY} {COUNTY} {UNIT} L2 V1"),
        ("own draft", OFFICE),
        ("own, submitted", f"{CITY} {COUNTY} {UNIT} V1 X1"),
        ("another unit's", f"{CITY} {COUNTY}"),
        ("another county's", CITY),
    ):
        yield whole(kind, reads, relation, door=BUSINESS)


def petition(whole: Callable[..., Row]) -> Iterator[Row]:
    """A petition, by what it is to whoever asks."""
    for relation, reads in (
        ("own", f"{CITY} {COUNTY} L2"),
        ("own draft", OFFICE),
        ("own, submitted", f"{CITY} {COUNTY} X1"),
        ("another county's", CITY),
    ):
        yield whole("petition", reads, relation, door=BUSINESS)


def as_petition(whole: Callable[..., Row]) -> Iterator[Row]:
    """An address of matters of any kind, at petitions."""
    return (replace(row, given=f"{PETITION}{row.given}") for row in petition(whole))


KINDS: tuple[Callable[[Callable[..., Row]], Iterator[Row]], ...] = (partial(matter, "problem"), as_petition)


def step(kind: str, reads: str, relation: str, *, door: str) -> Row:
    """Whoever reads a matter may send a step to it, and hears why not; an interface takes none."""
    return Row(f"api_{kind}_step", None, relation, posts=reads, door=door, body={"step": "none"})


def work(name: str, **body: str) -> Callable[..., Row]:
    """A page of the work on a problem: for whoever reads the problem; what he may do there he hears there."""

    def whole(kind: str, reads: str, relation: str, *, door: str) -> Row:
        return Row(name, reads, relation, door=door, body=body)

    return whole


def entries(kind: str, reads: str, relation: str, *, door: str) -> Row:
    """A measure's progress entries as programs of people read them; whoever sends one hears whether he may."""
    return Row("api_measure_reports", reads, relation, door=door, body={"on": "2022-07-04"})


def entry_step(kind: str, reads: str, relation: str, *, door: str) -> Row:
    """A step of an approved entry, which is one that whoever reads the measure reads."""
    return Row("api_report_step", None, relation, posts=reads, door=door, body={"step": "none", "version": "1"})


def told(name: str) -> Callable[..., Row]:
    """The same as programs of people read it."""

    def whole(kind: str, reads: str, relation: str, *, door: str) -> Row:
        return Row(name, reads, relation, door=door, is_only_read=True)

    return whole


def lit(kind: str, reads: str, relation: str, *, door: str) -> Row:
    """A problem's light as programs of people read it; whoever sets one hears whether he may."""
    return Row("api_lights", reads, relation, door=door, body={"light": "over"})


def found(kind: str, reads: str, relation: str, *, door: str) -> Row:
    """Where a unit fills in what it found: none of these is handed to one of theirs."""
    return Row("petition_findings", NOBODY, relation, door=UNIT, body={"move": "none"})


def kept(name: str) -> Callable[..., Row]:
    """What programs of people read of a matter and send to it; what is wrong with one sent is said to everybody."""

    def whole(kind: str, reads: str, relation: str, *, door: str) -> Row:
        return Row(name, reads, relation, posts=door, door=door, body={"none": "1"})

    return whole


def split(kind: str, reads: str, relation: str, *, door: str) -> Row:
    """Where the office splits a petition, a draft as well."""
    return Row("petition_items", IMPORTERS, relation, body={"act": "none"})


def split_told(kind: str, reads: str, relation: str, *, door: str) -> Row:
    """The same as programs read it; what is wrong with what is sent is said before whether it is there."""
    return Row("api_items", IMPORTERS, relation, body={"none": "1"})


def sent(name: str, body: dict[str, str]) -> Callable[..., Row]:
    """What is sent about a problem by whoever reads it."""

    def whole(kind: str, reads: str, relation: str, *, door: str) -> Row:
        return Row(name, None, relation, posts=door, door=door, body=body)  # what is wrong is said before who may

    return whole


SWEPT = (("own", f"{CITY} {UNIT} {COUNTY}"), ("another county's", CITY))  # whose unit looks, who sees the sweep


def sweep(relation: str, reads: str) -> Iterator[Row]:
    """One sweep, its place's answer, and the same for programs."""
    yield from (Row(one, reads, relation, door=BUSINESS) for one in ("sweep_detail", "sweep_answer"))
    yield Row("api_sweep", reads, relation, door=BUSINESS, is_only_read=True)
    for one in ("api_sweep_step", "api_sweep_answer"):
        yield Row(one, None, relation, posts=BUSINESS, door=BUSINESS, body={"none": "1"})  # said before who may


def page(kind: str, reads: str, relation: str, *, door: str) -> Row:
    return Row(f"{kind}_detail", reads, relation, door=door)
