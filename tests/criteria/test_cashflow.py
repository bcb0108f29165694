"""Cash-flow measures: published worked examples, an outside implementation, and laws."""

import math

import numpy as np
import pandas as pd
import pytest
import pyxirr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evaluator.criteria.cashflow import appraise, irr_all_roots, npv
from evaluator.domain.errors import SettingsError, TableError

MONEY = st.floats(-1e6, 1e6).map(lambda yuan: round(yuan, 2))
FLOWS = st.lists(MONEY, min_size=2, max_size=20)
RATES = st.floats(-0.5, 1.0)


def one(flows, **options):
    return appraise(flows, **options).iloc[0]


class TestPumpSet:
    """Minor irrigation pump-set for one farmer, 15 % (ACA-TM-37, case exercise of a minor irrigation project)."""

    costs = np.array([6000.0, 7500, *[10000] * 8])
    benefits = np.array([0.0, 8000, *[12000] * 8])

    def test_published_values(self):
        found = one(self.benefits - self.costs, rate=0.15, costs=self.costs, benefits=self.benefits)
        assert found["npv_yuan"] == pytest.approx(2239, abs=6)
        assert found["benefit_cost"] == pytest.approx(1.04, abs=0.005)
        assert npv(self.costs, rate=0.15)[0] == pytest.approx(51545, abs=10)
        assert npv(self.benefits, rate=0.15)[0] == pytest.approx(53784, abs=10)
        assert npv(self.benefits - self.costs, rate=0.15)[0] + 6000 == pytest.approx(8239, abs=6)

    def test_one_gross_table_gives_the_other(self):
        net = self.benefits - self.costs
        both = one(net, rate=0.15, costs=self.costs, benefits=self.benefits)
        pd.testing.assert_series_equal(one(net, rate=0.15, costs=self.costs), both)
        pd.testing.assert_series_equal(one(net, rate=0.15, benefits=self.benefits), both)


def test_ross_westerfield_jordan_table_9_1():
    found = one([-200, 50, 60, 70, 200], rate=0.1)
    assert found["payback_years"] == pytest.approx(3.1, abs=0.005)
    assert found["npv_yuan"] == pytest.approx(84.23, abs=0.02)
    assert found["discounted_payback_years"] == pytest.approx(3.383, abs=0.0005)


def test_discounted_payback_table_2_324_000_at_11_percent():
    flows = np.array([-2_324_000.0, *[600_000] * 6])
    discounted = flows * 1.11 ** -np.arange(7.0)
    np.testing.assert_allclose(discounted[1:], [540541, 486973, 438715, 395239, 356071, 320785], atol=1)
    assert one(flows, rate=0.11)["discounted_payback_years"] == pytest.approx(5.332, abs=0.0005)


def test_gitman_npv_from_the_first_flow_today():
    assert one([-40000, 5000, 8000, 12000, 30000], rate=0.08)["npv_yuan"] == pytest.approx(3065.22267, abs=1e-5)


@pytest.mark.parametrize(
    ("flows", "irr"), [([-100, 39, 59, 55, 20], 0.28095), ([-100, 0, 0, 74], -0.0955), ([-100, 100, 0, 7], 0.06206)]
)
def test_numpy_financial_irr(flows, irr):
    found = one(flows)
    assert found["irr"] == pytest.approx(irr, abs=5e-6)
    assert found["irr_roots"] == 1


@pytest.mark.parametrize(("flows", "irr"), [([-100, 100, 0, -7], -0.0833), ([-5, 10.5, 1, -8, 1], 0.0886)])
def test_numpy_financial_irr_that_is_not_unique(flows, irr):
    found = one(flows)
    assert found["irr_roots"] > 1
    assert math.isnan(found["irr"])
    assert np.abs(irr_all_roots(np.array(flows)) - irr).min() < 5e-5


@pytest.mark.parametrize(
    ("flows", "npv_yuan", "eaa"),
    [([-10000, 40000, 50000, 30000, 20000], 98617.59, 32810.85), ([-10000, *[30000] * 5], 96817.05, 27191.46)],
)
def test_cfa_equivalent_annual_annuity(flows, npv_yuan, eaa):
    found = one(flows, rate=0.125)
    assert found["npv_yuan"] == pytest.approx(npv_yuan, abs=0.02)
    assert found["equivalent_annual_yuan"] == pytest.approx(eaa, abs=0.02)


@settings(max_examples=20, deadline=None)
@given(FLOWS, RATES)
def test_npv_equals_pyxirr_in_both_conventions(flows, rate):
    scale = max(1.0, float(npv(np.abs(np.array(flows)), rate=rate, first_period=1)[0]))
    assert one(flows, rate=rate)["npv_yuan"] == pytest.approx(
        pyxirr.npv(rate, flows, start_from_zero=True), abs=1e-9 * scale
    )
    spreadsheet = one(flows, rate=rate, first_period=1)["npv_yuan"]
    assert spreadsheet == pytest.approx(pyxirr.npv(rate, flows, start_from_zero=False), abs=1e-9 * scale)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(1, 1e6), min_size=1, max_size=3), st.lists(st.floats(1, 1e6), min_size=1, max_size=17))
