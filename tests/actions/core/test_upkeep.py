from django.db import connection

from bihuan import wiring
from bihuan.core.work import Task
from bihuan.lib.slots import Daily
from bihuan.organisation.actions import organising
from bihuan.organisation.models import Region
from tests.cast import NOON, ROBOT

MANY = 1_500


def test_the_planner_knows_that_every_row_has_the_same_city(db: None) -> None:
    if connection.vendor != "sqlite":
        return
    regions = [Region(code=str(number), name=f"乡{number}", level="township") for number in range(MANY)]
    organising.add_regions(regions, by=ROBOT, at=NOON)
    nightly = wiring.KINDS["upkeep"]

    said = nightly.do(Task({}, ROBOT, NOON, "job-1"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'bihuan_region' AND idx LIKE '%autoindex%'")
        rows, of_a_city, _ = cursor.fetchone()[0].split()
    assert (said, nightly.slots) == ("查询用的统计已更新。", Daily(3, 40))
    assert int(rows) == int(of_a_city) == MANY
