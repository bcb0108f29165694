"""Callaway and Sant'Anna on cells: by hand, and beside diff-diff."""

import numpy as np
import pandas as pd
import pytest

from evaluator.income.average import average
from evaluator.income.callaway import fit_callaway
from evaluator.income.cells import compress_frame
from evaluator.income.summary import choose
from tests.income.made import small_frame

diff_diff = pytest.importorskip("diff_diff")


def each_its_own() -> pd.DataFrame:
    """A balanced panel without weights whose units are their own clusters."""
    frame = small_frame(units=90, clusters=30).drop(columns="weight")
    return frame.assign(cluster_id=frame["unit_id"])


@pytest.mark.parametrize(("ours", "theirs"), [("never", "never_treated"), ("not_yet", "not_yet_treated")])
def test_equals_diff_diff(ours, theirs):
    frame = each_its_own()
    found = fit_callaway(compress_frame(frame), control=ours, base="varying")
    frame = frame.assign(unit=frame["unit_id"].str[1:].astype(int))
    fitted = diff_diff.CallawaySantAnna(control_group=theirs, estimation_method="reg").fit(
        frame, outcome="outcome", unit="unit", time="year", first_treat="first_year"
    )
    place = {
        (int(g), int(t)): (theta, se)
        for g, t, theta, se in zip(
            found.table["first_year"],
            found.table["year"],
            found.theta,
            np.sqrt((found.influence**2).sum(axis=0)),
            strict=True,
        )
    }
    assert len(fitted.group_time_effects) == 10
    for key, effect in fitted.group_time_effects.items():
        theta, se = place[int(key[0]), int(key[1])]
        assert theta == pytest.approx(effect["effect"], abs=1e-10)
        assert se == pytest.approx(effect["se"], rel=1e-6)
    assert average(found, choose(found.table)).value == pytest.approx(fitted.overall_att, abs=1e-10)


def test_without_a_cluster_it_is_the_estimate_of_the_rest():
    frame = small_frame(leaves=True)
    found = fit_callaway(compress_frame(frame, by=("size",)), strata=("size",))
    rest = fit_callaway(compress_frame(frame[frame["cluster_id"] != "c04"], by=("size",)), strata=("size",))
    np.testing.assert_allclose(found.replicates[4], rest.theta, atol=1e-12)


def test_strata_compare_like_with_like():
    frame = small_frame()
    wave = np.where(frame["size"] == "large", 0.5 * (frame["year"] - 2001), 0.0)
    kept = frame[(frame["size"] == "small") | (frame["cluster_id"] < "c06")]  # more small ones among later clusters
    shocked = kept.assign(outcome=kept["outcome"] + wave[kept.index])
    plain, moved = (
        fit_callaway(compress_frame(rows, by=("size",)), strata=("size",), leads=False).theta
        for rows in (kept, shocked)
    )
    np.testing.assert_allclose(plain, moved, atol=1e-12)


def test_the_year_compared_with_has_no_effect_of_its_own():
    cells = compress_frame(small_frame())
    assert -1 not in set(fit_callaway(cells).table["event"])
    assert -1 in set(fit_callaway(cells, base="varying").table["event"])
