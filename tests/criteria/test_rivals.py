"""Who counts as a rival, how large, and who is the same project."""

import pandas as pd
import pytest

from evaluator.criteria.rivals import lay_out, project_size
from evaluator.domain.errors import SettingsError


def test_size_is_output_value_else_investment_else_the_reference():
    frame = pd.DataFrame({"investment_yuan": [5.0, 5.0, 0.0, None], "revenue_yuan_year": [7.0, None, None, -1.0]})
    size, assumed = project_size(frame, reference_yuan=9.0)
    assert size.tolist() == [7.0, 5.0, 9.0, 9.0]
    assert assumed.tolist() == [False, False, True, True]


def test_ended_and_other_projects_are_no_rivals_and_other_projects_are_not_scored():
    frame = pd.DataFrame({"kind": ["industry", "employment", "other", None], "status": ["ended", "idle", None, None]})
    field = lay_out(frame, adjacent={})
    assert field.targets.tolist() == [0, 1, 3]
    assert field.sources.tolist() == [1, 3]


def test_rows_of_one_venture_are_one_actor():
    field = lay_out(pd.DataFrame({"joint_venture_id": ["A", None, " a ", "", "B"]}), adjacent={})
    assert field.actor[0] == field.actor[2]
    assert len(set(field.actor.tolist())) == 4
    assert field.pooled.tolist() == [True, False, True, False, False]


def test_identity_needs_id_and_name_or_name_and_whole_place():
    me = {"project_id": "1", "name": "Orchard", "place_code": "990001", "township": "A", "village": "B"}
    others = [
        {**me, "township": "C"},
        {**me, "project_id": "2"},
        {**me, "name": "Mill"},
        {**me, "project_id": "2", "village": "C"},
        {**me, "project_id": "2", "name": None},
    ]
    field = lay_out(pd.DataFrame([me]), pd.DataFrame(others), adjacent={})
    assert (field.actor[1:] == field.actor[0]).tolist() == [True, True, False, False, False]
    assert field.sources.tolist() == [1, 2, 3, 4, 5]


def test_two_rows_of_one_list_are_rivals_even_when_they_look_the_same():
    me = {"name": "Orchard", "township": "A"}
    field = lay_out(pd.DataFrame([me, me]), adjacent={})
    assert field.actor[0] != field.actor[1]


@pytest.mark.parametrize("wrong", [{"radius_km": float("nan")}, {"reference_yuan": 0}, {"similarity": (1, 0.5)}])
def test_impossible_settings_are_refused(wrong):
    with pytest.raises(SettingsError):
        lay_out(pd.DataFrame({"product": ["apple"]}), adjacent={}, **wrong)
