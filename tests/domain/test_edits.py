"""Facts changed by hand reach one cell and nothing else."""

from datetime import date

import pandas as pd
import pytest

from evaluator.domain.edits import read_fact, with_facts
from evaluator.domain.errors import TableError
from evaluator.intake.read import read_portfolio

LIST = pd.DataFrame(
    {
        "project_id": ["A", "B"],
        "name": ["云岭洋芋基地", "云岭苦荞基地"],
        "kind": "industry",
        "investment_yuan": [1e5, 2e5],
        "benefit_years": [3, 4],
    }
)


def test_one_cell_changes_and_the_original_does_not():
    before = read_portfolio(LIST)
    after = with_facts(before, "A", {"benefit_years": 9, "investment_yuan": 3e5})
    assert after.frame.loc["A", ["benefit_years", "investment_yuan"]].tolist() == [9, 3e5]
    assert after.amounts.loc["A", "investment_yuan"] == 3e5
    assert after.evidence.loc["A", "benefit_years"] == "given"
    pd.testing.assert_frame_equal(after.frame.loc[["B"]], before.frame.loc[["B"]])
    assert before.frame.loc["A", "benefit_years"] == 3


def test_the_words_a_changed_fact_was_read_from_are_let_go():
    table = pd.DataFrame(
        {"name": ["云岭洋芋基地"], "content": ["种植洋芋300亩,带动农户40户"], "investment_yuan": [1e5]}
    )
    before = read_portfolio(table)
    key = before.frame.index[0]
    assert (key, "households") in before.quotes
    after = with_facts(before, key, {"households": 90})
    assert (key, "households") not in after.quotes
    assert (key, "area_mu") in after.quotes


def test_a_fact_can_become_unknown():
    after = with_facts(read_portfolio(LIST), "B", {"benefit_years": None})
    assert pd.isna(after.frame.loc["B", "benefit_years"])
    assert after.evidence.loc["B", "benefit_years"] == "missing"


def test_a_foreign_amount_stays_foreign():
    table = pd.DataFrame({"Project Title": ["Goat raising"], "Project Cost (PHP)": ["P500,000"]})
    before = read_portfolio(table.to_csv(index=False).encode(), file_name="list.csv")
    after = with_facts(before, before.frame.index[0], {"yearly_benefit_yuan": 90_000})
    assert after.amounts["yearly_benefit_yuan"].tolist() == [90_000]
    assert after.frame["yearly_benefit_yuan"].isna().all()


def test_impossible_numbers_are_refused_together():
    with pytest.raises(TableError) as refusal:
        with_facts(read_portfolio(LIST), "A", {"benefit_years": -1, "signed_offtake_share": 2})
    assert [issue.code for issue in refusal.value.issues] == ["E_FACT_RANGE", "E_FACT_RANGE"]
    assert refusal.value.lines("zh")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("benefit_years", 7.0),
        ("offtake_grade", "written"),
        ("start", date(2026, 3, 1)),
        ("outcome_3y", False),
        ("link_mechanisms", ("own work", "wage")),
        ("product", "pig"),
        ("operator", "云岭合作社"),
    ],
)
def test_a_fact_of_every_kind_is_set_read_back_and_taken_back(field, value):
    before = read_portfolio(LIST)
    stated = read_fact(before, "A", field)
    after = with_facts(before, "A", {field: value})
    assert read_fact(after, "A", field) == value
    assert [(edit.project_id, edit.field, edit.before, edit.after) for edit in after.edits] == [
        ("A", field, stated, value)
    ]
    back = with_facts(after, "A", {field: stated})
    assert read_fact(back, "A", field) == stated
    assert back.edits == ()


def test_a_fact_changed_twice_remembers_what_was_read():
    after = with_facts(with_facts(read_portfolio(LIST), "A", {"benefit_years": 5}), "A", {"benefit_years": 6})
    assert [(edit.before, edit.after) for edit in after.edits] == [(3.0, 6)]


def test_a_word_that_is_no_choice_is_refused():
    with pytest.raises(TableError) as refusal:
        with_facts(read_portfolio(LIST), "A", {"offtake_grade": "maybe", "link_mechanisms": ("luck",)})
    assert [issue.code for issue in refusal.value.issues] == ["E_FACT_CHOICE", "E_FACT_CHOICE"]
    assert all("deposit" in line or "wage" in line for line in refusal.value.lines("zh"))
