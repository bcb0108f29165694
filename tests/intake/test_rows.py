"""Every column goes to the reader of its kind."""

import numpy as np
import pandas as pd

from evaluator.intake.columns import match_columns
from evaluator.intake.draft import Draft
from evaluator.intake.listing import Listing
from evaluator.intake.rows import read_columns


def test_kinds_of_columns_side_by_side():
    headings = ("项目名称", "带动户数", "开工时间", "时间进度", "建设性质", "订单比例", "金额")
    row = ["茶园", "50户", "2031-05", "2030年1月至2031年12月", "新建", "80%", 20]
    listing = Listing(cells=pd.DataFrame([row], columns=range(7), dtype=object), headings=headings, rows=np.array([2]))
    draft = Draft(rows=listing.rows)
    read_columns(draft, listing, match_columns(headings))
    assert draft.column("households")[0] == 50
    assert str(draft.column("start")[0])[:7] == "2031-05", "the start's own column comes before the period"
    assert str(draft.column("end")[0])[:7] == "2031-12"
    assert draft.column("nature")[0] == "new"
    assert draft.column("signed_offtake_share")[0] == 0.8
    assert draft.missing("investment_yuan")[0], "money is read apart, with its unit"


def test_percent_cells_are_no_doubt():
    listing = Listing(
        cells=pd.DataFrame([[1.0], [85]], dtype=object),
        headings=("订单比例",),
        rows=np.array([2, 3]),
        percents=frozenset({(0, 0)}),
    )
    draft = Draft(rows=listing.rows)
    read_columns(draft, listing, match_columns(listing.headings))
    assert draft.column("signed_offtake_share").tolist() == [1, 0.85]
    assert [(issue.code, issue.row) for issue in draft.issues] == [("W_PERCENT_SUSPECT", 3)]
