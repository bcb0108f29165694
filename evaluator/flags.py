"""Short, flat and fast: six signs, each with its degree, the values it read, and what would clear it.

A flag is a question to the committee, not a verdict. Degrees are ramps between two stated values; a sign is *on* from
``FlagSettings.degree``. Sentences are made in the report floor from the keys and values given here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.domain.settings import FlagSettings

Array = NDArray[np.float64]
SIGNS = ("short", "flat", "fast", "homogeneous", "thin_demand", "ends_with_subsidy")
CORE, HARM = SIGNS[:3], SIGNS[3:]
LEVELS = ("none", "watch", "flag", "cannot_judge")
DAYS_PER_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Reading:
    """One value a sign read: key, value (NaN when missing), where its ramp begins and is full, and its degree."""

    key: str
    value: float
    begins: float
    full: float
    degree: float

    def clears_at(self, degree: float) -> float:
        """The value at which this reading alone has the given degree."""
        return self.begins + degree * (self.full - self.begins)


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of one project: degree 0-1 (NaN = cannot be judged), whether it is on, and its readings."""

    key: str
    degree: float
    on: bool
    readings: tuple[Reading, ...]

    def clearing(self, degree: float) -> tuple[tuple[str, float], ...]:
        """The smallest change that turns the sign off: (key, value to be passed), one reading when one is enough.

        A sign is still on exactly at the value, so it has to be passed, not met. Missing readings cannot clear a sign.
        """
        known = sorted((r for r in self.readings if not np.isnan(r.degree)), key=lambda r: (-r.degree, r.key))
        excess = sum(r.degree for r in known) - degree * len(known)
        changes: list[tuple[str, float]] = []
        for reading in known if self.on else ():
            cut = min(excess, reading.degree)
            changes.append((reading.key, reading.clears_at(reading.degree - cut)))
            excess -= cut
            if reading.degree > cut:
                break
        return tuple(changes)


@dataclass(frozen=True, slots=True)
class Signal:
    """One reading of n projects: values, degrees, where it applies (all (n,)), and the ends of its ramp."""

    values: Array
    degrees: Array
    applies: NDArray[np.bool_]
    begins: float
    full: float


@dataclass(frozen=True, slots=True)
class Flags:
    """The signs of n scored projects.

    Attributes
    ----------
    signs
        n × 6 degrees in [0, 1], NaN where a sign cannot be judged.
    level
        (n,) ``none``, ``watch``, ``flag`` or ``cannot_judge``.
    severity
        (n,) 100·√(core·harm), NaN where it cannot be judged; not calibrated to outcomes.
    """

    signs: pd.DataFrame
    level: pd.Series
    severity: pd.Series
    readings: Mapping[str, Mapping[str, Signal]]
    settings: FlagSettings

    def of(self, project_id: str) -> dict[str, Sign]:
        """The six signs of one project with their readings."""
        row = self.signs.index.get_loc(project_id)
        if not isinstance(row, int):  # pragma: no cover - ids are unique
            raise KeyError(project_id)
        degrees = self.signs.to_numpy()[row].tolist()
        return {
            sign: Sign(sign, degree, degree >= self.settings.degree, self._read(sign, row))
            for sign, degree in zip(SIGNS, degrees, strict=True)
        }

    def _read(self, sign: str, row: int) -> tuple[Reading, ...]:
        return tuple(
            Reading(key, float(signal.values[row]), signal.begins, signal.full, float(signal.degrees[row]))
            for key, signal in self.readings[sign].items()
            if signal.applies[row]
        )


def ramp(x: Array, begins: float, full: float) -> Array:
    """Degree of ``x``: 0 at ``begins``, 1 at ``full``, linear between, clipped, NaN where ``x`` is NaN."""
    return np.clip((x - begins) / (full - begins), 0.0, 1.0)


def mean_of_known(degrees: Sequence[Array]) -> Array:
    """Mean over the degrees that are known; NaN where none is."""
    total, count = np.zeros(1), np.zeros(1)
    for degree in degrees:
        total = total + np.nan_to_num(degree)
        count = count + ~np.isnan(degree)
    with np.errstate(invalid="ignore"):
        return total / np.where(count == 0, np.nan, count)


def judge_core(short: Array, flat: Array, fast: Array) -> Array:
    """Median of the three; their minimum when two are known; NaN when fewer are."""
    signs = np.sort(np.stack([short, flat, fast]), axis=0)  # NaN sorts last
    known = (~np.isnan(signs)).sum(axis=0)
    return np.select([known == 3, known == 2], [signs[1], signs[0]], np.nan)


