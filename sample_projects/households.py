"""An income panel with a known truth: 24 villages, 15 households each, 12 years, short and growing projects.

Log income = household + year + village shock (AR 0.6, sd 0.08) + household shock (AR 0.25, innovations sd 0.15) +
effect. Short projects' effect fades, growing ones' effect grows; later cohorts gain less and hold more short projects;
poorer villages start first; households leave the panel, 4 % a year, the better off sooner.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Cell = str | float | int | None
VILLAGES, HOUSEHOLDS, YEARS = 24, 15, 12
FIRST_CALENDAR_YEAR = 2013
NEVER_SHARE = 0.25
COHORTS = (3, 4, 5, 6, 7)
EFFECTS = {
    "short": (0.12, 0.15, 0.15, 0.10, 0.04, 0.0, -0.02, -0.03, -0.03),
    "growing": (0.0, 0.03, 0.06, 0.09, 0.12, 0.15, 0.17, 0.19, 0.20),
}
COHORT_FACTORS = tuple(float(x) for x in np.linspace(1.2, 0.8, len(COHORTS)))
SHORT_SHARES = tuple(float(x) for x in np.linspace(0.3, 0.7, len(COHORTS)))
MISSING = ""
COLUMNS = (
    *("unit_id", "year", "outcome", "first_year", "project_id", "cluster_id", "weight"),
    *("trait_short_flat_fast", "trait_kind", "trait_labour_state"),
)


class Village(NamedTuple):
    """A village: its number, base log income, first treated year (0 = never) and kind of project."""

    number: int
    base: float
    start: int
    kind: str


def _villages(rng: np.random.Generator) -> list[Village]:
    """Villages in order of number; poorer ones start first, later cohorts hold more short projects."""
    base = 9.0 + 0.25 * rng.normal(size=VILLAGES)
    never = set(rng.choice(VILLAGES, size=int(NEVER_SHARE * VILLAGES), replace=False).tolist())
    treated = sorted((v for v in range(VILLAGES) if v not in never), key=lambda v: base[v])
    assigned: dict[int, tuple[int, str]] = {}
    for place, group in enumerate(np.array_split(np.array(treated), len(COHORTS))):
        short = round(SHORT_SHARES[place] * len(group))
        for rank, village in enumerate(rng.permutation(group).tolist()):
            assigned[village] = COHORTS[place], "short" if rank < short else "growing"
    return [Village(v, float(base[v]), *assigned.get(v, (0, MISSING))) for v in range(VILLAGES)]


def _autoregressive(rng: np.random.Generator, rho: float, sd: float) -> NDArray[np.float64]:
    """A stationary series of ``YEARS`` values."""
    noise = rng.normal(size=YEARS)
    series = np.empty(YEARS)
    series[0] = sd * noise[0] / np.sqrt(1 - rho**2)
    for year in range(1, YEARS):
        series[year] = rho * series[year - 1] + sd * noise[year]
    return series


def effect(village: Village, year: int) -> float:
    """The true effect on log income in year 1 to 12; 0 before the start and without a project."""
    if not village.start or year < village.start:
        return 0.0
    return COHORT_FACTORS[COHORTS.index(village.start)] * EFFECTS[village.kind][min(year - village.start, 8)]


def panel(rng: np.random.Generator) -> tuple[list[list[Cell]], list[list[Cell]]]:
    """The panel and the table of its truth, each with a heading row."""
    rows: list[list[Cell]] = [list(COLUMNS)]
    felt: dict[tuple[str, int], list[float]] = {}
    for village in _villages(rng):
        shock = _autoregressive(rng, 0.6, 0.08 * np.sqrt(1 - 0.6**2))
        for household in range(HOUSEHOLDS):
            own = 0.4 * float(rng.normal())
            state = ("farm", "half-and-half", "migrant")[int(rng.integers(3))]
            path = _autoregressive(rng, 0.25, 0.15)
            leaves = rng.random(YEARS) < 0.04 * np.exp(0.5 * own)
            for year in range(1, YEARS + 1):
                if leaves[:year].any() and year > 1:
                    break
                gain = effect(village, year)
                income = np.exp(village.base + own + 0.07 * year + shock[year - 1] + path[year - 1] + gain)
                if village.start and year >= village.start:
                    felt.setdefault((village.kind, year - village.start), []).append(gain)
                rows.append(_row(village, household, year, float(income), state))
    return rows, [["kind", "year_since_start", "effect", "mean_effect", "household_years"], *_truth(felt)]


def _row(village: Village, household: int, year: int, income: float, state: str) -> list[Cell]:
    name = f"{village.number + 1:02d}"
    never: list[Cell] = [None, None, f"V{name}", 1, None, None, state]
    first = FIRST_CALENDAR_YEAR + village.start - 1
    treated: list[Cell] = [first, f"P{name}", f"V{name}", 1, int(village.kind == "short"), "industry", state]
    unit, calendar = f"V{name}H{household + 1:02d}", FIRST_CALENDAR_YEAR + year - 1
    return [unit, calendar, round(income), *(treated if village.start else never)]


def _truth(felt: dict[tuple[str, int], list[float]]) -> Iterator[list[Cell]]:
    """By kind and year since start: the effect before the cohort factor, and its mean over observed household-years."""
    for kind, path in EFFECTS.items():
        for year, plain in enumerate((*path, path[-1])):  # the first cohort is seen for one year more
            gains = felt.get((kind, year), [])
            yield [kind, year, plain, round(float(np.mean(gains)), 5) if gains else None, len(gains)]
