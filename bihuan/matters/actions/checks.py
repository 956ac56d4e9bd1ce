"""Handing in a field check, inside an action: once for each client-made id, never changed afterwards."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from bihuan.core import audit, files
from bihuan.lib.flow import Refused
from bihuan.matters import queries
from bihuan.matters.actions import proving
from bihuan.matters.models import CheckedMatter, FieldCheck, Matter, Recheck
from bihuan.matters.rules import checks as rules
from bihuan.organisation.actions import acting
from bihuan.organisation.queries import hands

SAID = 60  # characters of the findings that the trail quotes
LONGEST = timedelta(days=3653)  # what lies further back is a slip in the year
SKEW = timedelta(minutes=10)  # by how much a phone's clock may run ahead


@dataclass(frozen=True, slots=True)
class Seen:
    """A check as it was written down: where and when, who went, who received them, and what stood there.

    `verdicts`: {id of the measure's matter: (达到 | 基本达到 | 未达到, words)}. `signature`: a picture (PNG) or none.
    """

    client_id: UUID
    kind: str
    checked_at: datetime
    team: tuple[str, ...]
    findings: str
    place: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    datum: str = ""
    received_by: str = ""
    opinion: str = ""
    disagreement: str = ""
    demand: str = ""
    demand_due_on: date | None = None
    verdicts: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    signature: bytes | None = None


def hand_in(matter: Matter, seen: Seen, measures: Collection[Matter]) -> FieldCheck:
    """Record a check of a matter, in the appointment that may check it; `measures` are those that it could look at.

    Refuses who may not, one that says nothing, names fewer than two persons, lies in the future or more than ten years
    back, or leaves a measure without a verdict (but where the check was refused), and one that came under the same id
    before.
    """
    may = acting.take_capacity(rules.CHECKERS, queries.answering(matter), matter.code, rules.NOT_YOURS)
    known = FieldCheck.objects.filter(city=matter.city, client_id=seen.client_id).first()
    if known is not None:
        raise Refused("这份核查记录已经收到，没有再记一次。")
    for sentence in faults(seen, {one.pk for one in measures}, audit.deed().at).values():
        raise Refused(sentence)
    signature = None
    if seen.signature:
        signature = files.keep(f"签名-{seen.client_id}.png", seen.signature, city=matter.city)
    facts = {name: getattr(seen, name) for name in FACTS}
    check = audit.create(
        FieldCheck(
            matter=matter,
            round_number=matter.round_number,
            level=rules.CITY if may & rules.BY_CITY else rules.COUNTY,
            unit_id=hands.unit_acted_for(audit.deed().by),
            team=[one.strip() for one in seen.team if one.strip()],
            signature=signature,
            **facts,
        ),
        because=f"{seen.kind}：{seen.findings.strip()[:SAID]}",
    )
    by_id = {one.pk: one for one in measures}
    audit.create_many(
        [
            CheckedMatter(check_made=check, matter=by_id[key], verdict=verdict, words=words.strip()[:300])
            for key, (verdict, words) in seen.verdicts.items()
        ]
    )
    return check


FACTS = (
    "client_id",
    "kind",
    "checked_at",
    "findings",
    "place",
    "latitude",
    "longitude",
    "datum",
    "received_by",
    "opinion",
    "disagreement",
    "demand",
    "demand_due_on",
)


def faults(seen: Seen, measures: Collection[int], now: datetime) -> dict[str, str]:
    """{what of a check: why it cannot be taken so}, all at once; `verdicts` stands for those of the measures."""
    found = {}
    if seen.kind not in rules.KINDS:
        found["kind"] = f"没有“{seen.kind}”这一种核查。"
    if len([one for one in seen.team if one.strip()]) < rules.LEAST_TEAM:
        found["team"] = f"现场核查至少{rules.LEAST_TEAM}人，请写全核查组成员。"
    if seen.checked_at > now + SKEW:
        found["checked_at"] = "核查时间还没有到，请核对。"
    elif seen.checked_at < now - LONGEST:
        found["checked_at"] = "核查时间在十年以前，请核对年份。"
    if not seen.findings.strip():
        found["findings"] = "请写明核查情况。"
    if bool(seen.demand.strip()) != (seen.demand_due_on is not None):
        found["demand"] = "整改要求和它的时限要一起写。"
    if wrong := _wrong_verdicts(seen, {*measures}):
        found["verdicts"] = wrong
    return found


def _wrong_verdicts(seen: Seen, measures: set[int]) -> str:
    known = all(verdict in rules.VERDICTS for verdict, _ in seen.verdicts.values())
    if not known or not {*seen.verdicts} <= measures:
        return "有一项措施的结论不对，请刷新后再填。"
    left = len(measures - {*seen.verdicts})
    return f"还有{left}项措施没有核查结论。" if left and seen.kind != rules.REFUSED else ""


def take_to(recheck: Recheck, check: FieldCheck) -> Recheck:
    """Let a check be the one that a re-check waited for."""
    audit.change(recheck, check_made=check)
    proving.follow_recheck(recheck, "hand_in", "")
    return recheck
