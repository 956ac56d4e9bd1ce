"""A lifecycle as a table: what is offered, and the sentence of every refusal."""

import pytest

from bihuan.lib.flow import SAME, Condition, Flow, Move, Offer, Refused, Ticked

READY = Condition("材料齐", lambda facts: "" if facts else "还没有材料。")
DOOR = Flow(
    "door",
    "shut",
    {"shut": "关着", "open": "开着", "gone": "没了"},
    (
        Move("open", "开门", ("shut",), "open", frozenset({"owner"}), (READY,)),
        Move("shut", "关门", ("open",), "shut", frozenset({"owner", "guest"}), note_required=True),
        Move("paint", "上漆", ("shut", "open"), SAME, frozenset({"guest"})),
        Move("sell", "卖掉", ("open",), "gone", frozenset({"owner"}), awaits="买家"),
    ),
    frozenset({"gone"}),
)


def test_a_state_is_called_by_its_name_and_an_unknown_one_as_it_is_stored() -> None:
    assert [DOOR.label(state) for state in ("shut", "ajar")] == ["关着", "ajar"]


def test_a_step_is_found_by_the_state_it_starts_in() -> None:
    assert [row.target for row in DOOR.rows("paint")] == [SAME]
    assert [DOOR.step("open", state) and True for state in DOOR.states] == [True, None, None]


def test_what_may_be_taken_is_offered_with_its_conditions_ticked() -> None:
    assert DOOR.offers("shut", {"owner"}, facts=True) == (
        Offer("open", "开门", "open", "", note_required=False, conditions=(Ticked("材料齐", ""),)),
    )
    assert [offer.refusal for offer in DOOR.offers("shut", {"owner"}, facts=False)] == ["还没有材料。"]


def test_what_is_forbidden_elsewhere_is_offered_with_that_sentence() -> None:
    [offer] = DOOR.offers("shut", {"owner"}, facts=True, also=lambda move: f"{move.label}要等。")

    assert offer.refusal == "开门要等。"


def test_a_step_whose_facts_nobody_gathers_is_not_offered() -> None:
    assert [offer.name for offer in DOOR.offers("open", {"owner", "guest"}, facts=True)] == ["shut", "paint"]


@pytest.mark.parametrize(
    ("name", "state", "capacities", "facts", "note", "sentence"),
    [
        ("fly", "shut", {"owner"}, True, "", "没有这一步。"),
        ("open", "open", {"owner"}, True, "", "现在是“开着”，不能开门。"),
        ("sell", "open", {"owner"}, True, "", "“卖掉”尚未开放：系统还没有收集买家。"),
        ("open", "shut", {"guest"}, True, "", "您没有办理“开门”的职责。"),
        ("shut", "open", {"guest"}, True, " ", "请写明关门的理由。"),
        ("open", "shut", {"owner"}, False, "", "还没有材料。"),
    ],
)
def test_a_refusal_is_a_sentence(
    name: str, state: str, capacities: set[str], facts: object, note: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        DOOR.check(name, state, capacities, facts, note)

    assert str(refused.value) == sentence


def test_a_step_that_is_allowed_gives_its_row() -> None:
    assert DOOR.check("open", "shut", {"owner"}, facts=True).target == "open"
    assert DOOR.check("shut", "open", {"guest"}, facts=True, note="有风").target == "shut"


def test_a_table_that_names_an_unknown_state_is_refused() -> None:
    with pytest.raises(ValueError, match=r"planted\.go names the unknown state nowhere"):
        Flow("planted", "here", {"here": "这里"}, (Move("go", "走", ("here",), "nowhere", frozenset({"office"})),))
