import pytest

from evaluator.report.drawn import horizon_rows, order_by_total, say_largest, share_rows, shorten, total_rows
from evaluator.report.numbers import format_interval


def test_shares_of_all_rows_add_to_one_and_the_rest_is_one_row(evaluation):
    rows = share_rows(evaluation.balance.by_industry, "zh", currency="CNY", name=str, most=2)
    assert rows["share"].sum() == pytest.approx(1.0)
    assert len(rows) <= 4


def test_horizons_stand_in_the_order_of_the_years(evaluation):
    rows = horizon_rows(evaluation.balance, "en", currency="CNY")
    assert rows["muted"].iloc[-1]  # what is not stated stands last
    assert not rows["muted"].iloc[0]


def test_totals_are_the_strings_of_the_screens(evaluation):
    order = order_by_total(evaluation)
    rows, card = total_rows(evaluation, order, "zh"), evaluation.scorecard
    assert rows["total"].is_monotonic_decreasing
    assert rows["text"].tolist() == [format_interval(card.total[r], card.low[r], card.high[r], "zh") for r in order]


def test_what_is_mostly_unknown_is_said(evaluation):
    table = evaluation.balance.by_horizon.copy()
    table.loc[:, "share"] = 0.0
    table.loc["unknown", ["projects", "share"]] = 1.0
    assert "100" in say_largest(table, "horizon", "en", name=str)


def test_a_name_is_cut_with_a_sign():
    assert shorten("一" * 30, 10) == "一" * 9 + "…"
    assert shorten(" 短 名 ") == "短 名"
