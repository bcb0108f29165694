"""No rank reversal: adding or removing any out-of-reach project leaves every other score bit-equal."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import evaluator as ev

AS_OF = date(2026, 3, 1)
QUICK = ev.Settings().with_values({"score.draws": 300, "score.draws_least": 150, "score.draws_total": 3_000})
PRODUCTS = ("potato", "buckwheat", "pig", "apple", "tea", "walnut")
NEAR, FAR = (102.8, 28.0), ((87.0, 43.0), (126.0, 45.0), (110.0, 20.0))


def invent(rows, *, seed, label, centre, place, missing=0.3):
    """Invented projects around a place, industry and employment, with facts missing at random and ranges."""
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(
        {
            "project_id": [f"{label}{i}" for i in range(rows)],
            "name": [f"{label}{i}村项目" for i in range(rows)],
            "kind": rng.choice(["industry", "industry", "employment"], rows),
            "product": rng.choice(PRODUCTS, rows),
            "place_code": place,
            "village": [f"{label}{i}村" for i in range(rows)],
            "lon": centre[0] + rng.uniform(-0.2, 0.2, rows),
            "lat": centre[1] + rng.uniform(-0.2, 0.2, rows),
            "start": "2026-04",
            "output_per_year": rng.uniform(50, 900, rows).round(),
            "output_unit": "t",
            "signed_offtake_share": rng.uniform(0, 1, rows).round(2),
            "evidence_grade": rng.integers(0, 4, rows).astype(float),
            "investment_yuan": rng.uniform(2e5, 3e6, rows).round(),
            "yearly_benefit_yuan": rng.uniform(5e4, 9e5, rows).round(),
            "yearly_household_benefit_yuan": rng.uniform(5e4, 9e5, rows).round(),
            "benefit_years": rng.integers(1, 15, rows).astype(float),
            "training_days": rng.integers(0, 30, rows).astype(float),
            "market_hours": rng.uniform(0.5, 9, rows).round(1),
        }
    )
    for key in ("output_per_year", "evidence_grade", "yearly_benefit_yuan", "benefit_years", "market_hours"):
        table.loc[rng.uniform(size=rows) < missing, key] = np.nan
    return table


def numbers(result, ids):
    """Everything that is a project's own: scores, ranges, parts, draws-based ranges, signs, severity and h."""
    card = result.scorecard
    table = pd.DataFrame(
        {name: getattr(card, name) for name in ("total", "low", "high", "balanced", "coverage")}
        | {"severity": result.flags.severity.to_numpy(), "h": result.homogeneity.h, "judged": card.judged},
        index=card.index,
    )
    table = table.join(result.flags.signs)
    for name, score in card.criteria.items():
        own = pd.DataFrame({"score": score.score, "low": score.low, "high": score.high}, index=card.index)
        table = table.join(own.add_prefix(f"{name}_")).join(score.parts.add_prefix(f"{name}_part_"))
    return table.loc[ids]


def side_tables():
    markets = pd.DataFrame(
        {
            "name": ["近市", "远市"],
            "product": ["potato", "potato"],
            "yearly_demand": [5_000, 9_000],
            "supplied_elsewhere": [1_000, 2_000],
            "unit": ["t", "t"],
            "lon": [NEAR[0] + 0.1, FAR[0][0]],
            "lat": [NEAR[1], FAR[0][1]],
        }
    )
    prices = pd.DataFrame(
        {
            "product": ["potato"] * 8,
            "year": range(2017, 2025),
            "price_yuan": [2.0, 2.2, 1.9, 2.4, 2.6, 2.3, 2.7, 2.8],
        }
    )
    return {"markets": ev.read_markets(markets), "prices": ev.read_prices(prices)}


SIDE = side_tables()


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    rows=st.integers(1, 12),
    strangers=st.lists(st.tuples(st.sampled_from(range(3)), st.integers(0, 12)), min_size=1, max_size=6),
    register=st.booleans(),
    tables=st.booleans(),
)
def test_far_projects_come_and_go_without_moving_a_bit(seed, rows, strangers, register, tables):
    """With 150 draws left from 20 rows on, the number of draws changes as well, and still no bit of a range moves."""
    own = invent(rows, seed=seed, label="甲", centre=NEAR, place="513431")
    far = [
        invent(1, seed=seed + k, label=f"远{k}x", centre=FAR[at], place="", missing=0.5)
        for k, (at, _) in enumerate(strangers)
    ]
    mixed = own
    for table, (_, where) in zip(far, strangers, strict=True):
        cut = min(where, len(mixed))
        mixed = pd.concat([mixed.iloc[:cut], table, mixed.iloc[cut:]], ignore_index=True)
    options = dict(SIDE) if tables else {}
    if register:
        near = invent(6, seed=seed + 77, label="已", centre=NEAR, place="513431", missing=0.0)
        options["register"] = ev.read_portfolio(near.assign(status="running"))

    def run(table):
        return ev.evaluate(ev.read_portfolio(table), settings=QUICK, as_of=AS_OF, **options)

    ids = list(own["project_id"])
    alone, together, fewer = (
        run(own),
        run(mixed),
        run(mixed.drop(index=mixed.index[mixed["name"].str.startswith("远0x")])),
    )
    expected = numbers(alone, ids)
    pd.testing.assert_frame_equal(expected, numbers(together, ids), check_exact=True)
    pd.testing.assert_frame_equal(expected, numbers(fewer, ids), check_exact=True)
    order = together.scorecard.index[np.argsort(together.scorecard.rank, kind="stable")]
    first = list(alone.scorecard.index[np.argsort(alone.scorecard.rank, kind="stable")])
    assert [project for project in order if project in set(ids)] == first
