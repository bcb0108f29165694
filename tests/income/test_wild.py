"""The wild bootstrap on scores is the wild bootstrap on rows."""

import numpy as np
import pytest

from evaluator.income.cells import compress_frame
from evaluator.income.etwfe import fit_etwfe
from evaluator.income.wild import SIX, bootstrap
from tests.income.made import small_frame

CELLS = compress_frame(small_frame())
FIT = fit_etwfe(CELLS)
TARGET = np.zeros(len(FIT.solution.beta))
TARGET[: len(FIT.effects.theta)] = 1 / len(FIT.effects.theta)


def on_rows(draws: int, seed: int) -> float:
    """p value of no effect, drawing outcomes of rows."""
    frame = small_frame().sort_values(["unit_id", "year"])
    table = FIT.effects.table
    effects = np.column_stack(
        [
            (frame["first_year"] == f) & (frame["year"] == t)
            for f, t in zip(table["first_year"], table["year"], strict=True)
        ]
    ).astype(float)
    waves = np.column_stack([frame["year"] == year for year in CELLS.years[1:]]).astype(float)
    x = np.column_stack([effects, waves]) * np.sqrt(frame["weight"].to_numpy())[:, None]
    y = frame["outcome"].to_numpy() * np.sqrt(frame["weight"].to_numpy())
    units = frame["unit_id"].to_numpy()
    for unit in np.unique(units):
        here = units == unit
        x[here] -= x[here].mean(axis=0)
        y[here] -= y[here].mean()
    cluster = np.unique(frame["cluster_id"], return_inverse=True)[1]
    inverse = np.linalg.inv(x.T @ x)
    beta = inverse @ x.T @ y
    target = TARGET[: len(beta)]

    def t_of(outcome):
        b = inverse @ x.T @ outcome
        e = outcome - x @ b
        parts = np.array([(x[cluster == c].T @ e[cluster == c]) @ inverse @ target for c in range(CELLS.n_clusters)])
        return abs(target @ b) / np.sqrt((parts**2).sum())

    restricted = beta - inverse @ target * (target @ beta) / (target @ inverse @ target)
    residual = y - x @ restricted
    signs = np.random.default_rng(seed).choice(SIX, size=(draws, CELLS.n_clusters))
    larger = sum(t_of(x @ restricted + residual * sign[cluster]) >= t_of(y) - 1e-12 for sign in signs)
    return (larger + 1) / (draws + 1)


def test_equals_the_bootstrap_on_rows():
    found = bootstrap(FIT.solution, TARGET, draws=199, seed=3)
    assert found.p == pytest.approx(on_rows(199, 3))


def test_the_interval_holds_what_is_not_rejected():
    found = bootstrap(FIT.solution, TARGET, draws=999, seed=1)
    estimate = TARGET @ FIT.solution.beta
    assert found.low < estimate < found.high
    assert (found.p > 0.05) == (found.low <= 0 <= found.high)
