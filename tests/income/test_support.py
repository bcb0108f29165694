"""Effective clusters, leverage, cohorts."""

import numpy as np
import pytest

from evaluator.income.cells import compress_frame
from evaluator.income.etwfe import fit_etwfe
from evaluator.income.gate import count_clusters
from evaluator.income.support import count_cohorts, count_never, gather_support, measure_effective, measure_leverage
from evaluator.income.twoway import fit_twoway
from tests.income.made import small_frame

TRAIT = "trait_short_flat_fast"
CELLS = compress_frame(small_frame(), by=(TRAIT,))
FIT = fit_etwfe(CELLS, trait=TRAIT)


def test_like_clusters_all_count():
    frame = small_frame(units=40, clusters=8).drop(columns="weight")
    frame["first_year"] = np.where(frame["cluster_id"] < "c04", 2004, 0)
    fit = fit_twoway(compress_frame(frame))
    assert measure_effective(fit, np.array([1.0])) == pytest.approx(8)


def test_one_treated_cluster_counts_for_little():
    frame = small_frame(units=40, clusters=8).drop(columns="weight")
    frame["first_year"] = np.where(frame["cluster_id"] == "c00", 2004, 0)
    fit = fit_twoway(compress_frame(frame))
    # with seven of eight clusters untreated γ is 49 : 1 : … : 1
    gamma = np.array([49.0, *[1.0] * 7])
    assert measure_effective(fit, np.array([1.0])) == pytest.approx(8 / (1 + gamma.var() / gamma.mean() ** 2))


def test_leverage_and_weights_are_shares():
    table = measure_leverage(CELLS, FIT)
    assert table["leverage"].sum() == pytest.approx(1) and table["weight"].sum() == pytest.approx(1)
    never = small_frame().query("first_year == 0")["cluster_id"].unique()
    assert (table.set_index("cluster_id").loc[never, "weight"] == 0).all()


def test_cohorts_count_units_once():
    table = count_cohorts(CELLS, TRAIT)
    assert table["units"].sum() == 60 and table["rows"].sum() == 360 and table["clusters"].sum() == 12
    assert count_never(CELLS) == 4


def test_everything_behind_an_estimation():
    support = gather_support(CELLS, FIT, count_clusters(CELLS), trait=TRAIT, window=(0, 1), pair=("1", "0"))
    assert (support.treated_clusters, support.untreated_clusters) == (8, 8)
    assert support.fewest_controls == 4
    assert 1 < support.effective_contrast < 12
