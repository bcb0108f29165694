"""Frames of each method, and how their errors are made."""

import numpy as np
import pytest

from evaluator.domain.settings import IncomeSettings
from evaluator.income.frames import frame_method, frame_plainly, least_shown, make_inference
from evaluator.income.specification import regress, specify
from tests.income.made import panel_of, small_frame

PANEL = panel_of(small_frame())
SPEC = specify(PANEL, IncomeSettings())
STUDY = regress(SPEC, leads=True)


def test_the_main_regression_borrows_leads_from_the_event_study():
    frames = frame_method(SPEC, "etwfe", STUDY)
    assert frames.leads is not None and frames.leads.effects is STUDY.effects
    assert frames.level is frames.years is frames.windows
    assert frame_method(specify(PANEL, IncomeSettings(leads=False)), "etwfe", None).leads is None
    own = frame_method(SPEC, "sun_abraham", STUDY)
    assert own.leads is own.level


def test_two_way_effects_have_a_regression_for_each_average():
    frames = frame_method(SPEC, "twfe", STUDY)
    assert list(frames.level.effects.table["event"]) == [0]
    assert set(frames.years.effects.table["event"]) >= {0, 1, 2}
    assert list(frames.windows.effects.table["event"]) == [0]


@pytest.mark.parametrize("kind", ["jackknife", "cluster", "wild", "classical"])
def test_each_kind_of_error_is_made(kind):
    frame = frame_method(specify(PANEL, IncomeSettings(inference=kind)), "etwfe", STUDY).level
    found = frame.say("overall", frame.between(0, None))
    assert frame.inference.kind == kind and found.low < found.estimate < found.high
    free = 360 - 60 - 5 - 5  # rows, units, effects, year effects
    assert found.df == (free if kind == "classical" else 11)


def test_callaway_has_the_authors_factor_and_no_wild_bootstrap():
    frame = frame_method(specify(PANEL, IncomeSettings(inference="wild")), "callaway_santanna", None).level
    assert frame.inference.kind == "cluster" and frame.inference.factor == 1.0


def test_villages_may_be_shown_alone_households_may_not():
    assert least_shown(SPEC) == 10
    frame = small_frame()
    assert least_shown(specify(panel_of(frame.assign(cluster_id=frame["unit_id"])), IncomeSettings())) == 1


def test_plain_frames_carry_their_covariance():
    frames, refusal = frame_plainly(specify(PANEL, IncomeSettings(estimator="pooled", inference="hc1")), "pooled")
    assert refusal is None and frames.level.inference.covariance is not None
    assert np.isfinite(frames.level.say("overall", frames.level.between(0, None)).se)
    assert make_inference(SPEC, frames.level.effects, None).kind == "jackknife"
