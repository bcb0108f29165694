"""What a reader does, in a real Chromium."""

import json
import re

import pytest

from evaluator.pages.pictures import HEADER, ROW

pytestmark = pytest.mark.browser

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PRODUCTS = ("肉牛养殖", "花椒种植", "食用菌大棚", "生猪养殖", "马铃薯种植", "中蜂养殖")


def published_list(rows=24):
    """A list as counties publish it: a title, a unit line, two-row headings, prose, a total."""
    lines = [
        "云岭县2024年度产业项目公示表,,,,,,",
        ",,,,,单位：万元,",
        "序号,项目名称,项目类型,实施地点,,建设内容,资金金额",
        ",,,乡镇,村,,",
    ]
    for number in range(1, rows + 1):
        product = PRODUCTS[number % len(PRODUCTS)]
        town, village = f"云{'东西南北'[number % 4]}镇", f"石{'甲乙丙丁'[number % 4]}村"
        prose = f"发展{product}，带动农户{20 + number}户，户均年增收{1000 + 50 * number}元，受益1年"
        lines.append(f"{number},{village}{product}项目,产业发展,{town},{village},{prose},{30 + number}")
    lines.append(f"合计,,,,,,{sum(30 + number for number in range(1, rows + 1))}")
    return ("\n".join(lines) + "\n").encode("utf-8-sig")


def choose_file(visit, name, data, slot=0):
    chooser = visit.page.locator("[data-testid=stFileUploaderDropzoneInput]").nth(slot)
    chooser.set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})
    visit.settle()


def navigate(visit, label):
    link = visit.page.locator(".st-key-navigation").get_by_role("link", name=label, exact=True)
    path = link.get_attribute("href").partition("?")[0].rpartition("/")[2]
    link.click()
    visit.page.wait_for_url(lambda url: url.partition("?")[0].rpartition("/")[2] == path)
    visit.settle()


def metric(visit, number):
    return visit.page.locator("[data-testid=stMetricValue]").nth(number).inner_text()


def test_first_visit_shows_scored_projects_without_a_click(visit):
    reader = visit().open()
    assert int(metric(reader, 0)) > 0
    assert "Invented sample county" in reader.text()
    assert reader.charts(3) >= 3


@pytest.mark.parametrize(
    ("locale", "data", "ranking"), [("en-US", "Data & method", "See the ranking"), ("zh-CN", "数据与方法", "查看排名")]
)
def test_a_published_list_is_ranked_and_flagged_in_four_clicks(visit, locale, data, ranking):
    reader = visit(locale=locale).open()
    navigate(reader, data)  # first click
    choose_file(reader, "公示表.csv", published_list())  # second: choose the file
    reader.page.get_by_text(ranking, exact=True).click()  # third
    reader.settle()
    assert reader.page.locator("[data-testid=stDataFrame]").count() == 1
    assert "24" in reader.page.get_by_text(re.compile("of 24 projects|共24个项目")).first.inner_text()
    assert "list=" in reader.address()


def weight(reader, number):
    return reader.page.get_by_role("slider").nth(number).input_value()


def test_a_weight_moves_by_keyboard_and_back_undoes_it(visit):
    reader = visit().open("/ranking")
    thumb = reader.page.get_by_role("slider").nth(3)
    thumb.focus()
    for _ in range(8):
        thumb.press("ArrowRight")
        reader.page.wait_for_timeout(260)  # one at a time: each press is answered while the next is made
    assert reader.until(reader.weights, "25-25-25-65") == "25-25-25-65"
    assert weight(reader, 3) == "65"
    for _ in range(9):
        if not reader.weights():
            break
        reader.page.go_back()
        reader.settle()
    assert reader.until(lambda: weight(reader, 3), "25") == "25"
    assert "/ranking" in reader.address()


