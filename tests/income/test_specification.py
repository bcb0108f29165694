"""One specification for every estimator: strata, covariates that stand still, and a known truth for all methods."""

import numpy as np
import pandas as pd
import pytest

from evaluator.domain.settings import IncomeSettings
from evaluator.income.average import average
from evaluator.income.specification import (
    METHODS,
    again_by,
    estimate_cells,
    regress,
    regress_twoway,
    side_by_side,
    specify,
    untreated_cells,
    varies_without_projects,
)
from evaluator.income.summary import choose
from tests.income.made import panel_of, small_frame

RULES = IncomeSettings()
TRAIT = "trait_short_flat_fast"


def with_land():
    frame = small_frame()
    land = np.random.default_rng(4).normal(size=60) + 3
    return frame.assign(land=land[frame["unit_id"].str[1:].astype(int)])


def test_a_covariate_that_stands_still_is_told_from_one_that_moves():
    spec = specify(panel_of(with_land(), continuous=("hours", "land")), RULES)
    assert (spec.baseline, spec.moving) == (("land",), ("hours",))
    assert "land" in spec.cells.groups


def test_a_trait_of_units_has_year_effects_of_its_own():
    frame = small_frame().rename(columns={"size": "trait_size"})
    spec = specify(panel_of(frame), RULES, trait="trait_size")
    assert spec.strata == ("trait_size",) and varies_without_projects(spec.cells, "trait_size")
    assert specify(panel_of(frame), RULES, trait=TRAIT).strata == ()
    assert again_by(spec, "").strata == ()


@pytest.mark.parametrize("method", METHODS)
def test_every_method_finds_the_known_effect(method):
    frame = with_land()
    spec = specify(panel_of(frame, continuous=("hours", "land"), discrete=("size",)), RULES)
    effects, fit = estimate_cells(spec, method)
    mean = average(effects, choose(effects.table), spec.cells)
    started = frame[(frame["first_year"] > 0) & (frame["year"] >= frame["first_year"])]
    truth = np.average(0.1 * (started["year"] - started["first_year"] + 1), weights=started["weight"])
    assert mean.value == pytest.approx(truth, abs=0.08)
    assert effects.method == method
    assert (fit is not None) == (method in {"etwfe", "sun_abraham"})


def test_covariates_of_wooldridge_by_hand():
    """A slope in every year and, around its mean, in every effect: ordinary least squares with all of them."""
    frame = with_land().drop(columns=["weight", "hours"])
    spec = specify(panel_of(frame, continuous=("land",)), RULES)
    effects = regress(spec).effects
    columns = []
    for first, year in zip(effects.table["first_year"], effects.table["year"], strict=True):
        here = ((frame["first_year"] == first) & (frame["year"] == year)).to_numpy(float)
        centred = frame["land"] - frame.loc[here > 0, "land"].mean()
        columns += [here, here * centred.to_numpy()]
    for year in range(2002, 2007):
        wave = (frame["year"] == year).to_numpy(float)
        columns += [wave, wave * frame["land"].to_numpy()]
    units = pd.get_dummies(frame["unit_id"]).to_numpy(float)
    x = np.column_stack([*columns, units])
    found = np.linalg.lstsq(x, frame["outcome"].to_numpy(), rcond=None)[0]
    np.testing.assert_allclose(effects.theta, found[: 2 * len(effects.theta) : 2], atol=1e-9)
    rest = frame[frame["cluster_id"] != "c01"]
    again = regress(specify(panel_of(rest, continuous=("land",)), RULES)).effects
    np.testing.assert_allclose(effects.replicates[1], again.theta, atol=1e-9)


def test_never_treated_alone_give_the_event_study():
    panel = panel_of(small_frame())
    study = regress(specify(panel, RULES), leads=True).effects
    never, _ = estimate_cells(specify(panel, IncomeSettings(control="never")), "etwfe")
    np.testing.assert_allclose(never.theta, study.theta)


def test_parts_are_of_the_same_panel():
    spec = specify(panel_of(small_frame(), continuous=("hours",), discrete=("size",)), RULES, trait=TRAIT)
    assert side_by_side(spec).outcome.shape == (60, 6)
    masked = untreated_cells(spec)
    frame = small_frame()
    before = frame[(frame["first_year"] == 0) | (frame["year"] < frame["first_year"])]
    assert int((masked.units[:, None] * masked.attended).sum()) == len(before)
    assert regress_twoway(spec, "static").effects.method == "twfe"
