"""Letting a missing proof pass as a leader finds it on the page, the register, and the same over the API."""

from django.test import Client

from tests.cast import Cast, account_of
from tests.loop import make_loop


def test_a_leader_lets_an_item_pass_on_the_page_and_it_stands_in_the_register(client: Client, cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_verifying()
    url = f"/problems/{loop.problem.matter.code}/acceptance/"
    client.force_login(account_of(loop.accepter))
    assert "以我的名义放行" not in client.get(url).content.decode()
    client.force_login(account_of(cast.wang))
    assert "以我的名义放行" in client.get(url).content.decode()
    assert "没有破例放行过" in client.get("/acceptance/exemptions/").content.decode()

    client.post(url, {"act": "exempt", "what": "visits", "note": "记录损毁"})
    page, register = client.get(url).content.decode(), client.get("/acceptance/exemptions/").content.decode()

    assert "破例放行 1 项" in page
    assert "理由：记录损毁" in page
    assert "破例放行：1 次" in register
    assert f'href="{url}"' in register


def test_programs_let_pass_as_people_do(client: Client, cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_verifying()
    code = loop.problem.matter.code
    client.force_login(account_of(cast.wang))
    version = client.get(f"/api/v1/problems/{code}").json()["version"]
    body = {"what": "visits", "reason": "记录损毁", "version": version}
    key = {"headers": {"Idempotency-Key": "exempt-0001"}, "content_type": "application/json"}

    told = [client.post(f"/api/v1/problems/{code}/exemptions", body, **key).json() for _ in range(2)]
    [line] = client.get("/api/v1/exemptions").json()
    never = {**body, "what": "panel"}
    refused = client.post(
        f"/api/v1/problems/{code}/exemptions",
        never,
        headers={"Idempotency-Key": "exempt-0002"},
        content_type="application/json",
    )

    assert [one["is_repeated"] for one in told] == [False, True]
    assert (line["code"], line["what"]["label"], line["reason"]) == (code, "群众走访记录", "记录损毁")
    assert refused.status_code == 422
    assert "谁也不能放行" in refused.json()["error"]
