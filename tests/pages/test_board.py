"""The board of petitions: cells by step and days left, each counting once; who has not opened what he was handed."""

from datetime import timedelta

from django.test import Client

from bihuan.core import clock
from bihuan.petitions.actions import assign_petition, move_undertaking
from bihuan.petitions.models import Petition
from bihuan.petitions.queries import board
from tests.cast import Cast, account_of
from tests.makers import make_batch, make_inspection, make_other, make_petition


def handed_over(cast: Cast, number: int, days: int) -> Petition:
    """One that is with the water bureau, its reply due in so many days."""
    petition = make_petition(cast, board_batch(cast), f"D2HE20220412{number:04}", main_type="水")
    assign_petition(petition, [cast.water], by=cast.chen, at=clock.now())
    make_other(petition.matter, due_on=clock.today() + timedelta(days=days))
    return petition


def board_batch(cast: Cast) -> object:
    found = Petition.objects.select_related("batch").first()
    return found.batch if found else make_batch(make_inspection(cast))


def test_a_leaders_home_tells_how_many_in_hand_are_past_their_day(client: Client, cast: Cast) -> None:
    for number, days in enumerate((-3, -1, 0, 5), 1):
        handed_over(cast, number, days)
    cells = board.cells(cast.wang, "", clock.today())
    client.force_login(account_of(cast.wang))

    home = client.get("/").content.decode()

    late = sum(found.count for (_, row), found in cells.items() if row == "超期")
    assert board.in_hand(cast.wang, clock.today()) == (sum(found.count for found in cells.values()), late) == (4, 2)
    assert '<a class="fig" href="/petitions/"><b>2<small>/ 4</small></b><span>在办信访件超期</span></a>' in home
    client.force_login(account_of(cast.chen))
    assert "在办信访件超期" not in client.get("/").content.decode()


def test_cells_say_how_many_wait_for_what(client: Client, cast: Cast) -> None:
    for number, days in enumerate((-3, 0, 1, 5, 9), 1):
        handed_over(cast, number, days)
    make_petition(cast, board_batch(cast), "D2HE202204120099")
    signed = handed_over(cast, 50, 0)
    move_undertaking(signed.undertakings.get(), "receive", by=cast.zhang, at=clock.now())

    cells = {cell: found.count for cell, found in board.cells(cast.chen, "", clock.today()).items()}

    assert cells == {
        ("待签收", "超期"): 1,
        ("待签收", "今天"): 1,
        ("待签收", "余1—2天"): 1,
        ("待签收", "余3—5天"): 1,
        ("待签收", "余6天以上"): 1,
        ("待交办", "未起算"): 1,
        ("办理中", "今天"): 1,
    }
    client.force_login(account_of(cast.chen))
    page = client.get("/petitions/").content.decode()
    assert "信访举报：7件在办" in page
    assert "1件超期" in page
    assert "2件今天到期" in page


def test_what_has_its_result_on_paper_alone_stands_beside_the_board(client: Client, cast: Cast) -> None:
    petition = handed_over(cast, 1, -3)
    make_other(petition, truth="属实")
    client.force_login(account_of(cast.chen))

    page = client.get("/petitions/").content.decode()

    assert "信访举报：0件在办" in page
    assert "另有1件的结果是从印出来的表里读来的" in page


def test_who_let_a_night_pass_without_signing_is_named(cast: Cast) -> None:
    petition = handed_over(cast, 1, 9)
    handed_over(cast, 2, 9)
    make_other(petition.undertakings.get(), handed_over_at=clock.now() - timedelta(days=3))

    named = board.unopened(cast.chen, "", clock.now())

    assert [(one.unit, one.count) for one in named] == [("沧县水务局", 1)]


def test_a_unit_sees_its_own_petitions_alone(client: Client, cast: Cast) -> None:
    handed_over(cast, 1, 1)
    make_petition(cast, board_batch(cast), "D2HE202204120099")
    client.force_login(account_of(cast.qian))
    assert "信访举报：0件在办" in client.get("/petitions/").content.decode()
    client.force_login(account_of(cast.zhang))
    assert "信访举报：1件在办" in client.get("/petitions/").content.decode()


def test_of_one_inspection_the_others_are_left_out(cast: Cast) -> None:
    handed_over(cast, 1, 1)

    assert board.standing(cast.chen, "HE2").total == 1
    assert board.standing(cast.chen, "HE9").total == 0


def test_the_board_asks_the_same_for_one_and_for_many(
    client: Client, cast: Cast, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        handed_over(cast, number + 1, number - 3)
    client.force_login(account_of(cast.chen))
    client.get("/petitions/")
    handed_over(cast, 60, 2)

    with django_assert_max_num_queries(12):  # type: ignore[operator]  # the fixture is a context manager's maker
        client.get("/petitions/")
