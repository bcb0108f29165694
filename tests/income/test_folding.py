"""Groups are numbered in the order of their keys, missing last, whatever the order of the rows."""

import numpy as np
import pandas as pd
import pytest

from evaluator.income.folding import Part, Shape, add_up, join_parts, number_groups, number_pairs, sort_codes


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


@pytest.mark.parametrize("shift", [0, 50])
def test_pairs_are_numbered_in_their_order(shift):
    """However many years the patterns have: 50 years and many groups together pass the bits of a whole number."""
    group = np.array([70_000, 0, 70_000, 1, 0], np.int64)
    pattern = np.array([2, 3, 1, 1, 3], np.int64) << shift
    place, first = number_pairs(group, pattern)
    assert place.tolist() == [3, 0, 2, 1, 0]
    assert first.tolist() == [1, 3, 2, 0]


def test_parts_are_joined_with_their_groups_counted_on():
    part = Part(
        squares=6.0,
        products=np.ones((2, 1)),
        group=np.array([0, 1, 1]),
        pattern=np.array([1, 1, 7]),
        units=np.ones(3, np.int64),
        weight=np.ones(3),
        sums=np.ones((3, 3, 1)),
    )
    joined = join_parts([part, part])
    assert joined.group.tolist() == [0, 1, 1, 2, 3, 3]
    assert joined.squares == 12 and joined.sums.shape == (6, 3, 1)
