"""Linking and coming in by the city's identity provider, in a real browser, which asks the content policy."""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from bihuan.core import clock
from bihuan.sample.office import PASSWORD
from tests.provider import CLIENT, SECRET, Provider, providing
from tests.served import Site, sample_city


@pytest.fixture
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Provider]]:
    """The sample city in earnest, which names a provider."""
    with providing() as city:
        named = {"BIHUAN_OIDC_ISSUER": city.issuer, "BIHUAN_OIDC_CLIENT": CLIENT, "BIHUAN_OIDC_SECRET": SECRET}
        named |= {"BIHUAN_OIDC_NAME": "沧州市政务服务统一身份认证", "BIHUAN_BACKUP_MINUTES": "0"}
        site = Site(tmp_path_factory.mktemp("named") / "data", more={"BIHUAN_DEMO": "0", **named})
        shutil.copytree(sample_city(tmp_path_factory), site.data)
        site.start()
        yield site, city
        site.stop()


def shows_itself(page: Page) -> None:
    """Show oneself at the provider, which stands at another site than this one."""
    page.wait_for_url("http://127.0.0.1:*/realm/authorize?*")
    page.get_by_text("我是本人").click()


def test_an_account_is_linked_and_comes_in_by_the_provider(browser: Browser, served: tuple[Site, Provider]) -> None:
    here = f"http://localhost:{served[0].port}"
    page = browser.new_context(locale="zh-CN", base_url=here).new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto("/login/")
    page.get_by_label("登录名").fill("zonghe")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.goto("/me/factors/phone/")
    secret = "".join(re.findall(r'class="secret">([^<]+)<', page.content())[0].split())
    page.get_by_label("名称").fill("工作手机")
    page.get_by_label("验证码").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="登记").click()
    expect(page.locator(".codes li")).to_have_count(10)

    page.goto("/me/")
    page.get_by_role("button", name="去关联").click()
    shows_itself(page)
    page.wait_for_url(f"{here}/me/")
    expect(page.get_by_text("您的账号已关联沧州市政务服务统一身份认证。")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="退出登录").click()
    page.goto("/login/?next=/checkup/")
    page.get_by_role("link", name="用沧州市政务服务统一身份认证登录").click()
    shows_itself(page)
    page.wait_for_url(f"{here}/login/second/")
    page.get_by_label("验证码").fill(pyotp.TOTP(secret).at(clock.now() + timedelta(seconds=30)))
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"{here}/checkup/")
    page.goto("/me/")

    expect(page.get_by_role("row").filter(has_text="这里")).to_contain_text("统一身份认证、手机验证码")
    assert faults == []
