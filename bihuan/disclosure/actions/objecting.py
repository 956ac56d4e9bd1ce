"""What the public says against a notice, taken in, checked, answered. Hides how its words and its writer are sealed."""

import json
from datetime import datetime

from bihuan.core import audit, numbering, vault
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.core.vault import Secret
from bihuan.disclosure.actions import stepping
from bihuan.disclosure.models import Objection, Release
from bihuan.disclosure.queries import sight
from bihuan.disclosure.rules.objection import OBJECTION, unfit
from bihuan.disclosure.rules.release import ReleaseState
from bihuan.lib import redact
from bihuan.lib.flow import Refused

OVER = "这次公示已经结束，不再收不同意见。"
NOT_YOURS = "联系方式只有信访专员可以看。"


@action
def receive_objection(city: str, code: str, text: Secret, contact: Secret, *, by: Actor, at: datetime) -> Objection:
    """Take in what somebody says against a running notice; the office is told.

    Numbers and names in his words are masked; the words as they came and how to reach him are sealed under a key of
    their own. Refuses a notice that does not run, and words that are too short or too long.
    """
    release = Release.objects.filter(city=city, code=code, state=ReleaseState.RELEASED).first()
    today = day_of(at)
    if release is None or release.starts_on is None or release.ends_on is None or release.ends_on < today:
        raise Refused(OVER)
    for sentence in unfit(text.plain, contact.plain).values():
        raise Refused(sentence)
    series = release.code.partition("-G")[0]
    objection = Objection(
        city=city,
        code=f"{series}-Y{numbering.take(f'objection {series}'):03}",
        release=release,
        text=redact.masked(text.plain.strip()),
        has_contact=bool(contact.plain.strip()),
        received_at=at,
        state=OBJECTION.initial,
    )
    of = sight.key_purpose(objection)
    objection.wrapped_key = vault.new_key(purpose=of)
    words = json.dumps({"text": text.plain, "contact": contact.plain.strip()}, ensure_ascii=False)
    objection.sealed = vault.seal_under(objection.wrapped_key, words, of=of, purpose=of)
    audit.create(objection)
    stepping.tell(("office",), f"公示{release.code}收到不同意见{objection.code}", city, release.about_code)
    return objection


@action
def decide_objection(objection: Objection, name: str, *, by: Actor, at: datetime, note: str = "") -> Objection:
    """Begin to check an objection, find it right or find it wrong (`note` is the answer), or refuse with why not."""
    called = f"不同意见{objection.code}"
    about = objection.release.about_code
    stepping.take_step(OBJECTION, objection, name, None, note, about=about, called=called)
    if name != "check":
        audit.change(objection, answer=note, decided_by_id=stepping.person_of(by), decided_at=at)
    return objection


@action
def open_contact(objection: Objection, reason: str, *, by: Actor, at: datetime) -> dict[str, Secret]:
    """The words as they came, and how to reach their writer; the reading stands in the trail with its reason.

    Refuses everybody but the petition desk, and a reading without a reason.
    """
    if not sight.may_read_contact(by, objection):
        raise Refused(NOT_YOURS)
    if not reason.strip():
        raise Refused("请写明为什么要看。")
    row = Objection.objects.get(pk=objection.pk)
    audit.look(row, "sealed", because=redact.masked(reason.strip())[:300])
    of = sight.key_purpose(row)
    words: dict[str, str] = json.loads(vault.unseal_under(row.wrapped_key, row.sealed, of=of, purpose=of))
    return {name: Secret(word) for name, word in words.items()}
