import pytest
from django.conf import settings
from django.test import Client

from bihuan.gate.registers import REGISTERS
from bihuan.web.manual import PAGES
from bihuan.web.settings import AREAS
from bihuan.web.settings_acts import ACTS
from tests.cast import Cast, account_of


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_manual_is_in_the_system(client: Client, cast: Cast, name: str) -> None:
    client.force_login(account_of(cast.zhang))
    heading = (settings.MANUAL / f"{name}.md").read_text().splitlines()[0].removeprefix("# ")

    assert f"<h1>{heading}</h1>" in client.get(f"/help/{name}/").content.decode()


def test_its_links_lead_to_its_pages(client: Client, cast: Cast) -> None:
    client.force_login(account_of(cast.zhang))

    assert 'href="/help/clerk/"' in client.get("/help/").content.decode()


def test_the_settings_are_called_in_it_as_they_call_themselves() -> None:
    words = "\n".join((settings.MANUAL / f"{name}.md").read_text() for name in ("clerk", "security"))

    for name in AREAS:
        assert REGISTERS[name].title in words
        for act in (one for one in ACTS[name] if not one.is_edit and one.name != "name"):
            assert f"**{act.button}**" in words or f"**{act.head}**" in words


@pytest.mark.parametrize("path", ["/help/nowhere/", "/help/pictures/..%2Findex.md", "/help/pictures/other.png"])
def test_nothing_else_is_handed_out(client: Client, cast: Cast, path: str) -> None:
    client.force_login(account_of(cast.zhang))

    assert client.get(path).status_code == 404
