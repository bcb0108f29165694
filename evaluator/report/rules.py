"""The rule behind each score, said from the settings in force: “pays back in 3 years = 100, 12 years or never = 0”."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from evaluator.language import phrase
from evaluator.report.numbers import (
    MISSING,
    format_money,
    format_number,
    format_percent,
    format_quantity,
    format_years,
    is_missing,
)

if TYPE_CHECKING:
    from evaluator.domain.settings import Anchors, Settings

PART_ANCHORS: Mapping[tuple[str, str], str] = {
    **{("demand", part): f"demand.{part}" for part in ("coverage", "trend", "semi_deviation", "offtake", "cobweb")},
    **{("demand", part): f"demand.{part}" for part in ("vacancy_coverage", "wage_ratio", "contract_months")},
    **{("demand", part): f"demand.{part}" for part in ("travel_minutes", "placement")},
    ("homogeneity", "distinctness"): "homogeneity.value",
    ("payback", "payback"): "payback.payback_years",
    ("payback", "lasting"): "payback.lasting_years",
    **{("advantage", part): f"advantage.{part}" for part in ("ecology", "specialisation", "local_history", "brand")},
    **{("advantage", part): f"advantage.{part}" for part in ("chain", "market_hours", "labour")},
    **{("advantage", part): f"advantage.{part}" for part in ("local_labour", "jobs_nearby", "skills", "craft")},
}
"""The setting that holds the anchors of each part."""

ANCHOR_UNITS: Mapping[str, str] = {
    "demand.cobweb": "number",
    "demand.contract_months": "months",
    "demand.travel_minutes": "minutes",
    "payback.payback_years": "years",
    "payback.lasting_years": "years",
    "advantage.specialisation": "number",
    "advantage.local_history": "years",
    "advantage.market_hours": "hours",
    "advantage.brand": "brand",
}
"""Unit of the x of each anchor; what is not named here is said as a percent."""
_BRAND_LEVELS = {0.0: 0, 0.6: 1, 1.0: 2}


def say_criterion_rule(criterion: str, settings: Settings, language: str) -> str:
    """How a criterion is put together, with the settings in force."""
    caps = settings.demand.evidence_caps
    names = ("cap_none", "cap_assertion", "cap_series", "cap_study")
    return phrase(
        f"criterion_rule.{criterion}",
        language,
        **{name: f"{cap:g}" for name, cap in zip(names, caps, strict=False)},
        radius=format_quantity(settings.homogeneity.radius_km, "km", language),
        reference=format_money(settings.homogeneity.reference_yuan, language),
        rate=format_percent(settings.payback.rate, language),
        cap=f"{settings.payback.loss_cap:g}",
    )


def say_part_rule(criterion: str, part: str, settings: Settings, language: str) -> str:
    """The anchors of one part in words."""
    key = PART_ANCHORS[criterion, part]
    group, name = key.split(".")
    return say_anchors(key, getattr(getattr(settings, group), name), language)


def say_anchors(key: str, anchors: Anchors, language: str) -> str:
    """The points of one value function in words; ``key`` is the setting that holds them."""
    points = []
    for x, value in anchors:
        said = _say_x(key, x, language)
        if key == "payback.payback_years" and x == anchors[-1][0]:
            said = phrase("anchor_point.or_never", language, x=said)
        points.append(phrase("anchor_point.value", language, x=said, value=f"{value:g}"))
    return phrase(f"anchor.{key}", language, points=phrase("format.list_comma", language).join(points))


def _say_x(key: str, x: float, language: str) -> str:
    unit = ANCHOR_UNITS.get(key, "percent")
    if unit == "brand":
        level = _BRAND_LEVELS.get(x)
        return format_number(x, language) if level is None else phrase(f"brand_level.{level}", language)
    if unit in ("years", "months", "hours", "minutes"):
        return format_quantity(x, unit, language)
    return format_number(x, language) if unit == "number" else format_percent(x, language)


def format_input(criterion: str, part: str, value: float | None, language: str) -> str:
    """The raw quantity behind one part's value, in its unit."""
    key = PART_ANCHORS.get((criterion, part))
    if is_missing(value) or value is None or key is None:
        return MISSING
    if ANCHOR_UNITS.get(key) == "years":
        return format_years(value, language)
    return format_number(value, language) if math.isinf(value) else _say_x(key, value, language)
