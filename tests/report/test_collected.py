import pandas as pd
import pytest

from evaluator.income.power import Plan, find_detectable
from evaluator.report.collected import tabulate_attrition, tabulate_columns, tabulate_power
from tests.income.made import panel_of, small_frame

PLAN = Plan(8, 8, 8, 15, 3)
LEAVING = pd.DataFrame(
    [
        ("treated", 0.0, None, 100, 80, 0.8),
        ("treated", 1.0, None, 100, 9, 0.09),
        ("flagged", 0.0, None, 9, 9, 1.0),
        ("never", None, 2020.0, 50, 40, 0.8),
    ],
    columns=["arm", "event", "year", "units", "present", "share"],
)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_small_arms_and_small_rests_are_withheld(language):
    panel = panel_of(small_frame(), attrition=LEAVING, columns={"户号": "unit_id"})
    table = tabulate_attrition(panel, language, least=10)
    word = {"en": "withheld", "zh": "不公布"}[language]
    assert table.iloc[:, 1].tolist() == [{"en": "80 %", "zh": "80%"}[language], word]
    assert table.iloc[:, 2].tolist() == [word, "–"]
    assert tabulate_columns(panel, language).iloc[0].tolist() == [
        "户号",
        {"en": "Household id", "zh": "农户编号"}[language],
    ]


def test_the_table_holds_what_the_formula_says():
    found = find_detectable(Plan(20, 20, 8, 15, 3)).contrast
    assert tabulate_power(PLAN, "en").iloc[2, 2] == f"{100 * (2.718281828459045**found - 1):.1f} %"
