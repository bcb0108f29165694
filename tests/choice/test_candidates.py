"""What can be chosen and what it is worth; what stands apart and why; the fields rules may read."""

import numpy as np
import pandas as pd
import pytest

import evaluator as ev
from evaluator.choice.candidates import mask_of, words_of
from evaluator.choice.problem import pose_problem
from evaluator.choice.rules import Condition
from evaluator.domain.errors import TableError
from tests.choice.made import evaluation, pose

LIST = pd.DataFrame(
    {
        "project_id": ["A", "B", "C", "D", "E"],
        "name": ["pepper", "pepper too", "mill", "road", "no amount"],
        "kind": ["industry", "industry", "industry", "other", "industry"],
        "product": ["sichuan_pepper", "sichuan_pepper", "tartary_buckwheat", None, "potato"],
        "place_name": "昭觉县",
        "investment_yuan": [600_000, 800_000, 3_000_000, 1_200_000, None],
        "yearly_benefit_yuan": [1_000, 300_000, 900_000, None, 10_000],
        "benefit_years": [1, 8, 10, None, 3],
        "households": [80, None, 200, None, 10],
    }
)


def apart(rules=None, **settings):
    found = ev.evaluate(ev.read_portfolio(LIST))
    changed = found.settings.with_values({f"choice.{key}": value for key, value in settings.items()})
    problem = pose_problem(
        found.portfolio, found.scorecard, found.flags, budget_yuan=1e7, rules=rules, settings=changed
    )
    return dict(problem.candidates.apart), problem.candidates.ids


def test_each_reason_to_stand_apart():
    told, ids = apart()
    assert told == {"A": "red_line", "D": "not_scored", "E": "no_amount"} and ids == ("B", "C")
    told, _ = apart(value="households")
    assert told["B"] == "no_households"


@pytest.mark.slow
def test_who_is_fixed_in_or_needed_is_let_in():
    told, ids = apart('[fixed]\nin = ["A", "D"]\n')
    assert told == {"E": "no_amount"} and ids == ("A", "B", "C", "D")
    told, ids = apart('[[depends]]\nproject = "C"\nneeds = ["D"]\n')
    assert "D" in ids and "A" in told
    told, ids = apart('[fixed]\nin = ["B"]\n', value="households")
    assert "B" in ids


def test_red_lines_are_a_setting():
    assert "A" in apart(red_lines_out=False)[1]


def test_fixing_in_what_has_no_amount_is_refused():
    with pytest.raises(TableError) as told:
        apart('[fixed]\nin = ["E"]\n')
    assert [issue.code for issue in told.value.issues] == ["E_RULES_FIXED"]


def test_the_three_definitions_of_value():
    candidates = pose().candidates
    total, cost = candidates.total, candidates.cost
    households = np.nan_to_num(candidates.table["households"].to_numpy(float))
    for name, size in (("score_funds", cost), ("score", 1.0), ("households", households)):
        assert candidates.worths[name] * total == pytest.approx(total * size / 100)


def test_ids_are_sorted_and_the_order_of_the_list_is_kept():
    candidates = pose().candidates
    assert list(candidates.ids) == sorted(candidates.ids)
    assert list(candidates.order) == list(evaluation().portfolio.frame.index)


@pytest.mark.parametrize(
    ("condition", "met", "untold"),
    [
        (Condition("township", values=("a",)), [True, False, False], [False, False, True]),
        (Condition("township", not_values=("a",)), [False, True, False], [False, False, True]),
        (Condition("score", low=50.0), [False, True, False], [False, False, True]),
        (Condition("score", low=40.0, high=45.0), [True, False, False], [False, False, True]),
        (Condition("links", values=("wage",)), [True, False, False], [False, False, True]),
    ],
)
def test_a_condition_is_met_failed_or_cannot_be_told(condition, met, untold):
    table = pd.DataFrame(
        {"township": ["a", "b", None], "score": [42.0, 60.0, np.nan], "links": [("wage", "rent"), ("rent",), None]}
    )
    found = mask_of(table, (condition,))
    assert found[0].tolist() == met and found[1].tolist() == untold


def test_a_set_in_a_cell_is_read_as_its_words():
    assert words_of(("wage", "dividend")) == {"wage", "dividend"}
    assert words_of(None) == words_of(float("nan")) == frozenset()
