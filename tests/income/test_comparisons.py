"""Other estimators, other errors, chance, and the naive regression beside the result."""

import numpy as np
import pytest

from evaluator.domain.settings import IncomeSettings
from evaluator.income.comparisons import (
    compare_errors,
    compare_methods,
    headline_or_overall,
    permute_overall,
    show_naive,
)
from evaluator.income.estimation import prepare, study_of
from evaluator.income.specification import specify
from tests.income.made import panel_of, small_frame, world_frame
from tests.income.simulate import draw

SPEC = specify(panel_of(world_frame()), IncomeSettings(permutations=99), trait="trait_short_flat_fast")
STUDY = study_of(SPEC)
FOUND = prepare(SPEC, "etwfe", STUDY)


def test_the_other_estimators_stand_beside():
    others = compare_methods(FOUND, STUDY)
    assert [other.method for other in others] == ["imputation", "sun_abraham", "callaway_santanna"]
    own = FOUND.overall()["all"]
    assert all(abs(other.overall.estimate - own.estimate) < own.se for other in others)


@pytest.mark.slow
def test_errors_of_the_headline_side_by_side():
    found = {estimate.name: estimate for estimate in compare_errors(FOUND, few=True)}
    assert list(found) == ["jackknife", "cluster", "wild", "permutation"]
    assert len({round(estimate.estimate, 12) for estimate in found.values()}) == 1
    assert found["jackknife"].se > found["cluster"].se
    assert 0.01 <= found["permutation"].p <= 1 and np.isnan(found["permutation"].low)
    assert headline_or_overall(FOUND).value == found["jackknife"].estimate


def test_naive_misses_what_fades_and_grows():
    world = draw(np.random.default_rng(2), 100)
    spec = specify(panel_of(world.frame()), IncomeSettings(), trait="trait_short_flat_fast")
    naive = show_naive(prepare(spec, "etwfe", None))
    assert naive.negative_share > 0 and naive.negative_weight < 0
    assert naive.contrast.low > world.contrast()  # the long-run contrast is far below its interval


def test_chance_is_all_that_few_treated_villages_give():
    frame = small_frame()
    frame["first_year"] = np.where(frame["cluster_id"].isin(["c01", "c02"]), 2004, 0)
    (found,) = permute_overall(specify(panel_of(frame), IncomeSettings(permutations=199)))
    assert found.name == "permutation" and found.clusters == 2
    assert np.isnan(found.se) and 0 < found.p <= 1
    assert found.estimate == pytest.approx(0.2, abs=0.2)


def test_errors_of_two_way_effects_use_their_own_regression():
    found = prepare(SPEC, "twfe", None)
    by_name = {estimate.name: estimate for estimate in compare_errors(found, few=False)}
    assert by_name["wild"].low < by_name["wild"].estimate < by_name["wild"].high
    assert by_name["jackknife"].estimate == headline_or_overall(found).value
