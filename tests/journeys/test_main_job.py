"""The main job: a paper goes in, its doubts are answered, the ledger has it, the unit signs for it."""

import io
from pathlib import Path

from docx import Document
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Desk
from tests.served import Site

PLAN = """青县督察整改补充方案
青县字〔2022〕21号
1.{title}。督察发现，2处坑塘仍有生活垃圾。
整改目标：2处坑塘垃圾全部清理。
整改时限：2024年8月前
牵头单位：市水利局
责任单位：青县党委和政府
整改措施：（1）清理2处坑塘垃圾。（2）建立巡查制度。
"""


def plan_file(folder: Path, title: str = "坑塘垃圾清理不彻底") -> Path:
    """A plan with one problem of this title, as a Word file."""
    paper, out = Document(), io.BytesIO()
    for line in PLAN.format(title=title).splitlines():
        paper.add_paragraph(line)
    paper.save(out)
    path = folder / "补充方案.docx"
    path.write_bytes(out.getvalue())
    return path


def test_a_paper_becomes_a_ledger_and_a_unit_signs_for_it(browser: Browser, site: Site, tmp_path: Path) -> None:
    clerk = Desk(browser, site, "zonghe")
    page = clerk.page
    page.goto("/imports/new/")
    page.get_by_label("文件").first.set_input_files(plan_file(tmp_path))
    page.get_by_label("属于哪次督察").select_option(label="第三轮河北省生态环境保护督察")
    page.get_by_label("来文单位").select_option(label="青县党委和政府")
    page.get_by_role("button", name="读文件").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("青县督察整改补充方案")
    page.get_by_role("button", name="2024-08-31").click()
    expect(page.locator("#understood")).to_contain_text("已答1")
    page.get_by_role("button", name="写入台账").click()
    expect(page.get_by_text("已写入台账。")).to_be_visible()

    page.goto("/ledgers/problems/?title=坑塘垃圾清理不彻底")
    opened = page.get_by_role("link", name="坑塘垃圾清理不彻底").first.get_attribute("href")
    assert opened is not None
    page.goto(opened)
    expect(page.get_by_text("2024-08-31").first).to_be_visible()
    page.get_by_role("button", name="下达").click()
    expect(page.get_by_text("已下达。")).to_be_visible()

    unit = Desk(browser, site, "shuili")
    unit.page.goto(opened)
    unit.page.get_by_role("button", name="签收").click()
    expect(unit.page.get_by_text("已签收。")).to_be_visible()
    neighbour = Desk(browser, site, "cangxian")
    answer = neighbour.page.goto(opened)
    assert answer is not None
    assert answer.status == 404
    assert clerk.faults == unit.faults == []


def test_a_field_lights_up_its_words_in_the_plan(browser: Browser, site: Site) -> None:
    page = Desk(browser, site, "zonghe").page
    page.goto("/problems/HE2-P008/")
    page.get_by_role("link", name="在文件里看").click()

    opened = page.locator("details[open], [data-open]").first
    field = page.locator("#understood [data-lights]").filter(has_text="2022-10-31").first
    expect(opened).to_be_visible()
    span = field.get_attribute("data-lights")
    expect(page.locator(f"mark[data-span='{span}']").first).to_contain_text("2022年10月底")


def test_the_main_job_needs_no_script(browser: Browser, site: Site) -> None:
    page = Desk(browser, site, "qingxian", java_script_enabled=False).page
    page.goto("/problems/HE2-P021/")
    page.get_by_role("button", name="签收").click()

    expect(page.get_by_text("已签收。")).to_be_visible()


def test_the_ledger_is_worked_by_keys_alone(browser: Browser, site: Site) -> None:
    page = Desk(browser, site, "zonghe").page
    page.goto("/ledgers/problems/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/problems/HE2-P*/")
    page.keyboard.press("/")
    page.keyboard.type("污水")
    page.keyboard.press("Enter")

    page.wait_for_url("**/search/**")
    expect(page.get_by_text("城镇生活污水处理厂").first).to_be_visible()


def test_an_answer_is_told_where_the_eye_is_and_a_hard_question_is_passed_over(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    page = Desk(browser, site, "zonghe").page
    page.goto("/imports/new/")
    lines = PLAN.replace("2024年8月前", "尽快").splitlines()
    problems = [line.replace("1.", f"{number}.") for number in range(1, 9) for line in lines[2:]]
    page.get_by_label("或粘贴文字").fill("\n".join([*lines[:2], *(problems)]).format(title="坑塘垃圾"))
    page.get_by_label("属于哪次督察").select_option(label="第三轮河北省生态环境保护督察")
    page.get_by_role("button", name="读文件").click()

    doubt = page.locator("#doubt-3")
    doubt.get_by_text("另填…").hover()
    assert page.evaluate("scrollY") == 0
    doubt.get_by_text("另填…").click()
    own, why, told = doubt.get_by_label("另写答复"), doubt.locator(".err"), page.locator(".told")
    own.fill("明年")
    doubt.get_by_role("button", name="就用这个").last.click()
    expect(why).to_contain_text("“明年”看不出是哪一天")
    expect(why).to_be_in_viewport()
    expect(own).to_have_value("明年")
    expect(own).to_be_focused()
    own.fill("2026-12-31")
    doubt.get_by_role("button", name="就用这个").last.click()
    expect(told).to_contain_text("已记下答复。")
    expect(told).to_be_in_viewport()
    expect(page.locator("#understood")).to_contain_text("已答1")
    assert page.evaluate("document.activeElement.closest('.doubt').id") == "doubt-4"
    page.get_by_role("button", name="放弃这次导入").click()
