"""What is chosen in sentences: true to the numbers, in one language."""

import re
from dataclasses import replace

import pytest

from evaluator.report import chosen
from evaluator.report.funding import say_choice_findings
from tests.report.made_choice import TORN, selection

LATIN = re.compile(r"[a-z]{4,}")


@pytest.mark.slow
def test_the_finding_names_number_funds_and_budget():
    found = selection()
    said = chosen.say_selection(found, "en")
    assert said.startswith(f"Fund {len(found.chosen)} project") and said.endswith("of a budget of 8 million yuan.")
    assert chosen.say_selection(found, "zh").startswith(f"建议资助{len(found.chosen)}个项目")


@pytest.mark.slow
@pytest.mark.parametrize("budget", [1.0, 8e6, 1e12])
@pytest.mark.parametrize("rules", ["", TORN])
def test_chinese_sentences_hold_no_english(budget, rules):
    for sentence in say_choice_findings(selection(budget, rules), "zh"):
        assert not LATIN.search(sentence), sentence
        assert "nan" not in sentence and "{" not in sentence


def test_plain_budgets_are_said():
    assert "covers everything" in " ".join(chosen.say_notes(selection(1e12, ""), "en"))
    assert "check the unit" in " ".join(chosen.say_notes(selection(500.0, ""), "en"))
    assert chosen.say_selection(selection(500.0, ""), "en") == "Under this budget and these rules nothing is funded."
    assert chosen.say_selection(selection(1e12, ""), "en").startswith("Fund all that can be chosen, 29 projects,")


def test_a_search_cut_short_is_not_told_as_an_answer():
    found = selection(500.0, "")
    cut = replace(found, choice=replace(found.choice, status="feasible", bound=1.0))
    assert "Within 5 seconds no portfolio was found but funding nothing" in chosen.say_selection(cut, "en")
    unknown = replace(found, choice=replace(found.choice, status="unknown"))
    assert "give more time" in chosen.say_selection(unknown, "en") and not chosen.say_gap(unknown, "en")


def test_the_gap_is_rounded_up():
    assert chosen._say_gap(0.000812, "en") == "0.09 %"
    assert chosen._say_gap(0.0123, "en") == "1.3 %"


def test_values_in_the_unit_of_their_definition():
    assert chosen.say_choice_value(1.5e6, "score_funds", "en") == "1.5 million yuan"
    assert chosen.say_choice_value(3.456, "score", "en") == "346 points"
    assert chosen.say_choice_value(1, "households", "en") == "1 household"


def test_the_price_names_the_projects_further_money_would_reach():
    found = selection(8e6, "")
    said = chosen.say_price(found, "en")
    points = round(100 * found.price.per_yuan)
    assert f"projects of about {points} points" in said[0]
    assert chosen.say_price(selection(1e12, ""), "en") == ["A little more money would add nothing."]


def test_a_conflict_is_explained_with_what_would_do():
    found = selection(3e5, "[fixed]\nin = ['MG2025-004']\n")
    said = chosen.say_conflict(found, "en")
    assert said[0].startswith("These cannot all hold:") and "(MG2025-004) is funded" in said[0]
    assert "Budget: at most 300,000 yuan → 950,000 yuan" in said[1]


def test_a_floor_that_nobody_counts_in_is_named():
    said = chosen.say_conflict(
        selection(8e6, '[[limit]]\nname = "f"\nwhere = {township = "无此乡"}\nat_least = 1\n'), "en"
    )
    assert said[1] == "No project that can be chosen counts in: f."


def test_contradictions_among_sets_say_so():
    rules = '[fixed]\nin = ["MG2025-004"]\n[[depends]]\nproject = "MG2025-004"\nneeds = ["MG2025-008"]\n'
    assert "release one of them" in chosen.say_conflict(selection(8e6, rules), "en")[-1]


def test_projects_apart_are_named_by_reason():
    said = chosen.say_apart(selection(), "en")
    assert "over a red line 15" in said and "鸡苗到户发放项目" in said


def test_facts_not_stated_are_told():
    said = " ".join(chosen.say_unknown_facts(selection(), "en"))
    assert re.search(r"长效: \d+ projects do not state", said)
    taken = selection(8e6, '[[limit]]\nmeasure = "households"\nat_least = 1\nunknown = 5\n')
    assert "each is taken as 5" in " ".join(chosen.say_unknown_facts(taken, "en"))


@pytest.mark.slow
def test_two_choices_are_compared_in_words():
    a, b = selection(8e6, ""), selection(1.2e7, "")
    said = chosen.say_comparison(a, b, "en")
    assert said[0].startswith("From A to B:")
    assert chosen.say_comparison(a, a, "en") == ["Both fund the same projects."]
    labels = a.evaluation.portfolio.labels
    assert labels.is_unique
    named = [str(labels[key]) for key in set(b.shares) - set(a.shares)]
    assert named and all(name in said[-1] for name in named)


@pytest.mark.slow
def test_a_frontier_is_said():
    found = selection(8e6, "", red_lines_out=False, value="score")
    points = found.frontier("risk")
    assert len(points) > 1 and "costs" in chosen.say_frontier(points, "risk", "en")
    assert "No frontier" in chosen.say_frontier((), "risk", "en")
    assert "no safer portfolio" in chosen.say_frontier(points[:1], "risk", "en")
    assert "nothing to trade" in chosen.say_frontier((replace(points[0], found=0.0),), "flagged", "en")


def test_long_lists_of_names_are_cut():
    assert chosen.name_some([str(k) for k in range(14)], "en").endswith("11 and 2 more")
