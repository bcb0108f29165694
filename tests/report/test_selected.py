"""What is chosen as tables and as rows of pictures."""

from itertools import pairwise

import pytest

from evaluator.report import selected
from tests.report.made_choice import TORN, selection


@pytest.mark.parametrize("language", ["en", "zh"])
def test_tables_have_titles_and_no_empty_cells(language):
    found, other = selection(), selection(1.2e7, "")
    tables = [
        selected.tabulate_chosen(found, language),
        selected.tabulate_chosen(found, language, all_candidates=True),
        selected.tabulate_apart(found, language),
        selected.tabulate_rules(found, language),
        selected.tabulate_baselines(found, language),
        selected.tabulate_core(found, language),
        selected.tabulate_gains(found, other, language),
        selected.tabulate_frontier(found.frontier("risk"), "risk", language),
        selected.tabulate_conflict(selection(3e5, "[fixed]\nin = ['MG2025-004']\n"), language),
    ]
    for table in tables:
        assert len(table) and all(isinstance(cell, str) and cell for cell in table.to_numpy().ravel())


def test_every_project_of_the_list_has_one_decision():
    found = selection()
    decided = selected.decide(found)
    assert list(decided) == list(found.evaluation.portfolio.frame.index)
    assert [p for p, what in decided.items() if what in ("fund", "part")] == list(found.chosen)
    assert {p for p, what in decided.items() if what == "apart"} == set(found.problem.candidates.apart)
    assert "part" in decided.values()


def test_funded_shares_stand_in_a_column_only_where_there_are_parts():
    assert "Funded" in selected.tabulate_chosen(selection(), "en")
    assert "Funded" not in selected.tabulate_chosen(selection(8e6, ""), "en")


def test_numbers_of_the_candidates():
    found = selection()
    table = selected.list_candidates(found)
    assert table["funds_yuan"].sum() == pytest.approx(found.choice.funds)
    assert (table["value"] * table["share"]).sum() == pytest.approx(found.choice.value)
    assert table["risk"].between(0, 1).all() and table["core_index"].between(0, 1).all()


def test_sets_stand_in_one_row_with_what_they_ask():
    table = selected.tabulate_rules(selection(), "en")
    together = table[table["Rule"].str.startswith("Together")]
    assert len(together) == 1 and together["Needed"].iloc[0] == "all or none of MG2025-029, MG2025-031"


def test_core_can_be_kept_to_one_place():
    found = selection()
    assert len(selected.tabulate_core(found, "en", place="out")) == found.core.count("out")


def test_steps_lead_from_a_to_b():
    a, b = selection(8e6, ""), selection(1.2e7, "")
    names = a.evaluation.portfolio.frame["name"]
    steps = selected.list_steps(a.against(b), a.choice.value, names)
    assert steps[0]["key"] == "a" and steps[-1]["key"] == "b"
    assert steps[-1]["end"] == pytest.approx(b.choice.value)
    for before, after in pairwise(steps[1:-1]):
        assert after["start"] == before["end"]


def test_frontier_rows_are_numbers():
    points = selection(8e6, "", red_lines_out=False, value="score").frontier("risk")
    rows = selected.list_frontier(points, "en")
    assert [row["found"] for row in rows] == sorted((row["found"] for row in rows), reverse=True)
    assert selected.list_frontier((), "en") == []


def test_without_a_portfolio_tables_are_empty_not_broken():
    found = selection(3e5, TORN)
    assert not len(selected.tabulate_chosen(found, "en")) and not len(selected.tabulate_rules(found, "en"))
    assert len(selected.tabulate_baselines(found, "en")) == 3
