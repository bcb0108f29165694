"""Checks: size-correct leads, bounds that widen, placebos near nothing, estimates without each village."""

import numpy as np
import pytest

from evaluator.domain.settings import IncomeSettings
from evaluator.income.checks import bound_trends, check_pretrends, draw_study, leave_out, pretend_starts
from evaluator.income.estimation import prepare, study_of
from evaluator.income.findings import ALL, CONTRAST
from evaluator.income.specification import regress, specify
from tests.income.made import panel_of, small_frame, world_frame

TRAIT = "trait_short_flat_fast"
SPEC = specify(panel_of(world_frame(40)), IncomeSettings(), trait=TRAIT)
STUDY = regress(SPEC, leads=True)
DRAWN = draw_study(SPEC, STUDY, {ALL: None, "flagged": "1"}, pair=("1", "0"), contrast=CONTRAST)


def test_leads_are_tested_with_the_jackknife_of_all_villages():
    found = check_pretrends(DRAWN, 0.05)
    assert set(found) == {ALL, "flagged", CONTRAST}
    q = len(found[ALL].events)
    assert found[ALL].df == (q, 40 - q) and 0 < found[ALL].p <= 1


def test_a_common_trend_of_project_villages_is_seen_in_levels_and_not_in_the_contrast():
    spec = specify(panel_of(world_frame(200, trend=0.05)), IncomeSettings(), trait=TRAIT)
    drawn = draw_study(spec, regress(spec, leads=True), {ALL: None}, pair=("1", "0"), contrast=CONTRAST)
    found = check_pretrends(drawn, 0.05)
    assert found[ALL].p < 0.001 and found[ALL].slope == pytest.approx(0.05, abs=0.02)
    assert abs(found[CONTRAST].slope) < 0.03


@pytest.mark.slow
def test_bounds_widen_with_what_is_allowed():
    found = bound_trends(DRAWN, (5, 7), names=(ALL, CONTRAST), alpha=0.05, unit=1.0)
    for group in (ALL, CONTRAST):
        relative = [bound for bound in found[group].bounds if bound.kind == "relative"]
        widths = [bound.high - bound.low for bound in relative]
        assert widths == sorted(widths) and np.isfinite(widths).all()


def test_pretended_starts_find_nothing_where_nothing_is():
    found = pretend_starts(SPEC)
    assert [estimate.name for estimate in found] == ["placebo_1", "placebo_2", "placebo_3"]
    assert all(estimate.low < 0.0 < estimate.high or abs(estimate.estimate) < 0.1 for estimate in found)


def test_pretended_starts_find_what_began_earlier():
    frame = small_frame(units=240, clusters=24)
    frame["outcome"] += np.where(frame["year"] == frame["first_year"] - 1, 1.0, 0.0)
    first = pretend_starts(specify(panel_of(frame), IncomeSettings()))[0]
    assert first.estimate == pytest.approx(1.0, abs=0.15) and first.low > 0.5


def test_placebos_with_moving_covariates_use_the_rows_before():
    spec = specify(panel_of(small_frame(), continuous=("hours",)), IncomeSettings())
    assert all(abs(estimate.estimate) < 0.15 for estimate in pretend_starts(spec))


def test_one_row_a_village_left_out():
    estimation = prepare(SPEC, "etwfe", study_of(SPEC))
    overall = estimation.together.level.between(0, None)
    table = leave_out(SPEC, overall, estimation.headline())
    assert len(table) == 40 and table["overall"].equals(table["overall"].dropna())
    assert leave_out(SPEC, overall, None)["headline"].isna().all()
