import narwhals as nw
import numpy as np
import pandas as pd
import pytest

from evaluator.income.running import compress_projects, has_projects, tabulate_running
from tests.income.made import panel_of, small_frame
from tests.income.made_projection import made_world
from tests.income.projects_world import DEMAND
from tests.income.simulate import TRAIT


def test_a_panel_is_compressed_by_project_with_its_covariates():
    world = made_world()
    cells = compress_projects(panel_of(world.frame()))
    assert set(cells.groups["project_id"].replace("", np.nan).dropna()) == set(world.traits().index)
    np.testing.assert_allclose(cells.moments()[0].sum(axis=0), world.cells().moments()[0].sum(axis=0), atol=1e-8)
    adjusted = compress_projects(panel_of(small_frame(), continuous=("hours",)))
    assert adjusted.variables == ("outcome", "hours")
    assert "project_id" not in adjusted.groups


def test_traits_of_projects_are_those_all_their_households_state():
    world = made_world()
    found = tabulate_running(panel_of(world.frame()))
    wanted = world.traits().sort_index()
    assert found.index.tolist() == wanted.index.tolist()
    assert found[TRAIT].tolist() == wanted[TRAIT].tolist()
    np.testing.assert_allclose(found[DEMAND].astype(float), wanted[DEMAND])


def test_what_differs_within_a_project_is_averaged_or_left_empty():
    frame = pd.DataFrame(
        {
            "unit_id": list("abcdef"),
            "year": 2020,
            "outcome": 1.0,
            "first_year": [2020, 2020, 2020, 2021, 0, 2021],
            "cluster_id": ["u", "u", "u", "v", "w", "x"],
            "project_id": ["P", "P", "P", None, None, "Q"],
            "trait_labour_state": ["farm", "migrant", "farm", "farm", "farm", None],
            "trait_demand": [40.0, 50.0, 60.0, 10.0, 99.0, np.nan],
        }
    )
    found = tabulate_running(panel_of(frame))
    assert found.index.tolist() == ["P", "Q", "v"]
    assert found["trait_labour_state"].isna().tolist() == [True, True, False]
    assert found["trait_demand"].tolist()[::2] == [50.0, 10.0]
    assert pd.isna(found.loc["Q", "trait_demand"])


def test_clusters_are_projects_where_none_is_named():
    frame = small_frame()
    panel = panel_of(frame)
    assert not has_projects(panel)
    assert tabulate_running(panel).index.tolist() == sorted(frame.loc[frame["first_year"] > 0, "cluster_id"].unique())
    nobody = tabulate_running(panel_of(frame.assign(first_year=0)))
    assert len(nobody) == 0


@pytest.mark.parametrize("backend", ["duckdb", "polars"])
def test_rows_may_lie_in_other_engines(backend):
    frame = made_world().frame()
    lazy = nw.from_native(frame).lazy(backend=backend)
    panel = panel_of(frame)
    moved = panel.__class__(**{name: getattr(panel, name) for name in panel.__slots__} | {"rows": lazy})
    pd.testing.assert_frame_equal(tabulate_running(moved), tabulate_running(panel), check_dtype=False)
    assert has_projects(moved)


def test_traits_beside_the_rows_go_first():
    beside = made_world().traits()[[DEMAND]].iloc[:5] + 1
    panel = panel_of(made_world().frame().drop(columns=DEMAND), project_traits=beside)
    found = tabulate_running(panel)
    assert set(found.columns) == {TRAIT, DEMAND}
    np.testing.assert_allclose(found.loc[beside.index, DEMAND].astype(float), beside[DEMAND])
    assert found[DEMAND].isna().sum() == len(found) - 5
    bare = panel_of(made_world().frame().drop(columns=[DEMAND, TRAIT]), project_traits=beside)
    assert tabulate_running(bare).columns.tolist() == [DEMAND]
