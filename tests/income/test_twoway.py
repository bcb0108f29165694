"""Two-way fixed effects: pyfixest's digits, and the weights that make them naive."""

import numpy as np
import pytest

from evaluator.income.average import average
from evaluator.income.cells import compress_frame
from evaluator.income.summary import choose
from evaluator.income.twoway import fit_twoway, weigh_static
from evaluator.income.uncertainty import cluster_factor
from tests.income.made import small_frame

pyfixest = pytest.importorskip("pyfixest")


@pytest.mark.slow
def test_static_coefficient_and_error_equal_pyfixest():
    frame = small_frame(leaves=True)
    frame["started"] = ((frame["first_year"] > 0) & (frame["year"] >= frame["first_year"])).astype(float)
    theirs = pyfixest.feols(
        "outcome ~ started + hours | unit_id + year",
        frame,
        weights="weight",
        vcov={"CRV1": "cluster_id"},
        fixef_rm="none",
    )
    cells = compress_frame(frame, continuous=("hours",))
    fit = fit_twoway(cells)
    mean = average(fit.effects, choose(fit.effects.table))
    assert mean.value == pytest.approx(theirs.coef()["started"], abs=1e-9)
    factor = cluster_factor(cells.n_clusters, fit.effects.n_rows, fit.effects.n_columns)
    ours = np.sqrt(factor * (mean.influence**2).sum())
    assert ours == pytest.approx(theirs.se()["started"], rel=2e-3)  # pyfixest counts one column fewer
    assert fit.solution.beta[fit.further["hours"]] == pytest.approx(theirs.coef()["hours"], abs=1e-9)


def test_events_and_windows_share_coefficients():
    cells = compress_frame(small_frame())
    assert list(fit_twoway(cells, shape="events").effects.table["event"]) == [0, 1, 2, 3][: 6 - 3]
    windows = fit_twoway(cells, shape="windows", windows=((0, 1),)).effects.table
    assert list(windows["event"]) == [0, 2]
    leads = fit_twoway(cells, shape="events", leads=True).effects.table
    assert leads["event"].min() < -1 and -1 not in set(leads["event"])


def test_weights_by_hand():
    """Two treated groups and three years: the residual of the treatment on unit and year effects, by algebra."""
    frame = small_frame(units=3, clusters=3, years=3)
    frame["first_year"] = frame["unit_id"].map({"u000": 0, "u001": 2002, "u002": 2003})
    frame = frame.drop(columns="weight")
    on = np.array([[0, 0, 0], [0, 1, 1], [0, 0, 1]], float)
    residual = on - on.mean(axis=1, keepdims=True) - on.mean(axis=0, keepdims=True) + on.mean()
    weights = residual[on > 0] / residual[on > 0].sum()
    share, total = weigh_static(compress_frame(frame))
    assert share == pytest.approx((weights < -1e-12).mean())
    assert total == pytest.approx(weights[weights < 0].sum())


def test_no_negative_weight_with_one_start():
    frame = small_frame()
    frame["first_year"] = np.where(frame["first_year"] > 0, 2004, 0)
    assert weigh_static(compress_frame(frame)) == (0.0, 0.0)
