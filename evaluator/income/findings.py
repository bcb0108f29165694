"""Everything an estimation of income effects found: what pages, files and the projection stand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from evaluator.domain.errors import Issue
from evaluator.income.results import Caution, CellEffects, Estimate, Path

if TYPE_CHECKING:  # the rooms of the checks load solvers that a page needs only with a panel
    from evaluator.income.attrition import TrimmingBounds
    from evaluator.income.honest import Sensitivity
    from evaluator.income.pretrend import Pretrend
    from evaluator.income.projected import Projection

ALL = "all"
CONTRAST = "flagged_minus_unflagged"


@dataclass(frozen=True, slots=True)
class Naive:
    """The static two-way fixed-effects coefficient, shown only as what not to do.

    ``overall`` one coefficient for all treated unit-years; ``contrast`` flagged − unflagged of two; ``negative_share``
    share of the treated unit-years that enter the coefficient with a negative weight, ``negative_weight`` the sum of
    these weights when all sum to 1 (de Chaisemartin and D'Haultfœuille 2020).
    """

    overall: Estimate
    contrast: Estimate
    negative_share: float = np.nan
    negative_weight: float = np.nan


@dataclass(frozen=True, slots=True)
class Alternative:
    """What another estimator says of the same panel: ``overall``, ``windows`` of all treated units, ``contrasts``."""

    method: str
    overall: Estimate
    windows: tuple[Estimate, ...] = ()
    contrasts: tuple[Estimate, ...] = ()


@dataclass(frozen=True, slots=True)
class Support:
    """How much stands behind the whole estimation.

    Attributes
    ----------
    treated_clusters, untreated_clusters
        Clusters with a unit that starts and is seen before and after; clusters that are observed without a project in
        a year when others have one.
    effective_clusters
        G* of Carter, Schnepel and Steigerwald for the overall effect, and ``effective_contrast`` for the contrast: far
        below the number of clusters when few of them carry the estimate.
    leverage
        One row a cluster: ``cluster_id``, ``leverage`` (share of the regression's p degrees), ``weight`` (share of the
        treated unit-years).
    cohorts
        One row a first year and kind: ``first_year``, ``kind``, ``units``, ``clusters``, ``rows``.
    fewest_controls
        The smallest number of untreated clusters in any year that has an effect.
    """

    treated_clusters: int = 0
    untreated_clusters: int = 0
    effective_clusters: float = np.nan
    effective_contrast: float = np.nan
    leverage: pd.DataFrame = field(default_factory=pd.DataFrame)
    cohorts: pd.DataFrame = field(default_factory=pd.DataFrame)
    fewest_controls: int = 0


def _untested() -> Pretrend:
    from evaluator.income.pretrend import Pretrend  # noqa: PLC0415 - as above

    return Pretrend((), refusal=Caution("no_leads"))


@dataclass(frozen=True, slots=True)
class IncomeEffects:
    """Effects of projects on income by year since the start, their uncertainty, and what limits them.

    Groups are keys: ``all``, ``flagged``, ``unflagged`` (``trait_short_flat_fast`` = 1 and 0), otherwise
    ``<column>=<value>`` (``trait_kind=industry``, ``poorer=1`` for the poorer half at baseline). Numbers are in the
    scale of the outcome: of a log, 0.10 is about 10 %.

    Attributes
    ----------
    method, control, inference, confidence
        Estimator (``etwfe``, …), who is compared with (``not_yet`` or ``never``), how errors were made, e.g. 0.95.
    estimand
        ``treated_unit_years``: the mean effect over the observed unit-years since the start.
    outcome, scale
        ``outcome`` or ``below_line``; ``log``, ``asinh``, ``level`` or ``share``.
    trait, groups
        The column that splits effects and the groups found, in order; ``all`` comes first.
    paths
        Group → event study: years before the start (from the fully interacted regression, against the year before the
        start) and since; ``flagged_minus_unflagged`` is the path of the contrast. Ready to draw.
    overall, overall_by
        The mean over all treated unit-years; by group.
    windows
        Group → one estimate a window, named ``window_0_2`` … (last year inclusive).
    averages
        ``simple``, ``dynamic`` (mean of the years since the start), ``group`` (mean of the first years), ``calendar``.
    contrasts
        Flagged − unflagged: ``flagged_minus_unflagged`` (overall), then ``…_window_0_2`` and so on. The last window is
        the headline (``headline``).
    errors
        The headline again under each kind of inference: ``jackknife``, ``cluster``, ``wild``, ``permutation``.
    covariates
        Coefficients of continuous covariates.
    waves
        ``year_2001`` …: how far incomes moved without a project since the first year of the panel.
    below_line
        The same for the probability of being below the poverty line (main results only); ``None`` without a line.
    naive, alternatives
        Static two-way fixed effects, shown only as naive; the other estimators side by side.
    pretrend, pretrends
        Test of the years before the start of all treated units, and by group (contrast included).
    sensitivity
        ``all`` and ``flagged_minus_unflagged`` → bounds of the long-run window when parallel trends fail.
    placebo
        Effects at pretended starts before the true one (``placebo_1`` = one year earlier, …): should be near 0.
    influence
        One row a cluster left out: ``cluster_id`` (none for one of few units), ``overall``, ``headline``: estimates
        without it.
    attrition
        ``treated_minus_never`` and ``flagged_minus_unflagged`` → trimming bounds of the long-run change.
    support, cells
        Counts behind the estimation; effects by first year, kind and year before averaging (projection stands on it).
    agreement
        Largest relative difference between the compressed and the statsmodels regression on small data; NaN untested.
    refusals, cautions
        Why nothing, or some groups, could be estimated; what limits the rest. Codes with values; words live in report.
    issues
        What was met when the panel was read, as ``IncomePanel.issues``.
    projection
        Filled by ``project_effects``; ``None`` until then.
    """

    method: str
    estimand: str
    outcome: str
    scale: str
    control: str
    inference: str
    confidence: float
    trait: str
    groups: tuple[str, ...]
    n_units: int
    n_clusters: int
    n_rows: int
    years: tuple[int, ...]
    overall: Estimate
    overall_by: Mapping[str, Estimate] = field(default_factory=dict)
    paths: Mapping[str, Path] = field(default_factory=dict)
    windows: Mapping[str, tuple[Estimate, ...]] = field(default_factory=dict)
    averages: Mapping[str, Estimate] = field(default_factory=dict)
    contrasts: tuple[Estimate, ...] = ()
    errors: tuple[Estimate, ...] = ()
    covariates: tuple[Estimate, ...] = ()
    waves: tuple[Estimate, ...] = ()
    below_line: IncomeEffects | None = None
    naive: Naive | None = None
    alternatives: tuple[Alternative, ...] = ()
    pretrend: Pretrend = field(default_factory=_untested)
    pretrends: Mapping[str, Pretrend] = field(default_factory=dict)
    sensitivity: Mapping[str, Sensitivity] = field(default_factory=dict)
    placebo: tuple[Estimate, ...] = ()
    influence: pd.DataFrame = field(default_factory=pd.DataFrame)
    attrition: Mapping[str, TrimmingBounds] = field(default_factory=dict)
    support: Support = field(default_factory=Support)
    cells: CellEffects | None = None
    agreement: float = np.nan
    refusals: tuple[Caution, ...] = ()
    cautions: tuple[Caution, ...] = ()
    issues: tuple[Issue, ...] = ()
    projection: Projection | None = None

    @property
    def headline(self) -> Estimate | None:
        """Flagged − unflagged in the last window (the long run); ``None`` when there is no such split."""
        return self.contrasts[-1] if self.contrasts else None

    @property
    def by_year(self) -> pd.DataFrame:
        """All treated units, one row a year: ``year_since_start``, ``estimate``, ``se``, ``low``, ``high``, support."""
        return tabulate_path(self.paths[ALL]) if ALL in self.paths else pd.DataFrame(columns=list(BY_YEAR))


BY_YEAR = ("year_since_start", "estimate", "se", "low", "high", "band_low", "band_high", "units", "clusters", "rows")


def tabulate_path(path: Path) -> pd.DataFrame:
    """One row a year since the start; the reference year (estimate 0 by definition) is not in it."""
    return pd.DataFrame(
        {
            "year_since_start": path.events,
            **{name: getattr(path, name) for name in BY_YEAR[1:]},
        }
    )
