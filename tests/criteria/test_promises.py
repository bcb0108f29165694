"""Promises against asset life: paybacks of published asset-income cases, retyped with invented names."""

import numpy as np
import pandas as pd
import pytest

from evaluator.criteria.promises import CHECKS, check_promises

CASES = pd.DataFrame(
    [
        ("青石村农机合作社", 5.0, 20.0),
        ("云坪乡四个资产收益项目", 6.78, 14.8),
        ("双河镇胡同与朝阳", 7.27, 13.8),
        ("柳湾村大棚", 8.0, 12.5),
        ("十村光伏", 9.2, 10.9),
        ("前坪村猪场", 13.33, 7.5),
        ("荷塘村屋顶光伏", 14.29, 7.0),
        ("紫岭蓝莓", 23.33, 4.3),
        ("银溪村旅游众筹", 26.0, 3.8),
        ("北原牛企业入股", 6.5, 15.4),
    ],
    columns=["case", "yield_pct", "payback_years"],
)
"""Published cases of promised or realised asset income (percent a year, simple payback); names invented."""


def check(**facts):
    known = {
        "payback_years": 4.0,
        "asset_life_years": 10.0,
        "promised_share": 0.05,
        "investment": 1e6,
        "yearly_benefit": 8e4,
    }
    return check_promises(pd.Index(["A"]), **{key: np.array([value]) for key, value in (known | facts).items()}).iloc[0]


def test_published_promises_and_their_paybacks():
    share = CASES["yield_pct"].to_numpy() / 100
    nothing = np.full(len(CASES), np.nan)
    found = check_promises(
        CASES.index, payback_years=nothing, asset_life_years=np.full(len(CASES), 10.0), promised_share=share,
        investment=nothing, yearly_benefit=nothing,
    )  # fmt: skip
    np.testing.assert_allclose(found["promise_payback_years"], CASES["payback_years"], atol=0.06)
    assert (
        found["promise_ends_in_life_state"] == "fails"
    ).sum() == 6  # farm machines and greenhouses do not live 12 years


def test_a_promise_of_five_percent_outlives_machines_of_ten_years():
    found = check()
    assert found["promise_payback_years"] == 20
    assert found["promise_ends_in_life"] == pytest.approx(2)
    assert found["promise_ends_in_life_state"] == "fails"
    assert found["promise_earned"] == pytest.approx(0.625)
    assert found["promise_earned_state"] == "holds"


def test_payback_within_the_life():
    assert check()["pays_back_in_life"] == pytest.approx(0.4)
    assert check(payback_years=10.0)["pays_back_in_life_state"] == "holds"
    assert check(payback_years=np.inf)["pays_back_in_life_state"] == "fails"


@pytest.mark.parametrize("missing", ["asset_life_years", "promised_share"])
def test_what_is_not_stated_is_unknown(missing):
    found = check(**{missing: np.nan})
    assert found["promise_ends_in_life_state"] == "unknown"
    assert set(CHECKS) <= set(found.index)
    assert check(promised_share=0.0)["promise_earned_state"] == "unknown"


def test_a_project_that_earns_nothing_cannot_keep_a_promise():
    assert check(yearly_benefit=-5.0)["promise_earned_state"] == "fails"
