"""Further splits: numeric traits at their median, the poorer half of the first year."""

import narwhals as nw
import numpy as np
import pytest

from evaluator.domain.settings import IncomeSettings
from evaluator.income.cells import compress_frame
from evaluator.income.specification import specify
from evaluator.income.splits import POORER, halve, mark_poorer, split_by_traits
from tests.income.made import panel_of, small_frame

TRAIT = "trait_short_flat_fast"


def test_each_further_trait_has_a_regression_of_its_own():
    frame = small_frame().assign(trait_kind="industry")
    spec = specify(panel_of(frame), IncomeSettings(), trait=TRAIT)
    assert [name for name, _ in split_by_traits(spec)] == ["trait_kind", POORER]


def test_a_numeric_trait_is_split_at_the_median_of_its_clusters():
    frame = small_frame()
    score = {f"c{i:02d}": 10.0 * i for i in range(12)}
    frame["trait_demand"] = np.where(frame["first_year"] > 0, frame["cluster_id"].map(score), np.nan)
    cells = compress_frame(frame, by=("trait_demand",))
    found = halve(cells, "trait_demand")
    treated = cells.groups["first_year"] > 0
    assert set(found[treated]) == {"high", "low"} and set(found[~treated]) == {""}
    assert (found[treated] == "high").sum() == 4


def test_few_values_and_words_stay_as_they_are():
    cells = compress_frame(small_frame(), by=("size",))
    assert halve(cells, "size").equals(cells.groups["size"])


def test_poorer_is_below_the_median_of_the_first_year():
    frame = small_frame()
    marked = mark_poorer(panel_of(frame))
    assert marked is not None
    rows = nw.to_native(marked.rows).set_index(["unit_id", "year"])
    first = frame[frame["year"] == 2001].set_index("unit_id")["outcome"]
    expected = np.where(first < first.median(), "1", "0")
    assert (rows.xs(2003, level="year")[POORER].loc[first.index] == expected).all()


def test_units_not_seen_in_the_first_year_are_neither():
    frame = small_frame()
    frame = frame[~((frame["unit_id"] == "u000") & (frame["year"] == 2001))]
    marked = mark_poorer(panel_of(frame))
    assert marked is not None
    rows = nw.to_native(marked.rows)
    assert rows.loc[rows["unit_id"] == "u000", POORER].isna().all()


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_poorer_is_marked_in_every_engine(engine):
    frame = small_frame()[["unit_id", "year", "outcome", "first_year", "cluster_id"]]
    if engine == "polars":
        rows = pytest.importorskip("polars").from_pandas(frame).lazy()
    else:
        rows = pytest.importorskip("duckdb").from_arrow(pytest.importorskip("pyarrow").Table.from_pandas(frame))
    panel = panel_of(frame, weighted=False)
    marked = mark_poorer(
        type(panel)(**{k: getattr(panel, k) for k in panel.__slots__} | {"rows": nw.from_native(rows)})
    )
    assert marked is not None
    found = specify(marked, IncomeSettings(), trait=POORER)
    again = mark_poorer(panel)
    assert again is not None
    expected = specify(again, IncomeSettings(), trait=POORER)
    np.testing.assert_allclose(
        np.sort(found.cells.sums.sum(axis=(1, 2))), np.sort(expected.cells.sums.sum(axis=(1, 2)))
    )
