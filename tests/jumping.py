"""The settings of a server whose clock a test moves: by as many seconds as a file says, read at every look at it."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from bihuan.settings import *  # noqa: F403 -- as in production, but for the clock

_file = Path(os.environ["BIHUAN_JUMP"])
_whole = timezone.now  # noqa: TID251 -- what core/clock.py asks is asked here before it


def _now() -> datetime:
    return _whole() + timedelta(seconds=int(_file.read_text() or 0))


timezone.now = _now  # noqa: TID251 -- as above
