"""What the open steps of petitions, undertakings and intakes ask for, and the sentence where it is missing."""

import pytest

from bihuan.intake.rules.lifecycle import INTAKE, IntakeFacts
from bihuan.lib.flow import Refused
from bihuan.organisation.rules.duties import Capacity
from bihuan.petitions.rules.petition import PETITION, PetitionFacts
from bihuan.petitions.rules.undertaking import UNDERTAKING, UndertakingFacts


def test_a_petition_is_handed_over_when_its_place_is_known() -> None:
    assert PETITION.check("assign", "in_tray", {Capacity.OFFICE}, PetitionFacts(has_region=True))
    with pytest.raises(Refused, match="还没有行政区域，请打开这一件定行政区域"):
        PETITION.check("assign", "in_tray", {Capacity.OFFICE}, PetitionFacts(has_region=False))


def test_an_undertaking_is_returned_on_the_day_of_its_hand_over() -> None:
    unit = {Capacity.RESPONSIBLE}

    assert UNDERTAKING.check(
        "return", "waiting", unit, UndertakingFacts(is_hand_over_day=True, is_with_units=True), "不归我们管"
    )
    with pytest.raises(Refused, match="只能在交办当日退办。"):
        UNDERTAKING.check(
            "return", "waiting", unit, UndertakingFacts(is_hand_over_day=False, is_with_units=True), "不归我们管"
        )


def test_an_intake_is_committed_when_something_was_read_and_withdrawn_while_nobody_built_on_it() -> None:
    office = {Capacity.OFFICE}

    assert INTAKE.check("commit", "previewed", office, IntakeFacts(records=1, built_upon=0))
    with pytest.raises(Refused, match="没有读到问题、措施或信访件，没有可写入的内容。"):
        INTAKE.check("commit", "previewed", office, IntakeFacts(records=0, built_upon=0))
    assert INTAKE.check("withdraw", "committed", office, IntakeFacts(records=1, built_upon=0), "印错")
    with pytest.raises(Refused, match="已有2件在它上面继续办理，不能整批撤回。"):
        INTAKE.check("withdraw", "committed", office, IntakeFacts(records=1, built_upon=2), "印错")
