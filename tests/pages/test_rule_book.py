from evaluator.calibration import Bin, Calibration, Rate
from evaluator.domain.settings import Settings
from evaluator.language import catalogue
from evaluator.pages.rule_book import reliability_rows


def give_rules(app, text):
    app.file_uploader(key="upload_rules_0").set_value(("rules.toml", text.encode(), "application/toml"))
    app.run()
    assert not app.exception
    return app


def rules_table(app):
    column = catalogue("en")["pages.rules.state"]
    return next(table.value for table in app.dataframe if column in table.value)


def test_every_setting_stands_in_the_table(open_page):
    assert len(rules_table(open_page("data", at="rules"))) == len(list(Settings().rules()))


def test_an_uploaded_rule_book_is_used_and_its_changes_marked(open_page):
    app = give_rules(
        open_page("data", at="rules"), "[weights]\ndemand = 0.4\nhomogeneity = 0.2\npayback = 0.2\nadvantage = 0.2\n"
    )
    changed = rules_table(app)[catalogue("en")["pages.rules.state"]] == catalogue("en")["pages.rules.is_changed"]
    assert changed.sum() == 4
    assert app.query_params["w"] in ("40-20-20-20", ["40-20-20-20"])


def test_an_impossible_rule_book_is_refused_with_its_reason(open_page):
    app = give_rules(open_page("data", at="rules"), "[payback]\nrate = 7\n")
    assert len(app.error) == 1
    assert "payback" in app.error[0].value
    app.button(key="rules_reset").click().run()
    assert not app.error


def test_the_reliability_curve_has_a_point_a_group_over_its_diagonal():
    groups = tuple(Bin(share, Rate(2, 10, share, share / 2, min(1.5 * share, 1))) for share in (0.2, 0.6))
    found = Calibration("calibrated", 20, 4, 3, 0, reliability=groups)
    rows = reliability_rows(found)
    assert rows["point"].tolist() == [True, True, False, False]
    assert rows.loc[~rows["point"], ["forecast", "failed"]].to_numpy().tolist() == [[0, 0], [1, 1]]
    assert rows["text"].iloc[0] == "2/10"
