"""Solving once and without each cluster equals least squares on dummies, and on the rows without the cluster."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from evaluator.income import normal
from evaluator.income.cells import compress_frame
from evaluator.income.design import lay_design, read_kinds
from evaluator.income.normal import gather, solve
from tests.income.made import small_frame


def dense(frame: pd.DataFrame, table: pd.DataFrame) -> np.ndarray:
    """Coefficients of the effects and of ``hours`` by weighted least squares with a dummy for each unit and year."""
    effects = [
        (frame["first_year"] == row.first_year) & (frame["year"] == row.year) for row in table.itertuples(index=False)
    ]
    dummies = pd.get_dummies(frame[["unit_id", "year"]].astype(str)).to_numpy(float)
    x = np.column_stack([*effects, frame["hours"], dummies]).astype(float)
    root = np.sqrt(frame["weight"].to_numpy())
    found = np.linalg.lstsq(x * root[:, None], frame["outcome"].to_numpy() * root, rcond=None)[0]
    return found[: len(table) + 1]


@pytest.mark.slow
@pytest.mark.parametrize("leaves", [False, True])
def test_equals_least_squares_with_dummies(leaves):
    frame = small_frame(leaves=leaves)
    cells = compress_frame(frame, continuous=("hours",))
    start = cells.groups["first_year"].to_numpy()
    design = lay_design(cells.years, start, np.full(len(start), ""))
    blocks = gather(cells, design)
    keep = np.append(np.arange(design.n_effects), blocks.x.shape[2] - 1)
    found = solve(blocks)
    np.testing.assert_allclose(found.beta[keep], dense(frame, design.table), atol=1e-10)
    for place, name in enumerate(sorted(frame["cluster_id"].unique())[:4]):
        np.testing.assert_allclose(
            found.left(keep)[place], dense(frame[frame["cluster_id"] != name], design.table), atol=1e-9
        )
    assert found.leverage.sum() == pytest.approx(found.rank)


def test_several_types_in_a_cluster_and_effects_of_one_cluster_alone():
    frame = small_frame()
    frame.loc[frame["cluster_id"] == "c01", "first_year"] = 2006  # the only cluster that starts then
    cells = compress_frame(frame, by=("size",))
    start = cells.groups["first_year"].to_numpy()
    design = lay_design(cells.years, start, np.full(len(start), ""), strata=[read_kinds(cells.groups["size"])])
    found = solve(gather(cells, design))
    alone = (design.table["first_year"] == 2006).to_numpy()
    left = found.left(np.arange(design.n_effects))
    assert np.isnan(left[1, alone]).all()
    assert np.isfinite(left[1, ~alone]).all()
    rest = compress_frame(frame[frame["cluster_id"] != "c01"], by=("size",))
    start = rest.groups["first_year"].to_numpy()
    again = lay_design(rest.years, start, np.full(len(start), ""), strata=[read_kinds(rest.groups["size"])])
    without = solve(gather(rest, again))
    np.testing.assert_allclose(left[1, ~alone], without.beta[: again.n_effects], atol=1e-10)


def test_an_effect_with_nobody_to_compare_with_is_missing():
    frame = small_frame()
    frame = frame[frame["first_year"] > 0]
    cells = compress_frame(frame)
    start = cells.groups["first_year"].to_numpy()
    design = lay_design(cells.years, start, np.full(len(start), ""))
    found = solve(gather(cells, design))
    late = (design.table["year"] >= start.max()).to_numpy()
    assert np.isnan(found.beta[: design.n_effects][late]).all()
    assert np.isfinite(found.beta[: design.n_effects][~late]).all()


@pytest.mark.parametrize("by", [(), ("size",)])
def test_a_series_gives_what_solving_gives(by, monkeypatch):
    """Villages of one type with little leverage are summed as a series; the same as a system solved for every one."""
    frame = pd.concat(
        [
            small_frame().assign(
                cluster_id=lambda f, i=i: f["cluster_id"] + f"x{i}", unit_id=lambda f, i=i: f["unit_id"] + f"x{i}"
            )
            for i in range(12)
        ]
    ).reset_index(drop=True)
    frame["outcome"] += np.random.default_rng(1).normal(size=len(frame))
    cells = compress_frame(frame, by=by)
    start = cells.groups["first_year"].to_numpy()
    design = lay_design(cells.years, start, np.full(len(start), ""), strata=[read_kinds(cells.groups[b]) for b in by])
    blocks = gather(cells, design)
    found, effects = solve(blocks), np.arange(design.n_effects)
    summed = found.left(effects)
    monkeypatch.setattr(normal, "LITTLE", -1.0)
    monkeypatch.setattr(normal, "AT_ONCE", 5)  # many parts: two at a time
    solved = solve(blocks)
    assert (solved.leverage < 0.1).any() and (solved.leverage > 0.1).any()
    np.testing.assert_allclose(summed, solved.left(effects), rtol=1e-12)
    assert (summed != solved.left(effects)).any()
    np.testing.assert_allclose(found.leverage, solved.leverage, rtol=1e-12)


@pytest.mark.parametrize("by", [(), ("size",)])
def test_mixing_kinds_of_attendance_gives_what_every_village_s_own_moments_give(by):
    cells = compress_frame(small_frame(leaves=True), by=by)
    start = cells.groups["first_year"].to_numpy()
    design = lay_design(cells.years, start, np.full(len(start), ""), strata=[read_kinds(cells.groups[b]) for b in by])
    mixed = gather(cells, design)
    assert mixed.mixture is not None
    own = replace(mixed, s=mixed.moments(np.arange(len(mixed.u))), mixture=None)
    np.testing.assert_allclose(own.s.sum(axis=0), cells.moments()[0].sum(axis=0), atol=1e-12)
    one, other, effects = solve(mixed), solve(own), np.arange(design.n_effects)
    for name in ("beta", "error", "share", "leverage"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), atol=1e-11)
    np.testing.assert_allclose(one.left(effects), other.left(effects), atol=1e-11)


@pytest.mark.parametrize("by", [(), ("size",)])
def test_cluster_robust_variances_are_sums_of_squared_influence(by):
    """Also where a village has groups of several types."""
    cells = compress_frame(small_frame(leaves=True), by=by)
    start = cells.groups["first_year"].to_numpy()
    design = lay_design(cells.years, start, np.full(len(start), ""), strata=[read_kinds(cells.groups[b]) for b in by])
    found, effects = solve(gather(cells, design)), np.arange(design.n_effects)
    influence = found.influence(np.eye(len(found.beta))[:, effects])
    assert influence.shape == (cells.n_clusters, design.n_effects)
    np.testing.assert_allclose(found.variances(effects), (influence**2).sum(axis=0), rtol=1e-10)
