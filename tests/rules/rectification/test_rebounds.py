"""The counts of rebounds: each number is the number of its records."""

from bihuan.rectification.rules.rebounds import NOBODY, Named, SignedOff, by_signer, by_unit, chosen, whole

WATER, FARM = Named(1, "水务局"), Named(2, "农业农村局")
CHU, WEI = Named(7, "褚验"), Named(8, "卫验")


def signed(code: str, *units: Named, signer: Named = CHU, is_rebounded: bool = False, number: int = 1) -> SignedOff:
    return SignedOff(code, code, number, None, units, signer, is_rebounded)


FOUND = [
    signed("P1", WATER, is_rebounded=True),
    signed("P1", WATER, signer=WEI, number=2),
    signed("P2", WATER, FARM),
    signed("P3", FARM, signer=NOBODY, is_rebounded=True),
]


def test_a_joint_problem_counts_for_each_unit_that_led_it() -> None:
    assert [(one.of.name, one.signed_off, one.rebounds, one.rate) for one in by_unit(FOUND)] == [
        ("水务局", 3, 1, "33.3%"),
        ("农业农村局", 2, 1, "50.0%"),
    ]


def test_who_accepted_answers_for_what_came_back() -> None:
    assert [(one.of, one.signed_off, one.rebounds) for one in by_signer(FOUND)] == [
        (CHU, 2, 1),
        (NOBODY, 1, 1),
        (WEI, 1, 0),
    ]


def test_every_number_is_the_number_of_its_records() -> None:
    for one in by_unit(FOUND):
        assert len(chosen(FOUND, unit=one.of.key)) == one.signed_off
        assert len(chosen(FOUND, unit=one.of.key, only_rebounds=True)) == one.rebounds
    for one in by_signer(FOUND):
        assert len(chosen(FOUND, signer=one.of.key)) == one.signed_off
        assert len(chosen(FOUND, signer=one.of.key, only_rebounds=True)) == one.rebounds


def test_the_whole_counts_each_round_once() -> None:
    assert (whole(FOUND).signed_off, whole(FOUND).rebounds, whole([]).rate) == (4, 2, "")
