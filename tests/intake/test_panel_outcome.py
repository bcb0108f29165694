"""What the income column holds, on which scale it is compared, and what prices and lines make of it."""

import numpy as np
import pytest

from evaluator.domain.errors import TableError
from evaluator.domain.settings import Settings
from evaluator.intake.panel import read_panel
from evaluator.intake.panel_columns import match_panel
from evaluator.intake.panel_faults import Counts
from evaluator.intake.panel_outcome import settle_outcome
from tests.intake.made_panel import codes, make_panel

FRAME = make_panel().astype({"outcome": float})
YEARS = (2015, 2016)


def settled(counts, heading="income", **values):
    columns = match_panel(
        ["unit_id", "year", heading, "first_year"], mapping={heading: "outcome"}, rules=Settings().income
    )
    usual = {"rows": 100, "low": 3000, "high": 90_000, "mean": 12_000, "fraction": 90}
    return settle_outcome(columns, Counts(usual | counts), Settings().with_values(values), YEARS)


def test_numbers_like_logarithms_are_read_as_such_and_told():
    outcome, issues = settled({"low": 7.1, "high": 11.2, "mean": 9.0})
    assert (outcome.holds, codes(issues)) == ("log", ["N_PANEL_LOG"])
    outcome, issues = settled({"low": 7.1, "high": 11.2, "mean": 9.0}, **{"income.outcome": "income"})
    assert (outcome.holds, codes(issues)) == ("income", ["W_PANEL_UNIT"])
    assert settled({"low": 7.1, "high": 11.2, "mean": 9.0}, "收入（万元）")[0].holds == "income"


def test_a_name_like_a_logarithm_is_held_against_the_values():
    outcome, issues = settled({"low": 0.2, "high": 4.1, "mean": 1.7}, "lwage")
    assert (outcome.holds, issues) == ("log", [])
    outcome, issues = settled({}, "log_income")
    assert (outcome.holds, codes(issues)) == ("income", ["W_PANEL_NO_LOG"])


def test_a_few_incomes_without_a_logarithm_are_left_out_and_many_refuse_the_scale():
    assert codes(settled({"at_0": 3, "below_0": 1, "low": -9})[1]) == ["E_PANEL_NEGATIVE", "E_PANEL_ZERO"]
    with pytest.raises(TableError) as refused:
        settled({"at_0": 20})
    assert codes(refused.value.issues) == ["E_PANEL_SCALE"]
    assert codes(settled({"at_0": 20}, **{"income.scale": "level"})[1]) == ["N_PANEL_LEVEL"]


def test_prices_must_cover_every_year():
    assert settled({}, **{"income.deflator": "2015=100, 2016=110"})[0].prices == {2015: 100 / 110, 2016: 1.0}
    base = {"income.deflator": "2015=100, 2016=110", "income.deflator_base_year": 2015}
    assert settled({}, **base)[0].prices == {2015: 1.0, 2016: 1.1}
    with pytest.raises(TableError) as refused:
        settled({}, **{"income.deflator": "2015=100"})
    assert refused.value.issues[0].found == "2016"


def rows_of(**values):
    return read_panel(
        FRAME.assign(cpi=100.0 + FRAME["year"] - 2020), settings=Settings().with_values(values)
    ).rows.to_pandas()


def test_incomes_are_deflated_and_held_against_the_line_of_their_own_year():
    index = ", ".join(f"{year}={100 + year - 2020}" for year in range(2015, 2021))
    rows = rows_of(
        **{"income.deflator": index, "payback.poverty_line_yuan": 10_000.0, "payback.poverty_line_year": 2020}
    )
    level = (100 + FRAME["year"] - 2020) / 100
    assert np.allclose(rows["income"], FRAME["outcome"] / level)
    assert list(rows["below_line"]) == list((FRAME["outcome"] < 10_000 * level).astype(float))


def test_a_column_of_prices_gives_the_same_as_an_index_by_year():
    index = ", ".join(f"{year}={100 + year - 2020}" for year in range(2015, 2021))
    assert np.allclose(rows_of(**{"income.deflator": "cpi"})["income"], rows_of(**{"income.deflator": index})["income"])


def test_without_a_stated_line_nobody_is_below_it():
    assert "below_line" not in rows_of()
    assert settled({}, **{"payback.poverty_line_yuan": 5000.0})[1][0].code == "N_PANEL_LINE_FIXED"
    logs = {"low": 7.1, "high": 11.2, "mean": 9.0}
    assert codes(settled(logs, **{"payback.poverty_line_yuan": 5000.0})[1]) == ["N_PANEL_LOG", "N_PANEL_LINE_LOG"]
