"""The table of contents: every stored record of the house, imported where Django looks for it."""

from bihuan.checkup.models import Explanation
from bihuan.core.attempts import Attempt
from bihuan.core.audit import Entry, KeyedDeed, TrailHead
from bihuan.core.calendar import CalendarDay
from bihuan.core.drafts import Draft
from bihuan.core.errands import Errand
from bihuan.core.files import StoredFile
from bihuan.core.jobs import Job
from bihuan.core.numbering import NumberSeries
from bihuan.core.outbox import Message
from bihuan.core.timetable import Pulse
from bihuan.intake.models import Intake, IntakeDoubt
from bihuan.matters.models import Duty, Inspection, Matter, Round, RuleSet, TakenOver
from bihuan.organisation.models import (
    Account,
    Appointment,
    Factor,
    Group,
    InterfaceToken,
    Membership,
    OfficeRules,
    Person,
    Post,
    RecoveryCode,
    Region,
    SealedCode,
    Session,
    SignIn,
    Slip,
    Unit,
    UnitName,
    Unsealing,
)
from bihuan.outgoing.models import Receiver
from bihuan.petitioners.models import Destruction, Export, Lookup, Opening, Petitioner
from bihuan.petitions.models import Batch, Petition, SubItem, Undertaking
from bihuan.rectification.models import Aspect, Campaign, Deliberation, Indicator, Measure, Milestone, Plan, Problem
from bihuan.safekeeping.models import Drill

__all__ = [
    "Account",
    "Appointment",
    "Aspect",
    "Attempt",
    "Batch",
    "CalendarDay",
    "Campaign",
    "Deliberation",
    "Destruction",
    "Draft",
    "Drill",
    "Duty",
    "Entry",
    "Errand",
    "Explanation",
    "Export",
    "Factor",
    "Group",
    "Indicator",
    "Inspection",
    "Intake",
    "IntakeDoubt",
    "InterfaceToken",
    "Job",
    "KeyedDeed",
    "Lookup",
    "Matter",
    "Measure",
    "Membership",
    "Message",
    "Milestone",
    "NumberSeries",
    "OfficeRules",
    "Opening",
    "Person",
    "Petition",
    "Petitioner",
    "Plan",
    "Post",
    "Problem",
    "Pulse",
    "Receiver",
    "RecoveryCode",
    "Region",
    "Round",
    "RuleSet",
    "SealedCode",
    "Session",
    "SignIn",
    "Slip",
    "StoredFile",
    "SubItem",
    "TakenOver",
    "TrailHead",
    "Undertaking",
    "Unit",
    "UnitName",
    "Unsealing",
]
