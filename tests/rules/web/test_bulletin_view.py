"""A bulletin's figures in a small table: this batch beside all since, each sum below its parts, differences marked."""

from pathlib import Path

from bihuan.intake.formats.bulletin import understand_bulletin
from bihuan.lib.paper.reading import read_paper
from bihuan.web.bulletin_view import Bulletin, Cell, bulletins

SAMPLES = Path(__file__).parents[2] / "samples" / "bulletins"


def of_text(text: str) -> list[Bulletin]:
    return bulletins(understand_bulletin(read_paper("通报.txt", text.encode()), on=None, directory=None).plain(), {})


def sample(name: str) -> Bulletin:
    (only,) = of_text((SAMPLES / name).read_text())
    return only


def figures(bulletin: Bulletin, group: str) -> dict[str, tuple[str, str]]:
    [lines] = [one.lines() for one in bulletin.groups if one.label == group]
    return {line.label: (line.now.text, line.since.text) for line in lines}


def sums(bulletin: Bulletin, group: str) -> dict[str, tuple[Cell, Cell]]:
    [lines] = [one.sum_lines() for one in bulletin.groups if one.label == group]
    return {line.label: (line.now, line.since) for line in lines}


def test_this_batch_stands_beside_all_since() -> None:
    table = sample("batch_traditional_slip.txt")

    assert table.title == "第4批 2024-06-19"
    assert figures(table, "") == {"来件": ("61", "183"), "重点件": ("12", "")}
    assert figures(table, "各地") == {"任丘市": ("21", "89"), "河间市": ("18", "49"), "献县": ("20", "45")}


def test_a_sum_stands_below_its_parts_and_says_where_the_paper_differs() -> None:
    table = sample("batch_traditional_slip.txt")

    assert sums(table, "各地") == {"各地合计": (Cell("59", "", "文中61"), Cell("183"))}
    assert [note.partition("，")[0] for note in table.notes] == ["各地合计59", "各类型合计62", "各受理方式合计60"]


def test_rates_and_states_are_checked_at_the_foot() -> None:
    table = sample("results.txt")

    assert table.groups[-1].label == "核对"
    assert sums(table, "核对")["不属实率"] == (Cell(), Cell("7.01%", "", "文中8.01%"))
    assert figures(table, "各地整改完成率")["献县"] == ("", "99.15%")
    assert figures(table, "")["罚款(元)"] == ("56200", "")


def test_works_of_a_place_are_named_with_it() -> None:
    assert figures(sample("weekly_by_place.txt"), "各地")["青县 整合搬迁"] == ("1", "3")


def test_every_sum_and_every_figure_is_drawn_once() -> None:
    assert [*SAMPLES.glob("*.txt")]
    for path in SAMPLES.glob("*.txt"):
        plain = understand_bulletin(read_paper(path.name, path.read_bytes()), on=None, directory=None).plain()
        drawn = bulletins(plain, {})
        cells = [
            cell
            for table in drawn
            for group in table.groups
            for line in (*group.lines(), *group.sum_lines())
            for cell in (line.now, line.since)
            if cell.text
        ]
        counted = [
            one
            for record in plain["records"]
            for one in record["fields"].values()
            if isinstance(one["value"], int | float)
        ]

        assert len(cells) == len(counted) + len(plain["reconciliation"])
        assert sum(bool(cell.wrong) for cell in cells) == sum(bool(row["note"]) for row in plain["reconciliation"])


def test_two_bulletins_of_one_paper_each_have_their_sums() -> None:
    first = "# 2024-06-18\n中央第一环保督察组转办第一批信访件5件,涉及青县3件、献县1件。\n"
    second = "# 2024-06-19\n中央第一环保督察组转办第十一批信访件3件,涉及青县2件、献县1件。\n"

    one, other = of_text(first + second)

    assert sums(one, "各地") == {"各地合计": (Cell("4", "", "文中5"), Cell())}
    assert sums(other, "各地") == {"各地合计": (Cell("3"), Cell())}
