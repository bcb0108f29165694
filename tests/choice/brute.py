"""Rules of a choice checked anew on every possible portfolio, from the facts of the list alone: no model, no solver."""

from itertools import product

import numpy as np

NONE = {}


def every_set(count):
    """(2**count, count) all portfolios of whole projects."""
    return np.array(list(product([0, 1], repeat=count)), float)


def meets(table, where):
    """(n,) whether each project states and meets every condition."""
    met = np.ones(len(table), bool)
    for asked in where:
        for row, cell in enumerate(table[asked.field]):
            stated = cell is not None and cell == cell  # noqa: PLR0124 - NaN
            if asked.values:
                good = stated and str(cell) in asked.values
            elif asked.not_values:
                good = stated and str(cell) not in asked.not_values
            else:
                good = stated and asked.low <= float(cell) <= asked.high
            met[row] &= good
    return met


def groups(table, field):
    """Each group a rule holds for, with its members."""
    if not field:
        return {"": np.ones(len(table), bool)}
    cells = table[field]
    words = sorted({str(cell) for cell in cells if cell is not None and cell == cell})  # noqa: PLR0124
    return {word: (cells == word).to_numpy(bool) for word in words}


def measured(table, cost, limit):
    """(n,) what each project counts in a limit."""
    if limit.measure == "funds":
        return cost
    if limit.measure == "projects":
        return np.ones(len(table))
    return table[limit.measure].fillna(limit.unknown).to_numpy(float)


def parts(sets, table, cost, limit):
    """For each group of a limit: its name, numerator (sets,) and the whole it is a share of (sets,; None for amounts).

    The whole of a share of the budget is left to the caller.
    """
    counted = measured(table, cost, limit)
    inside, among = meets(table, limit.where), meets(table, limit.among)
    base = sets @ np.where(among, counted, 0.0) if limit.of == "chosen" else None
    for name, members in groups(table, limit.each).items():
        kept = inside & members & (among if limit.of == "chosen" else True)
        yield name, sets @ np.where(kept, counted, 0.0), base


def keeps_limit(sets, candidates, limit, budget, moved=NONE):
    """(sets,) whether a limit holds; ``moved`` has (name, group, side) to another bound."""
    good = np.ones(len(sets), bool)
    for group, numerator, base in parts(sets, candidates.table, candidates.cost, limit):
        whole = base if limit.of == "chosen" else budget if limit.of == "budget" else 1.0
        slack = 1e-7 * np.maximum(np.abs(numerator), 1.0)
        for side, bound, sign in (("at_most", limit.at_most, 1), ("at_least", limit.at_least, -1)):
            bound = moved.get((limit.name, group, side), bound)  # noqa: PLW2901
            if bound is not None:
                good &= sign * (numerator - bound * whole) <= slack
    return good


def keeps_sets(sets, table, total, rules):
    """Name of each rule on sets (and of fixed projects) to (sets,) whether it holds."""
    at = {str(project): row for row, project in enumerate(table.index)}
    kept = {}
    for project in rules.fixed_in:
        kept["fixed_in", project] = sets[:, at[project]] == 1
    for project in rules.fixed_out:
        if project in at:
            kept["fixed_out", project] = sets[:, at[project]] == 0
    for one in rules.exclusive:
        kept["exclusive", one.name] = sum(sets[:, at[p]] for p in one.projects if p in at) <= one.at_most
    for one in rules.together:
        held = np.array([sets[:, at[p]] for p in one.projects if p in at])
        kept["together", one.name] = (held == held[0]).all(axis=0) if len(held) else np.ones(len(sets), bool)
    for one in rules.depends:
        there = [sets[:, at[p]] if p in at else np.zeros(len(sets)) for p in one.needs]
        enough = np.max(there, axis=0) if one.any_of else np.min(there, axis=0)
        kept["depends", one.name] = (
            enough >= sets[:, at[one.project]] if one.project in at else np.ones(len(sets), bool)
        )
    for one in rules.continuing:
        nature = table["nature"].to_numpy(object)
        before, new = (nature == "continuing") & (total >= one.score_at_least), nature == "new"
        good = np.ones(len(sets), bool)
        for members in groups(table, one.within).values():
            all_before = sets[:, members & before].all(axis=1)
            good &= all_before | ~sets[:, members & new].any(axis=1)
        kept["continuing", one.name] = good
    return kept


def keeps_all(problem, sets, *, budget=None, moved=NONE, only=None):
    """(sets,) whether each portfolio keeps budget and rules; ``only`` names the rules (kind, name) that count."""
    candidates, rules = problem.candidates, problem.rules
    table, cost, total = candidates.table, candidates.cost, candidates.total
    budget = problem.budget_yuan if budget is None else budget
    kept = {("budget", "budget"): sets @ cost <= budget * (1 + 1e-9)}
    for limit in rules.limits:
        kept["limit", limit.name] = keeps_limit(sets, candidates, limit, budget, moved)
    kept |= keeps_sets(sets, table, total, rules)
    counted = [good for key, good in kept.items() if only is None or key in only]
    return np.all(counted, axis=0) if counted else np.ones(len(sets), bool)


def smallest_single(problem, sets, key):
    """The least bound that makes all feasible when one rule with one bound gives way; ``None`` where none does."""
    names = set(problem.model.names)
    if key[0] == "budget":
        return _smallest_budget(problem, sets)
    limit = next(one for one in problem.rules.limits if one.name == key[1])
    rest = sets[keeps_all(problem, sets, only=names - {key})]
    if not len(rest):
        return None
    ((_, numerator, base),) = parts(rest, problem.candidates.table, problem.candidates.cost, limit)
    if limit.of != "amount":
        whole = base if limit.of == "chosen" else np.full(len(rest), problem.budget_yuan)
        numerator = numerator[whole > 0] / whole[whole > 0]
        if not len(numerator):
            return None
    return float(numerator.min() if limit.at_most is not None else numerator.max())


def _smallest_budget(problem, sets):
    """Budgets are tried in order where something could change: what portfolios cost, what caps in shares of it need."""
    cost, table = problem.candidates.cost, problem.candidates.table
    tried = {float(x) for x in sets @ cost}
    for limit in problem.rules.limits:
        if limit.of == "budget" and limit.at_most:
            for _, numerator, _ in parts(sets, table, cost, limit):
                tried |= {float(x) / limit.at_most for x in numerator}
    for budget in sorted(tried):
        if budget > problem.budget_yuan and keeps_all(problem, sets, budget=budget).any():
            return budget
    return None
