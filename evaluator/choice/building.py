"""Budget and rules of a county put into rows, one a bound, each divided by its largest coefficient."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from evaluator.choice.candidates import Candidates, mask_of, words_of
from evaluator.choice.model import BUDGET, Line, Model
from evaluator.choice.rules import COUNT, FUNDS, Dependency, Limit, Rules
from evaluator.criteria.score import Array


class _Builder:
    """Rows gathered one by one, each divided by its largest coefficient so that one tolerance fits all."""

    def __init__(self, n: int) -> None:
        self.n, self.width = n, n
        self.rows: list[tuple[NDArray[np.intp], Array, float, float, int, float]] = []
        self.names: list[tuple[str, str]] = []
        self.lines: list[Line] = []
        self.switch_of: dict[int, int] = {}
        self.least = np.ones(n)

    def begin(self, kind: str, name: str) -> int:
        self.names.append((kind, name))
        return len(self.names) - 1

    def switch(self) -> int:
        self.width += 1
        return self.width - 1

    def chosen(self, row: int) -> int:
        """The variable that is 1 when a candidate is chosen, in full or in part."""
        return self.switch_of.get(row, row)

    def add(
        self,
        at: Sequence[int] | NDArray[np.intp],
        weights: Sequence[float] | Array,
        bounds: tuple[float, float],
        rule: int,
        per_budget: float = 0.0,
    ) -> None:
        places, given = np.asarray(at, np.intp), np.asarray(weights, np.float64)
        kept = given != 0
        scale = float(np.abs(given).max(initial=0.0)) or 1.0
        low, high = bounds
        self.rows.append((places[kept], given[kept] / scale, low / scale, high / scale, rule, per_budget / scale))

    def add_line(self, line: Line) -> None:
        """A line and its rows; counts run over the switches of projects funded in part."""
        self.lines.append(line)
        at = np.arange(self.n)
        if line.measure == COUNT:
            at = np.array([self.chosen(row) for row in range(self.n)], np.intp)
        for bound, low in ((line.at_most, False), (line.at_least, True)):
            if bound is not None:
                row, limit = line.row(bound)
                moves = 1.0 if line.kind == BUDGET else bound if line.of == "budget" else 0.0
                self.add(at, row, (limit, np.inf) if low else (-np.inf, limit), line.rule, moves)

    def check(self, rule: int, at: Sequence[int], weights: Sequence[float], *, most: float | None = None,
              least: float | None = None) -> None:  # fmt: skip
        """A statement about the chosen projects in these rows, as a line over their switches."""
        numerator = np.zeros(self.n)
        np.add.at(numerator, np.asarray(at, np.intp), np.asarray(weights, np.float64))
        kind, name = self.names[rule]
        self.add_line(
            Line(rule, kind, name, numerator, at_most=most, at_least=least, members=len(set(at)), measure=COUNT)
        )

    def finish(self, value: Array) -> Model:
        count = len(self.rows)
        lengths = [len(row[0]) for row in self.rows]
        where = np.repeat(np.arange(count), lengths)
        places = np.concatenate([row[0] for row in self.rows]) if count else np.zeros(0, np.intp)
        numbers = np.concatenate([row[1] for row in self.rows]) if count else np.zeros(0)
        integrality = np.ones(self.width, np.int8)
        integrality[list(self.switch_of)] = 0
        padded = np.zeros(self.width)
        padded[: self.n] = value
        return Model(
            n=self.n,
            value=padded,
            matrix=csr_array((numbers, (where, places)), shape=(count, self.width)),
            lower=np.array([row[2] for row in self.rows], np.float64),
            upper=np.array([row[3] for row in self.rows], np.float64),
            rule=np.array([row[4] for row in self.rows], np.intp),
            integrality=integrality,
            lines=tuple(self.lines),
            names=tuple(self.names),
            least=self.least,
            per_budget=np.array([row[5] for row in self.rows], np.float64),
        )


def build_model(candidates: Candidates, rules: Rules, *, budget_yuan: float) -> Model:
    """The model of a choice; rules are taken as checked (``choice.parse``)."""
    build, at = _Builder(len(candidates.ids)), candidates.at
    _add_partial(build, candidates, rules)
    budget = build.begin(BUDGET, BUDGET)
    funds = candidates.cost
    build.add_line(Line(budget, BUDGET, BUDGET, funds, at_most=budget_yuan, measure=FUNDS, members=len(candidates.ids)))
    for kind, ids, most, least in (("fixed_in", rules.fixed_in, None, 1.0), ("fixed_out", rules.fixed_out, 0.0, None)):
        for project in ids:
            if project in at:
                build.check(build.begin(kind, project), [at[project]], [1.0], most=most, least=least)
    for limit in rules.limits:
        _add_limit(build, candidates, limit, budget_yuan)
    _add_sets(build, rules, at)
    for rule in rules.continuing:
        _add_continuing(build, candidates, rule.name, rule.within, rule.score_at_least)
    return build.finish(candidates.value)


def _add_partial(build: _Builder, candidates: Candidates, rules: Rules) -> None:
    """x from ``least``·z to z with z whole: nothing, or at least this share."""
    for rule in rules.partial:
        inside, _ = mask_of(candidates.table, rule.where)
        rows = [row for row, project in enumerate(candidates.ids)
                if (project in rule.projects if rule.projects else inside[row])]  # fmt: skip
        for row in rows:
            if row in build.switch_of:
                continue
            z = build.switch_of[row] = build.switch()
            build.least[row] = rule.least_share
            build.add([row, z], [1.0, -1.0], (-np.inf, 0.0), -1)
            build.add([row, z], [1.0, -rule.least_share], (0.0, np.inf), -1)


def _add_limit(build: _Builder, candidates: Candidates, limit: Limit, budget_yuan: float) -> None:
    rule, table = build.begin("limit", limit.name), candidates.table
    measure, silent = _measure(candidates, limit)
    inside, untold = mask_of(table, limit.where)
    among, _ = mask_of(table, limit.among)
    base = np.where(among, measure, 0.0) if limit.of == "chosen" else None
    for group, members, unsure in _groups(candidates, limit.each):
        counted = inside & members & (among if limit.of == "chosen" else True)
        build.add_line(
            Line(
                rule,
                "limit",
                limit.name,
                np.where(counted, measure, 0.0),
                base=base,
                constant=budget_yuan if limit.of == "budget" else 1.0,
                at_least=limit.at_least,
                at_most=limit.at_most,
                group=group,
                measure=limit.measure,
                of=limit.of,
                members=int(counted.sum()),
                unknown=int(((untold & members) | (inside & unsure) | (counted & silent)).sum()),
            )
        )


def _measure(candidates: Candidates, limit: Limit) -> tuple[Array, NDArray[np.bool_]]:
    """What each project counts, and where that is not stated."""
    if limit.measure == FUNDS:
        return candidates.cost, np.zeros(len(candidates.ids), bool)
    if limit.measure == COUNT:
        return np.ones(len(candidates.ids)), np.zeros(len(candidates.ids), bool)
    stated = candidates.table[limit.measure].to_numpy(float)
    return np.where(np.isnan(stated), limit.unknown, stated), np.isnan(stated)


def _groups(candidates: Candidates, each: str) -> Iterator[tuple[str, NDArray[np.bool_], NDArray[np.bool_]]]:
    """Name, members and rows that do not say their group, for each value of a field; one group when none is named."""
    if not each:
        none = np.zeros(len(candidates.ids), bool)
        yield "", ~none, none
        return
    words = [words_of(cell) for cell in candidates.table[each]]
    unsure = np.array([not cell for cell in words], bool)
    for value in sorted(set().union(*words)):
        yield value, np.array([value in cell for cell in words], bool), unsure


def _add_sets(build: _Builder, rules: Rules, at: dict[str, int]) -> None:
    for exclusive in rules.exclusive:
        rows = sorted(at[p] for p in exclusive.projects if p in at)
        build.check(build.begin("exclusive", exclusive.name), rows, np.ones(len(rows)).tolist(),
                    most=float(exclusive.at_most))  # fmt: skip
    for dependency in rules.depends:
        _add_dependency(build, dependency, at)
    for together in rules.together:
        rows = sorted(at[p] for p in together.projects if p in at)
        rule = build.begin("together", together.name)
        for first, second in pairwise(rows):
            build.check(rule, [first, second], [1.0, -1.0], most=0.0, least=0.0)


def _add_dependency(build: _Builder, dependency: Dependency, at: dict[str, int]) -> None:
    """Chosen only with what it needs; what cannot be chosen at all is never there."""
    rule, row, needs = build.begin("depends", dependency.name), at.get(dependency.project), dependency.needs
    if row is None:
        return
    there = [at[p] for p in needs if p in at]
    if dependency.any_of:
        build.check(rule, [row, *there], [1.0, *[-1.0] * len(there)], most=0.0)
        return
    if len(there) < len(needs):
        build.check(rule, [row], [1.0], most=0.0)
    for other in there:
        build.check(rule, [row, other], [1.0, -1.0], most=0.0)


def _add_continuing(build: _Builder, candidates: Candidates, name: str, within: str, score: float) -> None:
    """A switch for each group: open only when all its continuing projects are chosen; new ones need it open."""
    rule = build.begin("continuing", name)
    nature = candidates.table["nature"].to_numpy(object)
    before = (nature == "continuing") & (candidates.total >= score)
    new = nature == "new"
    for _, members, _ in _groups(candidates, within):
        earlier, later = np.flatnonzero(members & before), np.flatnonzero(members & new)
        if not (len(earlier) and len(later)):
            continue
        opened = build.switch()
        for row in earlier:
            build.add([opened, build.chosen(int(row))], [1.0, -1.0], (-np.inf, 0.0), rule)
        for row in later:
            build.add([build.chosen(int(row)), opened], [1.0, -1.0], (-np.inf, 0.0), rule)
        # as a person checks it: new ones chosen times continuing ones left out is 0 (see ``continuing_kept``)
    build.lines.append(
        Line(
            rule,
            "continuing",
            name,
            new.astype(float),
            members=int(new.sum()),
            unknown=int(sum(v is None for v in nature)),
        )
    )


def continuing_kept(candidates: Candidates, rules: Rules, x: Array) -> bool:
    """Whether no new project is chosen where a continuing one that has to go before it is left out."""
    nature, chosen = candidates.table["nature"].to_numpy(object), x > 0
    for rule in rules.continuing:
        left = (nature == "continuing") & (candidates.total >= rule.score_at_least) & ~chosen
        for _, members, _ in _groups(candidates, rule.within):
            if (members & left).any() and (members & (nature == "new") & chosen).any():
                return False
    return True
