"""A yield that was cut back is said, with both figures."""

import dataclasses

import numpy as np
import pytest

from evaluator.report.scored import describe_evaluation
from evaluator.report.yields import say_yield


@pytest.fixture
def cut(evaluation):
    yields = evaluation.advantage.yields
    many, average = np.full(len(yields.output), np.nan), np.full(len(yields.output), 1500.0)
    many[:2] = (3000.0, 1200.0)
    changed = dataclasses.replace(yields, stated=many, average=average)
    return dataclasses.replace(evaluation, advantage=dataclasses.replace(evaluation.advantage, yields=changed))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_cut_yield_is_said_with_both_figures(cut, language):
    said = say_yield(cut, "A1", language)
    assert "3,000" in said
    assert "1,500" in said
    assert say_yield(cut, "A2", language) is None
    assert say_yield(cut, "A3", language) is None


def test_json_holds_the_yields(cut):
    first, second = (project["advantage"] for project in describe_evaluation(cut)["projects"][:2])
    assert (first["yield_kg"], first["average_yield_kg"], first["yield_cut"]) == (3000, 1500, True)
    assert not second["yield_cut"]
