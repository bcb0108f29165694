"""The table in the making keeps values, their source and their words together."""

import numpy as np

from evaluator.domain.portfolio import Evidence
from evaluator.intake.draft import Draft, empty


def test_a_given_value_always_wins():
    draft = Draft(rows=np.array([2, 3]))
    draft.put("households", 0, 10, Evidence.GIVEN)
    assert not draft.settle("households", 0, 99, "99户")
    assert draft.settle("households", 1, 99, "99户")
    assert draft.column("households").tolist() == [10, 99]
    assert draft.evidence_of("households").tolist() == [Evidence.GIVEN, Evidence.TEXT]
    assert draft.quotes == {(1, "households"): "99户"}


def test_errors_leave_rows_out_warnings_do_not():
    draft = Draft(rows=np.array([2, 3, 4]))
    draft.fault("W_MISSING_VALUE", [0, 2])
    draft.fault("E_NUMBER", [1], found="x")
    assert draft.left_out.tolist() == [False, True, False]
    assert [(issue.code, issue.row) for issue in draft.issues] == [("W_MISSING_VALUE", 2), ("E_NUMBER", 3)]
    assert draft.issues[0].values == {"count": 2, "rows": "2, 4"}


def test_long_row_lists_are_cut():
    assert Draft(rows=np.arange(1, 50)).name_rows(range(49)).endswith("12 …")


def test_emptiness_follows_the_kind_of_field():
    assert np.isnan(empty("households", 1)[0])
    assert np.isnat(empty("start", 1)[0])
    assert empty("name", 1)[0] is None
