"""Several units undertake one petition: their steps do not stand in one another's way."""

from bihuan.organisation.models import Unit
from bihuan.petitions import actions
from bihuan.petitions.models import Petition, Undertaking
from tests.cast import NOON, Cast
from tests.makers import make_batch, make_inspection, make_petition


def assigned(cast: Cast, *units: Unit) -> Petition:
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    return actions.assign_petition(petition, [*units], by=cast.chen, at=NOON)


def parts(petition: Petition) -> list[Undertaking]:
    """The parts as two people have them open at the same time."""
    return [
        Undertaking.objects.select_related("petition__matter", "unit").get(pk=pk)
        for pk in Undertaking.objects.filter(petition=petition).order_by("pk").values_list("pk", flat=True)
    ]


def test_two_units_that_sign_at_once_are_both_signed_for(cast: Cast) -> None:
    petition = assigned(cast, cast.water, cast.farm)
    water, farm = parts(petition)

    actions.move_undertaking(water, "receive", by=cast.zhang, at=NOON)
    actions.move_undertaking(farm, "receive", by=cast.li, at=NOON)

    assert [part.state for part in parts(petition)] == ["handling", "handling"]


def test_two_units_that_return_at_once_bring_it_back_to_the_tray(cast: Cast) -> None:
    petition = assigned(cast, cast.water, cast.farm)
    water, farm = parts(petition)

    actions.move_undertaking(water, "return", by=cast.zhang, at=NOON, note="不属于")
    actions.move_undertaking(farm, "return", by=cast.li, at=NOON, note="不属于")

    petition.matter.refresh_from_db()
    assert petition.matter.state == "in_tray"
