"""Laws that effects keep: order, names, units, common shocks, who leaves by chance."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from evaluator.domain.settings import Settings
from evaluator.income.effects import estimate_effects
from evaluator.income.specification import METHODS
from tests.income.made import panel_of, world_frame
from tests.income.simulate import draw

FRAME = world_frame(24, seed=17)


def numbers(frame, **rules):
    settings = Settings().with_values({f"income.{key}": value for key, value in rules.items()})
    found = estimate_effects(panel_of(frame), settings=settings, checks=False)
    path = found.paths["all"]
    values = [found.overall.estimate, found.overall.se, found.headline.estimate, found.headline.se, found.headline.p]
    return np.concatenate([values, path.estimate, path.se, path.band_low])


@cache
def plain(method):
    return numbers(FRAME, estimator=method)


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_row_order_does_not_matter(method):
    np.testing.assert_allclose(
        numbers(FRAME.sample(frac=1, random_state=2), estimator=method), plain(method), rtol=1e-8
    )


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_names_do_not_matter(method):
    names = {name: f"{int(name[1:]) * 7919 % 101:03d}-{name}" for name in FRAME["cluster_id"].unique()}
    units = FRAME["unit_id"].str[::-1] + "x"
    renamed = FRAME.assign(cluster_id=FRAME["cluster_id"].map(names), unit_id=units)
    np.testing.assert_allclose(numbers(renamed, estimator=method), plain(method), rtol=1e-8)


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_the_unit_of_income_does_not_matter_to_logs(method):
    """Yuan or ten thousand yuan: a constant in the logarithm."""
    moved = FRAME.assign(outcome=FRAME["outcome"] - np.log(10_000))
    np.testing.assert_allclose(numbers(moved, estimator=method), plain(method), rtol=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_shocks_common_to_a_year_and_levels_of_villages_drop_out(method):
    shock = FRAME["year"].map(dict(zip(range(1, 13), np.random.default_rng(1).normal(size=12), strict=True)))
    level = FRAME["cluster_id"].str[1:].astype(int) * 0.3
    np.testing.assert_allclose(
        numbers(FRAME.assign(outcome=FRAME["outcome"] + shock + level), estimator=method), plain(method), rtol=1e-6
    )


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_only_the_means_of_villages_and_years_matter_where_nobody_leaves(method):
    """Whatever moves between households of a village and year drops out; so does all but the village's mean income."""
    full = FRAME[FRAME.groupby("unit_id")["year"].transform("size") == 12]
    full = full[full.groupby("cluster_id")["unit_id"].rank("dense") <= 4]  # every village has so many that stay
    moved = full.assign(outcome=full.groupby(["cluster_id", "year"])["outcome"].transform("mean"))
    np.testing.assert_allclose(numbers(moved, estimator=method), numbers(full, estimator=method), rtol=1e-7)


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_calendar_years_do_not_matter(method):
    later = FRAME.assign(
        year=FRAME["year"] + 2000, first_year=np.where(FRAME["first_year"] > 0, FRAME["first_year"] + 2000, 0)
    )
    np.testing.assert_allclose(numbers(later, estimator=method), plain(method), rtol=1e-8)


@pytest.mark.slow
def test_twice_the_income_in_yuan_is_twice_the_effect():
    level = FRAME.assign(outcome=np.exp(FRAME["outcome"]))
    one, two = numbers(level), numbers(level.assign(outcome=2 * level["outcome"]))
    np.testing.assert_allclose(np.delete(two, 4), 2 * np.delete(one, 4), rtol=1e-8)
    assert one[4] == pytest.approx(two[4])


def test_leaving_by_chance_biases_nothing():
    """Half of all later rows dropped by chance: the truth stays inside, and first years are as given."""
    world = draw(np.random.default_rng(23), 80)
    frame = world.frame()
    kept = frame[(np.random.default_rng(3).random(len(frame)) < 0.5) | (frame["year"] <= 2)]
    found = estimate_effects(panel_of(kept), checks=False)
    assert found.headline.low <= world.contrast() <= found.headline.high
    assert set(found.cells.table["first_year"]) == set(frame["first_year"]) - {0}


def test_weights_that_are_all_alike_change_nothing():
    np.testing.assert_allclose(numbers(FRAME.assign(weight=3.0)), plain("etwfe"), rtol=1e-8)


@pytest.mark.slow
def test_weights_count_as_copies():
    heavy = FRAME["unit_id"].str.endswith("03")
    copies = FRAME[heavy].assign(unit_id=FRAME.loc[heavy, "unit_id"] + "b")
    both = numbers(pd.concat([FRAME, copies], ignore_index=True))
    weighed = numbers(FRAME.assign(weight=np.where(heavy, 2.0, 1.0)))
    np.testing.assert_allclose(weighed, both, rtol=1e-8)
