"""Marks as numbers: a member's total, how far the members are apart, how far they stand from the model."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from evaluator.committee.nouns import Proposal, Review, Round, Scores


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The marks of one proposal, points 0-100.

    Attributes
    ----------
    totals
        Member id to weighted mean of the marks given.
    mean, low, high, deviation
        Their mean, smallest, largest and standard deviation (n − 1; ``None`` below two marks).
    distance
        Mean minus the model's total over the same criteria; ``None`` where the model has none.
    """

    project: str
    totals: dict[str, float]
    mean: float | None
    low: float | None
    high: float | None
    deviation: float | None
    distance: float | None

    @property
    def spread(self) -> float | None:
        """Largest minus smallest total."""
        return None if self.low is None or self.high is None else self.high - self.low

    @property
    def weight(self) -> float:
        """How much there is to discuss: standard deviation plus distance from the model, points."""
        return (self.deviation or 0.0) + abs(self.distance or 0.0)


def weigh(scores: Scores, weights: Sequence[float]) -> float | None:
    """Weighted mean of the marks given; where none is given or weighs anything, ``None``."""
    given = [(score, weight) for score, weight in zip(scores, weights, strict=True) if score is not None]
    total = math.fsum(weight for _, weight in given)
    return math.fsum(score * weight for score, weight in given) / total if total > 0 else None


def model_beside(proposal: Proposal, scores: Scores, weights: Sequence[float]) -> float | None:
    """The model's total over the criteria that a member marked."""
    both = tuple(model if own is not None else None for own, model in zip(scores, proposal.scores, strict=True))
    return weigh(both, weights)


def is_far(proposal: Proposal, scores: Scores, round_: Round) -> bool:
    """Whether a member's total is so far from the model's that a reason is due."""
    own, model = weigh(scores, round_.rules.weights), model_beside(proposal, scores, round_.rules.weights)
    return own is not None and model is not None and abs(own - model) > round_.rules.reason_gap


def measure_disagreement(round_: Round, project: str, reviews: Sequence[Review]) -> Disagreement:
    """How far these reviews of a project are apart, and their mean from the model."""
    weights, proposal = round_.rules.weights, round_.proposals[project]
    marked = {review.member: review for review in reviews if weigh(review.scores, weights) is not None}
    totals = {member: weigh(review.scores, weights) or 0.0 for member, review in marked.items()}
    values = list(totals.values())
    apart = [
        totals[member] - model
        for member, review in marked.items()
        if (model := model_beside(proposal, review.scores, weights)) is not None
    ]
    return Disagreement(
        project,
        totals,
        mean=fmean(values) if values else None,
        low=min(values, default=None),
        high=max(values, default=None),
        deviation=stdev(values) if len(values) > 1 else None,
        distance=fmean(apart) if apart else None,
    )


def order_discussion(found: Sequence[Disagreement]) -> tuple[Disagreement, ...]:
    """What to discuss first: where members differ most among themselves and from the model; by id where equal."""
    return tuple(sorted(found, key=lambda one: (-round(one.weight, 9), one.project)))
