"""Households folded into one line each, wherever their rows are."""

import narwhals as nw
import pandas as pd
import pytest

from evaluator.domain.errors import TableError
from evaluator.domain.settings import Settings
from evaluator.intake.panel_columns import match_panel
from evaluator.intake.panel_histories import MOST_YEARS, fold_histories, leave_out, list_years, ones
from evaluator.intake.panel_rows import tidy_rows
from tests.intake.made_panel import codes, flag_of, make_panel


def folded(frame):
    columns = match_panel(list(frame), mapping={}, rules=Settings().income)
    rows = tidy_rows(nw.from_native(frame), columns)
    years = list_years(rows, columns)
    return rows, columns, fold_histories(rows, columns, years), years


def test_equal_households_are_counted_together():
    histories = folded(make_panel())[2]
    assert len(histories) == 8
    assert list(histories["units"]) == [4] * 8
    assert set(histories["rows"]) == {6}
    assert set(histories["years"]) == {0b111111}


def test_years_are_bits_and_a_doubled_year_has_fewer_bits_than_rows():
    frame = make_panel(1).query("~(unit_id == '柳溪-0' and year in (2016, 2019))")
    frame = pd.concat([frame, frame.head(1).assign(outcome=1.0)])
    histories = folded(frame)[2].set_index("cluster_id")
    assert histories.loc["柳溪", ["rows", "years"]].tolist() == [5, 0b101101 + 1]
    assert ones(histories["years"])["柳溪"] == 4


def test_what_changes_and_what_is_said_in_part_is_marked():
    frame = flag_of(make_panel(1))
    frame.loc[(frame["cluster_id"] == "石桥") & (frame["year"] == 2020), "trait_short_flat_fast"] = 0.0
    frame.loc[(frame["cluster_id"] == "南坳") & (frame["year"] == 2015), "project_id"] = None
    histories = folded(frame)[2].set_index("cluster_id")
    assert list(histories.index[histories["changes_trait_short_flat_fast"] == 1]) == ["石桥"]
    assert list(histories.index[histories["partly_project_id"] == 1]) == ["南坳"]
    assert histories["trait_short_flat_fast"].isna()["石桥"]


def test_more_contradicting_households_than_sound_ones_are_refused():
    frame = make_panel(1)
    frame.loc[frame["year"] > 2018, "cluster_id"] = "elsewhere"
    rows, columns, histories, years = folded(frame)
    with pytest.raises(TableError) as refused:
        leave_out(rows, columns, histories, years)
    assert codes(refused.value.issues) == ["E_PANEL_MOVED", "E_PANEL_CONTRADICTS"]


def test_too_many_years_are_refused_and_one_is_not():
    frame = pd.concat([make_panel(1).head(1).assign(year=1900 + n) for n in range(MOST_YEARS + 1)])
    with pytest.raises(TableError):
        folded(frame)
    assert folded(make_panel().query("year == 2017"))[3] == (2017,)
