"""Other words for one cause are one cause."""

import pytest

from bihuan.lib.reading.causes import causes_in


@pytest.mark.parametrize(
    ("text", "causes"),
    [
        ("养猪场的粪水流到沟里", {"养殖"}),
        ("鸡棚臭味大", {"养殖"}),
        ("油漆味浓，喷漆房敞开", {"喷涂"}),
        ("渤海大道路南", set()),
        ("土路过车就起土", {"道路扬尘"}),
        ("经查，群众反映情况属实，责令限期整改", set()),
    ],
)
def test_a_cause_is_read(text: str, causes: set[str]) -> None:
    assert causes_in(text) == causes
