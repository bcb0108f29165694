"""Groups, windows and paths from the effects by first year, kind and year."""

import numpy as np
import pytest

from evaluator.income.etwfe import fit_etwfe
from evaluator.income.results import Estimate
from evaluator.income.summary import (
    Frame,
    choose,
    find_averages,
    find_contrast_path,
    find_contrasts,
    find_path,
    find_windows,
    hide_few,
    name_groups,
    window_name,
)
from evaluator.income.uncertainty import Inference
from tests.income.simulate import TRAIT, draw

CELLS = draw(np.random.default_rng(8), 24).cells()
FRAME = Frame(fit_etwfe(CELLS, trait=TRAIT).effects, CELLS, Inference())
LEADS = Frame(fit_etwfe(CELLS, trait=TRAIT, leads=True).effects, CELLS, Inference())


def test_groups_are_named_by_what_they_are():
    assert name_groups(["0", "1"], TRAIT) == {"flagged": "1", "unflagged": "0"}
    named = name_groups(["industry", "employment"], "trait_kind")
    assert named == {"trait_kind=employment": "employment", "trait_kind=industry": "industry"}


def test_the_difference_of_paths_is_the_path_of_the_difference():
    one, other = find_path(FRAME, LEADS, "flagged", "1"), find_path(FRAME, LEADS, "unflagged", "0")
    gap = find_contrast_path(FRAME, LEADS, ("1", "0"))
    place = {int(e): i for i, e in enumerate(gap.events)}
    for i, event in enumerate(one.events):
        if int(event) in set(other.events.tolist()) and np.isfinite(gap.estimate[place[int(event)]]):
            there = list(other.events).index(event)
            assert gap.estimate[place[int(event)]] == pytest.approx(one.estimate[i] - other.estimate[there])
    assert -1 not in one.events and one.events.min() < -1


def test_windows_take_both_ends():
    found = find_windows(FRAME, ((0, 2),))
    assert found[0].name == window_name(0, 2) == "window_0_2"
    assert choose(FRAME.effects.table, first=0, last=2).sum() == len(FRAME.effects.table.query("0 <= event <= 2"))
    assert found[0].rows == int(FRAME.effects.table.query("0 <= event <= 2")["rows"].sum())


def test_few_units_are_withheld():
    found = hide_few(Estimate("overall", estimate=0.1, units=9), 10)
    assert np.isnan(found.estimate) and found.refusal is not None and found.refusal.code == "few_units"
    assert hide_few(Estimate("overall", estimate=0.1, units=10), 10).estimate == 0.1


def test_four_averages_by_hand():
    table = FRAME.effects.table.assign(theta=FRAME.effects.theta)
    found = find_averages(FRAME)

    def mean(rows):
        return np.average(rows["theta"], weights=rows["weight"])

    assert found["simple"].estimate == pytest.approx(mean(table))
    assert found["dynamic"].estimate == pytest.approx(table.groupby("event").apply(mean).mean())
    assert found["calendar"].estimate == pytest.approx(table.groupby("year").apply(mean).mean())
    of_start = table.groupby("first_year").apply(lambda rows: rows.groupby("year").apply(mean).mean())
    size = table.groupby("first_year").apply(lambda rows: rows["weight"].sum() / rows["year"].nunique())
    assert found["group"].estimate == pytest.approx(np.average(of_start, weights=size))
    contrasts = find_contrasts(FRAME, FRAME, ((5, 7),), ("1", "0"))
    assert [one.name for one in contrasts] == ["flagged_minus_unflagged", "flagged_minus_unflagged_window_5_7"]
