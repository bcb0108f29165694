"""Value functions and parts: published piecewise examples, additive scores, ranges."""

import numpy as np
import pandas as pd
import pytest

from evaluator.criteria.draws import Draws
from evaluator.criteria.score import Part, Quantity, piecewise, score_parts
from evaluator.domain.settings import ScoreSettings

PVF = [  # M06 piecewise value functions, gertvv/rsmaa smaa/tests/pvf.R, there on 0-1
    ([-0.15, 0.35], [0, 1], [0.35, -0.15, 0.1], [1, 0, 0.5]),
    ([50, 100], [1, 0], [50, 100, 75], [1, 0, 0.5]),
    ([-0.15, 0.0, 0.25, 0.35], [0, 0.1, 0.9, 1], [0.35, -0.15, 0, 0.25, 0.1, 0.38, -0.2], [1, 0, 0.1, 0.9, 0.42, 1, 0]),
    ([50, 75, 90, 100], [1, 0.8, 0.5, 0], [50, 60, 75, 90, 100, 10, 40, 101, 120], [1, 0.92, 0.8, 0.5, 0, 1, 1, 0, 0]),
]


@pytest.mark.parametrize(("cutoffs", "values", "x", "expected"), PVF)
def test_piecewise_matches_m06_pvf(cutoffs, values, x, expected):
    anchors = tuple((c, 100 * v) for c, v in zip(cutoffs, values, strict=True))
    np.testing.assert_allclose(piecewise(np.array(x, float), anchors), 100 * np.array(expected), atol=1e-10)


def spotis_parts():
    """M04 SPOTIS example (Dezert et al. 2020) as anchored values: V = 1 - SPOTIS."""
    matrix = np.array([[10.5, -3.1, 1.7], [-4.7, 0, 3.4], [8.1, 0.3, 1.3], [3.2, 7.3, -5.3]])
    bounds, weights, direction = [(-5, 12), (-6, 10), (-8, 5)], [0.2, 0.3, 0.5], [1, -1, 1]
    return {
        f"c{k}": Part(
            Quantity.known(matrix[:, k]),
            ((low, 0.0 if sign > 0 else 100.0), (high, 100.0 if sign > 0 else 0.0)),
            np.full(4, weight),
        )
        for k, ((low, high), weight, sign) in enumerate(zip(bounds, weights, direction, strict=True))
    }


def test_weighted_parts_match_m04_spotis():
    index = pd.Index(list("abcd"))
    result = score_parts("m04", index, spotis_parts(), settings=ScoreSettings(), draws=Draws.of(index, ScoreSettings()))
    np.testing.assert_allclose(1 - result.score / 100, [0.1989, 0.3705, 0.3063, 0.7491], atol=6e-5)
    np.testing.assert_array_equal(result.low, result.score)
    np.testing.assert_array_equal(result.high, result.score)
    assert result.judged.all()


def one_part(point, low, high):
    quantity = Quantity(np.array([point]), np.array([low]), np.array([high]))
    return {"only": Part(quantity, ((0.0, 0.0), (1.0, 100.0)), np.ones(1))}


def test_missing_part_takes_the_prior_and_the_whole_range():
    index = pd.Index(["p"])
    result = score_parts(
        "x", index, one_part(np.nan, np.nan, np.nan), settings=ScoreSettings(), draws=Draws.of(index, ScoreSettings())
    )
    assert result.score[0] == 35.0
    assert result.draws.mean() == pytest.approx(35.0, abs=0.6), "the prior is the mean of what is drawn"
    assert result.low[0] == pytest.approx(100 * 0.05 ** (65 / 35), abs=0.2)
    assert result.high[0] == pytest.approx(100 * 0.95 ** (65 / 35), abs=1)
    assert result.coverage[0] == 0.0
    assert not result.judged[0]


def test_a_range_without_a_point_is_drawn_from_the_range():
    index = pd.Index(["p"])
    result = score_parts(
        "x", index, one_part(np.nan, 0.4, 0.6), settings=ScoreSettings(), draws=Draws.of(index, ScoreSettings())
    )
    assert result.score[0] == 35.0, "a weak prior range is no point"
    assert 40 <= result.draws.min() <= result.draws.max() <= 60
