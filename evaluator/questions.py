"""Which few facts to ask a proposer for next, ordered by how much of the score's range each would settle."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.criteria.scorecard import Scorecard
from evaluator.domain.settings import CRITERIA
from evaluator.flags import Flags

ASKED: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("demand", "coverage"): ("output_per_year", "output_unit", "product"),
    ("demand", "offtake"): ("signed_offtake_share",),
    ("demand", "vacancy_coverage"): ("jobs",),
    ("demand", "wage_ratio"): ("wage_yuan_month", "local_wage_yuan_month"),
    ("demand", "contract_months"): ("contract_months",),
    ("demand", "travel_minutes"): ("travel_minutes",),
    ("demand", "placement"): ("placement_share",),
    ("homogeneity", "distinctness"): ("product", "place_code", "township", "investment_yuan"),
    ("payback", "payback"): ("investment_yuan", "yearly_benefit_yuan"),
    ("payback", "lasting"): ("benefit_years", "yearly_household_benefit_yuan"),
    ("advantage", "specialisation"): ("local_history_years",),
    ("advantage", "brand"): ("product", "place_code"),
    ("advantage", "market_hours"): ("market_hours",),
    ("advantage", "labour"): ("labour_days_year",),
}
"""Fields that supply each part, in the order to ask. Parts only county tables supply are not asked of proposers."""

FLAG_FIELDS: Mapping[str, tuple[str, ...]] = {
    "benefit_years": ("benefit_years",),
    "half_life_years": ("benefit_years",),
    "contract_months": ("contract_months",),
    "value_added_share": ("value_added_share",),
    "training_days": ("training_days",),
    "wage_premium": ("wage_yuan_month", "local_wage_yuan_month"),
    "share_before_assessment": ("start", "first_income", "benefit_years"),
    "offtake_share": ("signed_offtake_share",),
    "evidence_grade": ("evidence_grade",),
    "subsidy_share": ("yearly_subsidy_yuan", "yearly_household_benefit_yuan"),
    "wage_subsidy_share": ("yearly_subsidy_yuan",),
}
EVIDENCE = ("evidence_grade",)
UNKNOWN_SPREAD = 90.0
"""Width of the 5-95 % range of a value of which nothing is known (``criteria.score.unknown_value``)."""


@dataclass(frozen=True, slots=True)
class Question:
    """One missing fact: form field, what it serves (``criterion.part``, ``flag.sign``), points of range it settles."""

    field: str
    why: str
    gain: float


def find_questions(
    frame: pd.DataFrame, amounts: pd.DataFrame, scorecard: Scorecard, flags: Flags, *, evidence_caps: tuple[float, ...]
) -> dict[str, tuple[Question, ...]]:
    """For each scored project, the missing facts with the points of the total's range each would remove, largest first.

    A fact that settles no range but without which a sign cannot be judged comes after, with gain 0. ``frame`` and
    ``amounts`` are the portfolio's, restricted to the scored projects.
    """
    asked: list[dict[str, Question]] = [{} for _ in range(len(frame))]
    fields_asked = {key for fields in (*ASKED.values(), *FLAG_FIELDS.values(), EVIDENCE) for key in fields}
    missing = {key: (amounts if key in amounts else frame)[key].isna().to_numpy() for key in fields_asked}

    def ask(open_rows: NDArray[np.bool_], fields: tuple[str, ...], why: str, gain: NDArray[np.float64]) -> None:
        for field in fields:
            for row in np.flatnonzero(open_rows & missing[field]):
                before = asked[row].get(field)
                asked[row][field] = Question(
                    field, before.why if before else why, float(gain[row]) + (before.gain if before else 0.0)
                )

    for criterion, weight in zip(CRITERIA, scorecard.weights, strict=True):
        score = scorecard.criteria[criterion]
        mass = score.weights.to_numpy().sum(axis=1)
        for part in score.parts:
            share = score.weights[part].to_numpy()
            open_rows = score.parts[part].isna().to_numpy() & (share > 0)
            ask(
                open_rows,
                ASKED.get((criterion, str(part)), ()),
                f"{criterion}.{part}",
                weight * share / mass * UNKNOWN_SPREAD,
            )
    above_cap = np.maximum(scorecard.criteria["demand"].high - evidence_caps[0], 0.0)
    ask(
        missing["evidence_grade"] & (above_cap > 0),
        ("evidence_grade",),
        "demand.evidence",
        scorecard.weights[0] * above_cap,
    )
    for sign, signals in flags.readings.items():
        for key, signal in signals.items():
            open_rows = np.isnan(signal.values) & signal.applies
            ask(open_rows, FLAG_FIELDS.get(key, ()), f"flag.{sign}", np.zeros(len(frame)))
    return {
        str(project): tuple(sorted(found.values(), key=lambda question: (-question.gain, question.field)))
        for project, found in zip(frame.index, asked, strict=True)
    }
