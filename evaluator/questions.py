"""Which few facts to ask a proposer for next, ordered by what each is worth.

A fact is worth the share of the score's range it settles, or the chance that its answer changes a decision (among the
top or not, flagged or not): a cheap bound on the expected value of perfect information, one fact at a time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.criteria.scorecard import Scorecard
from evaluator.domain.settings import CRITERIA, Settings
from evaluator.flags import CORE, HARM, Flags, judge_core, judge_harm, judge_level, mean_of_known

Array = NDArray[np.float64]
Rows = NDArray[np.bool_]

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


DEGREES = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Degrees a missing reading of a sign may turn out to have, each as likely."""


@dataclass(frozen=True, slots=True)
class Question:
    """One missing fact and what it is worth to ask for it.

    Attributes
    ----------
    why
        What it serves: ``criterion.part`` or ``flag.sign``.
    gain
        Points of the total's range it settles.
    decides
        Chance, 0-1, that the answer moves the project across the top line or to another flag level.
    value
        What questions are ordered by: the larger of ``decides`` and the share of the total's range settled.
    """

    field: str
    why: str
    gain: float
    decides: float = 0.0
    value: float = 0.0

    def with_use(self, gain: float, decides: float, width: float) -> "Question":
        """The question with a further use of its fact: points add up, the likeliest change of decision stands."""
        points, chance = self.gain + gain, max(self.decides, decides)
        settled = min(points / width, 1.0) if width > 0 else 0.0
        return replace(self, gain=points, decides=chance, value=max(chance, settled))


@dataclass(frozen=True, eq=False)
class Questions(Mapping[str, tuple[Question, ...]]):
    """The questions of every scored project by its id, found when one is first read: a moved weight need not wait."""

    frame: pd.DataFrame
    amounts: pd.DataFrame
    scorecard: Scorecard
    flags: Flags
    settings: Settings

    @cached_property
    def _found(self) -> dict[str, tuple[Question, ...]]:
        return find_questions(self.frame, self.amounts, self.scorecard, self.flags, settings=self.settings)

    def __getitem__(self, project: str) -> tuple[Question, ...]:
        return self._found[project]

    def __iter__(self) -> Iterator[str]:
        return map(str, self.frame.index)

    def __len__(self) -> int:
        return len(self.frame)


def find_questions(
    frame: pd.DataFrame,
    amounts: pd.DataFrame,
    scorecard: Scorecard,
    flags: Flags,
    *,
    settings: Settings,
) -> dict[str, tuple[Question, ...]]:
    """For each scored project, the missing facts by the value of asking for them, largest first.

    ``frame`` and ``amounts`` are the portfolio's, restricted to the scored projects.
    """
    asked: list[dict[str, Question]] = [{} for _ in range(len(frame))]
    fields_asked = {key for fields in (*ASKED.values(), *FLAG_FIELDS.values(), EVIDENCE) for key in fields}
    missing = {key: (amounts if key in amounts else frame)[key].isna().to_numpy() for key in fields_asked}
    widths = scorecard.high - scorecard.low
    evidence_caps = settings.demand.evidence_caps

    def ask(open_rows: Rows, fields: tuple[str, ...], why: str, gain: Array, decides: Array) -> None:
        for field in fields:
            for row in np.flatnonzero(open_rows & missing[field]):
                before = asked[row].get(field, Question(field, why, 0.0))
                asked[row][field] = before.with_use(float(gain[row]), float(decides[row]), float(widths[row]))

    lead = lead_over_line(scorecard.total, scorecard.top)
    caps = np.array(evidence_caps)[np.nan_to_num(frame["evidence_grade"].to_numpy(float)).astype(int)]
    for criterion, weight in zip(CRITERIA, scorecard.weights, strict=True):
        score = scorecard.criteria[criterion]
        mass = score.weights.to_numpy().sum(axis=1)
        room = weight * np.maximum((caps if criterion == "demand" else 100.0) - score.score, 0.0)
        for part in score.parts:
            share = score.weights[part].to_numpy()
            open_rows = score.parts[part].isna().to_numpy() & (share > 0)
            points = weight * share / mass
            crosses = chance_to_cross(lead, points, room=room, missing_value=settings.score.missing_value)
            fields = ASKED.get((criterion, str(part)), ())
            ask(open_rows, fields, f"{criterion}.{part}", points * UNKNOWN_SPREAD, crosses)
    demand = scorecard.criteria["demand"]
    above_cap = np.maximum(demand.high - evidence_caps[0], 0.0)
    lifted = np.minimum(demand.high[:, None], evidence_caps) - demand.score[:, None]
    crosses = (scorecard.weights[0] * lifted > -lead[:, None]).mean(axis=1) * (lead < 0)
    open_rows = missing["evidence_grade"] & (above_cap > 0)
    ask(open_rows, EVIDENCE, "demand.evidence", scorecard.weights[0] * above_cap, crosses)
    for sign, signals in flags.readings.items():
        for key, signal in signals.items():
            open_rows = np.isnan(signal.values) & signal.applies
            moved = chance_to_move(flags, sign, key, open_rows)
            ask(open_rows, FLAG_FIELDS.get(key, ()), f"flag.{sign}", np.zeros(len(frame)), moved)
    return {
        str(project): tuple(sorted(found.values(), key=lambda asking: (-asking.value, -asking.gain, asking.field)))
        for project, found in zip(frame.index, asked, strict=True)
    }


def lead_over_line(total: Array, top: int) -> Array:
    """Points each total lies above the best one outside the top (below 0: under the last one inside); no line: ±∞."""
    n = len(total)
    if not 0 < top < n:
        return np.full(n, np.inf)
    order = np.argsort(-total, kind="stable")
    inside = np.zeros(n, dtype=bool)
    inside[order[:top]] = True
    return np.asarray(np.where(inside, total - total[order[top]], total - total[order[top - 1]]))


def chance_to_cross(lead: Array, points: Array, *, room: Array, missing_value: float) -> Array:
    """Chance that the answer to one missing part moves a project across the top line, all else at its point.

    The value v of the part is drawn as 100·u^k (``criteria.score.unknown_value``) and moves the total by
    ``points``·(v − missing_value), at most by ``room``, what the evidence cap leaves.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = np.where(points > 0, np.clip((missing_value - lead / points) / 100.0, 0.0, 1.0), np.nan)
    below = needed ** (1.0 / (100.0 / missing_value - 1.0))
    outside = np.where(-lead < room, 1.0 - below, 0.0)
    return np.nan_to_num(np.where(lead < 0, outside, below))


def chance_to_move(flags: Flags, sign: str, key: str, open_rows: Rows) -> Array:
    """Share of the ``DEGREES`` a missing reading may have at which the project's flag level would be another."""
    rows = np.flatnonzero(open_rows)
    chance = np.zeros(len(open_rows))
    if not len(rows):
        return chance
    known = [signal.degrees[rows] for other, signal in flags.readings[sign].items() if other != key]
    degrees = {name: flags.signs[name].to_numpy(float)[rows] for name in flags.signs}
    now = flags.level.to_numpy()[rows]
    for degree in DEGREES:
        degrees[sign] = mean_of_known([*known, np.full(len(rows), degree)])
        core = judge_core(*(degrees[name] for name in CORE))
        harm = judge_harm([degrees[name] for name in HARM], flags.settings.degree)
        level, _ = judge_level(core, harm, settings=flags.settings)
        chance[rows] += (level != now) / len(DEGREES)
    return chance
