"""What a projection says: each project's effects to come with their uncertainty, and how far the data carry them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.income.results import Caution

Array = NDArray[np.float64]

LEVELS = (50, 80, 90)
"""Percent of the predictive distribution inside each interval."""
LATE = (4, 7)
"""Years since the start that the probability of no gain is about."""
RUNNING, PROPOSED = "running", "proposed"


@dataclass(frozen=True, slots=True)
class Projected:
    """One project's effects in H years since its start, in the scale of the outcome.

    Attributes
    ----------
    project_id, status, first_year
        ``status`` is ``running`` (in the panel) or ``proposed``.
    years
        (H,) 0, 1, 2, … since the start.
    mean, sd
        (H,) of the predictive distribution; NaN in years that no older cohort has been seen in.
    low, high
        Level of ``LEVELS`` → (H,) ends of the central interval. Past ``supported_to`` only 90 stands: a bound, the last
        interval widened every year by the largest yearly change seen.
    estimate, error
        (H,) what the project's own households show and its standard error; NaN where not observed or withheld.
    cohorts
        H tuples: years of start of the older cohorts that were seen that long.
    supported_to
        The last year with a point, −1 for none.
    late
        First and last year that ``p_nonpositive`` is about: years 4–7, cut at ``supported_to``; ``None`` without any.
    p_nonpositive
        Probability that the mean effect of these years is 0 or less; NaN without such years.
    inside_hull
        Whether its known traits are a mixture of those of the projects seen.
    unknown
        Traits not stated, averaged over.
    """

    project_id: str
    status: str
    first_year: int
    years: NDArray[np.int64]
    mean: Array
    sd: Array
    low: Mapping[int, Array]
    high: Mapping[int, Array]
    estimate: Array
    error: Array
    cohorts: tuple[tuple[int, ...], ...]
    supported_to: int
    late: tuple[int, int] | None
    p_nonpositive: float
    inside_hull: bool = True
    unknown: tuple[str, ...] = ()
    cautions: tuple[Caution, ...] = ()

    @property
    def supported(self) -> NDArray[np.bool_]:
        """(H,) years with a point."""
        return np.asarray(self.years <= self.supported_to)

    @property
    def withheld(self) -> bool:
        """Whether its numbers are left out because too few households stand behind them."""
        return any(caution.code == "project_withheld" for caution in self.cautions)


@dataclass(frozen=True, slots=True)
class Score:
    """How forecasts from the past have met what was estimated later.

    ``rmse`` against the later estimates by way: ``model``, ``carry`` (the last year seen), ``like`` (mean of years 0–2
    of like projects), ``trend`` (the project's own straight line). The later estimates err themselves (``noise``, root
    mean square), partly with the forecast: ``true_rmse`` takes that out and estimates the distance from the true
    effects. ``coverage`` of the 90 % interval of a later estimate; ``count`` of project-years.
    """

    count: int
    rmse: Mapping[str, float]
    true_rmse: Mapping[str, float]
    noise: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Backtest:
    """Forecasts frozen at past years: ``by_year`` of the freeze, ``late`` (years 4–7) and ``whole``."""

    by_year: Mapping[int, Score] = field(default_factory=dict)
    late: Score | None = None
    whole: Score | None = None


@dataclass(frozen=True, slots=True)
class Projection:
    """Projected effects of running and of proposed projects: always an estimate, never a part of a score.

    Attributes
    ----------
    projects
        Running projects in order of id, then proposals in the order given.
    scale
        Of the outcome: ``log``, ``asinh``, ``level`` or ``share``.
    traits
        Columns the curves use.
    knots
        Years since the start at which curves may bend.
    spread, persistence, cohort_spread
        Posterior means of τ (in the outcome's unit), ρ and ω (a share of the path).
    support
        One row a year since the start: ``year_since_start``, ``projects``, ``cohorts`` (tuple of years of start).
    backtest
        ``None`` when it was not asked for or the panel is too short.
    refusal
        Why nothing is projected.
    """

    projects: tuple[Projected, ...] = ()
    scale: str = "log"
    traits: tuple[str, ...] = ()
    knots: tuple[float, ...] = ()
    spread: float = np.nan
    persistence: float = np.nan
    cohort_spread: float = np.nan
    support: pd.DataFrame = field(default_factory=pd.DataFrame)
    backtest: Backtest | None = None
    refusal: Caution | None = None
    cautions: tuple[Caution, ...] = ()

    def of(self, project_id: str) -> Projected | None:
        """One project, ``None`` when it is not among them."""
        return next((one for one in self.projects if one.project_id == project_id), None)
