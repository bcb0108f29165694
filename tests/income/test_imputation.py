"""Imputation: extended two-way fixed effects on balanced panels; the regression of the untreated rows otherwise."""

import numpy as np
import pandas as pd
import pytest

from evaluator.income.cells import compress_frame
from evaluator.income.etwfe import fit_etwfe
from evaluator.income.imputation import fit_imputation, keep_before, keep_years
from tests.income.made import small_frame

TRAIT = "trait_short_flat_fast"


def before(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[(frame["first_year"] == 0) | (frame["year"] < frame["first_year"])]


def test_equals_etwfe_on_a_balanced_panel():
    cells = compress_frame(small_frame(), by=(TRAIT, "size"))
    ours = fit_imputation(cells, trait=TRAIT, strata=("size",))
    other = fit_etwfe(cells, trait=TRAIT, strata=("size",)).effects
    np.testing.assert_allclose(ours.theta, other.theta, atol=1e-12)
    np.testing.assert_allclose(ours.replicates, other.replicates, atol=1e-12)
    np.testing.assert_allclose(ours.influence, other.influence, atol=1e-12)


def by_hand(frame: pd.DataFrame) -> pd.Series:
    """Regression of the untreated rows with dummies, then means of what it leaves of the treated rows."""
    open_ = before(frame).reset_index(drop=True)
    wave = open_["year"].astype(str) + open_["size"]
    x = pd.concat([pd.get_dummies(open_["unit_id"]), pd.get_dummies(wave)], axis=1).astype(float)
    x["hours"] = open_["hours"]
    root = np.sqrt(open_["weight"].to_numpy())
    found = np.linalg.lstsq(x.to_numpy() * root[:, None], open_["outcome"] * root, rcond=None)[0]
    beta = pd.Series(found, index=x.columns)
    treated = frame[(frame["first_year"] > 0) & (frame["year"] >= frame["first_year"])]
    treated = treated[treated["unit_id"].isin(open_["unit_id"])]
    gap = treated["outcome"] - treated["unit_id"].map(beta) - (treated["year"].astype(str) + treated["size"]).map(beta)
    gap -= treated["hours"] * beta["hours"]
    keys = [treated["first_year"], treated[TRAIT], treated["year"]]
    return (gap * treated["weight"]).groupby(keys).sum() / treated["weight"].groupby(keys).sum()


def test_equals_the_regression_of_untreated_rows_with_leavers_weights_and_covariates():
    frame = small_frame(leaves=True)

    def fitted(rows: pd.DataFrame):
        cells = compress_frame(rows, by=(TRAIT, "size"), continuous=("hours",))
        untreated = compress_frame(before(rows), by=(TRAIT, "size"), continuous=("hours",))
        return fit_imputation(cells, trait=TRAIT, strata=("size",), untreated=untreated)

    found = fitted(frame)
    np.testing.assert_allclose(found.theta, by_hand(frame).to_numpy(), atol=1e-10)
    without = fitted(frame[frame["cluster_id"] != "c05"])
    keys = ["first_year", "kind", "year"]
    both = found.table[keys].assign(left=found.replicates[5]).merge(without.table[keys].assign(again=without.theta))
    assert len(both) == len(without.table)
    np.testing.assert_allclose(both["left"], both["again"], atol=1e-10)


def test_covariates_need_the_untreated_cells():
    cells = compress_frame(small_frame(), continuous=("hours",))
    with pytest.raises(ValueError, match="untreated"):
        fit_imputation(cells)


def test_masking_keeps_the_years_before_the_start():
    frame = small_frame(leaves=True)
    masked, direct = keep_before(compress_frame(frame)), compress_frame(before(frame))
    np.testing.assert_allclose(
        sum(part.sum() for part in (masked.weight[:, None] * masked.attended,)),
        sum(part.sum() for part in (direct.weight[:, None] * direct.attended,)),
    )
    np.testing.assert_allclose(masked.sums.sum(axis=0), direct.sums.sum(axis=0))
    assert not keep_years(direct, np.zeros((len(direct.groups), len(direct.years)), bool)).group.size
