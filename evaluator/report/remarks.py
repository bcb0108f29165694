"""What stands beside a criterion of one project: where a part's facts came from, what capped it, what was cut back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evaluator.language import phrase
from evaluator.report.numbers import format_percent, format_quantity, format_score, is_missing
from evaluator.report.rules import format_input
from evaluator.report.yields import say_yield

if TYPE_CHECKING:
    from evaluator.evaluation import Evaluation

PRICE_PARTS = ("trend", "semi_deviation", "cobweb")


def say_part_source(evaluation: Evaluation, criterion: str, part: str, row: int, language: str) -> str:
    """Which table, embedded list or weak prior a part rests on; empty where only the form speaks, or nothing."""
    if is_missing(evaluation.scorecard.criteria[criterion].inputs[part].iloc[row]):
        return _say_prior(evaluation, criterion, part, row, language)
    demand, advantage = evaluation.demand, evaluation.advantage
    if criterion == "demand" and part in PRICE_PARTS and demand.price_source[row] == "table":
        years = format_quantity(int(demand.price_years[row]), "years", language)
        return phrase("remark.source.prices", language, years=years)
    if criterion == "demand" and part in ("coverage", "vacancy_coverage") and demand.markets_reached[row]:
        return phrase(f"remark.source.{part}", language, count=int(demand.markets_reached[row]))
    if criterion == "advantage" and part == "brand" and advantage.brand_source[row]:
        return phrase(f"remark.source.brand_{advantage.brand_source[row]}", language)
    if criterion == "advantage" and part == "market_hours" and advantage.hours_source[row] == "table":
        return phrase("remark.source.nearest_market", language)
    if criterion == "advantage" and part == "ecology":
        limiting = advantage.limiting_factor[row]
        return phrase(f"remark.source.ecology_{limiting}" if limiting else "remark.source.ecology", language)
    return ""


def _say_prior(evaluation: Evaluation, criterion: str, part: str, row: int, language: str) -> str:
    """The range that national prices give a part without a figure of its own."""
    if criterion != "demand" or part not in PRICE_PARTS or evaluation.demand.price_source[row] != "national":
        return ""
    found = evaluation.demand.parts[part]
    low, high = (format_input(criterion, part, float(end[row]), language) for end in (found.low, found.high))
    return "" if is_missing(found.low[row]) else phrase("remark.source.national", language, low=low, high=high)


def say_remarks(evaluation: Evaluation, criterion: str, row: int, language: str) -> tuple[str, ...]:
    """What capped, cut or marked a criterion of one project; empty where nothing did."""
    said = {"demand": _say_evidence, "payback": _say_loss, "advantage": _say_place}.get(criterion)
    return () if said is None else tuple(filter(None, said(evaluation, row, language)))


def _say_evidence(evaluation: Evaluation, row: int, language: str) -> tuple[str, ...]:
    """What the claim of demand rests on, and how high it lets the score rise."""
    demand, caps = evaluation.demand, evaluation.settings.demand.evidence_caps
    grade, source = demand.evidence.point[row], str(demand.evidence_source[row])
    reached = 0 if is_missing(grade) else int(np.clip(round(float(grade)), 0, len(caps) - 1))
    return (
        phrase(
            "remark.evidence",
            language,
            grade=phrase(f"evidence_grade.{reached}", language),
            source=phrase(f"remark.evidence_source.{source}", language),
            cap=format_score(caps[reached], language),
        ),
    )


def _say_loss(evaluation: Evaluation, row: int, language: str) -> tuple[str, ...]:
    npv = float(evaluation.appraisal["npv_yuan"].iloc[row]) if "npv_yuan" in evaluation.appraisal else float("nan")
    if is_missing(npv) or npv >= 0:
        return ()
    rules = evaluation.settings.payback
    rate, cap = format_percent(rules.rate, language), format_score(rules.loss_cap, language)
    return (phrase("remark.loss", language, rate=rate, cap=cap),)


def _say_place(evaluation: Evaluation, row: int, language: str) -> tuple[str, ...]:
    above = bool(evaluation.advantage.above_altitude[row])
    return (
        say_yield(evaluation, str(evaluation.scored[row]), language) or "",
        phrase("remark.altitude", language) if above else "",
    )
