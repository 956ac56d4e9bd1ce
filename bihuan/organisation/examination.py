"""What `examine` checks of emergencies: two holders' codes, the head's duties, two hours, and no act outside them."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import QuerySet

from bihuan.core.audit import Entry
from bihuan.core.examine import Finding
from bihuan.core.prepared import prepared
from bihuan.organisation.models import Appointment, Unsealing
from bihuan.organisation.rules.emergency import GIVES, HOLDERS, LASTS

UNDER_WAY = timedelta(minutes=1)  # a deed that had begun when somebody ended the emergency early


def emergencies_within_hours() -> Iterator[Finding]:
    """I8: every emergency was opened by two administrators' codes for two hours at most, and no act stands outside."""
    for one in _unsealings():
        for fault in (*_opened(one), *_acts(one)):
            yield Finding("I8", f"应急启封 {one.pk}", fault)
    for stray in _without_unsealing():
        yield Finding("I8", f"任职 {stray}", "到点结束，却没有应急启封的记录。")


@prepared
def _unsealings() -> QuerySet[Unsealing]:
    return Unsealing.objects.select_related("appointment", "first_code", "second_code").order_by("pk")


@prepared
def _without_unsealing() -> QuerySet[Appointment, int]:
    ending = Appointment.objects.filter(until__isnull=False, unsealing__isnull=True)
    return ending.order_by("pk").values_list("pk", flat=True)


def _opened(one: Unsealing) -> Iterator[str]:
    codes, post = (one.first_code, one.second_code), one.appointment
    holders = {code.holder_id for code in codes}
    if len(holders) != 2 or len({code.role for code in codes}) != 2 or {code.role for code in codes} - HOLDERS:
        yield "两个码不是两个管理员的。"
    if any(code.spent_at != one.opened_at for code in codes):
        yield "码没有在启封时用掉。"
    if post.role != GIVES or {post.granted_by_id, post.confirmed_by_id} != holders or post.person_id in holders:
        yield "应急任职与两个码的保管人不符。"
    if one.valid_until - one.opened_at > LASTS or post.until != (one.ended_at or one.valid_until):
        yield "应急任职的到点时间不符。"


def _acts(one: Unsealing) -> Iterator[str]:
    over = min(one.ended_at + UNDER_WAY, one.valid_until) if one.ended_at else one.valid_until
    done = Entry.objects.filter(appointment=one.appointment_id)
    for entry in (done.filter(at__lt=one.opened_at) | done.filter(at__gte=over)).order_by("number"):
        yield f"轨迹第{entry.number}条不在启封的时间之内。"
