"""A committee's round in a real Chromium, from the key to the closed round on a phone."""

import re

import pytest

from .conftest import Visit, serve

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("review")
    settings = {"EVALUATOR_STORE": str(folder / "store.sqlite"), "EVALUATOR_ROUNDS_KEY": "lantern"}
    with serve("app.py", folder, **settings) as address:
        yield address


def fill(reader, label, text):
    reader.page.get_by_label(label, exact=True).first.fill(text)
    reader.page.keyboard.press("Tab")


def press(reader, name):
    reader.page.get_by_role("button", name=name).click()
    reader.settle()


def part(reader, name):
    reader.page.locator(".st-key-review_part").get_by_text(name, exact=True).click()
    reader.settle()


def mark(reader, points, comment):
    for place in range(4):
        reader.page.locator("[data-testid=stNumberInput] input").nth(place).fill(str(points))
        reader.page.keyboard.press("Tab")
    reader.page.locator("[data-testid=stRadio]").get_by_text("同意", exact=True).click()
    reader.page.locator("textarea").first.fill(comment)
    reader.page.keyboard.press("Tab")
    press(reader, "提交评审意见")


def take_minutes(reader):
    with reader.page.expect_download() as waiting:
        reader.page.get_by_role("button", name="会议纪要").click()
    return waiting.value.path().read_bytes()


def test_a_round_from_the_key_to_its_decisions(browser, installation):
    visits = []

    def visit(path, width=1440):
        window = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
        visits.append(Visit(window, installation))
        return visits[-1].open(path)

    chair = visit("/review")
    chair.page.get_by_text("启动一轮评审").click()
    fill(chair, "评审名称", "第一批项目评审")
    fill(chair, "主任委员姓名", "主任甲")
    fill(chair, "每个项目所需评审份数", "2")
    fill(chair, "本应用的口令", "lantern")
    press(chair, "启动评审")
    chair.page.get_by_text("邀请成员", exact=True).click()
    fill(chair, "姓名", "委员乙")
    press(chair, "生成链接")
    code = chair.page.locator("[data-testid=stExpander] [data-testid=stCode]", has_text="member=").first
    code.wait_for()
    press(chair, re.compile("进入“独立评审”"))

    phone = visit(code.text_content().strip(), width=390)
    mark(phone, 10, "")
    assert "相差超过20分" in phone.text()
    mark(phone, 10, "市场依据不足")
    assert "已保存" in phone.text()
    main = phone.page.locator("[data-testid=stMain]")
    assert main.evaluate("m => m.scrollWidth <= m.clientWidth")
    phone.page.reload()
    assert "已评1个" in phone.settle().text()

    part(chair, "我的评分")
    mark(chair, 70, "有本地基础")
    assert "市场依据不足" not in chair.text()
    part(chair, "委员会")
    press(chair, re.compile("进入“合议”"))
    part(chair, "合议")
    assert "市场依据不足" in chair.text()
    assert "相差60分" in chair.text()
    assert chair.charts() == 1
    part(chair, "委员会")
    press(chair, re.compile("进入“表决”"))
    part(chair, "结论")
    chair.page.locator("[data-testid=stRadio]").get_by_text("同意", exact=True).click()
    press(chair, "记录结论")
    assert "同意1个" in chair.text()
    part(chair, "委员会")
    press(chair, re.compile("进入“办结”"))

    public = visit("/review")
    assert "同意1个" in public.text()
    assert "市场依据不足" not in public.text()
    assert take_minutes(public)[:2] == b"PK"
    assert not [error for one in visits for error in one.errors + one.elsewhere]
    for one in visits:
        one.page.context.close()
