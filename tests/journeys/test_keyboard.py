"""The main job by keyboard alone: not one click of a mouse from the login to the hand-over."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bihuan.sample.office import PASSWORD
from tests.journeys.test_main_job import plan_file
from tests.served import Site

MOST_TABS = 150
FOCUSED = """() => {
  const it = document.activeElement, label = it.labels && it.labels[0];
  return [it.tagName, (it.getAttribute('aria-label') || (label ? label.innerText : '') || it.innerText || '').trim()];
}"""


def reach(page: Page, words: str, tag: str = "") -> None:
    """Press Tab until something called so has the focus, and see that its focus shows."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        found, name = page.evaluate(FOCUSED)
        if found != "BODY" and words in name and tag in ("", found):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"the focus on {words} cannot be seen"
            return
    raise AssertionError(f"Tab does not reach {words}")


def choose(page: Page, label: str, word: str) -> None:
    """Choose in a list by the arrow keys."""
    reach(page, label, "SELECT")
    for _ in range(MOST_TABS):
        if page.evaluate("document.activeElement.selectedOptions[0].innerText") == word:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no {word} in {label}")


@pytest.mark.promise("W2")
def test_the_main_job_by_keyboard_alone(browser: Browser, site: Site, tmp_path: Path) -> None:
    page = browser.new_context(locale="zh-CN", base_url=site.url).new_page()
    page.goto("/login/")
    reach(page, "登录名")
    page.keyboard.type("zonghe")
    reach(page, "密码")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}/")

    reach(page, "导入", "A")
    page.keyboard.press("Enter")
    page.wait_for_url("**/imports/")
    reach(page, "导入文件", "A")
    page.keyboard.press("Enter")
    page.wait_for_url("**/imports/new/")
    with page.expect_file_chooser() as chooser:
        reach(page, "文件", "INPUT")
        page.keyboard.press("Enter")
    chooser.value.set_files(plan_file(tmp_path, "沟渠垃圾清理不彻底"))
    choose(page, "属于哪次督察", "第三轮河北省生态环境保护督察")
    choose(page, "来文单位", "献县党委和政府")
    reach(page, "读文件")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/imports/\d+/"))

    reach(page, "2024-08-31")
    page.keyboard.press("Enter")
    expect(page.locator("#understood")).to_contain_text("已答1")
    reach(page, "写入台账", "BUTTON")
    page.keyboard.press("Enter")
    expect(page.get_by_text("已写入台账。")).to_be_visible()

    page.goto("/ledgers/problems/?title=沟渠垃圾清理不彻底")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/problems/HES3-P*/")
    reach(page, "下达", "BUTTON")
    page.keyboard.press("Enter")
    expect(page.get_by_text("已下达。")).to_be_visible()


@pytest.mark.teeth("W2")
def test_a_button_that_no_key_reaches_is_found(browser: Browser, site: Site) -> None:
    page = browser.new_context(locale="zh-CN", base_url=site.url).new_page()
    page.goto("/login/")
    page.evaluate("document.querySelectorAll('main button').forEach((button) => { button.tabIndex = -1; })")

    with pytest.raises(AssertionError, match="登录"):
        reach(page, "登录", "BUTTON")
