"""The smallest change of a project's own facts that turns a sign off, in columns of the form.

Readings move together: a longer benefit also moves the half-life, a signed buyer is also evidence. Here they do, so
that what is said can be written into the table and the sign is off. What only others can change is said as such.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from evaluator.criteria.payback import half_life_years
from evaluator.flags import Reading, Sign, mean_of_known, ramp

LONGEST_YEARS = 60.0
OTHERS = ("h", "saturation")
"""Readings that no fact of the project itself moves but another product or place."""
BEST_GRADE = 3.0
FIRM = ("deposit", "written")
_STEPS = 60


@dataclass(frozen=True, slots=True)
class Change:
    """One column of the form and its new value; ``passed`` values are bounds the sign still stands on."""

    field: str
    value: float | str
    upward: bool
    passed: bool


@dataclass(frozen=True, slots=True)
class Remedy:
    """What turns one sign off.

    Attributes
    ----------
    changes
        All of them together, of the project's own facts; empty when the sign is off or they cannot do it.
    readings
        The same as (reading, value), for words.
    others
        Readings that only another product or place can move, with the value to be passed; empty when ``changes`` do.
    """

    changes: tuple[Change, ...] = ()
    readings: tuple[tuple[str, float], ...] = ()
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What turns readings back into columns, for one project; money in the list's currency, NaN where missing."""

    benefit_years: float
    delay_years: float
    assessment_years: float
    household_benefit: float
    yearly_wages: float
    local_wage: float
    signed_share: float
    offtake_grade: str
    offtake_factors: Mapping[str, float]
    evidence_stated: bool
    rate: float


def find_remedies(signs: Mapping[str, Sign], *, facts: Facts, degree: float) -> dict[str, Remedy]:
    """The smallest change for each sign of one project; ``degree`` is the setting ``flags.degree``."""
    return {key: _remedy(sign, facts, degree) if sign.on else Remedy() for key, sign in signs.items()}


def _remedy(sign: Sign, facts: Facts, degree: float) -> Remedy:
    known = {reading.key: reading for reading in sign.readings if not np.isnan(reading.degree)}
    if {"benefit_years", "half_life_years"} & set(known):
        years = _lasting_enough(list(known.values()), facts, degree)
        if years is not None:
            return Remedy((Change("benefit_years", years, True, True),), (("benefit_years", years),))
    if "offtake_share" in known or "evidence_grade" in known:
        return _sell_or_prove(known, facts, degree) or Remedy(others=sign.clearing(degree))
    own = Sign(sign.key, sign.degree, sign.on, tuple(r for key, r in known.items() if key not in OTHERS))
    needed = _clearing(own, degree, len(known), sum(r.degree for r in known.values()))
    changes = tuple(change for key, value, last in needed or () for change in _columns(key, value, last, facts))
    if needed is not None and len(changes) == len(needed) > 0:
        return Remedy(changes, tuple((key, value) for key, value, _ in needed))
    return Remedy(others=sign.clearing(degree))


def _clearing(own: Sign, degree: float, count: int, total: float) -> list[tuple[str, float, bool]] | None:
    """Readings of the project's own facts to move, as (key, value, whether it must be passed); ``None`` if too few."""
    excess = total - degree * count
    moved: list[tuple[str, float, bool]] = []
    for reading in sorted(own.readings, key=lambda r: (-r.degree, r.key)):
        cut = min(excess, reading.degree)
        last = reading.degree > cut
        moved.append((reading.key, reading.clears_at(reading.degree - cut), last))
        excess -= cut
        if last:
            return moved
    return None


def _columns(key: str, value: float, last: bool, facts: Facts) -> tuple[Change, ...]:
    """The columns that bring a reading to a value; empty when none can."""
    if key == "share_before_assessment":
        years = (facts.assessment_years - facts.delay_years) / value
        return (Change("benefit_years", years, True, last),) if years < LONGEST_YEARS else ()
    scaled = {
        "wage_premium": ("wage_yuan_month", (1 + value) * facts.local_wage, True),
        "subsidy_share": ("yearly_subsidy_yuan", value * facts.household_benefit, False),
        "wage_subsidy_share": ("yearly_subsidy_yuan", value * facts.yearly_wages, False),
        "contract_months": (key, value, True),
        "value_added_share": (key, value, True),
        "training_days": (key, value, True),
    }
    field, bound, upward = scaled[key]
    return (Change(field, bound, upward, last),)


