"""Several units undertake one petition: their steps do not stand in one another's way."""

from datetime import date

from bihuan.core.audit import Entry
from bihuan.organisation.actions import appointing
from bihuan.organisation.models import Person, Unit
from bihuan.organisation.queries.scope import actor_for
from bihuan.organisation.rules.duties import Role
from bihuan.petitions import actions
from bihuan.petitions.models import Petition, Undertaking
from tests.cast import NOON, ROBOT, TODAY, Cast, account_of
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


def test_who_holds_two_posts_signs_for_each_part_in_its_own(cast: Cast) -> None:
    post = appointing.add_post(cast.farm, "副职", by=ROBOT, at=NOON)
    person = Person.objects.get(pk=cast.zhang.person)
    appointing.appoint(person, post, Role.UNIT_APPROVER, starts_on=date(2022, 1, 1), by=ROBOT, at=NOON)
    both = actor_for(account_of(cast.zhang), TODAY)
    petition = assigned(cast, cast.water, cast.farm)

    actions.receive_petition(petition, by=both, at=NOON)

    signed = Entry.objects.filter(table="undertaking", step="receive").order_by("number")
    assert [entry.post for entry in signed] == ["沧县水务局 审核人", "沧县农业农村局 副职"]
