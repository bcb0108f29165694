"""Plain comparisons: statsmodels' formula regressions, and the jackknife by leaving rows out."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from evaluator.domain.settings import IncomeSettings
from evaluator.income.specification import specify
from evaluator.income.trials import compare_plainly
from tests.income.made import panel_of, small_frame


def two_years() -> pd.DataFrame:
    frame = small_frame()
    frame = frame[frame["year"].isin([2001, 2006])]
    return frame.assign(first_year=np.where(frame["first_year"] > 0, 2006, 0)).reset_index(drop=True)


def run(frame: pd.DataFrame, method: str, **given: object):
    rules = IncomeSettings(estimator=method, **given)  # type: ignore[arg-type]
    names = ("hours",) if "hours" in frame else ()
    return compare_plainly(specify(panel_of(frame, continuous=names, discrete=("size",)), rules), method)


@pytest.mark.parametrize(("kind", "theirs"), [("classical", "nonrobust"), ("hc1", "HC1"), ("hc3", "HC3")])
def test_pooled_is_the_textbook_regression(kind, theirs):
    frame = two_years()
    frame["project"], frame["late"] = (frame["first_year"] > 0).astype(int), (frame["year"] == 2006).astype(int)
    model = smf.wls("outcome ~ project * late + hours + C(size)", frame, weights=frame["weight"])
    expected = model.fit(cov_type=theirs)
    found = run(frame, "pooled", inference=kind)
    assert found.effects.theta[0] == pytest.approx(expected.params["project:late"])
    assert np.sqrt(found.covariance[0, 0]) == pytest.approx(expected.bse["project:late"])


def test_ancova_controls_for_the_outcome_before():
    frame = two_years().drop(columns=["weight", "hours"])
    wide = frame.pivot(index="unit_id", columns="year", values="outcome").rename(columns={2001: "a", 2006: "b"})
    wide["project"] = (frame.groupby("unit_id")["first_year"].first() > 0).astype(int)
    wide["size"] = frame.groupby("unit_id")["size"].first()
    expected = smf.ols("b ~ project + a + C(size)", wide).fit(cov_type="HC1")
    found = run(frame, "ancova", inference="hc1")
    assert found.effects.theta[0] == pytest.approx(expected.params["project"])
    assert np.sqrt(found.covariance[0, 0]) == pytest.approx(expected.bse["project"])
    plain = run(frame, "ancova", inference="classical", baseline="none")
    assert plain.effects.theta[0] == pytest.approx(smf.ols("b ~ project + C(size)", wide).fit().params["project"])


def test_years_of_an_ancova_are_linked():
    frame = small_frame().drop(columns=["weight", "hours"])
    frame["first_year"] = np.where(frame["first_year"] > 0, 2005, 0)
    found = run(frame, "ancova", inference="hc1")
    assert found.effects.theta.shape == (2,)
    mean = np.array([0.5, 0.5])
    wide = frame.pivot(index="unit_id", columns="year", values="outcome")
    data = pd.DataFrame(
        {
            "y": wide[[2005, 2006]].mean(axis=1),
            "project": (frame.groupby("unit_id")["first_year"].first() > 0).astype(int),
            "size": frame.groupby("unit_id")["size"].first(),
            **{f"a{year}": wide[year] for year in (2001, 2002, 2003, 2004)},
        }
    )
    expected = smf.ols("y ~ project + C(size) + a2001 + a2002 + a2003 + a2004", data).fit(cov_type="HC1")
    assert mean @ found.effects.theta == pytest.approx(expected.params["project"])
    assert np.sqrt(mean @ found.covariance @ mean) == pytest.approx(expected.bse["project"], rel=0.06)


def test_jackknife_leaves_clusters_out():
    frame = two_years()
    found = run(frame, "pooled")
    rest = run(frame[frame["cluster_id"] != "c02"].reset_index(drop=True), "pooled")
    assert found.covariance is None
    assert found.effects.replicates[2, 0] == pytest.approx(rest.effects.theta[0])


def test_starts_by_lot_must_share_a_year():
    found = run(small_frame(), "ancova")
    assert found.refusal is not None and found.refusal.code == "several_starts"


def test_years_in_which_all_have_started_are_not_told_apart():
    frame = small_frame()
    frame = frame[frame["first_year"] > 0].reset_index(drop=True)  # starts in 2004 and 2005
    for kind in ("hc1", "jackknife"):
        effects = run(frame, "pooled", inference=kind).effects
        lost = ~np.isfinite(effects.theta)
        assert set(effects.table["year"][lost]) == {2005, 2006} and (~lost).any()
        assert np.isnan(effects.replicates[:, lost]).all()


def test_an_effect_that_one_village_carries_has_no_robust_error():
    frame = two_years()
    frame["first_year"] = np.where(frame["cluster_id"] == "c01", 2006, 0)
    assert np.isnan(run(frame, "pooled", inference="cluster").effects.replicates[1, 0])
