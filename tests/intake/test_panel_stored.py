"""Numbers that an engine stores as text: read where they lie, the same in DuckDB and Polars."""

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pytest

from evaluator.domain.errors import TableError
from evaluator.intake import panel_stored
from evaluator.intake.panel import read_panel
from tests.intake.made_panel import codes
from tests.intake.test_panel_rows import FRAME

LAZY = {"duckdb": duckdb.from_df, "polars": lambda frame: pl.from_pandas(frame).lazy()}


@pytest.mark.parametrize("engine", LAZY)
def test_text_that_an_engine_stores_is_read_where_it_lies(engine):
    frame = FRAME.astype({"outcome": object, "first_year": str})
    frame["outcome"] = [None if pd.isna(one) else f"{one:,.0f}" for one in frame["outcome"]]
    frame.loc[0, "outcome"] = "many"
    frame["first_year"] = frame["first_year"].replace("0", "never")
    frame.loc[24, "first_year"] = "soon"
    panel = read_panel(LAZY[engine](frame))
    assert codes(panel.issues)[:3] == ["E_PANEL_TEXT", "E_PANEL_TEXT", "N_PANEL_NO_INCOME"]
    assert [(one.found, one.values["count"]) for one in panel.issues[:2]] == [("many", 1), ("soon", 1)]
    assert (panel.n_rows, panel.n_clusters) == (len(frame) - 3, 8)


@pytest.mark.parametrize("engine", LAZY)
def test_many_first_years_that_cannot_be_read_are_refused(engine):
    frame = FRAME.astype({"first_year": str})
    frame["first_year"] = frame["first_year"].replace({"0": "对照", "2017": "下年"})
    with pytest.raises(TableError) as refused:
        read_panel(LAZY[engine](frame))
    assert codes(refused.value.issues) == ["E_PANEL_STARTS"]


def test_cells_are_figures_with_commas_and_spaces_and_nothing_stays_nothing():
    cells = [" 1,234.5 ", "7", None, "", "n/a", "about 9", "about 9", "1e3"]
    for put in LAZY.values():
        rows, unread = panel_stored.read_stored(nw.from_native(put(pd.DataFrame({"weight": cells}))), "weight")
        found = sorted(value for value in rows.collect()["weight"].to_list() if value is not None)
        assert found == [7.0, 1000.0, 1234.5]
        assert (unread.count, unread.rows, unread.examples) == (2, 7, ("about 9",))


def test_another_lazy_engine_is_asked_for_numbers(monkeypatch):
    monkeypatch.setattr(panel_stored, "READERS", {})
    with pytest.raises(TableError) as refused:
        read_panel(LAZY["polars"](FRAME.astype({"outcome": str})))
    assert codes(refused.value.issues) == ["E_PANEL_STORED_TEXT"]
