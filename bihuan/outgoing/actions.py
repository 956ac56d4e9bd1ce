"""Who outside is told: listed by one, confirmed by another, stopped by either; what was given up is sent again."""

import base64
import secrets
from datetime import datetime

from django.conf import settings

from bihuan.core import audit, errands, vault
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.audit import Overtaken
from bihuan.lib.flow import Refused
from bihuan.outgoing import announcing, queries, rules
from bihuan.outgoing.models import Receiver
from bihuan.outgoing.rules import OFF, ON, WAITING


def new_secret() -> str:
    """A receiver's secret, as Standard Webhooks writes it."""
    return rules.SECRET + base64.b64encode(secrets.token_bytes(32)).decode()


@action
def add_receiver(name: str, url: str, secret: vault.Secret, *, by: Actor, at: datetime) -> Receiver:
    """List a receiver (登记接收方). It is told nothing before another person confirmed it.

    Refuses an address that may not be sent to, and one that is listed already. Source: 9-reliability §7.
    """
    rules.target_of(url, may_stay=settings.LOOPBACK_RECEIVERS)
    if Receiver.objects.filter(city=by.city, url=url).exclude(state=OFF).exists():
        raise Refused("这个地址已经登记过。")
    if by.person is None:
        raise Refused("接收方由安全管理员登记。")
    sealed = vault.seal(secret.plain.encode(), purpose=queries.purpose_of(url)).hex()
    return audit.create(Receiver(name=name.strip(), url=url, secret=sealed, added_by_id=by.person, added_at=at))


@action
def confirm_receiver(to: Receiver, *, by: Actor, at: datetime) -> Receiver:
    """Confirm a receiver (确认接收方), which is told from now on; the first notice greets it."""
    if to.state != WAITING:
        raise Overtaken
    if by.person is None or by.person == to.added_by_id:
        raise Refused("登记的人不能自己确认。")
    audit.change(to, state=ON, confirmed_by_id=by.person, confirmed_at=at)
    announcing.greet(to)
    return to


@action
def stop_receiver(to: Receiver, *, by: Actor, at: datetime, note: str) -> Receiver:
    """Tell a receiver nothing any more (停用接收方), with the reason; what waits for it is not sent."""
    if not note.strip():
        raise Refused("请写明停用的理由。")
    if to.state == OFF:
        raise Refused("这个接收方已经停用。")
    return audit.change(to, state=OFF)


@action
def send_again(to: Receiver, *, by: Actor, at: datetime) -> int:
    """Send again, in their order, the notices to a receiver that were given up; how many."""
    given_up = [*errands.failed_in(to.lane)]
    if not given_up:
        raise Refused("没有送不成的通知。")
    for errand in given_up:
        errands.try_again(errand, by=by, at=at)
    return len(given_up)
