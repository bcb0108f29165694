"""Citizen ids, phones and names never come in (all numbers invented)."""

import numpy as np
import pandas as pd
import pytest

from evaluator.intake.personal import hide_personal, holds_personal, keep_organisation


def test_columns_of_ids_and_phones_are_known_by_their_cells():
    assert holds_personal(pd.Series(["513431199001010015", "51343119900101002X", None], dtype=object))
    assert holds_personal(pd.Series([13800000000.0, 13900000001.0]))
    assert not holds_personal(pd.Series([320.5, 180.0]))
    assert not holds_personal(pd.Series(["513431", "20240520"], dtype=object))


def test_numbers_inside_prose_are_struck_out():
    texts, hidden = hide_personal(np.array(["联系人电话13800000000。", "投资1380000000.5元", None], dtype=object))
    assert hidden == [0]
    assert "13800000000" not in texts[0]
    assert texts[1] == "投资1380000000.5元"


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("大河镇人民政府  王某", "大河镇人民政府"),
        ("市财政局、市农业农村局", "市财政局、市农业农村局"),
        ("县农业农村局；李小某", "县农业农村局"),
        ("张某", None),
        ("青山镇", "青山镇"),
        ("Women's Association", "Women's Association"),
    ],
)
def test_the_unit_stays_the_person_goes(cell, kept):
    texts, _ = keep_organisation(np.array([cell], dtype=object))
    assert texts[0] == kept
