"""The made cities of benchmarks are sound: what `examine` would find in one, it finds nowhere here."""

import pytest

from bihuan.core import examine
from bihuan.petitions.models import CountedPetition, Petition
from bihuan.sample import large


@pytest.mark.django_db
def test_a_made_city_is_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(large.SIZES, "city", (2, 300, 20))

    large.build("city", lambda _: None)

    assert [*examine.findings()] == []
    assert Petition.objects.count() == CountedPetition.objects.count() == 600
    assert len({*CountedPetition.objects.values_list("state", flat=True)}) == 2


@pytest.mark.django_db
def test_an_unknown_size_is_refused() -> None:
    with pytest.raises(ValueError, match="没有“village”这个规模"):
        large.build("village", lambda _: None)
