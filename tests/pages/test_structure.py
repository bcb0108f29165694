from evaluator.language import catalogue
from evaluator.report.balanced import tabulate_groups, tabulate_measures, tabulate_townships


def test_tables_are_those_of_the_report(open_page, evaluation, shows):
    app = open_page("portfolio", lang="zh")
    assert shows(app, tabulate_measures(evaluation.balance, "zh"))
    assert shows(app, tabulate_townships(evaluation.balance, "zh"))
    assert shows(app, tabulate_groups(evaluation.balance, "industry", "zh"))


def test_the_dimension_and_what_is_counted_follow_the_link(open_page, evaluation, shows):
    app = open_page("portfolio", dim="stage", by="households")
    assert app.button_group(key="dimension").value == "stage"
    assert app.button_group(key="measured").value == "households"
    assert shows(app, tabulate_groups(evaluation.balance, "stage", "en"))


def test_another_dimension_goes_into_the_link(open_page):
    app = open_page("portfolio")
    app.button_group(key="dimension").set_value("family").run()
    app.button_group(key="measured").set_value("projects").run()
    assert not app.exception
    assert app.query_params["dim"] in ("family", ["family"])
    assert app.query_params["by"] in ("projects", ["projects"])


def test_without_households_the_township_picture_says_what_is_needed(open_page, turn_to, upload, published_list):
    app = turn_to(upload(open_page("data"), "mine.csv", published_list.encode()), "portfolio")
    needed = catalogue("en")["pages.portfolio.no_townships_why.no_household_table"]
    assert needed in [caption.value.replace("\\", "") for caption in app.caption]


def test_no_amounts_are_said(open_page, turn_to, upload):
    listed = "项目名称,项目类型,乡镇\n云顶村土豆种植,产业,云顶镇\n石坝村养牛场,产业,石坝镇\n"
    app = turn_to(upload(open_page("data"), "mine.csv", listed.encode()), "portfolio")
    assert catalogue("en")["pages.portfolio.no_amounts"] in [info.value for info in app.info]
    assert catalogue("en")["pages.portfolio.no_shares.amount"] in [caption.value for caption in app.caption]
    app.button_group(key="measured").set_value("projects").run()
    assert catalogue("en")["pages.portfolio.no_shares.amount"] not in [caption.value for caption in app.caption]
