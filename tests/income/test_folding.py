"""Groups are numbered in the order of their keys, missing last, whatever the order of the rows."""

import numpy as np
import pandas as pd

from evaluator.income.folding import Shape, add_up, number_groups, sort_codes


def test_codes_follow_the_values_and_missing_comes_last():
    assert sort_codes(pd.Series(["b", None, "a", "b"])).tolist() == [1, 2, 0, 1]
    assert sort_codes(pd.Series([np.nan, np.nan])).tolist() == [0, 0]
    assert sort_codes(pd.Series([], dtype=float)).tolist() == []


def test_groups_are_sorted_by_all_keys():
    keys = pd.DataFrame({"a": ["y", "x", "y", "x", "y"], "b": [2.0, 1.0, np.nan, 1.0, 2.0]})
    number, first = number_groups(keys)
    assert number.tolist() == [1, 0, 2, 0, 1]
    assert first.tolist() == [1, 0, 2]


def test_sums_by_group():
    values = np.arange(6.0).reshape(3, 2)
    assert add_up(values, np.array([1, 0, 1]), 3).tolist() == [[2, 3], [4, 6], [0, 0]]


def test_names_of_columns():
    shape = Shape(("cluster_id",), (2000, 2001), ("outcome", "x"), False)
    assert shape.values(1) == ["v1_0", "v1_1"]
    assert shape.pairs() == [(0, 0), (0, 1), (1, 1)]
