from dataclasses import replace

import pytest

from evaluator.report.chosen import say_selection
from evaluator.report.document import Paragraph, Table
from evaluator.report.sections.choice import build_choice
from evaluator.report.selected import tabulate_chosen
from evaluator.selection import choose


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_answer_and_the_chosen_projects_are_the_strings_of_the_command(funded, language):
    blocks = build_choice(funded, language)
    assert Paragraph(say_selection(funded.selection, language), style="lead") in blocks
    table = next(block for block in blocks if isinstance(block, Table))
    shown = tabulate_chosen(funded.selection, language)
    assert table.rows == tuple(shown.itertuples(name=None))


def test_without_a_budget_there_is_no_such_section(county):
    assert build_choice(county, "zh") == ()


def test_rules_that_conflict_are_explained(county):
    rules = '[[limit]]\nname = "too much"\nmeasure = "projects"\nat_least = 500\n'
    found = choose(county.evaluation, budget_yuan=1_000_000, rules=rules, core=False, prices=False)
    assert not found.choice.found
    blocks = build_choice(replace(county, selection=found), "en")
    titles = [block.title for block in blocks if isinstance(block, Table)]
    assert "What would have to give way" in titles
