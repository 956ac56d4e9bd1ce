"""The petitions' road: an evening's batch comes in, is answered within hours, and the public reads what came of it."""

from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Desk
from tests.served import Site

NUMBER, BATCH = "D2HE202205120011", "第31批"
LIST = f"""群众信访举报转办清单（{BATCH} 2022年5月13日）
序号 | 受理编号 | 交办问题基本情况 | 行政区域 | 污染类型
1 | {NUMBER} | 杜林镇东村一处塑料颗粒厂夜间生产，气味刺鼻，废水排入村北坑塘。 | 沧县 | 大气
2 | X2HE202205120012 | 陈嘴乡一家养殖场粪污堆在路边，苍蝇多。 | 青县 | 水
"""
FOUND = "12月12日现场核查，该颗粒厂未办环评手续，清洗废水排入村北坑塘；{place}同类企业一并检查，未见异常。"
HANDLED = "责令改正，拆除设备2台套，坑塘积水已抽运处理，立案处罚1家，罚款2万元。"


def step(page: Page, name: str, told: str) -> None:
    """Take the step of that name, and be told so."""
    page.get_by_role("button", name=name, exact=True).first.click()
    expect(page.locator(".told").first).to_contain_text(told)


def hand_over(page: Page) -> str:
    """An evening's list is pasted, written, and handed to its counties at once; where the first petition is."""
    page.goto("/imports/new/")
    page.get_by_label("或粘贴文字").fill(LIST)
    page.get_by_label("属于哪次督察").select_option(label="第二轮中央生态环境保护督察")
    page.get_by_role("button", name="读文件").click()
    step(page, "写入台账", "已写入台账。")
    page.get_by_role("link", name=f"到{BATCH}接着办").click()
    for row in page.get_by_role("checkbox").all():
        row.check()
    page.get_by_role("button", name="交办给属地").click()
    expect(page.get_by_text("办好 2 件。")).to_be_visible()
    page.get_by_role("link", name="杜林镇东村").click()
    page.get_by_role("link", name="整页打开").click()
    page.wait_for_url("**/petitions/HE2-X*/")
    return page.url


def fill_in(page: Page) -> None:
    """The unit writes what it found; a village of another county in its words is asked about, and nothing is lost."""
    page.get_by_label("调查核实情况").fill(FOUND.format(place="肃宁县"))
    page.get_by_role("radio", name="属实", exact=True).check()
    page.get_by_label("处理和整改情况").fill(HANDLED)
    page.get_by_role("radio", name="已办结").check()
    for kind, amount in (("责令改正", "1"), ("立案处罚", "1"), ("罚款", "20000"), ("关停取缔", "1")):
        page.get_by_label(kind).fill(amount)
    page.get_by_role("button", name="填好，交审核人").click()
    expect(page.get_by_label("调查核实情况")).to_have_value(FOUND.format(place="肃宁县"))
    page.get_by_label("肃宁县").fill("与肃宁县交界，两县一并检查。")
    step(page, "填好，交审核人", "已填好")


def publish(page: Page, head: Page) -> None:
    """The batch is drafted, blacked out and sent up; another approves exactly that, and it goes out."""
    page.goto("/releases/")
    page.get_by_role("link", name=BATCH).click()
    page.get_by_role("button", name="拟这1件的公开文本").click()
    page.get_by_role("button", name="（1件）").click()
    expect(page.get_by_role("heading", name="待审批")).to_be_visible()
    head.goto(page.url)
    head.get_by_role("button", name="审批这1件").click()
    expect(head.get_by_role("heading", name="已审批，待公开")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="公开这1件").click()
    expect(page.get_by_text("已公开1件。")).to_be_visible()


def test_a_batch_comes_in_and_the_public_reads_what_came_of_it(browser: Browser, site: Site) -> None:
    desk = Desk(browser, site, "xinfang").page
    petition = hand_over(desk)

    approver, filler = Desk(browser, site, "cangxian-dw").page, Desk(browser, site, "cangxian-bao").page
    approver.goto(petition)
    step(approver, "签收", "已签收。")
    filler.goto(f"{petition}findings/")
    fill_in(filler)
    approver.goto(petition)
    step(approver, "上报核实", "已上报核实")
    county, clerk = Desk(browser, site, "cangxian").page, Desk(browser, site, "zonghe").page
    county.goto(petition)
    step(county, "县级审核通过", "已办：县级审核通过")
    clerk.goto(petition)
    step(clerk, "市级审核通过并反馈", "已办：市级审核通过并反馈")
    publish(Desk(browser, site, "xuanchuan").page, Desk(browser, site, "zhuren").page)

    public = browser.new_context(locale="zh-CN", base_url=site.url).new_page()
    public.goto(f"/public/petitions/?q={NUMBER}")
    public.get_by_role("link", name=NUMBER).click()
    expect(public.get_by_role("main")).to_contain_text("清洗废水排入村北坑塘")
    expect(public.get_by_role("main")).to_contain_text("立案处罚1家，罚款2万元")
    desk.goto(petition)
    expect(desk.get_by_role("main")).to_contain_text("已公开")
