"""The form of a rules file: nothing in force as it is; every example works when uncommented."""

import re
import tomllib

import pytest

from evaluator.choice.faults import KEYS, NUMBERS, WORDS
from evaluator.choice.problem import pose_problem
from evaluator.report.rules_form import EXAMPLES, write_rules_form
from tests.report.made_choice import evaluation


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_form_is_valid_and_asks_nothing(language):
    assert tomllib.loads(write_rules_form(language).decode()) == {}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_example_can_be_used(language):
    text = write_rules_form(language).decode()
    shown = [line.removeprefix("# ") for line in text.splitlines() if re.match(r"# (\[|\w+ = )", line)]
    ids = list(evaluation().portfolio.frame.index)
    used = re.sub(r'"P(\d)"', lambda m: f'"{ids[int(m[1]) - 1]}"', "\n".join(shown))
    parsed = tomllib.loads(used)
    assert set(parsed) == set(KEYS[""])
    found = evaluation()
    clusters = {str(ids[0]): "cluster 1"}
    problem = pose_problem(found.portfolio, found.scorecard, found.flags, rules=used, clusters=clusters)
    assert problem.budget_yuan == 5_000_000 and len(problem.rules.limits) == 9


def test_fields_are_listed_with_titles_and_values():
    text = write_rules_form("zh").decode()
    for key in (*WORDS, *NUMBERS):
        assert f"#   {key}: " in text
    assert "flag: 短平快标记 = none (" in text
    assert set(EXAMPLES) >= {"cluster", "partial", "continuing"}
