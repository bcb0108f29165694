import numpy as np
import pandas as pd
import pytest

from evaluator.income.traits import LEAST_EACH, code_traits, fill_in, inside_hull

FLAG, DEMAND, KIND = "trait_short_flat_fast", "trait_demand", "trait_kind"


def projects(n=30, **more):
    flag = np.where(np.arange(n) % 2, "yes", "no")
    table = pd.DataFrame({DEMAND: np.linspace(10, 90, n), FLAG: flag})
    return table.assign(**more)


def codes(notes):
    return {note.code: note.values for note in notes}


def test_numbers_are_centred_and_yes_and_no_become_1_and_0():
    coding, values, known, notes = code_traits(projects(), headline=FLAG)
    assert coding.columns == ((FLAG, ""), (DEMAND, ""))
    assert coding.headline == FLAG
    assert values[:2, 0].tolist() == [0.0, 1.0]
    assert values[:, 1].mean() == pytest.approx(0)
    assert values[:, 1].std() == pytest.approx(1)
    assert known.all()
    assert not notes
    assert coding.kinds(values)[:2].tolist() == [0.0, 1.0]


def test_kinds_take_the_largest_as_reference_and_unknown_kinds_are_not_guessed():
    kind = np.array(["industry"] * 20 + ["employment"] * 8 + ["mixed"] * 2)
    coding, values, known, notes = code_traits(projects(**{KIND: kind}), headline=FLAG)
    assert (KIND, "employment") in coding.columns
    assert dict(coding.references)[KIND] == "industry"
    assert known.sum() == 28
    assert codes(notes)["projects_without_traits"]["count"] == 2
    asked = coding.code(pd.DataFrame({KIND: ["fishery", "industry"], DEMAND: [50, None]}))
    column = coding.columns.index((KIND, "employment"))
    assert np.isnan(asked[0, column])
    assert asked[1, column] == 0.0
    assert coding.unknown(asked[1]) == (FLAG, DEMAND)
    assert values.shape == (30, 3)


def test_traits_that_cannot_be_carried_are_named():
    few = np.where(np.arange(30) < 5, 1.0, np.nan)
    rare = np.where(np.arange(30) < LEAST_EACH - 1, 1.0, 0.0)
    words = np.array([f"word{i}" for i in range(30)])
    table = projects(trait_a=1.0, trait_b=few, trait_c=rare, trait_d=words, trait_nobody_states=None)
    found = codes(code_traits(table)[3])
    assert found["trait_constant"] == {"trait": "trait_a"}
    assert found["trait_missing"] == {"trait": "trait_b", "known": 5, "projects": 30}
    assert not any("nobody" in str(values) for values in found.values())
    assert found["trait_thin"]["trait"] in {"trait_c", "trait_d"}


def test_few_projects_carry_few_curves_and_the_headline_goes_first():
    coding, _, _, notes = code_traits(projects(12), headline=FLAG)
    assert coding.traits == (FLAG,)
    assert codes(notes)["traits_too_many"]["traits"] == (DEMAND,)
    assert code_traits(projects(8), headline=FLAG)[0].columns == ()


def test_the_hull_holds_mixtures_only():
    seen = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    asked = np.array([[0.3, 0.3], [0.9, 0.9], [np.nan, 0.5], [np.nan, 2.0], [np.nan, np.nan]])
    assert inside_hull(seen, asked).tolist() == [True, False, True, False, True]


def test_missing_traits_take_the_values_of_like_projects():
    seen = np.column_stack([np.arange(40) % 2, np.arange(40.0)])
    like = seen[:, 0] == 1
    filled = fill_in(seen, like, np.array([1.0, np.nan]))
    assert (filled[:, 0] == 1).all()
    assert set(filled[:, 1] % 2) == {1.0}
    assert filled[:, 1].mean() == pytest.approx(20, abs=1)
    again = fill_in(seen[::-1], like[::-1], np.array([1.0, np.nan]))
    np.testing.assert_array_equal(filled, again)
    assert fill_in(seen, like, np.array([0.0, 3.0])).tolist() == [[0.0, 3.0]]
    assert len(fill_in(seen, np.zeros(40, bool), np.array([np.nan, np.nan]))) == 12
