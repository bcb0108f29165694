import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse

from evaluator.criteria.catchment import catchment_against_rivals, floating_catchment
from evaluator.criteria.reach import Reach

FEW = settings(max_examples=20, deadline=None)


@st.composite
def settings_of_trade(draw, elsewhere=True):
    """Producers, markets and reach of any small trade."""
    n, m = draw(st.integers(1, 6)), draw(st.integers(1, 4))
    amounts = st.floats(0.5, 500)
    supply, demand = draw(arrays(float, n, elements=amounts)), draw(arrays(float, m, elements=amounts))
    other = draw(arrays(float, m, elements=st.floats(0, 300, allow_subnormal=False))) if elsewhere else np.zeros(m)
    steps = draw(arrays(np.int64, (n, m), elements=st.integers(0, 4)))
    return supply, demand, other, steps / 4


def alone(supply, demand, elsewhere, reach, rival_supply, rival_reach, *, twin=None, actor=None):  # noqa: PLR0917
    n = len(supply)
    return catchment_against_rivals(
        supply,
        demand,
        elsewhere=elsewhere,
        weights=Reach.each(sparse.csr_array(reach)),
        rival_supply=rival_supply,
        rival_weights=Reach.each(sparse.csr_array(rival_reach)),
        twin=np.full(len(rival_supply), -1) if twin is None else twin,
        actor=np.arange(n) if actor is None else actor,
    )


def test_three_growers_and_two_markets_by_hand():
    """Town takes 100 t (20 t come from elsewhere), city takes 300 t; the far village reaches the city half.

    ρ_town = 100 / (20 + 50 + 80) = 0.666667; ρ_city = 300 / (50 + 0.5·80 + 0.25·200) = 2.142857.
    """
    reach = np.array([[1.0, 1.0], [1.0, 0.5], [0.0, 0.25]])
    coverage = floating_catchment(
        np.array([50.0, 80.0, 200.0]),
        np.array([100.0, 300.0]),
        elsewhere=np.array([20.0, 0.0]),
        weights=sparse.csr_array(reach),
    )
    assert coverage == pytest.approx([2.809524, 1.738095, 0.535714], abs=5e-7)


def test_no_market_reached_is_no_coverage_not_an_error():
    coverage = floating_catchment(
        np.array([5.0]), np.array([9.0]), elsewhere=np.zeros(1), weights=sparse.csr_array((1, 1))
    )
    assert coverage.tolist() == [0.0]


@FEW
@given(settings_of_trade(elsewhere=False))
def test_demand_is_conserved_over_reached_markets(trade):
    supply, demand, other, reach = trade
    coverage = floating_catchment(supply, demand, elsewhere=other, weights=sparse.csr_array(reach))
    assert supply @ coverage == pytest.approx(demand[reach.any(axis=0)].sum(), rel=1e-12, abs=1e-12)


@FEW
@given(settings_of_trade())
def test_supply_from_elsewhere_never_lets_more_be_sold_than_is_asked(trade):
    supply, demand, other, reach = trade
    coverage = floating_catchment(supply, demand, elsewhere=other, weights=sparse.csr_array(reach))
    assert supply @ coverage <= demand[reach.any(axis=0)].sum() * (1 + 1e-12)


@FEW
@given(settings_of_trade(), st.data())
def test_nobodys_expansion_raises_anyone(trade, data):
    supply, demand, other, reach = trade
    who, more = data.draw(st.integers(0, len(supply) - 1)), data.draw(st.floats(1.0, 10.0))
    grown = supply.copy()
    grown[who] *= more
    before, after = (
        floating_catchment(q, demand, elsewhere=other, weights=sparse.csr_array(reach)) for q in (supply, grown)
    )
    assert (after <= before * (1 + 1e-12)).all()
    if more > 1.01 and reach[who].any():
        assert after[who] < before[who]


@FEW
@given(settings_of_trade())
def test_when_the_rivals_are_the_list_itself_both_ways_agree(trade):
    supply, demand, other, reach = trade
    joint = floating_catchment(supply, demand, elsewhere=other, weights=sparse.csr_array(reach))
    single = alone(supply, demand, other, reach, supply, reach, twin=np.arange(len(supply)))
    assert single.coverage == pytest.approx(joint, rel=1e-10, abs=1e-12)


