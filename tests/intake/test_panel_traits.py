"""Traits of projects from a list, a table or an evaluation, joined to the rows of their households."""

import narwhals as nw
import pandas as pd
import pytest

from evaluator.domain.errors import TableError
from evaluator.domain.settings import Settings
from evaluator.intake.panel_columns import match_panel
from evaluator.intake.panel_traits import join_traits, project_traits
from evaluator.intake.read import read_portfolio
from tests.intake.made_panel import codes, make_panel

FRAME = make_panel(1)


def join(known, frame=FRAME):
    columns = match_panel(list(frame), mapping={}, rules=Settings().income)
    return join_traits(nw.from_native(frame), columns, project_traits(known))


def test_numbers_and_words_are_laid_on_the_rows_of_their_project():
    known = pd.DataFrame(
        {"trait_kind": ["industry", None], "trait_demand": [40.0, 60.0], "name": "x"}, index=["X1", "X3"]
    )
    frame, columns, issues = join(known)
    assert columns.traits == columns.joined == ("trait_kind", "trait_demand")
    rows = frame.to_pandas().groupby("cluster_id")[["trait_kind", "trait_demand"]].first()
    assert rows.loc["石桥"].tolist() == ["industry", 40.0]
    assert pd.isna(rows.loc["南坳", "trait_kind"])
    assert pd.isna(rows.loc["柳溪", "trait_demand"])
    assert codes(issues) == ["W_PANEL_PROJECT_UNKNOWN"]


def test_traits_of_the_panel_go_before_the_list():
    known = pd.DataFrame({"trait_kind": ["industry"] * 4}, index=["X1", "X3", "X4", "X6"])
    frame, columns, issues = join(known, FRAME.assign(trait_kind="employment"))
    assert set(frame["trait_kind"].to_list()) == {"employment"}
    assert (columns.joined, issues) == ((), [])


def test_without_project_ids_nothing_can_be_joined():
    known = pd.DataFrame({"trait_kind": ["industry"]}, index=["X1"])
    assert codes(join(known, FRAME.drop(columns="project_id"))[2]) == ["W_PANEL_NO_PROJECT_ID"]


def test_a_plain_list_tells_the_kind_of_its_projects():
    listed = pd.DataFrame(
        {"项目名称": ["柑橘种植项目", "扶贫车间"], "建设内容": ["种植柑橘100亩", "吸纳就业30人"], "投资": [10, 20]}
    )
    portfolio = read_portfolio(listed)
    traits = project_traits(portfolio)
    assert list(traits.columns) == ["trait_kind"]
    assert len(traits) == 2


def test_a_table_without_traits_or_with_a_project_twice_is_refused():
    for table, code in (
        (pd.DataFrame({"project_id": ["X1"], "name": ["a"]}), "E_PANEL_TRAITS"),
        (pd.DataFrame({"project_id": ["X1", "X1"], "trait_kind": ["a", "b"]}), "E_PANEL_TRAITS_TWICE"),
    ):
        with pytest.raises(TableError) as refused:
            project_traits(table)
        assert codes(refused.value.issues) == [code]
    assert project_traits(None).empty
