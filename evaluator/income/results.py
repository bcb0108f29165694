"""What an estimation of income effects says: numbers with their uncertainty, or why there is none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Caution:
    """Something that limits a result; ``code`` has its words under ``income.caution.<code>`` in the catalogues."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Estimate:
    """One number with its uncertainty and what stands behind it.

    ``name`` is a key (``overall``, ``year_3``, ``window_5_7``, ``flagged``, ``flagged_minus_unflagged``, …);
    ``units`` and ``rows`` count treated units and treated unit-years, ``clusters`` treated clusters. When it cannot be
    estimated all numbers are NaN and ``refusal`` says why and what would make it estimable.
    """

    name: str
    estimate: float = np.nan
    se: float = np.nan
    low: float = np.nan
    high: float = np.nan
    p: float = np.nan
    df: float = np.nan
    units: int = 0
    clusters: int = 0
    rows: int = 0
    refusal: Caution | None = None


@dataclass(frozen=True, slots=True)
class CellEffects:
    """Effects by cohort, kind and year, before they are averaged.

    Attributes
    ----------
    table
        p rows: ``first_year``, ``kind`` (value of the splitting trait, ``""`` when there is none), ``year``, ``event``
        (years since the start, negative before it), ``weight`` (weighted treated unit-years observed), ``units``,
        ``clusters``, ``rows``.
    theta
        (p,) estimates.
    leave_out
        Gives the estimates (C, p) with one cluster left out, NaN where then not estimable, and their weights (C, p):
        what ``replicates`` and ``replicate_weight`` hold once they are read.
    pull
        From k weighted sums (p, k) of the effects to each cluster's part (C, k) in their sampling error (for
        cluster-robust errors): θ̂ − θ ≈ Σ_c influence_c; ``None`` for estimators that give none.
    method
        ``etwfe``, ``imputation``, ``sun_abraham``, ``callaway_santanna``, ``twfe``.
    of_group, column
        (G,) type of each group of the cells it was made from; (D, T) row of ``table`` a type has in each year, or −1.
    random_weights
        Whether the weights' own sampling error belongs to cluster-robust errors (Callaway and Sant'Anna) or not.
    n_rows, n_columns
        Unit-years used, and coefficients that count in the small-sample factor: all but the unit effects, and every
        year effect (fixest's count).
    """

    table: pd.DataFrame
    theta: Array
    leave_out: Callable[[], tuple[Array, Array]]
    pull: Callable[[Array], Array] | None
    method: str
    of_group: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    column: NDArray[np.int64] = field(default_factory=lambda: np.zeros((0, 0), np.int64))
    n_rows: int = 0
    n_columns: int = 0
    random_weights: bool = False
    kept: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def replicates(self) -> Array:
        """(C, p) estimates with one cluster left out, NaN where then not estimable."""
        return self._left_out()[0]

    @property
    def replicate_weight(self) -> Array:
        """(C, p) weights with one cluster left out."""
        return self._left_out()[1]

    def _left_out(self) -> tuple[Array, Array]:
        if "left_out" not in self.kept:
            self.kept["left_out"] = self.leave_out()
        found: tuple[Array, Array] = self.kept["left_out"]
        return found

    @property
    def influence(self) -> Array | None:
        """(C, p) part of each cluster in the sampling error of theta, 0 where there is no estimate."""
        return None if self.pull is None else self.pull(np.diag(np.isfinite(self.theta).astype(float)))

    def leaves(self) -> tuple[Array, Array]:
        """(C, p) estimates and weights without each cluster; 0 where not estimable."""
        if "leaves" not in self.kept:
            left, weight = self.replicates, self.replicate_weight
            unknown = ~np.isfinite(left)
            if unknown.any():  # nothing is copied where there is nothing to clear
                left, weight = np.where(unknown, 0.0, left), np.where(unknown, 0.0, weight)
            self.kept["leaves"] = left, weight
        leaves: tuple[Array, Array] = self.kept["leaves"]
        return leaves


@dataclass(frozen=True, slots=True)
class Path:
    """Effects by year since the start for one group of treated units, with the covariance of the whole path.

    ``events`` (q,) ascending, the reference year (−1) left out; ``estimate``, ``se``, ``low``, ``high`` (pointwise),
    ``band_low``, ``band_high`` (simultaneous, sup-t) (q,); ``covariance`` (q, q) from the delete-one-cluster jackknife;
    ``df`` = C − 1 of the clusters behind it; ``units``, ``clusters``, ``rows`` (q,) support of each year.
    ``group`` is ``all``, ``flagged``, ``unflagged`` or another value of a trait (``trait=value``).
    """

    group: str
    events: NDArray[np.int64]
    estimate: Array
    se: Array
    low: Array
    high: Array
    band_low: Array
    band_high: Array
    covariance: Array
    df: float
    units: NDArray[np.int64]
    clusters: NDArray[np.int64]
    rows: NDArray[np.int64]
