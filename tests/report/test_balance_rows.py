import pytest

from evaluator.report.balance_rows import mosaic_rows, policy_rows, township_rows


@pytest.mark.parametrize("most", [1, 3, 8, 100])
def test_the_cells_of_the_mosaic_fill_the_square_with_the_scored_funds(county, most):
    balance = county.evaluation.balance
    rows = mosaic_rows(balance, "en", most=most)
    areas = (rows["x2"] - rows["x"]) * (rows["y2"] - rows["y"])
    assert areas.sum() == pytest.approx(1)
    flagged = (areas * rows["flagged"].astype(float).fillna(0)).sum()
    assert flagged == pytest.approx(balance.measures["flagged_share"])
    assert rows["industry"].nunique() <= most + 1


def test_a_cell_nobody_could_judge_has_no_share_flagged(county):
    rows = mosaic_rows(county.evaluation.balance, "en", most=100)
    silent = rows[rows["flagged"].isna()]
    assert len(silent)
    assert (silent["flagged_text"] == "cannot be judged").all()


def test_townships_stand_beside_one_county_line(county):
    rows, unit = township_rows(county.evaluation.balance, "zh")
    assert unit == "万元"
    assert rows["line"].nunique() == 1
    assert rows["line"].iloc[0] == pytest.approx(county.evaluation.balance.townships.county_line / 1e4)
    assert (rows["clear"] >= rows["line"]).all()  # no text across the line
    assert list(rows["value"]) == sorted(rows["value"], reverse=True)


def test_tests_of_other_places_are_not_drawn(county):
    rows = policy_rows(county.evaluation.balance, "en")
    assert len(rows) == sum(test.result != "not_here" for test in county.evaluation.balance.policies)
