"""The walk end to end: what must never move a score, what must never raise it, and that every number adds up."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import evaluator as ev
from evaluator.criteria.robustness import compare_pairs
from evaluator.domain.fields import MONEY_FIELDS
from evaluator.domain.settings import CRITERIA

AS_OF = date(2026, 3, 1)
QUICK = ev.Settings().with_values({"score.draws": 200, "score.draws_least": 200})
PRODUCTS = ("potato", "buckwheat", "pig", "chicken", "apple", "tea", "walnut", "buckwheat_process")


def full_list(rows=12, seed=3):
    """A complete list of invented industry projects in villages a few kilometres apart."""
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "project_id": [f"Q{i:02d}" for i in range(rows)],
            "name": [f"云岭{i}村项目" for i in range(rows)],
            "kind": "industry",
            "product": rng.choice(PRODUCTS, rows),
            "place_code": "513431",
            "township": "云岭镇",
            "village": [f"云岭{i}村" for i in range(rows)],
            "lon": 102.8 + rng.uniform(-0.1, 0.1, rows),
            "lat": 28.0 + rng.uniform(-0.1, 0.1, rows),
            "start": "2026-04",
            "construction_months": rng.integers(3, 24, rows),
            "asset_life_years": rng.integers(6, 15, rows),
            "output_per_year": rng.uniform(50, 900, rows).round(),
            "output_unit": "t",
            "signed_offtake_share": rng.uniform(0, 1, rows).round(2),
            "offtake_grade": "written",
            "evidence_grade": rng.integers(0, 4, rows),
            "households": rng.integers(20, 300, rows),
            "training_days": rng.integers(0, 30, rows),
            "investment_yuan": rng.uniform(2e5, 3e6, rows).round(),
            "revenue_yuan_year": rng.uniform(2e5, 3e6, rows).round(),
            "yearly_benefit_yuan": rng.uniform(5e4, 9e5, rows).round(),
            "yearly_household_benefit_yuan": rng.uniform(5e4, 9e5, rows).round(),
            "yearly_subsidy_yuan": rng.uniform(0, 2e5, rows).round(),
            "benefit_years": rng.integers(1, 15, rows),
            "value_added_share": rng.uniform(0.1, 0.7, rows).round(2),
            "local_history_years": rng.integers(0, 15, rows),
            "market_hours": rng.uniform(0.5, 9, rows).round(1),
        }
    )


def run(table, **options):
    return ev.evaluate(ev.read_portfolio(table), settings=QUICK, as_of=AS_OF, **options)


def numbers(result):
    card = result.scorecard
    table = pd.DataFrame(
        {name: getattr(card, name) for name in ("total", "low", "high", "coverage")}
        | {"severity": result.flags.severity.to_numpy()},
        index=card.index,
    )
    return table.join(card.scores).join(result.flags.signs)


def test_every_project_is_scored_and_every_number_adds_up():
    result = run(full_list())
    card = result.scorecard
    np.testing.assert_allclose(card.contributions.sum(axis=1), card.total, atol=1e-9)
    for h, neighbours in zip(result.homogeneity.h, result.neighbours, strict=True):
        assert sum(n.share for n in neighbours) == pytest.approx(h, abs=1e-9)
    for name in CRITERIA:
        scores = card.criteria[name]
        assert (scores.low <= scores.score).all()
        assert (scores.score <= scores.high).all()
        assert ((scores.score >= 0) & (scores.score <= 100)).all()
    assert result.rivals == "list"
    assert "no_register" in result.cautions


def test_an_out_of_reach_project_changes_no_bit():
    table = full_list()
    far = table.iloc[[0]].assign(
        project_id="FAR", name="远方项目", place_code="650422", township="远镇", village="远村", lon=87.0, lat=43.0
    )
    alone, together = run(table), run(pd.concat([table.iloc[:5], far, table.iloc[5:]], ignore_index=True))
    pd.testing.assert_frame_equal(numbers(alone), numbers(together).drop("FAR"), check_exact=True)


def test_row_and_column_order_change_nothing():
    table = full_list()
    shuffled = table.sample(frac=1, random_state=5)[list(reversed(table.columns))]
    pd.testing.assert_frame_equal(
        numbers(run(table)), numbers(run(shuffled)).loc[table["project_id"]], check_exact=True, check_names=False
    )


def test_ten_thousand_yuan_or_yuan_changes_nothing(tmp_path):
    table = full_list()
    money = [key for key in MONEY_FIELDS if key in table]
    in_wan = table.assign(**{key: table[key] / 10_000 for key in money}).rename(
        columns={key: f"{key.removesuffix('_yuan')}" for key in ()}
    )
    titles = {key: f"{ev.domain.fields.FIELDS[key].title_zh}(万元)" if key in money else key for key in table}
    path = tmp_path / "list.csv"
    in_wan.rename(columns=titles).to_csv(path, index=False)
    there = ev.evaluate(ev.read_portfolio(path), settings=QUICK, as_of=AS_OF)
    np.testing.assert_allclose(numbers(there)["total"], numbers(run(table))["total"], atol=1e-9)


def test_splitting_a_neighbour_in_two_changes_nothing():
    table = full_list()
    others = full_list(30, seed=8)
    register = others.assign(project_id="R" + others["project_id"], name="已建" + others["name"], status="running")
    halves = register.assign(project_id=register["project_id"] + "b", name=register["name"] + "二期")
    money = ["investment_yuan", "revenue_yuan_year"]
    split = pd.concat(
        [register.assign(**{m: register[m] / 2 for m in money}), halves.assign(**{m: halves[m] / 2 for m in money})]
    )
    whole = run(table, register=ev.read_portfolio(register))
    halved = run(table, register=ev.read_portfolio(split.reset_index(drop=True)))
    np.testing.assert_allclose(whole.homogeneity.h, halved.homogeneity.h, atol=1e-9)


@pytest.mark.slow
def test_same_inputs_give_the_same_fingerprint_and_any_change_another():
    table = full_list(4)
    first = run(table).fingerprint
    assert run(table).fingerprint == first
    assert run(table.assign(training_days=99)).fingerprint != first
    assert ev.evaluate(ev.read_portfolio(table), settings=QUICK, as_of=date(2026, 3, 2)).fingerprint != first
    assert ev.evaluate(ev.read_portfolio(table), as_of=AS_OF).fingerprint != first


WORSE = {
    "yearly_benefit_yuan": -1,
    "construction_months": 1,
    "benefit_years": -1,
    "signed_offtake_share": -1,
    "evidence_grade": -1,
    "yearly_subsidy_yuan": 1,
}
READ_BY = {
    "benefit_years": ("short",),
    "signed_offtake_share": ("thin_demand",),
    "evidence_grade": ("thin_demand",),
    "yearly_subsidy_yuan": ("ends_with_subsidy",),
}


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.sampled_from(sorted(WORSE)), st.floats(0.05, 1), st.integers(0, 40))
def test_worsening_a_fact_never_raises_the_score_or_lowers_its_sign(key, step, seed):
    table = full_list(6, seed=seed)
    column = table[key] * (1 + step) if WORSE[key] > 0 else table[key] * (1 - step)
    before, after = run(table), run(table.assign(**{key: column}))
    assert (after.scorecard.total <= before.scorecard.total + 1e-9).all()
    for sign in READ_BY.get(key, ()):
        assert (after.flags.signs[sign] >= before.flags.signs[sign] - 1e-9).all()


@pytest.mark.parametrize(("larger", "nearer"), [(1.5, 1.0), (1.0, 0.5)])
def test_a_larger_or_nearer_look_alike_never_raises_the_score(larger, nearer):
    table = full_list(1).assign(lon=102.8, lat=28.0, product="potato")
    rival = {
        "project_id": "R",
        "name": "旁村项目",
        "kind": "industry",
        "product": "potato",
        "lat": 28.0,
        "place_code": "513431",
        "status": "running",
    }

    def against(size, step):
        register = pd.DataFrame([{**rival, "lon": 102.8 + 0.1 * step, "investment_yuan": 1e6 * size}])
        return run(table, register=ev.read_portfolio(register))

    base, worse = against(1.0, 1.0), against(larger, nearer)
    assert worse.homogeneity.h[0] > base.homogeneity.h[0]
    assert worse.scorecard.total[0] <= base.scorecard.total[0]
    assert worse.flags.signs["homogeneous"].iloc[0] >= base.flags.signs["homogeneous"].iloc[0]


def test_a_bare_list_is_scored_as_ranges_with_questions():
    bare = pd.DataFrame(
        {"name": ["洋芋种植基地", "苦荞加工厂", "村道硬化"], "investment_yuan": [2e5, 8e5, 3e5], "township": "云岭镇"}
    )
    result = ev.evaluate(ev.read_portfolio(bare), as_of=AS_OF)
    assert list(result.portfolio.frame["kind"]) == ["industry", "industry", "other"]
    assert len(result.scored) == 2
    assert len(result.unscored) == 1
    assert not result.scorecard.judged.any()
    assert (result.scorecard.high - result.scorecard.low > 20).all()
    for project in result.scored:
        asked = [question.field for question in result.questions[project]]
        assert {"yearly_benefit_yuan", "benefit_years"} <= set(asked)
        values = [question.value for question in result.questions[project]]
        assert values == sorted(values, reverse=True)


def test_nothing_to_score_is_said_and_does_not_crash():
    result = ev.evaluate(ev.read_portfolio(pd.DataFrame({"name": ["村道硬化"], "investment_yuan": [3e5]})), as_of=AS_OF)
    assert len(result.scored) == 0
    assert "nothing_scored" in result.cautions


def test_the_date_of_an_old_list_is_its_own_year():
    table = full_list(3).assign(start="2019-04")
    portfolio = ev.read_portfolio(table)
    result = ev.evaluate(portfolio, settings=QUICK)
    assert result.as_of.year == (portfolio.year or date.today().year)


@pytest.mark.parametrize("weights", [(0.7, 0.1, 0.1, 0.1), (0.0, 0.5, 0.25, 0.25)])
def test_other_weights_give_what_evaluating_anew_gives(weights):
    stated = dict(zip(CRITERIA, weights, strict=True))
    table = full_list()
    table.loc[::3, "benefit_years"] = np.nan
    book = QUICK.with_values({f"weights.{name}": weight for name, weight in stated.items()})
    anew = ev.evaluate(ev.read_portfolio(table), settings=book, as_of=AS_OF)
    moved = run(table).reweigh(stated)
    for key in ("weights", "total", "low", "high", "balanced", "coverage", "judged", "rank", "grade"):
        assert np.array_equal(getattr(moved.scorecard, key), getattr(anew.scorecard, key)), key
    for key in ("rank_low", "rank_high", "expected_rank", "p_top"):
        assert np.array_equal(getattr(moved.scorecard, key), getattr(anew.scorecard, key)), key
    assert dict(moved.questions) == dict(anew.questions)
    assert moved.fingerprint == anew.fingerprint
    assert moved.settings == anew.settings


def test_pairs_are_compared_by_the_very_draws_of_the_order():
    result = run(full_list())
    card = result.scorecard
    rows = [5, 0, 7]
    assert np.array_equal(
        result.compare(rows).p, compare_pairs(card.criteria, rows, space=card.space).p, equal_nan=True
    )
    assert result.compare(rows).rows == tuple(rows)


@pytest.mark.parametrize("top", [0, -1])
def test_a_budget_that_affords_no_project_is_refused(top):
    with pytest.raises(ev.SettingsError, match="top"):
        ev.evaluate(ev.read_portfolio(full_list(3)), settings=QUICK, as_of=AS_OF, top=top)
