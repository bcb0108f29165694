"""Rules in words: every kind, both languages, bounds rounded to the side on which they still do."""

import re

import pytest

from evaluator.choice.conflicts import Relaxation
from evaluator.choice.model import Line
from evaluator.report.ruled import say_line_name, say_relaxation, say_rule, say_rule_name
from tests.report.made_choice import selection

HAN = re.compile("[一-鿿]")
LATIN = re.compile(r"[A-Za-z]{3,}")


def test_every_kind_of_rule_is_said_in_english():
    problem = selection().problem
    said = {name: say_rule(problem, kind, name, "en") for kind, name in problem.model.names}
    assert said["budget"] == "Funds: at most 8 million yuan"
    assert said["limit 1"] == "Funds, for each value (Township): at most 40 % of the budget"
    assert said["长效"] == (
        "Funds (Benefit years: at least 5 years; Kind: Industry; Product: not Walnut): at least 60 % of what is "
        "chosen, at most 100 % of what is chosen, counted among Kind: Industry"
    )
    assert said["exclusive 1"] == "at most 1 of MG2025-021, MG2025-022, MG2025-023"
    assert said["depends 1"] == "MG2025-003 only with one of MG2025-045, MG2025-004"
    assert said["depends 2"] == "MG2025-005 only with MG2025-002"
    assert said["together 1"] == "all or none of MG2025-029, MG2025-031"
    assert said["continuing"] == "new projects only when every continuing one of the same value is funded (Township)"
    assert said["MG2025-044"].endswith(" (MG2025-044) is not funded")
    assert "Grain" in said["limit 3"] and "Over 5 years" in said["limit 3"]


def test_no_english_is_left_in_chinese():
    problem = selection().problem
    for kind, name in problem.model.names:
        for said in (say_rule(problem, kind, name, "zh"), say_rule_name(kind, name, "zh")):
            assert not LATIN.search(said), said
            assert HAN.search(said)


def test_a_line_names_its_group_and_a_venture_its_id():
    problem = selection().problem
    names = {say_line_name(line, "zh") for line in problem.model.lines}
    assert "限额1（巴普镇）" in names and any(name.startswith("联建项目") for name in names)


@pytest.mark.parametrize(
    ("measure", "of", "side", "needed", "printed"),
    [
        ("funds", "amount", "at_most", 1234567.2, "1,234,568 yuan"),
        ("funds", "amount", "at_least", 1234567.8, "1,234,567 yuan"),
        ("funds", "chosen", "at_most", 0.33341, "33.4 %"),
        ("funds", "chosen", "at_least", 0.33349, "33.3 %"),
        ("projects", "amount", "at_most", 3.0, "3 projects"),
        ("households", "amount", "at_least", 237.9, "237 households"),
    ],
)
def test_what_would_do_is_rounded_so_that_it_does(measure, of, side, needed, printed):
    line = Line(0, "limit", "cap", None, measure=measure, of=of, at_most=1.0)
    assert say_relaxation(Relaxation(line, side, 1.0, needed), "en").endswith("→ " + printed)
