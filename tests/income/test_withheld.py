"""Numbers of too few households are kept from checks and comparisons as from the main tables."""

import numpy as np
import pytest

from evaluator.domain.settings import Settings
from evaluator.income.cells import compress
from evaluator.income.effects import estimate_effects
from evaluator.income.findings import CONTRAST
from evaluator.income.withheld import _beside, withhold_few
from evaluator.report.effects import describe_effects
from tests.income.made import panel_of, world_frame

FRAME = world_frame(28)
QUICK = Settings().with_values({"income.wild_replications": 99, "income.permutations": 99})
NO_LEADS = QUICK.with_values({"income.leads": False})
TRAIT = "trait_short_flat_fast"


def one_a_village(among, villages):
    """The panel with a single household in each of some villages among those marked, and the others whole."""
    names = sorted(FRAME.loc[among, "cluster_id"].unique())[:villages]
    return FRAME[~among | (FRAME["cluster_id"].isin(names) & FRAME["unit_id"].str.endswith("01"))]


@pytest.fixture(scope="module")
def few_flagged():
    return estimate_effects(panel_of(one_a_village(FRAME[TRAIT] == "1", 7)), settings=QUICK)


@pytest.mark.slow
def test_nothing_is_told_of_a_contrast_with_few_flagged_households(few_flagged):
    found = few_flagged
    assert found.overall_by["flagged"].refusal.code == "few_units"
    assert np.isfinite(found.overall.estimate) and np.isfinite(found.naive.overall.estimate)
    assert found.naive.contrast.refusal.code == "few_units"
    assert found.pretrends[CONTRAST].refusal.code == found.pretrends["flagged"].refusal.code == "few_units"
    assert CONTRAST not in {*found.sensitivity, *found.attrition} and "all" in found.sensitivity
    assert found.influence["headline"].isna().all() and found.influence["overall"].notna().any()
    assert not np.isfinite(found.paths["flagged"].se).any()
    assert (found.support.cohorts["units"] >= 10).all()


@pytest.mark.slow
def test_what_would_tell_a_withheld_kind_is_withheld_too(few_flagged):
    """All less the unflagged would be the flagged."""
    assert few_flagged.overall_by["unflagged"].refusal.code == "few_beside"
    assert {part.refusal.code for part in few_flagged.windows["unflagged"]} <= {"few_beside", "no_such_years"}
    for event in few_flagged.paths["all"].events:
        shown = [
            name for name, path in few_flagged.paths.items() if np.isfinite(path.estimate[path.events == event]).any()
        ]
        assert not {"flagged", "unflagged"} & set(shown)


def test_of_many_kinds_the_smallest_is_withheld_beside_another():
    assert _beside({"a": 3, "b": 40, "c": 20}, 10) == "c"
    assert _beside({"a": 3, "b": 4, "c": 20}, 10) == _beside({"b": 40, "c": 20}, 10) == _beside({"a": 3}, 10) == ""


def test_villages_of_few_households_are_not_named(few_flagged):
    unnamed = few_flagged.influence["cluster_id"].isna()
    assert unnamed.sum() == 7
    told = describe_effects(few_flagged)["influence"]
    assert len(told) == len(few_flagged.influence) - 7


@pytest.mark.slow
def test_nothing_at_all_is_told_of_few_treated_households():
    found = estimate_effects(panel_of(one_a_village(FRAME["first_year"] > 0, 7)), settings=NO_LEADS)
    told = describe_effects(found)
    assert found.overall.refusal.code == told["pretrend"]["refusal"] == "few_units"
    assert (told["attrition"], told["naive"]["overall"]["estimate"]) == ([], None)
    assert all(year["estimate"] is None and year["se"] is None for year in told["by_year"])
    assert found.influence[["overall", "headline"]].isna().all(axis=None)


def test_a_refusal_describes_no_change_of_few_households():
    found = estimate_effects(panel_of(one_a_village(FRAME["first_year"] > 0, 2)), settings=QUICK)
    assert [one.code for one in found.refusals] == ["few_treated"] and found.cautions == ()


def test_units_that_are_their_own_clusters_are_shown():
    panel = panel_of(FRAME)
    found = estimate_effects(panel, checks=False)
    assert withhold_few(found, compress(panel, by=(TRAIT,)), 1) is found
