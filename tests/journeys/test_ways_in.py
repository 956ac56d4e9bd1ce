"""Coming in with a passkey, in a real browser with a device of its own; and typed words that outlive a reload."""

from playwright.sync_api import Browser, expect

from bihuan.sample.office import PASSWORD
from tests.journeys.conftest import Desk
from tests.served import Site

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_is_made_and_lets_in(browser: Browser, site: Site) -> None:
    here = f"http://localhost:{site.port}"  # a passkey belongs to a name, never to a bare address
    page = browser.new_context(locale="zh-CN", base_url=here).new_page()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    def give_password() -> None:
        page.get_by_label("登录名").fill("qingxian")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()

    page.goto("/login/")
    give_password()
    page.wait_for_url(f"{here}/")
    page.goto("/me/factors/passkey/")
    page.get_by_role("button", name="登记").click()
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto("/me/")
    page.get_by_role("main").get_by_role("button", name="退出登录").click()
    give_password()
    page.wait_for_url("**/login/second/")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url(f"{here}/")
    page.goto("/me/")

    expect(page.get_by_role("row").filter(has_text="这里")).to_contain_text("通行密钥")


def test_typed_words_outlive_a_page_that_is_left_at_once(browser: Browser, site: Site) -> None:
    page = Desk(browser, site, "xinfang").page
    page.goto("/petitions/HE2-X0204/")
    page.get_by_text("移送或不予受理").first.click()
    page.get_by_label("理由").first.fill("属于城管部门的事")
    page.goto("/")

    with page.expect_response(lambda answer: "/drafts/?path=" in answer.url):
        page.goto("/petitions/HE2-X0204/")

    expect(page.get_by_label("理由").first).to_have_value("属于城管部门的事")


def test_typed_words_outlive_a_reload(browser: Browser, site: Site) -> None:
    page = Desk(browser, site, "xinfang").page
    page.goto("/petitions/HE2-X0205/")
    page.get_by_text("移送或不予受理").first.click()
    with page.expect_response(lambda answer: answer.url.endswith("/drafts/") and answer.request.method == "POST"):
        page.get_by_label("理由").first.fill("属于住建部门的物业纠纷")

    with page.expect_response(lambda answer: "/drafts/?path=" in answer.url):
        page.reload()

    expect(page.get_by_label("理由").first).to_have_value("属于住建部门的物业纠纷")
    expect(page.get_by_text("还没有交的内容")).to_be_visible()


def test_what_was_chosen_outlives_a_reload(browser: Browser, site: Site) -> None:
    page = Desk(browser, site, "cangxian-bao").page
    page.goto("/petitions/HE2-X0128/findings/")
    expect(page.get_by_label("属实", exact=True)).to_be_checked()
    with page.expect_response(lambda answer: answer.url.endswith("/drafts/") and answer.request.method == "POST"):
        page.get_by_label("部分属实").check()

    with page.expect_response(lambda answer: "/drafts/?path=" in answer.url):
        page.reload()

    expect(page.get_by_label("部分属实")).to_be_checked()
    expect(page.get_by_text("还没有交的内容")).to_be_visible()
