from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from bihuan.lib import one_time

NOW = datetime(2022, 7, 4, 4, tzinfo=UTC)


def test_a_new_secret_shows_digits_that_are_taken_once() -> None:
    secret = one_time.new_secret()
    digits = pyotp.TOTP(secret).at(NOW)

    step = one_time.step_of(secret, f" {digits[:3]} {digits[3:]} ", NOW, 0)

    assert step == int(NOW.timestamp()) // one_time.STEP
    assert one_time.step_of(secret, digits, NOW, step) is None


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "１２３４５６", "0" * 400, "\0"])
def test_whatever_else_is_typed_is_refused(typed: str) -> None:
    assert one_time.step_of("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", typed, NOW, 0) is None


def test_old_digits_are_refused() -> None:
    secret = one_time.new_secret()

    assert one_time.step_of(secret, pyotp.TOTP(secret).at(NOW - timedelta(minutes=2)), NOW, 0) is None


def test_a_code_is_read_as_it_was_written_down_and_for_its_owner_alone() -> None:
    code = one_time.new_code(5)

    assert len(code) == 24
    assert one_time.digest_of(code.lower().replace("-", " "), 1) == one_time.digest_of(code, 1)
    assert one_time.digest_of(code, 1) != one_time.digest_of(code, 2)
    assert len({one_time.new_code(5) for _ in range(100)}) == 100


def test_the_picture_is_a_data_address_and_holds_no_script() -> None:
    picture = one_time.picture(one_time.address("JBSWY3DPEHPK3PXP" * 2, "chen", "闭环 沧州市整改办"))

    assert picture.startswith("data:image/svg+xml")
    assert "script" not in picture
