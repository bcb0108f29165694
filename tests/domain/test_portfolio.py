"""Totals of a portfolio: what is known is summed, what is unknown stays unknown."""

import pandas as pd

from evaluator.domain.portfolio import Evidence, Portfolio, Reading


def portfolio(amounts, yuan, control=()):
    index = pd.Index([f"p{i}" for i in range(len(amounts))], name="project_id")
    return Portfolio(
        frame=pd.DataFrame({"investment_yuan": yuan}, index=index, dtype=float),
        amounts=pd.DataFrame({"investment_yuan": amounts}, index=index, dtype=float),
        evidence=pd.DataFrame({"investment_yuan": [Evidence.GIVEN] * len(amounts)}, index=index),
        readings=tuple(Reading(control_total=total) for total in control),
    )


def test_totals_sum_what_is_known():
    assert portfolio([1.0, None, 2.0], [1.0, None, 2.0]).total == 3.0
    assert len(portfolio([1.0, None], [1.0, None])) == 2


def test_a_foreign_list_has_a_total_but_no_yuan():
    foreign = portfolio([500_000.0], [None])
    assert (foreign.total, foreign.total_yuan) == (500_000.0, None)


def test_nothing_known_is_no_zero():
    empty = portfolio([None], [None])
    assert empty.total is None
    assert empty.total_yuan is None


def test_control_totals_of_several_sheets_add_and_absent_ones_stay_absent():
    assert portfolio([1.0], [1.0], control=(5.0, None, 7.0)).control_total == 12.0
    assert portfolio([1.0], [1.0], control=(None,)).control_total is None


def test_evidence_reads_as_its_word():
    assert Evidence.TEXT == "text"
    assert sorted(Evidence) == ["assumed", "given", "missing", "text"]


def test_names_are_told_apart_by_place_and_else_by_id():
    frame = pd.DataFrame(
        {
            "name": ["蔬菜基地", "蔬菜 基地", "蔬菜基地", "果园", "果园", "茶园"],
            "village": ["甲村", None, "乙村", "丙村", "丙村", None],
            "township": ["云岭镇"] * 6,
        },
        index=pd.Index(list("abcdef"), name="project_id"),
    )
    labels = Portfolio(frame=frame, amounts=frame, evidence=frame).labels
    expected = ["蔬菜基地 · 甲村", "蔬菜 基地", "蔬菜基地 · 乙村", "果园 · 丙村 [d]", "果园 · 丙村 [e]", "茶园"]
    assert labels.tolist() == expected
