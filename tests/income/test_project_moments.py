import numpy as np
import pandas as pd
import pytest

from evaluator.income.project_moments import (
    event_places,
    gather,
    in_years,
    name_projects,
    part_by,
    sum_by,
    until,
    untreated,
    untreated_clusters,
)
from tests.income.projects_world import draw_projects


@pytest.fixture(scope="module")
def cells():
    return draw_projects(np.random.default_rng(3), 8).cells()


def test_normal_equations_are_those_of_the_cells(cells):
    s, u = cells.moments()
    found = gather(cells)
    np.testing.assert_allclose(found.s, s, atol=1e-10)
    np.testing.assert_allclose(found.u, u[:, :, 0], atol=1e-9)
    np.testing.assert_allclose(found.noise, s, atol=1e-10)  # weights of 1


def test_rows_are_summed_by_their_index():
    found = sum_by(np.array([2, 0, 2]), np.array([[1.0], [2.0], [5.0]]), 4)
    assert found.ravel().tolist() == [2.0, 0.0, 6.0, 0.0]


def test_the_past_knows_no_later_year_and_no_later_start(cells):
    past = until(cells, 5)
    start, before = past.groups["first_year"], cells.groups["first_year"]
    assert past.years.max() == 5
    assert start.max() == 5
    assert (start[before > 5] == 0).all()
    assert (start[before <= 5] == before[before <= 5]).all()


def test_untreated_years_end_with_the_start(cells):
    start = cells.groups["first_year"].to_numpy()[cells.group]
    found = untreated(cells)
    assert not found[(start[:, None] > 0) & (cells.years >= start[:, None])].any()
    assert (found == cells.attended)[start == 0].all()
    assert untreated_clusters(cells)[0] == cells.n_clusters


def test_years_left_out_have_no_place(cells):
    cut = in_years(cells, cells.years != 6)
    place, start = event_places(cut), cells.groups["first_year"].to_numpy()
    group = int(np.flatnonzero(start == 5)[0])
    assert place[group, 0] == 4
    assert place[group, 1] == -1  # year 6
    assert cut.years[place[group, 2]] == 7
    assert (place[start == 0] == -1).all()


def test_a_cluster_is_the_project_where_none_is_named():
    groups = pd.DataFrame(
        {"cluster_id": ["B", "A", "C", "D"], "first_year": [3, 4, 0, 5], "project_id": ["x", " ", "x", None]}
    )
    code, names = name_projects(groups, "project_id")
    assert names.tolist() == ["A", "D", "x"]
    assert code.tolist() == [2, 0, -1, 1]
    assert name_projects(groups, "none")[1].tolist() == ["A", "B", "D"]


def test_a_project_seen_only_after_its_start_cannot_be_solved(cells):
    start = cells.groups["first_year"].to_numpy()
    late = in_years(cells, cells.years >= 4)
    code, names = name_projects(late.groups, "project_id")
    parts = part_by(gather(late), event_places(late), code, len(names))
    by_project = {name: start[code == i][0] for i, name in enumerate(names)}
    assert parts.solvable().tolist() == [by_project[name] > 4 for name in names]
