"""What was measured becomes three of the criterion scores: demand, homogeneity, advantage (payback values itself)."""

import numpy as np
import pandas as pd

from evaluator.criteria.advantage import AdvantageParts
from evaluator.criteria.demand import DemandParts
from evaluator.criteria.draws import Draws
from evaluator.criteria.homogeneity import Homogeneity
from evaluator.criteria.score import Array, CriterionScore, Part, Quantity, score_parts
from evaluator.domain.settings import AdvantageSettings, DemandSettings, HomogeneitySettings, ScoreSettings


def score_demand(
    frame: pd.DataFrame, demand: DemandParts, *, settings: DemandSettings, score: ScoreSettings, draws: Draws
) -> CriterionScore:
    """Market demand: weighted mean of the parts of the project's kind, at most what the evidence allows."""
    employment = (frame["kind"] == "employment").to_numpy()
    parts = {
        name: Part(quantity, getattr(settings, name), getattr(settings, f"weight_{name}") * applies)
        for measured, applies in ((demand.industry, ~employment), (demand.employment, employment))
        for name, quantity in measured.items()
    }
    cap = evidence_cap(demand.evidence_grade, settings.evidence_caps)
    return score_parts("demand", frame.index, parts, settings=score, draws=draws, cap=cap)


def evidence_cap(grade: Quantity, caps: tuple[float, ...]) -> Quantity:
    """Largest demand score each evidence grade (0-3) allows; an unknown grade counts as none, its range as open."""

    def cap(values: Array, missing: float) -> Array:
        return np.interp(np.where(np.isnan(values), missing, values), np.arange(len(caps)), caps)

    best = float(len(caps) - 1)
    return Quantity(cap(grade.point, 0.0), cap(grade.low, 0.0), cap(grade.high, best))


def score_homogeneity(
    frame: pd.DataFrame, homogeneity: Homogeneity, *, settings: HomogeneitySettings, score: ScoreSettings, draws: Draws
) -> CriterionScore:
    """Distinctness from neighbouring projects; without a product nothing is said but the range."""
    unknown = frame["product"].isna().to_numpy()
    quantity = Quantity(np.where(unknown, np.nan, homogeneity.h), homogeneity.h_low, homogeneity.h_high)
    parts = {"distinctness": Part(quantity, settings.value, np.ones(len(frame)))}
    return score_parts("homogeneity", frame.index, parts, settings=score, draws=draws)
