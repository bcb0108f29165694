from dataclasses import replace

import numpy as np
import pytest

from evaluator.income.cells import compress_frame
from evaluator.income.project_effects import estimate_project_effects, share_errors
from evaluator.income.project_moments import in_years, until
from tests.income.projects_world import draw_projects
from tests.income.reference_etwfe import fit


@pytest.fixture(scope="module")
def world():
    return draw_projects(np.random.default_rng(5), 9)


@pytest.fixture(scope="module")
def found(world):
    return estimate_project_effects(world.cells())


def least_squares(design, values):
    return np.linalg.pinv(design.T @ design, hermitian=True, rcond=1e-12) @ (design.T @ values)


def path_of(frame, values, project, events):
    """Effects by event year of one project: dense regression on unit effects and the years since the start."""
    own = frame["project_id"].to_numpy() == project
    event = (frame["year"] - frame["first_year"]).to_numpy()[own]
    unit = np.unique(frame["unit_id"].to_numpy()[own], return_inverse=True)[1]
    design = np.column_stack([np.eye(unit.max() + 1)[unit], event[:, None] == np.arange(events)])
    return least_squares(design.astype(float), values[own])[unit.max() + 1 :]


def year_effects(frame):
    """Dense least squares with every unit, year and project × event year; the first year is 0."""
    unit, year = (np.unique(frame[name], return_inverse=True)[1] for name in ("unit_id", "year"))
    event = (frame["year"] - frame["first_year"]).to_numpy()
    on = (frame["first_year"].to_numpy() > 0) & (event >= 0)
    slot = np.unique(np.where(on, frame["project_id"] + "/" + event.astype(str), ""), return_inverse=True)[1]
    parts = [np.eye(size + 1)[code] for code, size in ((unit, unit.max()), (year, year.max()), (slot, slot.max()))]
    design = np.column_stack([parts[0], parts[1][:, 1:], parts[2][:, 1:]])
    n, t = unit.max() + 1, year.max()
    beta = least_squares(design, frame["outcome"].to_numpy())
    return np.append(0.0, beta[n : n + t])


def test_estimates_are_those_of_the_regression_with_the_project_as_kind(world, found):
    other = fit(world.cells(), trait="project_id")
    for i, project in enumerate(found.projects["project_id"]):
        own = other.kind == project
        np.testing.assert_allclose(found.theta[i, other.event[own]], other.theta[own], atol=1e-9)
        assert found.seen[i].sum() == own.sum()


def test_shared_errors_are_the_jackknife_of_the_year_effects(world, found):
    frame, events = world.frame(), found.theta.shape[1]
    year = frame["year"].to_numpy() - 1
    shifts = []
    for left_out in sorted(frame["cluster_id"].unique()):
        waves = year_effects(frame[frame["cluster_id"] != left_out])[year]
        shifts.append([path_of(frame, waves, p, events) for p in found.projects["project_id"]])
    spread = np.array(shifts) - np.mean(shifts, axis=0)
    variance = (len(spread) - 1) / len(spread) * (spread**2).sum(axis=0)
    np.testing.assert_allclose((found.common**2).sum(axis=2)[found.seen], variance[found.seen], rtol=1e-6)


def test_own_errors_are_the_village_errors_carried_through_the_regression(world, found):
    frame, events = world.frame(), found.theta.shape[1]
    project = found.projects["project_id"][0]
    own = frame[frame["project_id"] == project]
    year = own["year"].to_numpy()
    unit = np.unique(own["unit_id"], return_inverse=True)[1]
    covariance = found.errors.covariance(year) + found.errors.household * np.eye(len(own))
    weights = np.array([path_of(own, row, project, events) for row in np.eye(len(own))]).T
    dense = (weights @ covariance @ weights.T) * found.seen[0] * found.seen[0][:, None]
    assert len(np.unique(unit)) == found.projects["units"][0]
    np.testing.assert_allclose(found.own[0], dense, atol=1e-9)


@pytest.mark.slow
def test_errors_have_the_size_they_claim():
    score = []
    for seed in range(6):
        one = draw_projects(np.random.default_rng([9, seed]), 40)
        found = estimate_project_effects(one.cells())
        village = [int(name[1:]) for name in found.projects["project_id"]]
        gap = found.theta - one.path[village][:, : found.theta.shape[1]]
        score.append((gap / np.sqrt(found.variance().clip(1e-12)))[found.seen])
    assert np.concatenate(score).std() == pytest.approx(1.0, abs=0.12)


def test_frames_and_cells_give_the_same_estimates(world, found):
    again = estimate_project_effects(compress_frame(world.frame(), by=("project_id",)))
    np.testing.assert_allclose(again.theta, found.theta, atol=1e-9)
    np.testing.assert_allclose(again.own, found.own, atol=1e-6)


def test_two_villages_may_share_a_project(world):
    cells = world.cells()
    start = cells.groups["first_year"]
    pair = cells.groups.index[start == start[start > 0].mode()[0]][:2]
    named = cells.groups["project_id"].copy()
    named[pair] = "both"
    found = estimate_project_effects(replace(cells, groups=cells.groups.assign(project_id=named)))
    row = found.projects.set_index("project_id").loc["both"]
    assert row["clusters"] == 2
    assert row["first_year"] == start[pair].iloc[0]


def test_years_without_anyone_to_compare_with_are_left_out(world):
    cells = world.cells()
    kept = cells.groups["first_year"] > 0
    lone = replace(cells, groups=cells.groups.assign(first_year=cells.groups["first_year"].where(kept, 8)))
    found = estimate_project_effects(lone)
    codes = {one.code: one.values for one in found.cautions}
    assert codes["years_without_untreated"]["years"] == [8, 9, 10, 11, 12]
    assert not found.seen[found.projects["first_year"] == 7, 1:].any()


def test_projects_without_a_year_before_are_counted(world):
    found = estimate_project_effects(in_years(world.cells(), np.arange(1, 13) >= 4), household=0.02)
    codes = {one.code: one.values for one in found.cautions}
    assert codes["projects_without_before"]["count"] == int(
        (world.world.start == 3).sum() + (world.world.start == 4).sum()
    )


def test_errors_shared_with_later_estimates_are_those_of_the_dense_regressions(world, found):
    cells, frame = world.cells(), world.frame()
    then = estimate_project_effects(until(cells, 8), household=found.errors.household)
    covariance = share_errors(then, found)
    project = then.projects["project_id"][0]
    own = frame[frame["project_id"] == project]
    early = (own["year"] <= 8).to_numpy()
    errors = found.errors.covariance(own["year"].to_numpy()) + found.errors.household * np.eye(len(own))
    size, whole = then.theta.shape[1], found.theta.shape[1]
    now = np.array([path_of(own, row, project, whole) for row in np.eye(len(own))]).T
    before = np.array([path_of(own[early], row, project, size) for row in np.eye(early.sum())]).T
    row = list(found.projects["project_id"]).index(project)
    dense = before @ errors[early] @ now.T
    assert then.seen[0].sum() < found.seen[row].sum()
    seen = np.ix_(then.seen[0], found.seen[row])
    np.testing.assert_allclose(covariance[0][seen], dense[seen], atol=1e-9)
