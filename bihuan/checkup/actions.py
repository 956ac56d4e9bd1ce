"""What is done about a finding here: to say why it stands as it is."""

from datetime import datetime

from bihuan.checkup.models import Explanation
from bihuan.checkup.queries import findings
from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.lib.flow import Refused

LONGEST = 300


@action
def explain_finding(name: str, subject: str, digest: str, reason: str, *, by: Actor, at: datetime) -> Explanation:
    """Say why a finding stands as it is; it is listed as explained for as long as it says the same.

    Refuses those who do not keep the ledgers, an empty or overlong reason, and a finding that is no longer there.
    """
    if not findings.can_explain(by):
        raise Refused("体检说明由整改办填写。")
    if not reason.strip():
        raise Refused("请写明为什么这样是对的。")
    if len(reason) > LONGEST:
        raise Refused(f"说明最多{LONGEST}字，现在{len(reason)}字。")
    if findings.found_again(name, subject, digest, by) is None:
        raise Refused("这一条已经不在了，可能已改正，请刷新后再看。")
    return audit.create(
        Explanation(
            check_name=name,
            subject=subject,
            digest=digest,
            reason=reason.strip(),
            person_id=by.person or 0,
            explained_at=at,
        ),
        because=reason.strip(),
    )
