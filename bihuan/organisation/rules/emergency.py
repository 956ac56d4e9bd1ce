"""The emergency (应急启封): whose codes open it, who may act in it, in which role, and for how long."""

from datetime import timedelta

from bihuan.organisation.rules.duties import ADMINISTRATORS, Role

LASTS = timedelta(hours=2)
HOLDERS = ADMINISTRATORS
"""Who keeps a sealed code each; any two of them open."""

GIVES = Role.OFFICE_HEAD
"""What an emergency gives. An administrator's role it cannot give: each excludes every other role on the same day."""

OPENERS = frozenset({Role.COORDINATION, Role.SUPERVISION, Role.ACCOUNTABILITY, Role.PUBLICITY, Role.PETITION_DESK})
"""Who acts in it: the office's own people, who read the whole city already."""

ENDERS = HOLDERS | {GIVES}
"""Who ends it before its time; the one who acts in it holds the head's duties, and may as well."""

TOLD = HOLDERS | {GIVES}
MARK = "应急"