def test_unique_irr_equals_pyxirr(spent, earned):
    flows = [-yuan for yuan in spent] + earned
    found = one(flows)
    assert found["irr_roots"] == 1
    oracle = pyxirr.irr(flows)
    assume(oracle is not None and -0.99 < oracle < 1e3)
    assert found["irr"] == pytest.approx(oracle, rel=1e-6, abs=1e-6)


@settings(max_examples=20, deadline=None)
@given(FLOWS, RATES, RATES)
def test_mirr_equals_pyxirr(flows, finance_rate, reinvest_rate):
    assume(min(flows) < -0.01 and max(flows) > 0.01)
    found = one(flows, finance_rate=finance_rate, reinvest_rate=reinvest_rate)["mirr"]
    assert found == pytest.approx(pyxirr.mirr(flows, finance_rate, reinvest_rate), rel=1e-9, abs=1e-9)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(MONEY, min_size=7, max_size=7), min_size=1, max_size=6))
def test_many_rows_equal_one_at_a_time(rows):
    together = appraise(np.array(rows))
    for at, flows in enumerate(rows):
        pd.testing.assert_series_equal(together.iloc[at], one(flows), check_names=False, rtol=1e-9)
        roots = irr_all_roots(np.array(flows))
        assert together["irr_roots"].iloc[at] == len(roots)
        values = [npv(np.array(flows), rate=r)[0] / npv(np.abs(flows), rate=r)[0] for r in roots]
        np.testing.assert_allclose(values, 0, atol=1e-6)


@settings(max_examples=20, deadline=None)
@given(
    st.floats(1e3, 1e7), st.lists(st.floats(1.0, 1e6), min_size=2, max_size=19), st.floats(1.0, 3.0), st.floats(0, 0.5)
)
def test_more_benefit_is_never_worse(spent, earned, factor, rate):
    less, more = one([-spent, *earned], rate=rate), one([-spent, *(factor * yuan for yuan in earned)], rate=rate)
    for key in ("npv_yuan", "irr", "mirr", "benefit_cost"):
        assert more[key] >= less[key] - 1e-7 * max(1.0, abs(less[key]))
    for key in ("payback_years", "discounted_payback_years"):
        assert not more[key] > less[key] + 1e-9
        assert not (math.isnan(more[key]) and not math.isnan(less[key]))
    assert more["half_life_years"] == pytest.approx(less["half_life_years"])


@settings(max_examples=20, deadline=None)
@given(FLOWS, st.floats(1e-4, 1e4))
def test_unit_of_money_changes_no_ratio(flows, factor):
    found, scaled = one(flows), one([yuan * factor for yuan in flows])
    for key in ("payback_years", "discounted_payback_years", "half_life_years", "mirr", "benefit_cost", "irr"):
        assert scaled[key] == pytest.approx(found[key], rel=1e-6, abs=1e-6, nan_ok=True)


def test_payback_counts_a_later_replacement_and_never_is_missing():
    assert one([-100, 60, 60, -40, 40])["payback_years"] == pytest.approx(3.5)
    assert math.isnan(one([-100, 10, 10])["payback_years"])
    assert one([0, 10, 10])["payback_years"] == 0
    assert one([-0.3, 0.1, 0.1, 0.1])["payback_years"] == pytest.approx(3)


def test_half_life_of_gross_benefits():
    assert one([-100, 40, 40], rate=0.0)["half_life_years"] == pytest.approx(1)
    assert one([-100, 40, 40], rate=0.0, benefits=[0, 40, 80])["half_life_years"] == pytest.approx(1.25)
    assert math.isnan(one([-100, -1])["half_life_years"])


def test_rates_far_from_the_usual_are_found():
    assert one([-1, 0, 0, 1e9])["irr"] == pytest.approx(999, rel=1e-12)
    assert one([-1e9, *[0] * 17, 1.0])["irr"] == pytest.approx(10 ** (-9 / 18) - 1, rel=1e-9)
    assert one([1, 2])["irr_roots"] == 0
    assert one([-1, 2.2, -1.21])["irr_roots"] == 0


def test_missing_flows_leave_only_their_row_missing():
    table = pd.DataFrame([[-100.0, 60, 60], [-100, np.nan, 60]], index=["a", "b"])
    found = appraise(table)
    assert found.loc["b"].isna().all()
    pd.testing.assert_series_equal(found.loc["a"], one(table.loc["a"].to_list()), check_names=False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"rate": -1},
        {"rate": "8%"},
        {"rate": math.inf},
        {"finance_rate": -2},
        {"reinvest_rate": math.nan},
        {"first_period": 2},
    ],
)
def test_impossible_settings_are_refused(wrong):
    with pytest.raises(SettingsError):
        appraise([-1, 2], **wrong)


@pytest.mark.parametrize(
    ("flows", "options"), [([-1, 2], {"costs": [1, 2, 3]}), ([], {}), (["x"], {}), ([[1], [2, 3]], {})]
)
def test_unusable_tables_are_refused_in_words(flows, options):
    with pytest.raises(TableError, match="Needed"):
        appraise(flows, **options)
