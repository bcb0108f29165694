"""Rules and budget as a mixed-integer model: one row a bound, each row knowing the rule it belongs to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from evaluator.choice.rules import COUNT
from evaluator.criteria.score import Array

TOLERANCE = 1e-7
BUDGET = "budget"
HARD = ("fixed_in", "fixed_out", "exclusive", "depends", "together", "continuing")


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of a rule that can be checked: what is found has to lie from ``at_least`` to ``at_most``.

    found = ``numerator``·x / (``base``·x, or ``constant``). A limit ``each`` township has a line for each (``group``).
    ``members`` projects are counted in it; of ``unknown`` ones it cannot be told whether they belong or what they
    count. ``rule`` is the place of its rule in the model.
    """

    rule: int
    kind: str
    name: str
    numerator: Array
    base: Array | None = None
    constant: float = 1.0
    at_least: float | None = None
    at_most: float | None = None
    group: str = ""
    measure: str = COUNT
    of: str = "amount"
    members: int = 0
    unknown: int = 0

    def found(self, x: Array) -> float:
        """What a portfolio ``x`` has of it, NaN for a share of nothing; a project funded in part counts as one."""
        x = self._counted(x)
        whole = self.constant if self.base is None else float(self.base @ x)
        return float(self.numerator @ x) / whole if whole > 0 else float("nan")

    def holds(self, x: Array, tolerance: float = TOLERANCE) -> bool:
        """Whether a portfolio satisfies it; a share of nothing is satisfied."""
        return all(excess <= tolerance * scale for excess, scale in self._excess(x))

    def _counted(self, x: Array) -> Array:
        return np.where(x > TOLERANCE, 1.0, 0.0) if self.measure == COUNT else x

    def _excess(self, x: Array) -> Iterator[tuple[float, float]]:
        x = self._counted(x)
        for sign, bound in ((1.0, self.at_most), (-1.0, self.at_least)):
            if bound is not None:
                row, limit = self.row(bound)
                scale = max(float(np.abs(row * x).max(initial=0.0)), abs(limit), 1e-12)
                yield sign * (float(row @ x) - limit), scale

    def row(self, bound: float) -> tuple[Array, float]:
        """The linear form and its right-hand side for one bound: share bounds are multiplied out."""
        if self.base is None:
            return self.numerator, bound * self.constant
        return self.numerator - bound * self.base, 0.0


@dataclass(frozen=True, slots=True)
class Model:
    """Maximise ``value``·x with rows ``lower`` ≤ A x ≤ ``upper``, ``low`` ≤ x ≤ ``high``.

    The first ``n`` variables are the funded shares of the candidates, the rest switches (partial funding, continuing
    before new). ``rule`` (rows,) is the rule of each row (−1: part of the model itself), ``names`` (kind, name) of
    each rule. ``lines`` are the same rules as a person checks them. ``least`` (n,) is the smallest share of a candidate
    that may be funded: 1 unless in part. ``per_budget`` (rows,) is how far the bound of each row moves with a yuan of
    budget: the budget itself and every limit that is a share of it.
    """

    n: int
    value: Array
    matrix: csr_array
    lower: Array
    upper: Array
    rule: NDArray[np.intp]
    integrality: NDArray[np.int8]
    lines: tuple[Line, ...]
    names: tuple[tuple[str, str], ...]
    least: Array
    per_budget: Array

    def with_value(self, value: Array) -> "Model":
        """The same rules with another value of each candidate, (n,)."""
        padded = np.zeros(len(self.value))
        padded[: self.n] = value
        return replace(self, value=padded)

    def with_row(self, row: Array, upper: float) -> "Model":
        """With one more row over the candidates at most ``upper``; it belongs to no rule."""
        wide = np.zeros((1, len(self.value)))
        scale = float(np.abs(row).max(initial=0.0)) or 1.0
        wide[0, : self.n] = row / scale
        from scipy.sparse import vstack  # noqa: PLC0415 - loaded with the first frontier

        return replace(
            self,
            matrix=csr_array(vstack([self.matrix, csr_array(wide)])),
            lower=np.append(self.lower, -np.inf),
            upper=np.append(self.upper, upper / scale),
            rule=np.append(self.rule, -1),
            per_budget=np.append(self.per_budget, 0.0),
        )

    def keep_rules(self, kept: Sequence[int]) -> "Model":
        """With the rows of these rules only (and those of the model itself)."""
        rows = np.isin(self.rule, [-1, *kept])
        return replace(
            self,
            matrix=self.matrix[rows],
            lower=self.lower[rows],
            upper=self.upper[rows],
            rule=self.rule[rows],
            per_budget=self.per_budget[rows],
        )
