"""Every engine compresses to the same cells, and these give what least squares on every row gives."""

from importlib.util import find_spec
from shutil import which

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.income.cells import compress, compress_frame
from evaluator.intake.panel import read_panel
from tests.income.engines_made import ENGINES, draw_panel, panel_of

BY = ("trait_short_flat_fast", "large")


def assert_same(made, expected):
    pd.testing.assert_frame_equal(made.groups, expected.groups, check_dtype=False)
    for name in ("years", "group", "attended", "units"):
        np.testing.assert_array_equal(getattr(made, name), getattr(expected, name))
    for name in ("weight", "sums", "cross", "squares"):
        np.testing.assert_allclose(getattr(made, name), getattr(expected, name), rtol=1e-10, atol=1e-10)
    assert made.variables == expected.variables


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.__name__)
def test_every_engine_gives_the_same_cells(engine, weighted, tmp_path):
    frame = draw_panel(3, weighted=weighted)
    made = compress(panel_of(engine(frame, tmp_path), frame, weighted=weighted), by=BY, continuous=("x",))
    assert_same(made, compress_frame(frame, by=BY, continuous=("x",)))


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.__name__)
def test_missing_values_leave_their_row_out_in_every_engine(engine, tmp_path):
    frame = draw_panel(4)
    frame.loc[::7, "outcome"] = np.nan
    made = compress(panel_of(engine(frame, tmp_path), frame))
    assert_same(made, compress_frame(frame))


@pytest.fixture
def spark():
    if find_spec("pyspark") is None or which("java") is None:
        pytest.skip("needs pyspark and Java")
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    yield session
    session.stop()


def test_spark_gives_the_same_cells_and_reads_a_panel_alike(spark, tmp_path):
    frame = draw_panel(3, weighted=True)
    frame.to_parquet(tmp_path / "panel.parquet", index=False)
    made = compress(panel_of(spark.read.parquet(str(tmp_path)), frame, weighted=True), by=BY, continuous=("x",))
    assert_same(made, compress_frame(frame, by=BY, continuous=("x",)))
    assert_read_alike(spark.read.parquet(str(faulty(tmp_path))), tmp_path)


def test_a_table_of_ibis_gives_the_same_cells_and_reads_a_panel_alike(tmp_path):
    ibis = pytest.importorskip("ibis")
    assert_read_alike(ibis.duckdb.connect().read_parquet(faulty(tmp_path)), tmp_path)


def faulty(folder):
    """A file with a missing income, a household with two starts, and one whose village changes."""
    frame = draw_panel(5, units=8).drop(columns="weight")
    frame.loc[5, "outcome"] = np.nan
    frame.loc[np.flatnonzero(frame["unit_id"] == "V1H0")[0], "first_year"] = 2004
    frame.loc[np.flatnonzero(frame["unit_id"] == "V2H1")[0], "cluster_id"] = "V3"
    (folder / "faulty").mkdir()
    frame.to_parquet(folder / "faulty" / "panel.parquet", index=False)
    return folder / "faulty" / "panel.parquet"


def assert_read_alike(rows, folder):
    """Of the faulty file: the same issues and cells as DuckDB finds in it."""
    one, other = read_panel(rows), read_panel(folder / "faulty" / "panel.parquet")
    assert one.issues == other.issues and len(one.issues) >= 3
    assert (one.n_rows, one.n_units, one.years) == (other.n_rows, other.n_units, other.years)
    assert_same(compress(one, by=BY[:1]), compress(other, by=BY[:1]))


def full_least_squares(frame, treated, covariate):
    """Coefficients of treatment and covariate by least squares on every row, dummies of units and years."""
    root = np.sqrt(frame["weight"].to_numpy())
    x = pd.concat(
        [treated, frame[[covariate]], pd.get_dummies(frame["year"], drop_first=True), pd.get_dummies(frame["unit_id"])],
        axis=1,
    ).to_numpy(float)
    y = frame["outcome"].to_numpy()
    beta, *_ = np.linalg.lstsq(x * root[:, None], y * root, rcond=None)
    return beta[:2], float(((y - x @ beta) ** 2 * root**2).sum())


