"""What to collect, in both languages, with the smallest effect that could be seen."""

import pytest

from evaluator.income.power import UNSTEADY, Plan, find_detectable
from evaluator.report.collection import HOUSEHOLDS, STEPS, VILLAGES, say_steps, tabulate_power


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_step_is_said(language):
    assert len(set(say_steps(language))) == len(STEPS)


def test_the_tables_hold_what_power_finds():
    (_, _), (title, unsteady), *_ = tabulate_power("en")
    assert "1 year before" in title
    assert list(unsteady.iloc[:, 0]) == [str(count) for count in VILLAGES]
    found = find_detectable(Plan(0, 10, 10, HOUSEHOLDS[1], 1, (0, 2)), spread=UNSTEADY).level
    assert unsteady.iloc[1, 2] == f"{100 * (2.718281828459045**found - 1):.0f} %"


def test_chinese_tables_hold_no_english():
    text = "".join(title + table.to_string() for title, table in tabulate_power("zh"))
    assert not any(letter.isascii() and letter.isalpha() for letter in text)
