import numpy as np
import pandas as pd
import pytest

from evaluator.criteria.price_signals import read_price_signals
from evaluator.domain.markets import Prices
from evaluator.domain.table_fields import PRICE_FIELDS


def prices(rows):
    return Prices(pd.DataFrame(rows, columns=[field.key for field in PRICE_FIELDS]))


def texts(*values):
    return np.array(values, dtype=object)


def test_each_project_gets_the_figures_of_its_product():
    rows = [{"product": name, "year": year, "price_yuan": 5 * (1 + g) ** (year - 2010)}
            for name, g in (("apple", 0.02), ("tea", -0.04)) for year in range(2010, 2020)]  # fmt: skip
    found = read_price_signals(texts("tea", None, "apple", "tea"), prices(rows), national={})
    assert found.trend.point == pytest.approx([-0.04, np.nan, 0.02, -0.04], nan_ok=True)
    assert found.years.tolist() == [10, 0, 10, 10]
    assert found.source.tolist() == ["table", None, "table", "table"]


def test_prices_that_swing_with_last_years_planting_show_a_cobweb():
    rng, last, rows = np.random.default_rng(5), 0.4, []
    for year in range(1990, 2020):
        volume = 0.5 * last + 0.05 * rng.normal()
        last = -volume / 0.7 + 0.05 * rng.normal()
        rows.append({"product": "garlic", "year": year, "price_yuan": np.exp(last), "volume": np.exp(volume)})
    found = read_price_signals(texts("garlic"), prices(rows), national={})
    assert found.cobweb.low[0] <= 0.5 / 0.7 <= found.cobweb.high[0]


def test_no_table_and_no_products():
    assert np.isnan(read_price_signals(texts("moon cheese"), None).semi_deviation.high[0])
    assert read_price_signals(texts(), prices([])).trend.point.shape == (0,)