def compressed_least_squares(cells):
    """The same from the cells: the covariate is partialled in through its own sums and products."""
    s, u = cells.moments()
    start = cells.groups["first_year"].to_numpy()
    treated = ((start[:, None] > 0) & (cells.years >= start[:, None])).astype(float)
    years = np.repeat(np.eye(len(cells.years))[None, :, 1:], len(start), axis=0)
    x = np.concatenate([treated[:, :, None], years], axis=2)
    xx = np.einsum("gtp,gts,gsq->pq", x, s, x)
    xz = np.einsum("gtp,gtk->pk", x, u)
    zz = cells.cross.sum(axis=0)
    left = np.block([[xx, xz[:, 1:]], [xz[:, 1:].T, zz[1:, 1:]]])
    right = np.concatenate([xz[:, 0], zz[1:, 0]])
    beta = np.linalg.solve(left, right)
    return beta[[0, -1]], float(zz[0, 0] - right @ beta)


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**6), attendance=st.floats(0.55, 1.0), weighted=st.booleans())
def test_cells_give_least_squares_with_unit_and_year_effects(seed, attendance, weighted):
    frame = draw_panel(seed, attendance=attendance, weighted=weighted)
    started = (frame["first_year"] > 0) & (frame["year"] >= frame["first_year"])
    expected, rss = full_least_squares(frame, started.astype(float), "x")
    cells = compress(panel_of(frame, frame, weighted=weighted), by=BY, continuous=("x",))
    beta, compressed_rss = compressed_least_squares(cells)
    np.testing.assert_allclose(beta, expected, atol=1e-10)
    np.testing.assert_allclose(compressed_rss, rss, rtol=1e-9)


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_row_order_and_names_change_nothing(seed):
    frame = draw_panel(seed)
    shuffled = frame.sample(frac=1.0, random_state=seed).reset_index(drop=True)
    shuffled["unit_id"] = "x" + shuffled["unit_id"]
    assert_same(compress(panel_of(shuffled, shuffled)), compress(panel_of(frame, frame)))


@pytest.mark.slow
def test_many_covariates_are_folded_without_a_warning(recwarn):
    frame = draw_panel(5, clusters=4).drop(columns=["x"])
    numbers = np.random.default_rng(1).normal(size=(len(frame), 20))
    names = tuple(f"z{n:02d}" for n in range(numbers.shape[1]))
    frame = pd.concat([frame, pd.DataFrame(numbers, columns=list(names), index=frame.index)], axis=1)
    made = compress(panel_of(frame, frame), continuous=names)
    assert made.variables == ("outcome", *names) and not recwarn.list


def test_another_outcome_may_lack_years():
    frame = draw_panel(1)
    frame["below_line"] = (frame["outcome"] < 9).astype(float)
    frame.loc[frame["year"] == 2003, "below_line"] = np.nan
    cells = compress(panel_of(frame, frame), outcome="below_line")
    assert 2003 not in cells.years
    assert cells.sums.max() <= cells.units.max()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:The inplace keyword")
@pytest.mark.parametrize("weighted", [False, True])
def test_cells_give_what_pyfixest_gives(weighted):
    import pyfixest

    frame = draw_panel(11, clusters=12, weighted=weighted)
    frame["on"] = ((frame["first_year"] > 0) & (frame["year"] >= frame["first_year"])).astype(float)
    fit = pyfixest.feols(
        "outcome ~ on + x | unit_id + year",
        data=frame,
        weights="weight" if weighted else None,
        fixef_tol=1e-14,
        fixef_rm="none",
    )
    cells = compress(panel_of(frame, frame, weighted=weighted), continuous=("x",))
    np.testing.assert_allclose(compressed_least_squares(cells)[0], fit.coef()[["on", "x"]], atol=1e-10)
