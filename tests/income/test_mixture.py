import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import norm

from evaluator.income.mixture import mixture_mean, mixture_quantile, mixture_sd, share_below


def column(*values):
    return np.array(values)[:, None]


@pytest.mark.parametrize("level", [0.001, 0.05, 0.5, 0.95, 0.999])
def test_one_component_is_the_normal_distribution(level):
    found = mixture_quantile(column(1.0), column(0.3), column(0.2), level)
    assert found[0] == pytest.approx(norm.ppf(level, 0.3, 0.2), abs=1e-9)


@pytest.mark.parametrize("level", [0.05, 0.25, 0.5, 0.9])
def test_quantiles_of_far_components_invert_the_distribution(level):
    weight, mean, sd = column(0.2, 0.5, 0.3), column(-2.0, 0.0, 3.0), column(0.1, 1.0, 0.05)
    at = mixture_quantile(weight, mean, sd, level)[0]
    exact = brentq(lambda v: (weight[:, 0] * norm.cdf(v, mean[:, 0], sd[:, 0])).sum() - level, -10, 10, xtol=1e-13)
    assert at == pytest.approx(exact, abs=1e-7)
    assert share_below(weight, mean, sd, at)[0] == pytest.approx(level, abs=1e-7)


def test_mean_and_spread_of_a_mixture():
    weight, mean, sd = column(0.25, 0.75), column(0.0, 4.0), column(1.0, 2.0)
    assert mixture_mean(weight, mean)[0] == 3.0
    assert mixture_sd(weight, mean, sd)[0] == pytest.approx(np.sqrt(0.25 * (1 + 9) + 0.75 * (4 + 1)))


def test_a_component_without_spread_counts_whole_from_its_mean_on():
    weight, mean, sd = column(0.5, 0.5), column(0.0, 1.0), column(0.0, 0.0)
    assert [share_below(weight, mean, sd, at)[0] for at in (-0.1, 0.0, 0.9, 1.0)] == [0.0, 0.5, 0.5, 1.0]
    assert mixture_quantile(column(1.0), column(2.0), column(0.0), 0.9)[0] == 2.0
