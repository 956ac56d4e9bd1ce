from bihuan.core import examine
from bihuan.matters.models import Recheck, Round, Signature
from tests.cast import Cast
from tests.loop import make_loop


def test_a_problem_goes_from_its_issue_to_its_sign_off_through_nine_hands(cast: Cast) -> None:
    loop = make_loop(cast)

    loop.to_signed_off()

    assert loop.told == [
        "issued", "rectifying", "claimed", "verifying", "accepted", "noticed", "uncontested", "awaiting_consent",
        "consented", "signed_off",
    ]  # fmt: skip
    turn = Round.objects.get(matter=loop.problem.matter)
    assert (turn.state, str(turn.closed_on)) == ("signed_off", "2022-07-27")
    assert turn.claim_digest and turn.package_digest
    assert [one.name for one in Signature.objects.order_by("pk")] == ["郑局", "冯县", "褚验", "蒋长", "王主任"]
    assert [str(one.planned_on) for one in Recheck.objects.order_by("planned_on")] == [
        "2022-10-27", "2023-01-28", "2023-07-27",
    ]  # fmt: skip
    assert [*examine.findings()] == []
