"""The rows that a compression needs, in their order, whichever engine holds them."""

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from evaluator.income.batches import has_gaps, read_batches
from evaluator.income.folding import Shape
from tests.income.engines_made import draw_panel

SHAPE = Shape(("cluster_id", "first_year"), (2000, 2001, 2002, 2004, 2005), ("outcome", "x"), weighted=True)
ENGINES = {"duckdb": duckdb.from_df, "polars": lambda frame: pl.from_pandas(frame).lazy()}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("words", [True, False])
def test_rows_with_all_variables_in_their_order(engine, words):
    frame = draw_panel(4, weighted=True)
    frame.loc[::7, "x"] = np.nan
    frame.loc[3, "outcome"] = np.inf
    if not words:
        frame["unit_id"] = pd.factorize(frame["unit_id"])[0]
    wanted = frame[np.isfinite(frame["outcome"]) & frame["x"].notna() & (frame["year"] != 2003)]
    rows = pa.Table.from_batches(read_batches(nw.from_native(ENGINES[engine](frame)), SHAPE, 16)).to_pandas()
    ids = pd.factorize(rows["c0"])[0] if words else rows["c0"].to_numpy()
    assert pd.api.types.is_integer_dtype(rows["c0"])
    assert ids.tolist() == (pd.factorize(wanted["unit_id"])[0] if words else wanted["unit_id"].to_numpy()).tolist()
    assert (rows["c1"].astype(int) + 2000).tolist() == wanted["year"].tolist()
    for column, name in zip(("c2", "c3", "c4", "c5", "c6"), ("outcome", "x", "weight", *SHAPE.keys), strict=True):
        assert rows[column].tolist() == wanted[name].tolist()


def test_other_engines_have_none():
    assert read_batches(nw.from_native(draw_panel()), SHAPE, 16) is None


def test_years_between_that_are_missing_are_gaps():
    assert has_gaps(SHAPE)
    assert not has_gaps(Shape((), (2000, 2001), (), weighted=False))