@FEW
@given(settings_of_trade(), st.data())
def test_a_project_does_not_feel_other_proposals_only_the_register(trade, data):
    supply, demand, other, reach = trade
    rival_reach = data.draw(arrays(np.int64, (3, len(demand)), elements=st.integers(0, 4))) / 4
    rivals = np.array([30.0, 60.0, 90.0])
    together = alone(supply, demand, other, reach, rivals, rival_reach)
    for at in range(len(supply)):
        single = alone(supply[[at]], demand, other, reach[[at]], rivals, rival_reach)
        by_hand = floating_catchment(
            np.append(rivals, supply[at]),
            demand,
            elsewhere=other,
            weights=sparse.csr_array(np.vstack([rival_reach, reach[[at]]])),
        )[-1]
        assert together.coverage[at] == pytest.approx(single.coverage[0], rel=1e-12)
        assert together.coverage[at] == pytest.approx(by_hand, rel=1e-10)
        assert together.saturation[at] == pytest.approx(single.saturation[0], rel=1e-12, nan_ok=True)


@FEW
@given(settings_of_trade(), st.data())
def test_shared_places_and_pairs_one_by_one_agree(trade, data):
    """The projects stand among the rivals as they are; the quick way must say what the way by pairs says."""
    supply, demand, other, reach = trade
    n = len(supply)
    actor = data.draw(arrays(np.int64, n, elements=st.integers(0, n - 1)))
    stranger = data.draw(st.floats(1.0, 300.0))
    table = sparse.csr_array(np.vstack([reach, np.ones((1, len(demand)))]))
    quick = catchment_against_rivals(
        supply,
        demand,
        elsewhere=other,
        weights=Reach(table, np.arange(n)),
        rival_supply=np.append(supply, stranger),
        rival_weights=Reach(table, np.arange(n + 1)),
        twin=np.append(np.arange(n), -1),
        actor=actor,
    )
    twin = np.append(np.arange(n), -1)
    slow = alone(supply, demand, other, reach, np.append(supply, stranger), table.toarray(), twin=twin, actor=actor)
    assert quick.coverage == pytest.approx(slow.coverage, rel=1e-9, abs=1e-12)
    assert quick.saturation == pytest.approx(slow.saturation, rel=1e-9, nan_ok=True)


@FEW
@given(settings_of_trade(), st.data())
def test_projects_that_grew_since_they_were_listed_are_replaced_alike_both_ways(trade, data):
    """A rival row that is the project itself, at another size: the quick way replaces it as the way by pairs does."""
    supply, demand, other, reach = trade
    n = len(supply)
    listed = supply * data.draw(arrays(float, n, elements=st.sampled_from([0.5, 1.0, 2.0])))
    known = data.draw(arrays(bool, n))
    twin = np.where(known, np.arange(n), -1)
    asked = data.draw(arrays(bool, n))
    table = sparse.csr_array(reach)
    quick, some = (
        catchment_against_rivals(
            supply,
            demand,
            elsewhere=other,
            weights=Reach(table, np.arange(n)),
            rival_supply=listed,
            rival_weights=Reach(table, np.arange(n)),
            twin=twin,
            actor=np.arange(n),
            asked=which,
        )
        for which in (None, asked)
    )
    slow = alone(supply, demand, other, reach, listed, reach, twin=twin)
    assert quick.coverage == pytest.approx(slow.coverage, rel=1e-9, abs=1e-12)
    assert quick.saturation == pytest.approx(slow.saturation, rel=1e-9, nan_ok=True)
    assert some.coverage[asked].tolist() == quick.coverage[asked].tolist()
    assert some.saturation[asked] == pytest.approx(quick.saturation[asked], rel=0, nan_ok=True)


def test_saturation_of_one_pool_is_the_inverse_of_coverage_however_many_markets():
    supply, reach = np.array([100.0, 300.0]), np.ones((2, 3))
    result = alone(supply, np.array([50.0, 100.0, 250.0]), np.zeros(3), reach, supply, reach, twin=np.arange(2))
    assert result.saturation == pytest.approx([1.0, 1.0])
    assert result.coverage == pytest.approx([1.0, 1.0])


def test_rows_of_one_venture_enter_a_market_together():
    reach = np.ones((2, 1))
    apart = alone(np.array([50.0, 50.0]), np.array([100.0]), np.zeros(1), reach, np.empty(0), np.empty((0, 1)))
    joint = alone(
        np.array([50.0, 50.0]),
        np.array([100.0]),
        np.zeros(1),
        reach,
        np.empty(0),
        np.empty((0, 1)),
        actor=np.array([0, 0]),
    )
    assert apart.coverage.tolist() == [2.0, 2.0]
    assert joint.coverage.tolist() == [1.0, 1.0]


def test_no_projects_and_no_markets():
    nothing = alone(np.empty(0), np.empty(0), np.empty(0), np.empty((0, 0)), np.empty(0), np.empty((0, 0)))
    assert nothing.coverage.shape == (0,)
