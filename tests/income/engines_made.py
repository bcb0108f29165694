"""Panels for the tests of compression: made by drawing, and put into every engine that is installed."""

from importlib.util import find_spec

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from evaluator.domain.panel import IncomePanel


def draw_panel(seed=0, *, clusters=6, units=5, years=6, attendance=0.8, weighted=False):
    """An unbalanced panel with a trait, a discrete and a continuous covariate; some villages never start."""
    random = np.random.default_rng(seed)
    rows = [
        {
            "unit_id": f"V{c}H{h}",
            "cluster_id": f"V{c}",
            "year": 2000 + t,
            "first_year": 0 if c % 3 == 0 else 2002 + c % 2,
            "outcome": 9 + 0.4 * h + random.normal(),
            "x": random.normal() + 0.1 * t,
            "trait_short_flat_fast": None if c % 3 == 0 else float(c % 2),
            "large": float(h % 2),
            "weight": 1.0 + h / 3 if weighted else 1.0,
        }
        for c in range(clusters)
        for h in range(units)
        for t in range(years)
        if random.random() < attendance
    ]
    return pd.DataFrame(rows)


def panel_of(rows, frame, *, weighted=False):
    """``rows`` (of any engine) as a checked panel, described by the same rows as a pandas frame."""
    return IncomePanel(
        rows=rows,
        scale="log",
        years=tuple(sorted(frame["year"].unique().tolist())),
        n_rows=len(frame),
        n_units=frame["unit_id"].nunique(),
        n_clusters=frame["cluster_id"].nunique(),
        weighted=weighted,
    )


def in_duckdb(frame, folder):
    import duckdb

    return duckdb.connect().from_df(frame)


def in_parquet_by_duckdb(frame, folder):
    import duckdb

    frame.to_parquet(folder / "panel.parquet")
    return duckdb.connect().read_parquet(str(folder / "panel.parquet"))


def in_polars(frame, folder):
    import polars

    return polars.from_pandas(frame)


def in_polars_lazily(frame, folder):
    import polars

    frame.to_parquet(folder / "panel.parquet")
    return polars.scan_parquet(folder / "panel.parquet")


def in_pandas(frame, folder):
    return frame


def in_arrow(frame, folder):
    return pa.Table.from_pandas(frame, preserve_index=False)


def in_parquet_by_arrow(frame, folder):
    pq.write_table(in_arrow(frame, folder), folder / "panel.parquet")
    return pq.read_table(folder / "panel.parquet")


ENGINES = [in_pandas, in_arrow, in_parquet_by_arrow]
if find_spec("duckdb"):
    ENGINES += [in_duckdb, in_parquet_by_duckdb]
if find_spec("polars"):
    ENGINES += [in_polars, in_polars_lazily]
