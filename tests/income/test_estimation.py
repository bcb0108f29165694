"""A method ready to be averaged: groups, contrast, headline."""

import pytest

from evaluator.domain.settings import IncomeSettings
from evaluator.income.estimation import name_contrast, prepare, study_of
from evaluator.income.findings import ALL, CONTRAST
from evaluator.income.specification import specify
from tests.income.made import panel_of, world_frame

TRAIT = "trait_short_flat_fast"
SPEC = specify(panel_of(world_frame()), IncomeSettings(), trait=TRAIT)


def test_flagged_less_unflagged_in_each_window():
    found = prepare(SPEC, "etwfe", study_of(SPEC))
    assert list(found.kinds) == [ALL, "flagged", "unflagged"]
    overall, windows, contrasts = found.overall(), found.windows(), found.contrasts()
    gap = overall["flagged"].estimate - overall["unflagged"].estimate
    assert contrasts[0].name == CONTRAST and contrasts[0].estimate == pytest.approx(gap)
    late = windows["flagged"][-1].estimate - windows["unflagged"][-1].estimate
    assert contrasts[-1].estimate == pytest.approx(late)
    headline = found.headline()
    assert headline is not None and headline.value == pytest.approx(late)
    assert set(found.paths()) == {ALL, "flagged", "unflagged", CONTRAST}


def test_two_way_effects_of_all_are_not_an_average_of_kinds():
    found = prepare(SPEC, "twfe", None)
    assert found.together is not found.apart
    assert len(found.together.level.effects.theta) == 1 and len(found.apart.level.effects.theta) == 2


def test_contrasts_are_named_by_what_they_compare():
    assert name_contrast({"flagged": "1", "unflagged": "0"}, TRAIT) == (("1", "0"), CONTRAST)
    pair, name = name_contrast({"a": "employment", "b": "industry"}, "trait_kind")
    assert (pair, name) == (("industry", "employment"), "trait_kind=industry_minus_employment")
    assert name_contrast({"a": "x"}, TRAIT)[0] is None
