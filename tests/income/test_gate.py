"""Refusals before numbers: each panel that cannot carry an estimate is told why."""

import numpy as np
import pandas as pd
import pytest

from evaluator.domain.settings import IncomeSettings
from evaluator.income.cells import compress_frame
from evaluator.income.gate import count_clusters, describe_change, find_refusals, measure_spread
from tests.income.made import small_frame

RULES = IncomeSettings()


def codes(frame):
    cells = compress_frame(frame)
    return [refusal.code for refusal in find_refusals(cells, count_clusters(cells), RULES)]


def test_a_good_panel_is_not_refused():
    assert codes(small_frame()) == []


def test_nobody_to_compare_with():
    frame = small_frame()
    assert codes(frame[frame["first_year"] > 0].assign(first_year=2004)) == ["no_comparison"]


def test_not_yet_treated_are_enough():
    frame = small_frame(units=100, clusters=20)
    assert codes(frame[frame["first_year"] > 0]) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda f: f[f["cluster_id"] == "c01"], "one_village"),
        (lambda f: f[f["year"] == 2003], "one_year"),
        (lambda f: f.assign(first_year=0), "no_starts"),
        (lambda f: f.assign(unit_id=np.arange(len(f)).astype(str)), "seen_once"),
        (lambda f: f.assign(outcome=9.0), "no_spread"),
        (lambda f: f.assign(outcome=9.0 + 0.1 * f["year"]), "no_spread"),
        (lambda f: f.assign(first_year=np.where(f["first_year"] > 0, 1999, 0)), "no_before"),
        (lambda f: f.assign(first_year=np.where(f["cluster_id"].isin(["c01", "c02"]), 2004, 0)), "few_treated"),
        (lambda f: f.assign(first_year=np.where(f["cluster_id"].isin(["c00", "c03"]), 0, 2004)), "few_untreated"),
    ],
)
def test_what_cannot_be_estimated_is_named(change, code):
    assert code in codes(change(small_frame()))


def test_counts_say_what_was_found_and_needed():
    frame = small_frame()
    frame["first_year"] = np.where(frame["cluster_id"] == "c01", 2004, 0)
    cells = compress_frame(frame)
    (refusal,) = find_refusals(cells, count_clusters(cells), RULES)
    assert dict(refusal.values) == {"found": 1, "needed": 5}


def test_spread_is_what_unit_and_year_effects_leave():
    frame = small_frame(leaves=True).drop(columns="weight")
    dummies = pd.get_dummies(frame[["unit_id", "year"]].astype(str)).to_numpy(float)
    y = frame["outcome"].to_numpy()
    rest = y - dummies @ np.linalg.lstsq(dummies, y, rcond=None)[0]
    within = y - frame.groupby("unit_id")["outcome"].transform("mean").to_numpy()
    assert measure_spread(compress_frame(frame)) == pytest.approx((rest @ rest) / (within @ within))


def test_spread_of_repeated_samples_is_what_years_leave():
    frame = small_frame(leaves=True).drop(columns="weight")
    rest = frame["outcome"] - frame.groupby("year")["outcome"].transform("mean")
    cells = compress_frame(frame.assign(unit_id=np.arange(len(frame)).astype(str)))
    assert measure_spread(cells, within=False) == pytest.approx((rest @ rest) / (frame["outcome"] @ frame["outcome"]))
    assert measure_spread(cells) == 0  # nobody is seen twice


def test_the_change_of_the_treated_can_be_described():
    frame = small_frame().drop(columns="weight")
    treated = frame[frame["first_year"] > 0]
    late = treated["year"] >= treated["first_year"]
    by_unit = treated.groupby([treated["unit_id"], late])["outcome"].mean().unstack()
    assert describe_change(compress_frame(frame)) == pytest.approx((by_unit[True] - by_unit[False]).mean())
    assert np.isnan(describe_change(compress_frame(frame.assign(first_year=0))))
