"""A second heap of incomes hundreds of times away is another unit; wide incomes are not."""

import narwhals as nw
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.domain.errors import TableError
from evaluator.domain.settings import Settings
from evaluator.intake.panel_columns import match_panel
from evaluator.intake.panel_levels import BIN, find_cuts, leave_units_out
from evaluator.intake.panel_rows import Outcome
from tests.intake.made_panel import make_panel

COLUMNS = match_panel(["unit_id", "year", "outcome", "first_year"], mapping={}, rules=Settings().income)
FRAME = make_panel().rename(columns={"outcome": "income"}).astype({"income": float})


def left(frame, apart=300.0, log=False, scale="log"):
    outcome = Outcome("log" if log else "income", scale)
    return leave_units_out(nw.from_native(frame), COLUMNS, apart=apart, outcome=outcome)


@pytest.mark.parametrize("times", [1e-4, 1e-3, 1e4])
def test_a_village_in_another_unit_is_left_out_and_named(times):
    frame = FRAME.assign(income=FRAME["income"].where(FRAME["cluster_id"] != "松坪", FRAME["income"] * times))
    kept, (issue,) = left(frame)
    assert len(kept) == len(frame) - 24
    assert issue.code == "E_PANEL_UNITS"
    assert issue.found == "松坪 (2015), 松坪 (2016), 松坪 (2017)"


def test_single_rows_in_another_unit_are_found_too():
    frame = FRAME.copy()
    frame.loc[::15, "income"] /= 1e4
    kept, (issue,) = left(frame)
    assert len(kept) + issue.values["count"] == len(frame)
    assert set(kept["income"].to_list()) == set(FRAME["income"].drop(FRAME.index[::15]))


def test_small_incomes_beside_more_zeros_are_small_incomes():
    frame = FRAME.copy()
    frame.loc[:1, "income"] = 2.0
    frame.loc[2:5, "income"] = 0.0
    kept, issues = left(frame)
    assert len(kept) == len(frame) and not issues
    frame.loc[3:5, "income"] = 2.0
    kept, (issue,) = left(frame)
    assert len(kept) == len(frame) - 5 and issue.values["count"] == 5


def test_when_neither_unit_is_usual_the_table_is_refused():
    frame = FRAME.assign(income=FRAME["income"].where(FRAME["year"] < 2018, FRAME["income"] / 1e4))
    with pytest.raises(TableError) as refused:
        left(frame)
    assert refused.value.issues[0].code == "E_PANEL_UNITS_MIXED"


def test_incomes_of_zero_or_below_are_no_unit_and_stay():
    frame = pd.concat([FRAME, FRAME.head(2).assign(income=[0.0, -50.0])])
    kept, issues = left(frame)
    assert (len(kept), issues) == (len(frame), [])


def test_logarithms_are_judged_alike():
    logs = FRAME.assign(outcome=np.log(FRAME["income"]) - np.where(FRAME["cluster_id"] == "松坪", np.log(1e4), 0.0))
    assert len(left(logs, log=True)[0]) == len(logs) - 24
    back = logs.assign(outcome=np.exp(logs["outcome"]))
    assert len(left(back, log=True, scale="level")[0]) == len(logs) - 24


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.1, 1.2))
def test_incomes_of_one_unit_are_never_split(seed, spread):
    logs = np.random.default_rng(seed).normal(9.0, spread, 400) / np.log(10)
    bins, counts = np.unique(np.floor(logs / BIN).astype(np.int64), return_counts=True)
    assert find_cuts(bins, counts, np.log10(300.0)) == (-np.inf, np.inf)
