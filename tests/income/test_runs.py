"""Rows that lie unit by unit fold in one pass, whatever the size of a batch, and give the cells of the grouping way."""

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pytest

from evaluator.income import runs
from evaluator.income.cells import compress, compress_frame
from evaluator.income.folding import Shape
from tests.income.engines_made import draw_panel, panel_of
from tests.income.test_engines import BY, assert_same

IN = {"duckdb": lambda frame: duckdb.connect().from_df(frame), "polars": lambda frame: pl.from_pandas(frame).lazy()}
KEYS = ("cluster_id", "first_year", *BY)


def shape_of(frame, *, weighted=False):
    return Shape(KEYS, tuple(sorted(frame["year"].unique().tolist())), ("outcome", "x"), weighted)


@pytest.mark.parametrize("batch", [1, 2, 3, 7, 16, 50, 10_000])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("engine", IN)
def test_batches_of_any_size_give_the_same_cells(batch, weighted, engine, monkeypatch):
    monkeypatch.setattr(runs, "BATCH", batch)
    monkeypatch.setattr(runs, "LEAST_RUN", 0)  # a batch of one row has one unit
    frame = draw_panel(5, clusters=9, weighted=weighted)
    relation = IN[engine](frame)
    assert runs.fold_runs(nw.from_native(relation), shape_of(frame, weighted=weighted)) is not None
    made = compress(panel_of(relation, frame, weighted=weighted), by=BY, continuous=("x",))
    assert_same(made, compress_frame(frame, by=BY, continuous=("x",)))


@pytest.mark.slow
@pytest.mark.parametrize("integers", [False, True])
@pytest.mark.parametrize("engine", IN)
def test_rows_by_year_or_shuffled_are_left_to_grouping(integers, engine, monkeypatch):
    monkeypatch.setattr(runs, "BATCH", 16)
    frame = draw_panel(6)
    if integers:
        frame["unit_id"] = frame["unit_id"].astype("category").cat.codes.astype(np.int64)
    for order in (frame.sort_values(["year", "unit_id"]), frame.sample(frac=1.0, random_state=1)):
        relation = IN[engine](order.reset_index(drop=True))
        assert runs.fold_runs(nw.from_native(relation), shape_of(frame)) is None
        made = compress(panel_of(relation, frame), by=BY, continuous=("x",))
        assert_same(made, compress_frame(frame, by=BY, continuous=("x",)))


def test_a_unit_that_comes_back_later_is_noticed():
    frame = draw_panel(7)
    middle = frame.index[frame["unit_id"] == "V2H2"][0]
    torn = pd.concat([frame.drop(index=middle), frame.loc[[middle]]])
    relation = duckdb.connect().from_df(torn.reset_index(drop=True))
    assert runs.fold_runs(nw.from_native(relation), shape_of(frame)) is None


def test_years_with_gaps_and_rows_without_a_value(monkeypatch):
    monkeypatch.setattr(runs, "BATCH", 16)
    frame = draw_panel(8)
    frame = frame[frame["year"] != 2003].reset_index(drop=True)
    frame.loc[::5, "x"] = np.nan
    relation = duckdb.connect().from_df(frame)
    assert runs.fold_runs(nw.from_native(relation), shape_of(frame)) is not None
    made = compress(panel_of(relation, frame), by=BY, continuous=("x",))
    assert_same(made, compress_frame(frame, by=BY, continuous=("x",)))


def test_nothing_to_fold():
    frame = draw_panel(8)
    frame["outcome"] = np.nan
    assert runs.fold_runs(nw.from_native(duckdb.connect().from_df(frame)), shape_of(frame)) is None


@pytest.mark.parametrize("batch", [7, 10_000])
@pytest.mark.parametrize("engine", IN)
def test_units_together_but_villages_not(batch, engine, monkeypatch):
    """Keys change from unit to unit and come back later; some are missing."""
    monkeypatch.setattr(runs, "BATCH", batch)
    frame = draw_panel(9, clusters=4, units=12, weighted=True)
    order = frame["unit_id"].map(
        {unit: i for i, unit in enumerate(np.random.default_rng(3).permutation(frame["unit_id"].unique()))}
    )
    mixed = frame.iloc[np.argsort(order.to_numpy(), kind="stable")].reset_index(drop=True)
    relation = IN[engine](mixed)
    assert runs.fold_runs(nw.from_native(relation), shape_of(mixed, weighted=True)) is not None
    made = compress(panel_of(relation, frame, weighted=True), by=BY, continuous=("x",))
    assert_same(made, compress_frame(frame, by=BY, continuous=("x",)))


@pytest.mark.parametrize("kind", ["varchar", "enum", "decimal(9, 1)", "date"])
def test_keys_of_any_type(kind, monkeypatch):
    monkeypatch.setattr(runs, "BATCH", 16)
    frame = draw_panel(10)
    connection = duckdb.connect()
    connection.register("frame", frame)
    written = {"enum": "large::varchar::enum('0.0', '1.0')", "date": "date '2001-01-01' + large::int"}
    relation = connection.sql(f"select * replace ({written.get(kind, f'large::{kind}')} as large) from frame")
    made = compress(panel_of(relation, frame), by=BY, continuous=("x",))
    plain = compress_frame(frame, by=BY, continuous=("x",))
    assert made.groups["large"].nunique() == 2
    np.testing.assert_array_equal(made.group, plain.group)
    np.testing.assert_allclose(made.sums, plain.sums, rtol=1e-12)


@pytest.mark.parametrize("kind", [pl.String, pl.Categorical, pl.Decimal(9, 1), pl.Boolean])
def test_keys_of_any_polars_type(kind, monkeypatch):
    monkeypatch.setattr(runs, "BATCH", 16)
    frame = draw_panel(10)
    large = pl.col("large").cast(pl.Int8).cast(pl.String if kind == pl.Categorical else pl.Int8)
    query = pl.from_pandas(frame).lazy().with_columns(large.cast(kind))
    assert runs.fold_runs(nw.from_native(query), shape_of(frame)) is not None
    made = compress(panel_of(query, frame), by=BY, continuous=("x",))
    plain = compress_frame(frame, by=BY, continuous=("x",))
    assert made.groups["large"].nunique() == 2
    np.testing.assert_allclose(made.sums, plain.sums, rtol=1e-12)
