"""Plain values: what JSON can hold, nothing else."""

import json
import math

import numpy as np
import pandas as pd
import pytest

from evaluator.report.plain import plain, plain_column, plain_number


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (math.nan, None),
        (math.inf, None),
        (None, None),
        (pd.NaT, None),
        (np.float64(2.5), 2.5),
        (np.int64(3), 3),
        (np.bool_(True), True),
        (pd.Timestamp("2026-03-01"), "2026-03"),
        (("wage", "dividend"), ["wage", "dividend"]),
        ("", ""),
    ],
)
def test_plain(value, expected):
    assert plain(value) == expected
    json.dumps(plain(value), allow_nan=False)


def test_counts_are_whole_and_money_is_not_touched():
    assert plain_column([210.0, math.nan, 1.5], "count") == [210, None, 1.5]
    assert isinstance(plain_column([210.0], "count")[0], int)
    assert isinstance(plain_column([210.0], "money")[0], float)


def test_numbers_only():
    assert plain_number(np.float64(1.5)) == 1.5
    assert plain_number(math.inf) is None
    assert plain_number("3") is None
