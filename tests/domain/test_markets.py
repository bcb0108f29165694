import math

import pandas as pd
import pytest

from evaluator.domain.markets import Markets, measure_unit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((word, ("mass", 1000)) for word in ("吨", "t/年", "tonnes a year")),
        *((word, ("mass", 1)) for word in ("公斤", "KG", "千克")),
        *((word, ("mass", amount)) for word, amount in (("斤", 0.5), ("万斤", 5000), ("万公斤", 1e4), ("万吨", 1e7))),
        *((word, ("head", amount)) for word, amount in (("头", 1), ("万羽", 1e4))),
        ("件", ("piece", 1)),
        ("箱", ("箱", 1)),
    ],
)
def test_units_are_measured_in_kilograms_heads_pieces_or_themselves(text, expected):
    assert measure_unit(text) == expected


@pytest.mark.parametrize("text", [None, "", "  ", math.nan, 3])
def test_no_unit_is_no_measure(text):
    dimension, factor = measure_unit(text)
    assert dimension == ""
    assert math.isnan(factor)


def test_a_table_keeps_its_own_copy():
    frame = pd.DataFrame({"product": ["apple", None]})
    markets = Markets(frame)
    frame.loc[0, "product"] = "tea"
    assert markets.products == {"apple"}
    assert len(markets) == 2
