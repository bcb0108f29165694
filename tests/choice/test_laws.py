"""Laws of the choice, on random rules of every kind: held against every possible portfolio, one by one."""

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from evaluator.choice.chosen import choose_projects
from evaluator.choice.conflicts import relax
from evaluator.choice.quiet import Deadline
from evaluator.choice.solve import solve
from evaluator.domain.errors import TableError
from tests.choice.brute import every_set, keeps_all, smallest_single
from tests.choice.drawn import CLUSTERS, rules
from tests.choice.made import pose

COUNT = 10
SETS = every_set(COUNT)
LAW = settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
BUDGETS = st.sampled_from([3e5, 1e6, 2.5e6, 5e6, 1e9])
SEEDS = st.integers(1, 6)
VALUES = st.sampled_from(["score_funds", "score", "households"])


def posed(budget, asked, seed, value="score_funds"):
    try:
        return pose(budget, asked, seed=seed, count=COUNT, clusters=CLUSTERS, value=value)
    except TableError:  # rules that contradict each other on their face are refused before any search
        assume(False)


def sets_of(problem):
    return every_set(len(problem.candidates.ids)) if len(problem.candidates.ids) != COUNT else SETS


@pytest.mark.slow
@given(BUDGETS, rules(COUNT), SEEDS, VALUES)
@LAW
def test_the_choice_keeps_every_rule_and_no_better_one_exists(budget, asked, seed, value):
    problem = posed(budget, asked, seed, value)
    sets = sets_of(problem)
    kept = keeps_all(problem, sets)
    choice = choose_projects(problem, time_limit_s=60)
    assert choice.found == bool(kept.any())
    if choice.found:
        assert keeps_all(problem, choice.share[None, :])[0]
        assert all(standing.holds for standing in choice.rules)
        best = float((sets[kept] @ problem.candidates.value).max())
        assert choice.value == pytest.approx(best, rel=1e-6, abs=1e-6)
        assert choice.bound >= best * (1 - 1e-9) and choice.gap <= 1e-6
        relaxed = solve(problem.model, deadline=Deadline(60), gap=0.0, whole=False)
        assert relaxed.value >= best * (1 - 1e-7) - 1e-6


@pytest.mark.slow
@given(BUDGETS, rules(COUNT), SEEDS)
@LAW
def test_conflicts_are_irreducible_and_their_relaxations_are_enough(budget, asked, seed):
    problem = posed(budget, asked, seed)
    sets = sets_of(problem)
    assume(not keeps_all(problem, sets).any())
    conflict = choose_projects(problem, time_limit_s=60).conflict
    assert conflict.irreducible
    assert not keeps_all(problem, sets, only=set(conflict.rules)).any()
    for rule in conflict.rules:
        assert keeps_all(problem, sets, only=set(conflict.rules) - {rule}).any()
    for changed in (*conflict.single, conflict.together):
        assert not changed or keeps_all(problem, sets, **given_way(changed)).any()


def given_way(changed):
    """Relaxed bounds as the check of every portfolio takes them."""
    budget = next((one.needed for one in changed if one.line.kind == "budget"), None)
    moved = {(one.line.name, one.line.group, one.side): one.needed for one in changed if one.line.kind == "limit"}
    return {"budget": budget, "moved": moved}


@pytest.mark.slow
@given(st.sampled_from([3e5, 1e6, 2.5e6]), rules(COUNT, simple=True), SEEDS)
@LAW
def test_no_smaller_relaxation_of_a_single_rule_would_do(budget, asked, seed):
    problem = posed(budget, asked, seed)
    sets = sets_of(problem)
    assume(not keeps_all(problem, sets).any())
    told = {}
    for changed in choose_projects(problem, time_limit_s=60).conflict.single:
        (one,) = changed
        told[one.line.kind, one.line.name] = one.needed
    for key in problem.model.names:
        if key[0] in ("budget", "limit"):
            needed = smallest_single(problem, sets, key)
            assert (needed is None) == (key not in told), key
            if needed is not None:
                assert told[key] == pytest.approx(needed, rel=1e-5, abs=1e-9), key


@pytest.mark.slow
@given(BUDGETS, rules(6, partial=True), st.integers(1, 4))
@LAW
def test_funding_in_part_is_as_good_as_every_way_of_switching(budget, asked, seed):
    try:
        problem = pose(budget, asked, seed=seed, count=6, clusters=CLUSTERS)
    except TableError:
        assume(False)
    model, n = problem.model, problem.model.n
    whole = [j for j in range(len(model.value)) if model.integrality[j] == 1]
    best = -np.inf
    for switched in every_set(len(whole)):
        low, high = np.zeros(len(model.value)), np.ones(len(model.value))
        low[whole] = high[whole] = switched
        answer = linprog(
            -model.value / 1e4,
            A_ub=np.vstack([model.matrix.toarray(), -model.matrix.toarray()])[finite(model)],
            b_ub=np.concatenate([model.upper, -model.lower])[finite(model)],
            bounds=np.c_[low, high],
        )
        best = max(best, -answer.fun * 1e4) if answer.status == 0 else best
    choice = choose_projects(problem, time_limit_s=60)
    assert choice.found == np.isfinite(best)
    if choice.found:
        assert choice.value == pytest.approx(best, rel=1e-5, abs=1e-3)
        assert all(standing.holds for standing in choice.rules)
        share = choice.share
        assert ((share == 0) | (share >= model.least - 1e-6)).all() and (share <= 1).all() and len(share) == n


def finite(model):
    return np.isfinite(np.concatenate([model.upper, -model.lower]))


@pytest.mark.slow
@given(BUDGETS, rules(COUNT), SEEDS, st.randoms(use_true_random=False))
@LAW
def test_the_order_of_rows_and_rules_never_matters(budget, asked, seed, random):
    problem = posed(budget, asked, seed)
    turned = posed(budget, shuffled(asked, random), seed)
    one, other = choose_projects(problem, time_limit_s=60), choose_projects(turned, time_limit_s=60)
    assert one.status == other.status
    if one.found:
        assert one.value == pytest.approx(other.value, rel=1e-9)


def shuffled(asked, random):
    limits = list(asked.limits)
    random.shuffle(limits)
    return type(asked)(
        limits=tuple(limits),
        exclusive=asked.exclusive,
        depends=asked.depends,
        together=asked.together,
        continuing=asked.continuing,
        fixed_in=asked.fixed_in[::-1],
        fixed_out=asked.fixed_out[::-1],
    )


def test_relaxing_nothing_gives_nothing():
    assert relax(pose().model, [], deadline=Deadline(1)) == ()