def _sell_or_prove(known: Mapping[str, Reading], facts: Facts, degree: float) -> Remedy | None:
    """Thin demand: a larger signed share, better evidence, a deposit, or all of them; ``None`` when they cannot do it.

    A firm order is evidence itself where no grade is stated. The reading that pushes most is tried first.
    """

    def excess(share: float, grade: str, evidence: float | None) -> float:
        degrees = [reading.degree for key, reading in known.items() if key in OTHERS]
        offtake, proof = known.get("offtake_share"), known.get("evidence_grade")
        if offtake is not None:
            sold = np.array([share * facts.offtake_factors.get(grade, facts.offtake_factors["written"])])
            degrees.append(float(ramp(sold, offtake.begins, offtake.full)[0]))
        signed = offtake is not None and not facts.evidence_stated and grade in FIRM and share > 0
        if evidence is not None and proof is not None:
            degrees.append(float(ramp(np.array([evidence]), proof.begins, proof.full)[0]))
        elif proof is not None or signed:
            degrees.append(0.0 if signed or proof is None else proof.degree)
        return float(np.mean(degrees)) - degree

    def sell(grade: str, evidence: float | None = None) -> Remedy | None:
        if "offtake_share" not in known:
            return None
        changes = [] if evidence is None else [Change("evidence_grade", evidence, True, False)]
        readings = [] if evidence is None else [("evidence_grade", evidence - 1)]
        if grade != facts.offtake_grade:
            changes.append(Change("offtake_grade", grade, True, False))
            readings.append(("offtake_grade", 1.0))
        share = facts.signed_share
        if excess(share, grade, evidence) >= 0:
            found = _bisect(lambda x: excess(x, grade, evidence), share, 1.0)
            if found is None:
                return None
            share = found
            changes.append(Change("signed_offtake_share", share, True, True))
            factor = facts.offtake_factors.get(grade, facts.offtake_factors["written"])
            readings.append(("offtake_share", share * factor))
        return Remedy(tuple(changes), tuple(readings))

    def prove() -> Remedy | None:
        if "evidence_grade" not in known:
            return None
        enough = (g for g in (1.0, 2.0, BEST_GRADE) if excess(facts.signed_share, facts.offtake_grade, g) < 0)
        grade = next(enough, None)
        if grade is None:
            return None
        return Remedy((Change("evidence_grade", grade, True, False),), (("evidence_grade", grade - 1),))

    push = {key: known[key].degree if key in known else 0.0 for key in ("offtake_share", "evidence_grade")}
    single = [sell(facts.offtake_grade), prove()]
    if push["evidence_grade"] > push["offtake_share"]:
        single.reverse()
    further = (sell("deposit"), sell("deposit", BEST_GRADE) if "evidence_grade" in known else None)
    return next((remedy for remedy in (*single, *further) if remedy is not None), None)


def _lasting_enough(readings: list[Reading], facts: Facts, degree: float) -> float | None:
    """The benefit years at which the sign stands exactly on its bound, with the half-life moving along."""

    def excess(years: float) -> float:
        values = {
            "benefit_years": years,
            "half_life_years": float(half_life_years(np.array([years]), np.array([facts.delay_years]), facts.rate)[0]),
        }
        degrees = [ramp(np.array([values[r.key]]), r.begins, r.full) for r in readings]
        return float(mean_of_known(degrees)[0]) - degree

    return _bisect(excess, facts.benefit_years, LONGEST_YEARS)


def _bisect(falling: Callable[[float], float], low: float, high: float) -> float | None:
    """Where a never rising function passes below 0; ``None`` when it does not within the bounds."""
    if falling(high) >= 0:
        return None
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) >= 0 else (low, middle)
    return high