def tick(reader, row):
    """Tick a row of the table: its boxes are painted, so by place."""
    box = reader.page.locator("[data-testid=stDataFrame] canvas").first.bounding_box()
    reader.page.mouse.click(box["x"] + 17, box["y"] + HEADER + ROW * row + ROW // 2)
    reader.settle()


def picked(reader):
    return re.findall(r"pick=([^&]+)", reader.address())


def test_the_selection_stays_with_the_project_when_weights_move(visit):
    reader = visit().open("/ranking")
    tick(reader, 0)
    tick(reader, 1)
    assert reader.until(lambda: len(picked(reader)), 2) == 2
    chosen = picked(reader)
    reader.page.get_by_role("slider").nth(1).press("End")
    assert reader.until(reader.weights, "25-100-25-25") == "25-100-25-25"
    assert picked(reader) == chosen
    tick(reader, 2)
    assert reader.until(lambda: picked(reader) != chosen, True)
    assert set(chosen) < set(picked(reader)) or len(picked(reader)) == 1
    assert reader.page.get_by_text("Remove", exact=True).count() == len(picked(reader))


def test_a_project_opens_with_its_reasons(visit):
    reader = visit().open()
    reader.page.locator("[class*=st-key-flagged_]").first.get_by_role("link").click()
    reader.page.wait_for_url("**/project?**")
    reader.settle()
    assert "/project?" in reader.address()
    assert "p=" in reader.address()
    assert "Clears with" in reader.text()
    assert "Signs on" in reader.text()


def download(reader, suffix):
    with reader.page.expect_download() as waiting:
        reader.page.locator(f".st-key-download_{suffix} button").click()
    return waiting.value


def test_a_link_in_a_fresh_window_shows_the_same_numbers(visit):
    first = visit().open("/ranking")
    first.page.get_by_role("slider").nth(0).press("End")
    assert first.until(first.weights, "100-25-25-25") == "100-25-25-25"
    second = visit(locale="zh-CN").open(first.address())
    assert second.heading() == first.heading()
    assert download(second, "csv").path().read_bytes() == download(first, "csv").path().read_bytes()


FILE_WORDS = "xlsx|xls|ods|csv|tsv|html|txt|GBK|TOML|MB|English|CSV|XLSX|JSON|PARQUET"
FILE_NAMES = "register|places|markets|prices|vacancies|projects|flows"
LABELS = "[data-testid=stMetricLabel], [data-testid=stWidgetLabel], .st-key-navigation"


PATHS = ["/", "/ranking", "/project", "/data", "/income", "/neighbours", "/portfolio?part=choose", "/review"]


def english_words(reader):
    """English words on a Chinese screen, but for names of file formats and tables."""
    shown = re.sub(rf"\b({FILE_WORDS}|{FILE_NAMES})\b|[0-9a-f]{{12,}}", "", reader.text())
    return re.findall(r"\b[A-Za-z]{4,}\b", shown)


@pytest.mark.parametrize("path", PATHS)
def test_the_language_switch_leaves_no_word_of_the_other(visit, path):
    reader = visit(locale="zh-CN").open(path)
    assert not english_words(reader)
    reader.page.get_by_text("English", exact=True).click()
    reader.page.wait_for_url("**lang=en**")
    reader.settle()
    labels = reader.page.locator(LABELS).all_inner_texts()
    assert not [label for label in labels if CHINESE.search(label)]


def test_a_bad_file_keeps_what_the_visit_had(visit):
    reader = visit().open("/no-such-page")
    assert "no-such-page" in reader.page.get_by_role("alert").inner_text()
    assert not reader.page.get_by_role("dialog").count()
    assert all("/no-such-page/" in error for error in reader.errors), "Streamlit looks for its server below the address"
    reader.errors.clear()
    before = metric(reader, 0)
    navigate(reader, "Data & method")
    choose_file(reader, "broken.xlsx", b"this is no workbook")
    assert reader.until(lambda: reader.page.get_by_role("alert").count(), 1) == 1
    navigate(reader, "Overview")
    assert metric(reader, 0) == before


def test_names_from_a_file_stay_text(visit):
    hostile = (
        published_list(6)
        .decode("utf-8-sig")
        .replace("石甲村", "![x](http://evil.test/a.png)<img src=http://evil.test/b.png>")
    )
    reader = visit().open("/data")
    choose_file(reader, "hostile.csv", hostile.encode())
    for page in ("Ranking", "Overview"):
        navigate(reader, page)
        assert reader.page.locator("img[src*='evil.test']").count() == 0


@pytest.mark.parametrize("path", [*PATHS, "/portfolio", "/portfolio?part=compare"])
def test_a_phone_needs_no_sideways_scroll(visit, path):
    reader = visit(width=390, height=844).open(path)
    width = reader.page.evaluate(
        "() => { const m = document.querySelector('[data-testid=stMain]'); return [m.scrollWidth, m.clientWidth] }"
    )
    assert width[0] <= width[1]


def test_the_results_come_as_files(visit):
    reader = visit().open("/ranking?lang=zh")
    rows = {}
    for suffix in ("CSV", "JSON", "XLSX", "PARQUET"):
        saved = download(reader, suffix.lower())
        assert saved.suggested_filename == f"评估结果.{suffix.lower()}"
        rows[suffix] = saved.path().read_bytes()
    assert rows["CSV"].startswith(b"\xef\xbb\xbf")
    assert json.loads(rows["JSON"])["projects"]
    assert rows["XLSX"][:2] == b"PK"
    assert rows["PARQUET"][:4] == b"PAR1"


def test_a_snapshot_opens_in_a_private_window_with_the_same_numbers(visit):
    first = visit().open("/ranking?w=40-30-20-10")
    first.page.locator(".st-key-share button").first.click()
    first.page.locator(".st-key-snapshot_save button").click()
    first.settle()
    link = first.page.locator("[data-testid=stCode]", has_text="snapshot=").first.inner_text().strip()
    first.page.keyboard.press("Escape")
    second = visit(locale="zh-CN").open(link)
    assert "Snapshot, read-only" in second.text()
    assert second.heading() == first.heading()
    assert download(second, "csv").path().read_bytes() == download(first, "csv").path().read_bytes()
    navigate(second, "Data & method")
    assert second.page.locator("[data-testid=stFileUploader]").count() == 0


def test_a_page_is_turned_to_from_under_an_open_popover_and_the_weights_stay(visit):
    reader = visit().open("/ranking?w=40-30-20-10")
    reader.page.locator(".st-key-share button").first.click()
    reader.page.locator("[data-testid=stCode]").first.wait_for()
    navigate(reader, "Portfolio")
    assert "/portfolio" in reader.page.url
    navigate(reader, "Ranking")
    assert "w=40-30-20-10" in reader.page.url
    reader.page.get_by_role("slider").first.press("ArrowRight")
    reader.settle()
    assert "w=45-30-20-10" in reader.page.url


def test_a_bundle_saved_here_opens_the_same_view_by_upload(visit):
    first = visit().open("/ranking?w=40-30-20-10&level=flag")
    first.page.locator(".st-key-share button").first.click()
    with first.page.expect_download() as waiting:
        first.page.locator(".st-key-bundle button").click()
    data = waiting.value.path().read_bytes()
    first.page.keyboard.press("Escape")
    second = visit().open("/data")
    choose_file(second, "saved.xlsx", data)
    assert "the fingerprint is the same" in second.text()
    navigate(second, "Ranking")
    assert download(second, "csv").path().read_bytes() == download(first, "csv").path().read_bytes()


@pytest.mark.parametrize(
    ("locale", "trust", "doubt"), [("en-US", "How far to trust it", "doubt"), ("zh-CN", "可信程度", "存疑")]
)
def test_an_income_effect_is_found_checked_and_taken_away(visit, locale, trust, doubt):
    reader = visit(locale=locale).open("/income")
    assert "28.6" in reader.heading()
    assert reader.charts(3) >= 3
    reader.page.get_by_text(trust, exact=True).click()
    reader.page.wait_for_url("**inc=trust**")
    reader.settle()
    assert doubt in reader.text()
    with reader.page.expect_download() as waiting:
        reader.page.locator(".st-key-effects_json button").click()
    found = json.loads(waiting.value.path().read_bytes())
    assert found["contrasts"][-1]["estimate"] < 0
    assert "V01H01" not in json.dumps(found)
