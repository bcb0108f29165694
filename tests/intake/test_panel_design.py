"""Starts, gaps and leavers of a panel counted from a few kinds of households."""

import pandas as pd

from evaluator.domain.settings import Settings
from evaluator.intake.panel_columns import match_panel
from evaluator.intake.panel_design import always_treated, check_design, tabulate_attrition
from tests.intake.made_panel import codes

YEARS = (2015, 2016, 2017, 2018)
COLUMNS = match_panel(["unit_id", "year", "outcome", "first_year", "cluster_id"], mapping={}, rules=Settings().income)


def histories(*kinds):
    """``(village, first year, years seen as text of 0 and 1, households)``."""
    rows = [
        (v, s, seen.count("1"), sum(1 << i for i, one in enumerate(seen) if one == "1"), n) for v, s, seen, n in kinds
    ]
    return pd.DataFrame(rows, columns=["cluster_id", "first_year", "rows", "years", "units"])


def test_gaps_single_years_and_a_single_start_are_noted():
    found = histories(("柳溪", 0, "1111", 5), ("石桥", 2017, "1011", 2), ("松坪", 2017, "0100", 1))
    notes = check_design(found, YEARS, COLUMNS)
    assert codes(notes) == ["N_PANEL_ONE_START", "N_PANEL_GAPS", "N_PANEL_ONCE"]
    assert [one.values.get("count") for one in notes] == [None, 2, 1]


def test_without_a_village_free_of_projects_the_last_start_is_named():
    found = histories(("柳溪", 2016, "1111", 5), ("石桥", 2018, "1111", 2))
    (note,) = check_design(found, YEARS, COLUMNS)
    assert (note.code, note.found) == ("N_PANEL_NO_NEVER", "2018")


def test_always_treated_stay_where_no_later_start_exists():
    some = histories(("柳溪", 2015, "1111", 5), ("石桥", 2017, "1111", 2))
    assert list(always_treated(some, YEARS)) == [True, False]
    none = histories(("柳溪", 2015, "1111", 5), ("石桥", 2019, "1111", 2), ("松坪", 0, "1111", 1))
    assert not always_treated(none, YEARS).any()


def test_attrition_counts_who_could_and_who_is_seen_by_arm_and_year_since_the_start():
    found = histories(
        ("柳溪", 0, "1111", 3), ("柳溪", 0, "1100", 1), ("石桥", 2017, "1111", 2), ("石桥", 2017, "1110", 2)
    )
    table = tabulate_attrition(found, YEARS).set_index(["arm", "event", "year"])[["units", "present", "share"]]
    never = table.xs("never", level="arm").droplevel("event")
    assert list(never.loc[2017]) == [4, 3, 0.75]
    treated = table.xs("treated", level="arm").droplevel("year")
    assert list(treated.loc[1]) == [4, 2, 0.5]
    assert list(treated.loc[-2]) == [4, 4, 1.0]
