"""What limits a result is said by code, with its values."""

from dataclasses import replace

import numpy as np
import pytest

from evaluator.domain.settings import Settings
from evaluator.income.effects import estimate_effects
from evaluator.intake.panel import read_panel
from tests.income.made import panel_of, small_frame, world_frame


def codes(found):
    return [caution.code for caution in found.cautions]


@pytest.mark.slow
def test_traits_are_never_taken_as_assigned():
    found = estimate_effects(panel_of(world_frame()), checks=False)
    assert "traits_not_assigned" in codes(found)


@pytest.mark.slow
def test_few_controls_and_a_short_history_are_named():
    frame = small_frame(units=120, clusters=24)
    found = estimate_effects(panel_of(frame[~frame["cluster_id"].isin(["c00", "c03", "c06", "c09", "c12"])]))
    by_code = {caution.code: caution.values for caution in found.cautions}
    assert by_code["few_controls"]["found"] == 3
    assert by_code["long_run_cut"] == {"seen": 2, "wanted": 7}


def test_years_without_comparison_are_named():
    frame = small_frame(units=120, clusters=24)
    found = estimate_effects(panel_of(frame[frame["first_year"] > 0]), checks=False)
    by_code = {caution.code: caution.values for caution in found.cautions}
    assert by_code["years_without_comparison"]["years"] == (2005, 2006)


@pytest.mark.slow
def test_small_groups_are_withheld_and_said():
    frame = world_frame(24)
    one = frame["cluster_id"].isin(frame.loc[frame["trait_short_flat_fast"] == "1", "cluster_id"].unique())
    kept = frame[~one | frame["unit_id"].str.endswith("00")]
    found = estimate_effects(panel_of(kept), checks=False)
    assert "small_groups_withheld" in codes(found)
    assert all(np.isnan(e.estimate) for e in found.windows["flagged"])


@pytest.mark.slow
def test_naive_and_scale_are_said():
    frame = world_frame()
    naive = Settings().with_values({"income.estimator": "twfe"})
    assert codes(estimate_effects(panel_of(frame), settings=naive, checks=False))[0] == "naive_method"
    level = replace(panel_of(frame), scale="level")
    assert "level_scale" in codes(estimate_effects(level, checks=False))


@pytest.mark.slow
def test_faults_of_reading_and_missing_villages_are_said_beside_the_numbers():
    frame = world_frame().drop(columns="cluster_id").astype({"outcome": object})
    frame.loc[0, "outcome"] = "many"
    found = estimate_effects(read_panel(frame), checks=False)
    assert {"no_villages", "read_with_faults"} <= set(codes(found))
    assert [one.code for one in found.issues if one.severity == "error"] == ["E_PANEL_TEXT"]
    whole = estimate_effects(read_panel(world_frame()), checks=False)
    assert not {"no_villages", "read_with_faults"} & set(codes(whole))
