"""Portfolio and Neighbours in a real Chromium: the view stays with reload, back, forward and a link to a stranger."""

import pytest

from evaluator.language import catalogue
from evaluator.pages.link_portfolio import PARTS
from evaluator.pages.text import unbroken
from tests.browser.test_browser import choose_file, english_words, navigate

pytestmark = pytest.mark.browser

LOCALES = {"en": "en-US", "zh": "zh-CN"}
RULES = b'[[limit]]\nname = "three at most"\nmeasure = "projects"\nat_most = 3\n'


def say(key, language):
    return catalogue(language)[f"pages.{key}"]


def press(reader, label):
    reader.page.get_by_role("button", name=label, exact=True).first.click()
    return reader.settle()


def subheading(reader):
    return reader.page.locator("[data-testid=stMain] h3").first.inner_text()


def turn_to(reader, part, language):
    reader.page.get_by_role("radio", name=say(f"portfolio.part.{part}", language), exact=True).click()
    return reader.settle()


@pytest.mark.parametrize("language", LOCALES)
def test_both_pages_are_walked_and_every_step_is_kept(visit, language):
    reader = visit(locale=LOCALES[language]).open()
    headings = {}
    for page in ("neighbours", "portfolio"):
        navigate(reader, say(f"nav.{page}", language))
        headings[page] = reader.heading()
        assert reader.charts()
    for part in PARTS[1:]:
        turn_to(reader, part, language)
        assert f"part={part}" in reader.address()
        assert reader.page.locator("[data-testid=stException]").count() == 0
        assert reader.page.locator("[data-testid=stVegaLiteChart], [data-testid=stDataFrame]").count()
        assert language == "en" or not english_words(reader)
    kept = reader.text()
    reader.page.reload()
    assert reader.settle().text() == kept
    reader.page.go_back()
    assert f"part={PARTS[-2]}" in reader.settle().address()
    reader.page.go_forward()
    assert reader.settle().text() == kept
    assert visit(locale=LOCALES[language]).open(reader.address()).text() == kept
    navigate(reader, say("nav.neighbours", language))
    assert reader.heading() == headings["neighbours"]


def test_a_budget_and_a_rules_file_go_with_the_link_and_an_upload_has_its_faults_listed(visit):
    language = "zh"
    reader = visit(locale=LOCALES[language]).open("/portfolio?part=choose")
    budget = reader.page.get_by_label(say("choose.budget", language), exact=True)
    budget.fill("2000")
    press(reader, say("choose.apply", language))
    assert "plan=budget%3A20000000" in reader.address()
    found = subheading(reader)
    press(reader, say("choose.pin", language))
    assert "plana=" in reader.address()
    reader.page.get_by_text(say("choose.file.title", language), exact=True).first.click()
    choose_file(reader, "rules.toml", RULES)
    three = subheading(reader)
    assert "toml=" in reader.address()
    assert three != found
    stranger = visit(locale=LOCALES[language]).open(reader.address())
    assert subheading(stranger) == three
    assert stranger.text() == reader.text()
    turn_to(stranger, "compare", language)
    assert say("compare.a", language) in stranger.text()
    choose_file(reader, "rules.toml", b'[[limit]]\nname = "x"\n[fixed]\nin = ["nobody"]\n')
    alerts = reader.page.get_by_role("alert").filter(has_text=say("choose.refused", language))
    assert alerts.locator("li").count() == 2


def test_sliding_weights_answer_and_leave_the_link_alone(visit):
    reader = visit().open("/portfolio?part=choose")
    address = reader.address()
    stays = reader.page.get_by_text("of the chosen funds would stay")
    assert stays.inner_text().startswith(unbroken("100 %"))
    thumb = reader.page.get_by_role("slider").nth(0)
    thumb.focus()
    thumb.press("End")
    assert not reader.until(lambda: stays.inner_text().startswith(unbroken("100 %")), False)
    assert reader.address() == address
