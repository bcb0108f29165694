"""An issue's severity is the first letter of its code."""

import numpy as np
import pandas as pd
import pytest

from evaluator.intake.listing import Listing, issue


@pytest.mark.parametrize(
    ("code", "severity"), [("E_RANGE", "error"), ("W_ROWS_SKIPPED", "warning"), ("N_TOTAL_MET", "note")]
)
def test_severity(code, severity):
    assert issue(code).severity == severity


def test_what_was_found_is_cut_short():
    assert len(issue("E_NUMBER", found="长" * 1000).found) == 120


def test_a_listing_starts_plain():
    listing = Listing(cells=pd.DataFrame(), headings=(), rows=np.zeros(0, dtype=int))
    assert (listing.layout, listing.totals, listing.bundled) == ("table", (), {})
