"""Reading takes time in proportion to the length of what is read, however it repeats itself."""

from collections.abc import Callable

import pytest

from bihuan.lib.reading.dates import moments, squeezed
from bihuan.lib.reading.deadlines import find_deadlines, read_deadline
from bihuan.lib.reading.directory import default_directory
from bihuan.lib.reading.document_numbers import find_document_numbers
from bihuan.lib.reading.petition_numbers import read_petition_number
from bihuan.lib.reading.quantities import quantities
from bihuan.lib.reading.units import read_units
from tests.rules.growth import growth

CITY = default_directory("130900")
READERS: dict[str, Callable[[str], object]] = {
    "squeezed": squeezed,
    "moments": lambda text: [*moments(text)],
    "deadline": read_deadline,
    "deadlines": lambda text: [*find_deadlines(text)],
    "quantities": lambda text: [*quantities(text)],
    "document_numbers": lambda text: [*find_document_numbers(text)],
    "petition_number": read_petition_number,
    "units": lambda text: read_units(text, CITY),
}
REPEATED = (
    *"1 、（）第至一D和，",
    *(
        "2021年",
        "清理垃圾5处",
        "3 ",
        "由100吨/日",
        "市水利局、",
        "某厂、",
        "2022年6月底前，",
        "(原2021年6月)",
        "[2018]5",
    ),
)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("unit", REPEATED)
def test_four_times_the_text_takes_about_four_times_as_long(name: str, unit: str) -> None:
    assert growth(READERS[name], lambda length: "到" + unit * (length // len(unit)) + "x", 2000, most=8) <= 8


def test_what_grows_with_the_square_of_the_text_is_found() -> None:
    """Teeth."""
    assert growth(lambda text: [one for one in text for _ in text], lambda length: "x" * length, 800, most=8) > 8
