"""What `examine` checks of imports: every row that was read is accounted for."""

from collections.abc import Iterator

from django.db.models import QuerySet

from bihuan.core.examine import Finding, about
from bihuan.core.prepared import prepared
from bihuan.intake.models import Intake
from bihuan.intake.rules.lifecycle import IntakeState


@about(Intake)
def rows_accounted_for() -> Iterator[Finding]:
    """I6: of every committed intake, rows read = created + changed + same + refused + joined."""
    for intake in _committed():
        written = intake.rows_created + intake.rows_changed + intake.rows_same
        settled = written + intake.rows_refused + intake.rows_joined
        if intake.rows_read != settled:
            yield Finding("I6", f"导入 {intake.title}", f"读到{intake.rows_read}行，入账{settled}行。")


@prepared
def _committed() -> QuerySet[Intake]:
    return Intake.objects.filter(state=IntakeState.COMMITTED)
