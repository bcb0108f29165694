"""Tables of income effects: what stands in them is what was estimated."""

import numpy as np
import pytest

from evaluator.income.effects import estimate_effects
from evaluator.report.effect_tables import (
    FLAT,
    main_groups,
    tabulate_alternatives,
    tabulate_effects,
    tabulate_estimates,
    tabulate_group_effects,
    tabulate_years,
)
from evaluator.report.effect_words import format_estimate
from tests.income.made import panel_of, world_frame

FRAME = world_frame().assign(trait_kind="industry")
FOUND = estimate_effects(panel_of(FRAME))


def test_years_have_the_reference_and_every_main_group():
    assert main_groups(FOUND) == ("all", "flagged", "unflagged")
    table = tabulate_years(FOUND, "en")
    assert list(table.columns)[:4] == ["Years since start", "All projects", "Short, flat and fast", "Other projects"]
    reference = table[table["Years since start"] == "−1"].iloc[0]
    assert reference["All projects"] == "0.0 %"
    assert len(table) == len({*FOUND.paths["all"].events.tolist(), *FOUND.paths["flagged"].events.tolist(), -1})


@pytest.mark.parametrize("language", ["en", "zh"])
def test_groups_and_windows(language):
    table = tabulate_group_effects(FOUND, language)
    assert len(table) == len(FOUND.groups)
    assert table.iloc[0, 1] == format_estimate(FOUND.overall, "log", language)
    assert table.iloc[1, 4] == format_estimate(FOUND.windows["flagged"][-1], "log", language)


def test_estimates_and_other_methods():
    table = tabulate_estimates(FOUND.contrasts, "log", "en")
    assert list(table["Years"]) == ["All years since the start", "Years 0–2", "Years 3–4", "Years 5–7"]
    others = tabulate_alternatives(FOUND, "en")
    assert others["Estimator"].iloc[0] == "Extended two-way fixed effects" and len(others) == 4


def test_the_flat_table_holds_every_estimate_once():
    table = tabulate_effects(FOUND)
    assert tuple(table.columns) == FLAT
    assert not table.duplicated(["outcome", "what", "group", "name"]).any()
    late = table[(table["what"] == "contrast") & (table["name"] == "flagged_minus_unflagged_window_5_7")]
    assert late["estimate"].item() == FOUND.headline.estimate
    years = table[(table["what"] == "year") & (table["group"] == "all")]
    np.testing.assert_allclose(years["estimate"], FOUND.paths["all"].estimate)
