"""What to collect, in both languages, with the smallest effect that could be seen."""

import pytest

from evaluator.income.power import UNSTEADY, Survey, find_smallest_effect
from evaluator.report.collection import HOUSEHOLDS, STEPS, VILLAGES, say_steps, tabulate_power


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_step_is_said(language):
    assert len(set(say_steps(language))) == len(STEPS)


def test_the_tables_hold_what_power_finds():
    (_, _), (title, unsteady), *_ = tabulate_power("en")
    assert "1 year before" in title
    assert list(unsteady.iloc[:, 0]) == [str(count) for count in VILLAGES]
    share = find_smallest_effect(Survey(10, 10, HOUSEHOLDS[1], 1, 3), UNSTEADY)
    assert unsteady.iloc[1, 2] == f"{100 * share:.0f} %"


def test_chinese_tables_hold_no_english():
    text = "".join(title + table.to_string() for title, table in tabulate_power("zh"))
    assert not any(letter.isascii() and letter.isalpha() for letter in text)
