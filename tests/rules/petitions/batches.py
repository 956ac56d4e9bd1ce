"""Random batches of petitions, from a seed."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from bihuan.petitions.rules.bulletin import PENALTIES, Occasion, PetitionRow

# What reading a bulletin calls a kind of penalty.
READ_AS = {
    "ordered": "ordered_correction", "punished": "fined_cases", "fined": "fine_yuan", "seized": "sealed",
    "investigated": "criminal_cases", "detained": "administrative_detention", "arrested": "criminal_detention",
    "talked_to": "summoned", "held_to_account": "accountable",
}  # fmt: skip
PLACES = (
    "任丘市", "河间市", "献县", "青县", "泊头市", "黄骅市", "沧县", "盐山县", "东光县",
    "南皮县", "渤海新区", "新华区", "运河区", "吴桥县", "肃宁县", "孟村回族自治县",
)  # fmt: skip
TYPES = ("大气", "水", "土壤", "生态", "噪声", "固废", "油烟", "扬尘", "辐射", "海洋", "重金属", "其他")
KINDS = ("诫勉谈话", "通报批评", "批评教育")
FIRST = date(2024, 5, 31)


def random_rows(dice: Random, *, batches: int, most: int = 40, is_whole: bool = True) -> list[PetitionRow]:
    """The petitions of so many batches, where `is_whole` each of one place and type, with a truth; else as it comes."""
    places = dice.sample(PLACES, dice.randint(2, len(PLACES)))
    return [
        _row(dice, batch, at, places, is_whole=is_whole)
        for batch in range(1, batches + 1)
        for at in range(1, dice.randint(2, most) + 1)
    ]


def _row(dice: Random, batch: int, at: int, places: list[str], *, is_whole: bool) -> PetitionRow:
    day = FIRST + timedelta(days=batch)
    several = 1 if is_whole or dice.random() < 0.8 else dice.choice((0, 2, 3))
    types = dice.sample(TYPES, 1 if is_whole else dice.choice((0, 1, 1, 2, 3)))
    penalties, kinds = _punished(dice)
    return PetitionRow(
        code=f"P{batch:02}-{at:03}",
        batch=f"第{batch}批",
        number=batch,
        handed_over_on=day,
        assigned_on=day,
        channel=dice.choice(("来电", "来信")),
        places=tuple(dice.sample(places, min(several, len(places)))),
        main_type=types[0] if types else "",
        types=tuple(types),
        is_key_case=dice.random() < 0.1,
        truth=dice.choice(("属实", "部分属实", "基本属实", "不属实", *([] if is_whole else [""]))),
        closing=dice.choice(("已办结", "阶段性办结", "正在办理", "")),
        penalties=penalties,
        accountability=kinds,
    )


def _punished(dice: Random) -> tuple[dict[str, int | Decimal], dict[str, int]]:
    """Some penalties: now and then of several firms, money to the fen; the kinds make up the people."""
    found: dict[str, int | Decimal] = {
        name: dice.randint(1, 3)
        for name in PENALTIES
        if name not in {"fined", "held_to_account", "detention"} and dice.random() < 0.08
    }
    if dice.random() < 0.1:
        found["fined"] = Decimal(dice.randint(1, 10**8)) / 100
    kinds = {kind: dice.randint(1, 2) for kind in KINDS if dice.random() < 0.05}
    if kinds:
        found["held_to_account"] = sum(kinds.values())
    return found, kinds


def occasion(batch: int) -> Occasion:
    """Of that batch, on its day."""
    return Occasion(
        "中央第一生态环境保护督察组",
        FIRST + timedelta(days=batch),
        f"第{batch}批",
        PLACES,
        begun=FIRST,
        ended=FIRST + timedelta(days=30),
    )