def judge_harm(signs: Sequence[Array], degree: float) -> Array:
    """Largest of the known signs; NaN where too little is known: none of three, or only one and that one is off."""
    stacked = np.stack(signs)
    known = (~np.isnan(stacked)).sum(axis=0)
    largest = np.max(np.where(np.isnan(stacked), 0.0, stacked), axis=0)
    return np.where((known >= 2) | ((known == 1) & (largest >= degree)), largest, np.nan)


def judge_level(core: Array, harm: Array, *, settings: FlagSettings) -> tuple[NDArray[np.str_], Array]:
    """Level and severity of each project from its core and its harm."""
    severity = 100.0 * np.sqrt(core * harm)
    severity = np.where((core == 0) | (harm == 0), 0.0, severity)  # a known 0 settles it whatever the other is
    flagged = (core >= settings.degree) & (harm >= settings.degree)
    level = np.select(
        [np.isnan(severity), flagged, severity >= settings.watch_severity], ["cannot_judge", "flag", "watch"], "none"
    )
    return level, severity


def years_to_assessment(start: pd.Series, as_of: date) -> Array:
    """Years from each start to the next assessment, 31 December after ``as_of``; negative for a later start."""
    assessment = pd.Timestamp(as_of.year, 12, 31)
    return np.asarray((assessment - start).dt.days / DAYS_PER_YEAR, dtype=np.float64)


def share_before(years: Array, delay: Array, benefit_years: Array) -> Array:
    """Share of the benefit that falls in the first ``years`` after the start, given its delay and length."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(benefit_years > 0, np.clip((years - delay) / benefit_years, 0.0, 1.0), np.nan)


def find_flags(
    index: pd.Index,
    *,
    employment: NDArray[np.bool_],
    benefit_years: Array,
    half_life_years: Array,
    value_added_share: Array,
    training_days: Array,
    share_before_assessment: Array,
    h: Array,
    offtake_share: Array,
    saturation: Array,
    evidence_grade: Array,
    subsidy_share: Array,
    contract_months: Array,
    wage_premium: Array,
    wage_subsidy_share: Array,
    settings: FlagSettings,
) -> Flags:
    """Find the six signs of n projects; every input is (n,) with NaN where a fact is missing.

    Employment projects read contract months, wage premium and wage subsidy where industry projects read benefit
    years, value added and running subsidy.
    """
    s = settings
    everyone, industry = np.ones(len(index), bool), ~employment

    def signal(values: Array, ends: tuple[float, ...], applies: NDArray[np.bool_] = everyone) -> Signal:
        begins, full = ends
        return Signal(values, np.where(applies, ramp(values, begins, full), np.nan), applies, begins, full)

    readings = {
        "short": {
            "benefit_years": signal(benefit_years, s.short_benefit_years, industry),
            "half_life_years": signal(half_life_years, s.short_half_life, industry),
            "contract_months": signal(contract_months, s.short_contract_months, employment),
        },
        "flat": {
            "value_added_share": signal(value_added_share, s.flat_value_added, industry),
            "wage_premium": signal(wage_premium, s.flat_wage_premium, employment),
            "training_days": signal(training_days, s.flat_training_days),
        },
        "fast": {"share_before_assessment": signal(share_before_assessment, s.fast_share)},
        "homogeneous": {"h": signal(h, s.homogeneous_h)},
        "thin_demand": {
            "offtake_share": signal(offtake_share, s.thin_offtake, industry),
            "saturation": signal(saturation, s.thin_saturation),
            "evidence_grade": signal(evidence_grade, s.thin_evidence),
        },
        "ends_with_subsidy": {
            "subsidy_share": signal(subsidy_share, s.subsidy_share, industry),
            "wage_subsidy_share": signal(wage_subsidy_share, s.subsidy_share, employment),
        },
    }
    degrees = {sign: mean_of_known([found.degrees for found in signals.values()]) for sign, signals in readings.items()}
    core = judge_core(*(degrees[sign] for sign in CORE))
    harm = judge_harm([degrees[sign] for sign in HARM], s.degree)
    level, severity = judge_level(core, harm, settings=s)
    return Flags(
        signs=pd.DataFrame(degrees, index=index),
        level=pd.Series(level, index=index, dtype=object),
        severity=pd.Series(severity, index=index),
        readings=readings,
        settings=s,
    )
