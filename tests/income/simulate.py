"""A world with known effects of village projects on log income: what the goals for bias and coverage are measured on.

Twelve years; a quarter of the villages never start, the others in years 3 to 7, poorer ones first. Short projects'
effect fades, growing ones' effect grows; later cohorts gain less and, under pressure of assessment, hold more short
projects. Log income = village + household + 0.07 a year + village shock (AR 0.6, sd 0.08) + household shock (AR 0.25,
innovations sd 0.15) + effect. Households leave for good, 4 % a year, those with a higher effect of their own sooner.
The truth is conditional on the design: on who started when, with what, and who was still observed.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.income.cells import Array, Cells

YEARS, HOUSEHOLDS, NEVER_SHARE, COHORTS = 12, 15, 0.25, (3, 4, 5, 6, 7)
SHORT = np.array([0.12, 0.15, 0.15, 0.10, 0.04, 0.0, -0.02, -0.03, -0.03, -0.03])
GROWING = np.array([0.0, 0.03, 0.06, 0.09, 0.12, 0.15, 0.17, 0.19, 0.20, 0.20])
COHORT_FACTORS = np.linspace(1.2, 0.8, len(COHORTS))
SHORT_SHARES = np.linspace(0.3, 0.7, len(COHORTS))
VILLAGE_RHO, VILLAGE_SD, UNIT_RHO, UNIT_NOISE, UNIT_SD = 0.6, 0.08, 0.25, 0.15, 0.4
LEAVING, LEAVING_SLOPE, GROWTH = 0.04, 0.5, 0.07
TRAIT = "trait_short_flat_fast"


@dataclass(frozen=True, slots=True)
class World:
    """One draw: V villages of H households over T years (1 to 12).

    ``start`` (V,) first year, 0 never; ``short`` (V,) kind; ``effect`` (V, T) true; ``outcome`` and ``attended``
    (V, H, T).
    """

    start: NDArray[np.int64]
    short: NDArray[np.bool_]
    effect: Array
    outcome: Array
    attended: NDArray[np.bool_]

    @property
    def event(self) -> NDArray[np.int64]:
        """(V, T) years since the start; −99 in villages that never start."""
        years = np.arange(1, YEARS + 1)
        return np.where(self.start[:, None] > 0, years - self.start[:, None], -99)

    def truth(self, first: int, last: int, *, short: bool | None = None) -> float:
        """Mean true effect over the observed household-years of these years since the start; NaN without any."""
        among = (self.event >= first) & (self.event <= last) & (self.start[:, None] > 0)
        if short is not None:
            among &= (self.short == short)[:, None]
        weight = self.attended.sum(axis=1) * among
        return float((weight * self.effect).sum() / weight.sum()) if weight.any() else np.nan

    def contrast(self, first: int = 5, last: int = 7) -> float:
        """True short less growing."""
        return self.truth(first, last, short=True) - self.truth(first, last, short=False)

    def frame(self) -> pd.DataFrame:
        """A panel with canonical columns, a row for each observed household-year."""
        village, unit, year = np.nonzero(self.attended)
        width = len(str(len(self.start)))
        names = np.array([f"V{v:0{width}d}" for v in range(len(self.start))])
        units = np.array([[f"{name}H{h:02d}" for h in range(self.outcome.shape[1])] for name in names])
        return pd.DataFrame(
            {
                "unit_id": units[village, unit],
                "year": year + 1,
                "outcome": self.outcome[village, unit, year],
                "first_year": self.start[village],
                "cluster_id": names[village],
                TRAIT: self.kinds()[village],
            }
        )

    def kinds(self) -> NDArray[np.str_]:
        """(V,) ``1`` short, ``0`` growing, empty without a project."""
        return np.where(self.start > 0, np.where(self.short, "1", "0"), "")

    def cells(self) -> Cells:
        """What ``compress_frame`` makes of the frame with the trait as key, without the frame: for many draws."""
        v, h, t = self.outcome.shape
        width = len(str(v))
        seen = self.attended.sum(axis=2)
        values = np.where(self.attended, self.outcome, 0.0)
        sums = np.zeros((v, t + 1, t))
        units = np.zeros((v, t + 1), np.int64)
        village = np.repeat(np.arange(v), h)
        np.add.at(sums, (village, seen.ravel()), values.reshape(-1, t))
        np.add.at(units, (village, seen.ravel()), 1)
        group, length = np.nonzero(units)
        within = (values - (values.sum(axis=2) / seen)[:, :, None]) * self.attended
        return Cells(
            years=np.arange(1, t + 1),
            groups=pd.DataFrame(
                {
                    "cluster": np.arange(v),
                    "cluster_id": [f"V{i:0{width}d}" for i in range(v)],
                    "first_year": self.start,
                    TRAIT: self.kinds(),
                }
            ),
            group=group,
            attended=np.arange(t)[None, :] < length[:, None],
            units=units[group, length],
            weight=units[group, length].astype(float),
            sums=sums[group, length][:, :, None],
            cross=(within**2).sum(axis=(1, 2))[:, None, None],
            squares=float((values**2).sum()),
        )


def draw(
    random: np.random.Generator,
    villages: int,
    *,
    idle_trait: bool = False,
    trend: float = 0.0,
    factors: Array = COHORT_FACTORS,
) -> World:
    """Draw a world.

    Parameters
    ----------
    idle_trait
        The kind changes nothing: every project has the mean of the two paths, whatever its cohort.
    trend
        A trend a year common to villages that ever start: a failure of parallel trends.
    factors
        How strong the paths are in each cohort.
    """
    base = 9.0 + 0.25 * random.normal(size=villages)
    start, short = _assign(random, base)
    event = np.clip(np.arange(1, YEARS + 1) - start[:, None], -1, len(SHORT) - 1)
    on = (start[:, None] > 0) & (event >= 0)
    path = (SHORT[event] + GROWING[event]) / 2 if idle_trait else np.where(short[:, None], SHORT[event], GROWING[event])
    factor = np.where(start > 0, factors[np.clip(start - COHORTS[0], 0, len(COHORTS) - 1)], 0.0)
    effect = np.where(on, path if idle_trait else factor[:, None] * path, 0.0)
    own = UNIT_SD * random.normal(size=(villages, HOUSEHOLDS))
    shock = _series(random, (villages,), VILLAGE_RHO, VILLAGE_SD * np.sqrt(1 - VILLAGE_RHO**2))
    noise = _series(random, (villages, HOUSEHOLDS), UNIT_RHO, UNIT_NOISE)
    drift = GROWTH * np.arange(YEARS) + np.where(start > 0, trend, 0.0)[:, None] * np.arange(YEARS)
    outcome = (base[:, None] + shock + drift + effect)[:, None, :]
    leaves = random.random((villages, HOUSEHOLDS, YEARS)) < (LEAVING * np.exp(LEAVING_SLOPE * own))[:, :, None]
    leaves[:, :, 0] = False
    return World(start, short, effect, outcome + own[:, :, None] + noise, ~np.logical_or.accumulate(leaves, axis=2))


def _assign(random: np.random.Generator, base: Array) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """First years (poorer villages first) and kinds (more short ones in later cohorts)."""
    villages = len(base)
    start, short = np.zeros(villages, np.int64), np.zeros(villages, bool)
    treated = random.permutation(villages)[int(NEVER_SHARE * villages) :]
    treated = treated[np.argsort(base[treated])]
    for cohort, share, members in zip(COHORTS, SHORT_SHARES, np.array_split(treated, len(COHORTS)), strict=True):
        start[members] = cohort
        short[members] = random.random(len(members)) < share
    return start, short


def _series(random: np.random.Generator, shape: tuple[int, ...], rho: float, sd: float) -> Array:
    """Stationary autoregressive series, years last."""
    series = sd * random.normal(size=(*shape, YEARS))
    series[..., 0] /= np.sqrt(1 - rho**2)
    for year in range(1, YEARS):
        series[..., year] += rho * series[..., year - 1]
    return series
