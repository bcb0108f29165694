"""Doubly robust and regression adjustment beside diff-diff, and without a cluster."""

import numpy as np
import pytest

from evaluator.income.callaway import fit_callaway
from evaluator.income.cells import compress_frame
from evaluator.income.doubly import fit_doubly
from evaluator.income.units import lay_frame
from tests.income.test_callaway import each_its_own

diff_diff = pytest.importorskip("diff_diff")


def with_land():
    frame = each_its_own()
    land = np.random.default_rng(4).normal(size=frame["unit_id"].nunique()) + 3
    frame["land"] = land[frame["unit_id"].str[1:].astype(int)]
    frame["outcome"] += 0.05 * frame["land"] * (frame["year"] - 2001)
    return frame


@pytest.mark.parametrize(("ours", "theirs", "digits"), [("regression", "reg", 1e-9), ("doubly_robust", "dr", 1e-4)])
def test_equals_diff_diff(ours, theirs, digits):
    """To the tolerance of their logit; the next test has the digits."""
    frame = with_land()
    found = fit_doubly(
        compress_frame(frame),
        lay_frame(frame, numbers=("land",)),
        adjustment=ours,
        control="never",
        base="varying",
    )
    frame = frame.assign(unit=frame["unit_id"].str[1:].astype(int))
    fitted = diff_diff.CallawaySantAnna(estimation_method=theirs, pscore_trim=1e-6).fit(
        frame, outcome="outcome", unit="unit", time="year", first_treat="first_year", covariates=["land"]
    )
    rows = zip(found.table["first_year"], found.table["year"], strict=True)
    place = {(int(g), int(t)): i for i, (g, t) in enumerate(rows)}
    errors = np.sqrt((found.influence**2).sum(axis=0))
    for key, effect in fitted.group_time_effects.items():
        at = place[int(key[0]), int(key[1])]
        assert found.theta[at] == pytest.approx(effect["effect"], abs=digits)
        assert errors[at] == pytest.approx(effect["se"], rel=1e-3)


def test_doubly_robust_by_hand_with_the_logit_of_statsmodels():
    from statsmodels.discrete.discrete_model import Logit

    frame = with_land()
    found = fit_doubly(compress_frame(frame), lay_frame(frame, numbers=("land",)), control="never", leads=False)
    wide, land = (
        frame.pivot(index="unit_id", columns="year", values="outcome"),
        frame.groupby("unit_id")["land"].first(),
    )
    start = frame.groupby("unit_id")["first_year"].first()
    for i, (first, year) in enumerate(zip(found.table["first_year"], found.table["year"], strict=True)):
        among = start.isin([0, first])
        d, x = (start[among] == first).to_numpy(float), np.column_stack([np.ones(among.sum()), land[among]])
        change = (wide[year] - wide[first - 1])[among].to_numpy()
        share = Logit(d, x).fit(disp=0, tol=1e-14).predict(x)
        rest = change - x @ np.linalg.lstsq(x[d == 0], change[d == 0], rcond=None)[0]
        weight = share * (1 - d) / (1 - share)
        assert found.theta[i] == pytest.approx(rest[d == 1].mean() - weight @ rest / weight.sum(), abs=1e-10)


def test_without_a_cluster_it_is_the_estimate_of_the_rest():
    frame = with_land()
    found = fit_doubly(compress_frame(frame), lay_frame(frame, numbers=("land",)), leads=False)
    rest = frame[frame["unit_id"] != "u007"]
    again = fit_doubly(compress_frame(rest), lay_frame(rest, numbers=("land",)), leads=False)
    np.testing.assert_allclose(found.replicates[7], again.theta, atol=1e-9)


def test_discrete_covariates_enter_as_indicators_and_a_constant_changes_nothing():
    frame = with_land()
    cells = compress_frame(frame)
    constant = lay_frame(frame.assign(one=1.0), numbers=("one",))
    plain = fit_callaway(cells, leads=False)
    found = fit_doubly(cells, constant, adjustment="regression", leads=False)
    np.testing.assert_allclose(found.theta, plain.theta, atol=1e-12)
    np.testing.assert_allclose(found.influence, plain.influence, atol=1e-12)


def test_groups_that_a_covariate_separates_have_no_doubly_robust_estimate():
    frame = with_land()
    frame["land"] = np.where(frame["first_year"] > 0, 10.0, 0.0) + 0.1 * frame["land"]
    found = fit_doubly(compress_frame(frame), lay_frame(frame, numbers=("land",)), control="never", leads=False)
    assert np.isnan(found.theta).all()
