"""Which unit a list's money is in, and which amounts slipped."""

import numpy as np
import pandas as pd
import pytest

from evaluator.intake.amounts import find_slips, read_money_columns, settle_unit
from evaluator.intake.columns import match_columns
from evaluator.intake.draft import Draft
from evaluator.intake.listing import Listing
from evaluator.intake.read import read_portfolio


def listing(headings, *rows, title=()):
    cells = pd.DataFrame(list(rows), columns=range(len(headings)), dtype=object)
    return Listing(cells=cells, headings=tuple(headings), rows=np.arange(1, len(rows) + 1), title=title)


@pytest.mark.parametrize(
    ("heading", "title", "cells", "unit", "stated"),
    [
        ("投资(万元)", (), [20], "10k yuan", True),
        ("投资", ("单位:元",), [20], "yuan", True),
        ("投资", (), ["20万元"], "10k yuan", True),
        ("投资", (), [20, 30], "10k yuan", False),
        ("投资", (), [200_000, 300_000], "yuan", False),
        ("investment_yuan", (), [20], "yuan", True),
        ("Project Cost (Php)", (), [20], "PHP", True),
    ],
)
def test_the_unit_of_a_list(heading, title, cells, unit, stated):
    one = listing([heading], *([cell] for cell in cells), title=title)
    reading = settle_unit(one, match_columns(one.headings))
    assert (reading.unit.name, reading.stated) == (unit, stated)


def test_public_money_is_the_sum_of_its_printed_parts():
    one = listing(
        ["投资(万元)", "资金来源/省级资金", "资金来源/县级资金", "资金来源/自筹资金"],
        [100, 40, 20, 40],
        [50, None, None, 50],
    )
    columns = match_columns(one.headings)
    draft = Draft(rows=one.rows)
    read_money_columns(draft, one, columns, settle_unit(one, columns))
    assert draft.column("subsidy_yuan")[0] == 600_000
    assert np.isnan(draft.column("subsidy_yuan")[1]), "own money only"


def test_slips_fit_the_rest_only_when_divided():
    assert find_slips(np.array([3.2e10, 1.8e10, 9.5e5, 6e5])).tolist() == [0, 1]
    assert find_slips(np.array([1.5e8, 9.5e5, 6e5])).tolist() == [], "large, but real projects are as large"
    assert find_slips(np.array([3.2e10, 1.8e10])).tolist() == [0, 1]
    assert find_slips(np.array([np.nan, 6e5])).tolist() == []


def test_without_a_total_the_parts_are_the_amount():
    one = listing(["项目名称", "中央资金(万元)", "自筹资金(万元)"], ["茶园", 10, 5])
    columns = match_columns(one.headings)
    draft = Draft(rows=one.rows)
    read_money_columns(draft, one, columns, settle_unit(one, columns))
    assert (draft.column("investment_yuan")[0], draft.column("subsidy_yuan")[0]) == (150_000, 100_000)
    assert [issue.code for issue in draft.issues] == ["W_AMOUNT_SUMMED"]


def test_a_grant_stands_where_a_row_states_nothing_else():
    table = "乡镇、村,建设项目,补助金额,金额\n云岭乡新民村,核桃基地,15万元,\n云岭乡团结村,村道硬化,,22万元\n"
    portfolio = read_portfolio(table.encode(), file_name="list.csv")
    assert portfolio.frame["investment_yuan"].tolist() == [150_000, 220_000]
    assert portfolio.evidence["investment_yuan"].tolist() == ["assumed", "given"]
    assert "W_GRANT_AS_INVESTMENT" in {issue.code for issue in portfolio.issues}
