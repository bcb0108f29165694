"""Rows under canonical names: the same values whichever engine holds them, and whichever way people typed them."""

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from evaluator.domain.errors import TableError
from evaluator.domain.settings import Settings
from evaluator.intake.panel import read_panel
from evaluator.intake.panel_columns import match_panel
from evaluator.intake.panel_rows import Outcome, by_year, name_rows, rebase_prices, scale_rows, tidy_rows
from evaluator.intake.panel_source import Table
from tests.intake.made_panel import codes, flag_of, make_panel

FRAME = flag_of(make_panel()).assign(weight=1.5)
FRAME["outcome"] = FRAME["outcome"].astype(float)
FRAME.loc[7, "outcome"] = np.nan
ENGINES = {
    "polars": pl.from_pandas,
    "lazy": lambda frame: pl.from_pandas(frame).lazy(),
    "arrow": pa.Table.from_pandas,
    "duckdb": duckdb.from_df,
}


def named(frame):
    columns = match_panel(nw.from_native(frame).collect_schema().names(), mapping={}, rules=Settings().income)
    return name_rows(Table(nw.from_native(frame)), columns)


def values(panel):
    rows = panel.rows.collect() if isinstance(panel.rows, nw.LazyFrame) else panel.rows
    return rows.to_pandas().sort_values(["unit_id", "year"], ignore_index=True)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_reads_the_same(engine):
    other, own = read_panel(ENGINES[engine](FRAME)), read_panel(FRAME)
    assert [(one.code, one.found, dict(one.values)) for one in other.issues] == [
        (one.code, one.found, dict(one.values)) for one in own.issues
    ]
    pd.testing.assert_frame_equal(other.attrition, own.attrition)
    mine, theirs = values(own), values(other)
    for name in ("outcome", "income", "first_year", "year", "weight", "trait_short_flat_fast"):
        assert np.allclose(mine[name].to_numpy(float), theirs[name].to_numpy(float), rtol=1e-14, equal_nan=True)
    for name in ("unit_id", "cluster_id"):
        assert list(mine[name]) == list(theirs[name])


def test_text_in_a_number_column_is_told_and_left_empty():
    frame = FRAME.astype({"outcome": object})
    frame.loc[[0, 9], "outcome"] = ["很多", "about 9,000?"]
    frame.loc[1, "outcome"] = "8,400"
    rows, (issue,) = named(frame)
    assert (issue.code, issue.found, issue.values["count"]) == ("E_PANEL_TEXT", "很多, about 9,000?", 2)
    assert rows["outcome"].to_list()[1] == 8400.0


def test_a_first_year_that_cannot_be_read_is_never_taken_for_never():
    frame = FRAME.astype({"first_year": object})
    frame.loc[frame["unit_id"] == "石桥-1", "first_year"] = "下年"
    panel = read_panel(frame)
    assert codes(panel.issues) == ["E_PANEL_TEXT", "N_PANEL_NO_INCOME", "N_PANEL_GAPS"]
    assert panel.n_units == 31


def test_many_first_years_that_cannot_be_read_are_refused():
    frame = FRAME.astype({"first_year": object})
    frame.loc[frame["first_year"] == 0, "first_year"] = "对照"
    assert read_panel(frame).n_clusters == 8
    frame.loc[frame["first_year"] == 2017, "first_year"] = "下年"
    with pytest.raises(TableError) as refused:
        read_panel(frame)
    assert codes(refused.value.issues) == ["E_PANEL_STARTS"]


def test_a_column_that_is_mostly_text_is_not_that_column():
    with pytest.raises(TableError) as refused:
        named(FRAME.assign(outcome="good"))
    assert codes(refused.value.issues) == ["E_PANEL_ALL_TEXT"]


@pytest.mark.parametrize("never", [np.nan, np.inf, 0, 10_000])
def test_every_usual_way_to_write_never_is_never(never):
    frame = FRAME.assign(first_year=FRAME["first_year"].astype(float).replace(0.0, never))
    columns = match_panel(list(frame), mapping={}, rules=Settings().income)
    tidied = tidy_rows(nw.from_native(frame), columns)
    assert tidied["first_year"].to_list() == FRAME["first_year"].astype(float).to_list()


@pytest.mark.parametrize(
    ("scale", "expected"),
    [("log", np.log), ("level", lambda x: x), ("asinh", np.arcsinh)],
    ids=["log", "level", "asinh"],
)
def test_scales_are_what_numpy_says(scale, expected):
    income = np.array([-5000.0, 0.0, 3.0, 12_000.0])
    rows = scale_rows(nw.from_native(pd.DataFrame({"outcome": income, "year": 2015})), Outcome("income", scale))
    with np.errstate(all="ignore"):
        wanted = expected(income)
    wanted = np.where(np.isfinite(wanted), wanted, np.nan)
    assert np.allclose(rows["outcome"].to_numpy(), wanted, equal_nan=True)
    logs = scale_rows(nw.from_native(pd.DataFrame({"outcome": [8.0], "year": 2015})), Outcome("log", scale))
    assert np.isclose(logs["outcome"][0], 8.0 if scale == "log" else expected(np.exp(8.0)))


def test_prices_of_a_column_are_relative_to_the_base_year():
    frame = nw.from_native(pd.DataFrame({"year": [2015, 2016, 2016], "cpi": [100.0, 104.0, 106.0]}))
    columns = match_panel(["unit_id", "year", "outcome", "first_year"], mapping={}, rules=Settings().income)
    assert rebase_prices(frame, columns, "cpi", 2016)["cpi"].to_list() == pytest.approx(
        [100 / 105, 104 / 105, 106 / 105]
    )
    with pytest.raises(TableError):
        rebase_prices(frame, columns, "cpi", 1999)


def test_by_year_is_empty_for_other_years():
    frame = nw.from_native(pd.DataFrame({"year": [2015, 2016, 2017]}))
    found = frame.select(by_year({2015: 1.0, 2016: 2.0}).alias("x"))["x"].to_list()
    assert found[:2] == [1.0, 2.0]
    assert np.isnan(found[2])
