"""What safekeeping is asked: when a restore was last tried with success."""

from datetime import datetime

from bihuan.core.clock import day_of
from bihuan.safekeeping.models import Drill
from bihuan.safekeeping.rules import is_drill_due


def last_good_drill(city: str) -> Drill | None:
    """The newest drill (or restore) that went well; None where none did."""
    return Drill.objects.filter(city=city, is_good=True).order_by("-done_at", "-pk").first()


def drill_sentence(city: str, at: datetime) -> str:
    """When a restore was last tried with success, and that it is time again; for whoever looks after the system."""
    last = last_good_drill(city)
    done = last.done_at if last else None
    said = f"上次恢复演练成功：{day_of(done)}。" if done else "还没有做成过一次恢复演练。"
    return f"{said}该再做一次：在“后台”点“恢复演练”，或用命令 bihuan drill。" if is_drill_due(done, at) else said
