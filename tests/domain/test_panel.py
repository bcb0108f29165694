"""A panel keeps its rows where they are and says what was found in them."""

import dataclasses

import pandas as pd
import pytest

from evaluator.domain.panel import NEVER, IncomePanel


def test_a_panel_is_frozen_and_never_treated_is_zero():
    panel = IncomePanel(rows=pd.DataFrame(), scale="log", years=(2020, 2021), n_rows=4, n_units=2, n_clusters=2)
    assert NEVER == 0
    with pytest.raises(dataclasses.FrozenInstanceError):
        panel.n_rows = 5
