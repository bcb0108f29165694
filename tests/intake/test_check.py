"""Printed totals against the rows, and money that is missing or slipped."""

import numpy as np
import pandas as pd

from evaluator.intake.listing import Listing, PrintedTotal
from evaluator.intake.transcribe import transcribe


def checked(*rows, headings=("项目名称", "金额(万元)"), **facts):
    cells = pd.DataFrame(list(rows), columns=range(len(headings)), dtype=object)
    return transcribe(Listing(cells=cells, headings=headings, rows=np.arange(2, len(rows) + 2), **facts))


def issue_of(transcript, code):
    return next((issue for issue in transcript.issues if issue.code == code), None)


def test_a_total_met_is_said_too():
    found = checked(["甲", 20], ["乙", 30], totals=(PrintedTotal(4, "total", {0: "合计", 1: 50}, 0, 2),))
    assert issue_of(found, "N_TOTAL_MET").values["control_total"] == 500_000
    assert found.reading.control_total == 500_000


def test_a_total_that_differs_names_both_sums():
    found = checked(["甲", 20], ["乙", 30], totals=(PrintedTotal(4, "total", {1: "60"}, 0, 2),))
    assert issue_of(found, "W_TOTAL_DIFFERS").values["difference"] == -100_000


def test_a_subtotal_may_stand_below_or_above_its_rows():
    rows = (["甲", 20], ["乙", 30], ["丙", 5])
    below = checked(*rows, totals=(PrintedTotal(4, "subtotal", {1: 50}, 0, 2),))
    above = checked(*rows, totals=(PrintedTotal(2, "subtotal", {1: 55}, 0, 0),))
    wrong = checked(*rows, totals=(PrintedTotal(4, "subtotal", {1: 51}, 0, 2),))
    assert issue_of(below, "W_SUBTOTAL_DIFFERS") is None
    assert issue_of(above, "W_SUBTOTAL_DIFFERS") is None
    assert issue_of(wrong, "W_SUBTOTAL_DIFFERS").row == 4


def test_a_sentence_may_be_the_total():
    found = checked(["甲", 20], totals=(PrintedTotal(0, "sentence", amount=200_000, count=1),))
    assert found.reading.control_total == 200_000


def test_yuan_headings_over_tiny_amounts_are_doubted():
    found = checked(["甲", 20], ["乙", 30], headings=("项目名称", "金额(元)"))
    assert issue_of(found, "W_UNIT_SUSPECT").values["total"] == 500_000


def test_no_unit_is_said_with_both_totals():
    found = checked(["甲", 20], ["乙", 30], headings=("项目名称", "金额"))
    assert issue_of(found, "W_UNIT_ASSUMED").values["total"] == 500_000
    assert issue_of(found, "W_UNIT_ASSUMED").values["other_total"] == 50
