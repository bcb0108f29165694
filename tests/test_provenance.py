"""What limits a result, and the mark of its inputs."""

from datetime import date

import pandas as pd
import pytest

from evaluator.domain.settings import Settings
from evaluator.intake.read import read_portfolio
from evaluator.provenance import find_cautions, fingerprint_of, mark_tables

LIST = pd.DataFrame({"name": ["云岭洋芋基地", "云岭苦荞基地"], "kind": "industry", "investment_yuan": [1e5, 2e5]})
DAY = date(2026, 3, 1)


def cautions(table=LIST, scored=2, **given):
    portfolio = read_portfolio(table)
    tables = {"register": None, "markets": None, "flows": None, "calibration": None, **given}
    return find_cautions(portfolio, scored=portfolio.frame.index[:scored], **tables)


def test_what_is_not_given_is_said():
    assert {"no_register", "no_markets", "uncalibrated"} <= set(cautions())
    assert "no_register" not in cautions(register=read_portfolio(LIST))


@pytest.mark.parametrize(("scored", "code"), [(0, "nothing_scored"), (1, "one_project")])
def test_short_lists_are_said(scored, code):
    assert code in cautions(scored=scored)
    assert code not in cautions()


def test_the_fingerprint_changes_with_every_input_and_with_nothing_else():
    frame = read_portfolio(LIST).frame
    tables = mark_tables([frame, None])
    mark = fingerprint_of(tables, Settings(), DAY, None)
    assert mark == fingerprint_of(mark_tables([frame.copy(), None]), Settings(), DAY, None)
    others = [
        fingerprint_of(mark_tables([frame.assign(note="x"), None]), Settings(), DAY, None),
        fingerprint_of(mark_tables([frame, frame]), Settings(), DAY, None),
        fingerprint_of(tables, Settings().with_values({"payback.rate": 0.05}), DAY, None),
        fingerprint_of(tables, Settings(), date(2026, 3, 2), None),
        fingerprint_of(tables, Settings(), DAY, 3),
    ]
    assert len({mark, *others}) == 6
    assert len(mark) == 16
