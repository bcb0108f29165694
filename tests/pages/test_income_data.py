import pytest

from evaluator.income.power import Plan
from evaluator.pages.income_data import ASKED
from evaluator.pages.link_income import DEFAULTS, HIGHEST, LOWEST


def test_the_plan_of_a_survey_has_a_bound_and_a_default_for_each_question():
    assert len(ASKED) == len(LOWEST) == len(HIGHEST) == len(DEFAULTS["survey"])
    plan = Plan(**dict(zip(ASKED, DEFAULTS["survey"], strict=True)))
    assert plan.villages == 24


@pytest.mark.slow
def test_the_reading_of_the_panel_stands_on_the_page(open_page):
    app = open_page("income", inc="panel", lang="zh")
    tables = [table.value for table in app.dataframe]
    assert any("农户编号" in set(map(str, table.iloc[:, -1])) for table in tables)
    assert any(str(table.iloc[0, 1]).endswith("100%") for table in tables)
