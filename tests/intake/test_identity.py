"""Ids are the list's own or follow from what a row says."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.intake.draft import Draft
from evaluator.intake.identity import make_id, number_repeats, settle_ids


def draft_of(ids, names):
    draft = Draft(rows=np.arange(2, len(ids) + 2))
    draft.column("project_id")[:] = ids
    draft.column("name")[:] = names
    return draft


def test_given_ids_are_kept_and_blanks_made():
    ids = settle_ids(draft_of(["A1", None], ["甲", "乙"]))
    assert ids[0] == "A1"
    assert ids[1] == make_id("乙", None, None, None, float("nan"))


def test_one_id_on_two_projects_leaves_both_out():
    draft = draft_of(["A1", "A1", "A2"], ["甲", "乙", "丙"])
    ids = settle_ids(draft)
    assert draft.left_out.tolist() == [True, True, False]
    assert len(set(ids)) == 3


def test_one_id_on_equal_rows_is_numbered():
    draft = draft_of(["A1", "A1"], ["甲", "甲"])
    assert settle_ids(draft).tolist() == ["A1", "A1-2"]
    assert not draft.left_out.any()


def test_running_numbers_that_start_again_are_no_ids():
    ids = settle_ids(draft_of(["1", "2", "1"], ["甲", "乙", "丙"]))
    assert not {"1", "2"} & set(ids)


def test_spaces_and_widths_do_not_change_an_id():
    assert make_id("果 园", 10.0) == make_id("果园", 10.0)
    assert make_id("果园", 10.0) != make_id("果园", 11.0)


@given(st.lists(st.sampled_from(["a", "a-2", "b"]), max_size=8))
@settings(max_examples=20)
def test_repeats_become_unique_and_first_ones_stay(ids):
    unique = number_repeats(ids)
    assert len(set(unique)) == len(ids)
    assert all(one.startswith(given) for one, given in zip(unique, ids, strict=True))
