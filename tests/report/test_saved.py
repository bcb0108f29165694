from datetime import UTC, datetime

import numpy as np
import pandas as pd

from evaluator.report.saved import NUMBERS, compare_outcomes, make_case, outcome_of, tabulate_difference

NOW = datetime.fromisoformat("2026-07-01T08:00:00+08:00")


def outcome(**totals):
    index = pd.Index(list(totals), name="project_id", dtype=object)
    table = pd.DataFrame({key: [float(total) for total in totals.values()] for key in NUMBERS}, index=index)
    return table.assign(level=pd.Series("none", index=index, dtype=object))


def test_a_result_becomes_a_case_with_its_numbers(evaluation, portfolio):
    case = make_case(evaluation, view={"lang": ("zh",)}, page="ranking", now=NOW)
    assert (case.projects, case.settings, case.as_of) == (portfolio, evaluation.settings, evaluation.as_of)
    assert (case.fingerprint, case.version) == (evaluation.fingerprint, evaluation.version)
    assert case.saved == NOW.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") == "2026-07-01T00:00:00Z"
    assert case.outcome["total"].tolist() == evaluation.scorecard.total.tolist()
    assert case.outcome["level"].tolist() == list(evaluation.flags.level)


def test_a_result_differs_not_from_itself(evaluation):
    difference = compare_outcomes(outcome_of(evaluation), outcome_of(evaluation))
    assert (difference.projects, difference.largest) == ((), 0.0)


def test_differences_are_found_by_number_level_and_presence():
    kept, now = outcome(a=50, b=60, c=70, d=80), outcome(a=50 + 1e-9, b=61.5, c=70, e=1)
    now.loc["c", "level"] = "flag"
    difference = compare_outcomes(kept, now)
    assert set(difference.projects) == {"b", "c", "d", "e"}
    assert difference.largest == 1.5


def test_a_number_that_is_missing_both_times_is_no_difference():
    kept = outcome(a=np.nan)
    assert compare_outcomes(kept, kept.copy()).projects == ()
    assert compare_outcomes(kept, outcome(a=1)).projects == ("a",)


def test_the_two_stand_side_by_side():
    table = tabulate_difference(outcome(a=50), outcome(a=61, b=2), ("a", "b"), "zh")
    assert table.to_numpy().tolist() == [["a", "50", "61", "50", "61"], ["b", "–", "2", "–", "2"]]
    assert list(table)[1] == "总分（保存时）"


def test_nothing_scored_is_no_difference(empty_evaluation):
    nothing = outcome_of(empty_evaluation)
    assert compare_outcomes(nothing, nothing).projects == ()
