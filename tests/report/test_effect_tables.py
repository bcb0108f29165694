"""Tables of income effects: what stands in them is what was estimated."""

from functools import cache

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


@cache
def shown():
    return estimate_effects(panel_of(FRAME))


@pytest.mark.slow
def test_years_have_the_reference_and_every_main_group():
    assert main_groups(shown()) == ("all", "flagged", "unflagged")
    table = tabulate_years(shown(), "en")
    assert list(table.columns)[:4] == ["Years since start", "All projects", "Short, flat and fast", "Other projects"]
    reference = table[table["Years since start"] == "−1"].iloc[0]
    assert reference["All projects"] == "0.0 %"
    assert len(table) == len({*shown().paths["all"].events.tolist(), *shown().paths["flagged"].events.tolist(), -1})


@pytest.mark.parametrize("language", ["en", "zh"])
def test_groups_and_windows(language):
    table = tabulate_group_effects(shown(), language)
    assert len(table) == len(shown().groups)
    assert table.iloc[0, 1] == format_estimate(shown().overall, "log", language)
    assert table.iloc[1, 4] == format_estimate(shown().windows["flagged"][-1], "log", language)


def test_estimates_and_other_methods():
    table = tabulate_estimates(shown().contrasts, "log", "en")
    assert list(table["Years"]) == ["All years since the start", "Years 0–2", "Years 3–4", "Years 5–7"]
    others = tabulate_alternatives(shown(), "en")
    assert others["Estimator"].iloc[0] == "Extended two-way fixed effects" and len(others) == 4


def test_the_flat_table_holds_every_estimate_once():
    table = tabulate_effects(shown())
    assert tuple(table.columns) == FLAT
    assert not table.duplicated(["outcome", "what", "group", "name"]).any()
    late = table[(table["what"] == "contrast") & (table["name"] == "flagged_minus_unflagged_window_5_7")]
    assert late["estimate"].item() == shown().headline.estimate
    years = table[(table["what"] == "year") & (table["group"] == "all")]
    np.testing.assert_allclose(years["estimate"], shown().paths["all"].estimate)
