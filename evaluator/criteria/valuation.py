"""What was measured becomes three of the criterion scores: demand, homogeneity, advantage (payback values itself)."""

import numpy as np
import pandas as pd

from evaluator.criteria.advantage import AdvantageParts
from evaluator.criteria.demand import DemandParts
from evaluator.criteria.draws import Draws
from evaluator.criteria.homogeneity import Homogeneity
from evaluator.criteria.likeness import ACTIVITY_ONLY
from evaluator.criteria.score import Array, CriterionScore, Part, Quantity, score_parts
from evaluator.domain.settings import AdvantageSettings, DemandSettings, HomogeneitySettings, ScoreSettings

INDUSTRY_PARTS = ("coverage", "trend", "semi_deviation", "offtake", "cobweb")
EMPLOYMENT_PARTS = ("vacancy_coverage", "wage_ratio", "contract_months", "travel_minutes", "placement")


def score_demand(
    frame: pd.DataFrame, demand: DemandParts, *, settings: DemandSettings, score: ScoreSettings, draws: Draws
) -> CriterionScore:
    """Market demand: weighted mean of the parts of the project's kind, at most what the evidence allows.

    The daily way to work is not asked of those who move away.
    """
    employment = (frame["kind"] == "employment").to_numpy()
    stays = (frame["labour_state"] != "migrant").to_numpy() if "labour_state" in frame else np.ones(len(frame), bool)
    parts = {
        name: Part(
            demand.parts[name],
            getattr(settings, name),
            getattr(settings, f"weight_{name}") * applies * (stays | (name != "travel_minutes")),
        )
        for names, applies in ((INDUSTRY_PARTS, ~employment), (EMPLOYMENT_PARTS, employment))
        for name in names
    }
    cap = evidence_cap(demand.evidence, settings.evidence_caps)
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
    """Distinctness from neighbouring projects; of a project that names no product only the range is known."""
    quantity = Quantity(known_homogeneity(frame, homogeneity), homogeneity.h_low, homogeneity.h_high)
    parts = {"distinctness": Part(quantity, settings.value, np.ones(len(frame)))}
    return score_parts("homogeneity", frame.index, parts, settings=score, draws=draws)


def known_homogeneity(frame: pd.DataFrame, homogeneity: Homogeneity) -> Array:
    """h where the project says what it makes; NaN where it says nothing or only an activity such as "planting"."""
    unnamed = frame["product"].isna() | frame["product"].isin(ACTIVITY_ONLY)
    return np.where(unnamed, np.nan, homogeneity.h)


def score_advantage(
    frame: pd.DataFrame, advantage: AdvantageParts, *, settings: AdvantageSettings, score: ScoreSettings, draws: Draws
) -> CriterionScore:
    """Local advantage: weighted mean of the parts that apply to the project's kind and stage."""
    weights = advantage_weights(frame, advantage, settings=settings)
    parts = {name: Part(advantage.parts[name], getattr(settings, name), weight) for name, weight in weights.items()}
    return score_parts("advantage", frame.index, parts, settings=score, draws=draws)


def advantage_weights(
    frame: pd.DataFrame, advantage: AdvantageParts, *, settings: AdvantageSettings
) -> dict[str, Array]:
    """Weight of each part for each project, 0 where it does not apply.

    Ecological fit is asked of crops, capacity to process of primary products, brand and hours to market of products;
    the local record is the location quotient, or else the years of local history; reach is shared by hours and people.
    People are labour days, and beside them local labour, skills and jobs nearby where they are stated, in equal parts;
    of migrant labour only skills are asked. Cultural craft is asked of crafts alone, with the weight that ecology has
    for crops.
    """
    industry = (frame["kind"] == "industry").to_numpy()
    stage = frame["stage"]
    crop = industry & (stage.isna() | (stage == "grow")).to_numpy()
    primary = industry & (stage.isna() | stage.isin(["grow", "raise", "gather"])).to_numpy()
    product = frame["product"].notna().to_numpy()
    history = advantage.record == "local_history"
    craft = ~np.isnan(advantage.parts["craft"].point)
    people = settings.weight_reach / np.where(industry, 2, 1)
    migrant = (frame["labour_state"] == "migrant").to_numpy() if "labour_state" in frame else np.zeros(len(frame), bool)
    asked = np.array([~migrant, *advantage.asked_of_people], dtype=bool)
    labour, local_labour, skills, jobs_nearby = people * asked / np.maximum(asked.sum(axis=0), 1)
    return {
        "ecology": settings.weight_ecology * (crop & ~craft),
        "craft": settings.weight_ecology * craft,
        "specialisation": settings.weight_specialisation * ~history,
        "local_history": settings.weight_specialisation * history,
        "brand": settings.weight_brand * (industry | product),
        "chain": settings.weight_chain * primary,
        "market_hours": settings.weight_reach / 2 * industry,
        "labour": labour,
        "local_labour": local_labour,
        "skills": skills,
        "jobs_nearby": jobs_nearby,
    }
