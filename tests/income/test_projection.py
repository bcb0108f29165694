from dataclasses import replace

import numpy as np
import pytest

from evaluator.domain.settings import IncomeSettings
from evaluator.income.project_moments import until
from evaluator.income.projected import LATE
from evaluator.income.projection import project_paths
from evaluator.income.results import Caution
from tests.income.made_projection import made_projection, made_proposals, made_world, nothing_yet
from tests.income.projects_world import DEMAND
from tests.income.simulate import TRAIT

RULES = IncomeSettings()


def again(cells=None, traits=None, *, rules=RULES, proposals=None, found=None):
    world = made_world()
    return project_paths(
        nothing_yet() if found is None else found,
        world.cells() if cells is None else cells,
        world.traits() if traits is None else traits,
        rules=rules,
        proposals=made_proposals() if proposals is None else proposals,
        backtest=False,
    ).projection


def codes(cautions):
    return {one.code: dict(one.values) for one in cautions}


def test_running_projects_come_first_and_a_project_that_runs_is_no_proposal():
    found = made_projection()
    ids = [one.project_id for one in found.projects]
    running = made_world().traits().index.tolist()
    assert ids[: len(running)] == sorted(running)
    assert ids[len(running) :] == ["N000", "N001", "N002", "N003", "N004"]
    assert found.traits == (TRAIT, DEMAND)
    assert found.refusal is None


def test_no_point_stands_where_no_older_cohort_was_seen():
    found = made_projection()
    starts = made_world().world.start
    oldest = starts[starts > 0].min()
    for one in found.projects:
        last = 12 - oldest if one.status == "proposed" or one.first_year > oldest else 12 - one.first_year
        assert one.supported_to == last
        assert np.isnan(one.mean[one.years > last]).all()
        assert np.isfinite(one.mean[one.years <= last]).all()
    proposal = found.of("N000")
    assert proposal.first_year == 13
    assert proposal.cohorts[0] == tuple(sorted(set(starts[starts > 0])))
    assert proposal.cohorts[12 - oldest] == (oldest,)
    assert found.support["projects"].tolist() == sorted(found.support["projects"], reverse=True)


@pytest.mark.slow
def test_beyond_support_there_is_a_bound_that_widens_every_year():
    found = again(until(made_world().cells(), 8))
    one = found.of("N000")
    assert one.supported_to == 5
    assert one.late == (4, 5)
    assert codes(one.cautions)["late_years_cut"] == {"first": 4, "last": 5}
    assert np.isnan(one.mean[6:]).all()
    assert np.isnan(one.low[50][6:]).all()
    assert (np.diff(one.low[90][5:]) < 0).all()
    assert (np.diff(one.high[90][5:]) > 0).all()
    assert len(one.years) == LATE[1] + 1


def test_late_years_that_nobody_has_seen_have_no_probability():
    one = again(until(made_world().cells(), 6)).of("N000")
    assert one.supported_to == 3
    assert one.late is None
    assert np.isnan(one.p_nonpositive)
    assert codes(one.cautions)["late_years_unseen"]["seen"] == 3


def test_what_is_not_known_or_outside_is_said():
    found = made_projection()
    assert not found.of("N000").cautions
    assert found.of("N001").unknown == (DEMAND,)
    assert codes(found.of("N002").cautions) == {"traits_unknown": {"traits": (TRAIT,)}}
    assert not found.of("N003").inside_hull
    assert "outside_hull" in codes(found.of("N003").cautions)
    assert not found.of("N004").inside_hull
    assert found.of("N001").inside_hull
    assert found.of("N003").sd[6] > 3 * found.of("N000").sd[6]


@pytest.mark.slow
def test_flagged_proposals_fade_where_others_grow():
    proposals = made_proposals().iloc[[0, 0]].set_axis(["short", "growing"])
    proposals[TRAIT], proposals[DEMAND] = ["1", "0"], 50.0
    found = again(proposals=proposals)
    assert found.of("short").mean[7] < found.of("growing").mean[7]
    assert found.of("short").p_nonpositive > found.of("growing").p_nonpositive


@pytest.mark.slow
def test_few_households_are_withheld_and_still_inform():
    found = again(rules=replace(RULES, least_units=16))
    one = found.of("P0000")
    assert one.withheld
    assert np.isnan(one.mean).all()
    assert np.isnan(one.estimate).all()
    assert np.isnan(one.p_nonpositive)
    np.testing.assert_allclose(found.of("N000").mean, made_projection().of("N000").mean)


@pytest.mark.slow
def test_a_stated_start_is_kept():
    proposals = made_proposals().assign(first_year=[7, 14, np.nan, 13, 13, 13])
    found = again(proposals=proposals)
    assert [found.of(f"N00{i}").first_year for i in range(3)] == [7, 14, 13]
    assert max(found.of("N000").cohorts[0]) < 7


@pytest.mark.slow
def test_only_kinds_seen_that_long_carry_a_path_without_a_word():
    world = made_world()
    cells, traits = world.cells(), world.traits()
    traits[TRAIT] = np.where(world.world.start[world.world.start > 0] >= 5, "1", "0")
    found = again(cells, traits)
    notes = {name: codes(found.of(name).cautions) for name in ("N000", "N001", "N003")}
    late = world.world.start[world.world.start >= 5].min()
    flagged = [name for name in notes if made_proposals()[TRAIT][name] == "1"]
    assert flagged
    assert all(notes[name]["kind_seen_to"]["seen"] == 12 - late for name in flagged)


def test_effects_that_were_refused_are_not_projected():
    found = again(found=nothing_yet(refusal=Caution("one_village")))
    assert found.refusal.code == "projection_no_effects"
    assert not found.projects


@pytest.mark.parametrize("last", [1, 3])
def test_short_panels_are_refused(last):
    found = again(until(made_world().cells(), last))
    assert found.refusal.code in {"projection_few_projects", "projection_one_year"}
    assert not found.projects


def test_without_traits_all_proposals_are_the_average_project():
    found = again(traits=made_world().traits()[[]])
    assert "projection_without_traits" in codes(found.cautions)
    assert found.traits == ()
    proposals = [one for one in found.projects if one.status == "proposed"]
    np.testing.assert_allclose(proposals[0].mean, proposals[3].mean)
    assert all(one.inside_hull for one in proposals)


def test_the_true_paths_lie_in_their_intervals():
    world, found = made_world(), made_projection()
    hits = []
    for one in found.projects:
        if one.status == "running":
            true = world.path[int(one.project_id[1:])]
            hits.append((true >= one.low[90]) & (true <= one.high[90]))
    assert np.concatenate(hits).mean() > 0.8
