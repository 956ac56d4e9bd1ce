"""With a petitioner's key go the papers that told of him: their keys are destroyed in the same deed."""

from typing import Any

from bihuan.core import audit, files
from bihuan.core.clock import day_of
from bihuan.intake.queries import telling
from bihuan.petitioners.models import Destruction


def destroy_papers(proposal: Destruction, *, note: str = "") -> None:
    """Destroy the keys of every sealed paper, and of what was understood of it, in which this petition stands."""
    on = day_of(audit.deed().at)
    for intake in telling.papers_of(proposal.petitioner.petition):
        papers: dict[int, Any] = {one.pk: one for one in (intake.file, intake.understood) if one.is_sealed}
        for file in papers.values():
            file.refresh_from_db()
            if file.destroyed_on is None:
                files.destroy(file, on, because=f"{proposal.petitioner}的密钥销毁：{proposal.reason}")
