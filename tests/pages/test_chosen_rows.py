import pytest

from evaluator.pages import answers
from evaluator.pages.chosen_rows import SHOWN, candidate_rows, count_shown, frontier_rows, is_flat
from evaluator.pages.plan import Plan


@pytest.fixture(scope="module")
def selection(evaluation):
    return answers.choose_plan(evaluation, Plan(), "", "en")


@pytest.fixture(scope="module")
def firm(selection):
    return answers.measure_firmness(selection)


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_narrowing_shows_as_many_as_it_says(selection, firm, shown, language):
    table = candidate_rows(selection, firm.core, shown, language)
    assert len(table) == count_shown(selection, firm.core)[shown]
    assert table.iloc[:, 0].is_unique


def test_funded_projects_stand_first_and_the_firmest_of_them_on_top(selection, firm):
    table = candidate_rows(selection, firm.core, "all", "en")
    funded = [key in selection.shares for key in table.index]
    assert funded == sorted(funded, reverse=True)
    index = dict(zip(firm.core.ids, firm.core.index, strict=True))
    firmness = [index[key] for key in table.index if key in selection.shares]
    assert firmness == sorted(firmness, reverse=True)


def test_funded_and_not_funded_are_all(selection, firm):
    counts = count_shown(selection, firm.core)
    assert counts["funded"] + counts["not_funded"] == counts["all"] == len(selection.problem.candidates.ids)


def test_the_frontier_marks_the_portfolio_that_is_chosen(firm):
    points = firm.frontiers["risk"]
    rows = frontier_rows(points, "en", chosen=points[0].choice.chosen)
    assert rows["here"].sum() == 1
    assert rows.loc[rows["here"], "value"].iloc[0] == rows["value"].max() == 1
    assert list(rows["found"]) == sorted(rows["found"])
    assert is_flat(points[:1])
    assert not is_flat(points)
