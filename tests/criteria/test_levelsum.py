"""Level sums equal sums over pairs, whether the classes fit a dense table or not."""

import numpy as np
import pandas as pd
import pytest

from evaluator.criteria import levelsum
from evaluator.criteria.levelsum import sum_around, sum_doubt, sum_levels
from evaluator.criteria.rivals import lay_out


@pytest.fixture
def laid_out():
    rng = np.random.default_rng(4)
    frame = pd.DataFrame(
        {
            "product": rng.choice(["apple", "pear", "potato", "potato_starch", "livestock", "moonstone", None], 200),
            "lon": rng.uniform(102, 102.6, 200).round(1),
            "lat": rng.uniform(28, 28.6, 200).round(1),
            "joint_venture_id": rng.choice(["V", "W", None, None, None], 200),
            "investment_yuan": rng.lognormal(13, 1, 200),
        }
    )
    return lay_out(frame, adjacent={})


def test_levels_are_nested(laid_out):
    product, stage, family, around = sum_levels(laid_out)
    assert (product <= stage * (1 + 1e-12)).all()
    assert (stage <= family * (1 + 1e-12)).all()
    assert (family <= around * (1 + 1e-12)).all()
    np.testing.assert_array_equal(sum_around(laid_out), around)


def test_dense_and_sparse_tables_give_the_same_bits(laid_out, monkeypatch):
    dense = [sum_levels(laid_out), *sum_doubt(laid_out)]
    monkeypatch.setattr(levelsum, "CELLS_AT_ONCE", 0)
    sparse = [sum_levels(laid_out), *sum_doubt(laid_out)]
    for a, b in zip(dense, sparse, strict=True):
        assert a.tobytes() == b.tobytes()


def test_doubt_is_none_where_all_is_known():
    field = lay_out(pd.DataFrame({"product": ["apple", "pear"], "lon": 102.0, "lat": 28.0}), adjacent={})
    less, more = sum_doubt(field)
    assert not less.any()
    assert not more.any()
