"""What past outcomes say of the severity of flags, in words, as a table and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pandas as pd

from evaluator.language import phrase
from evaluator.report.numbers import format_number, format_share, is_missing
from evaluator.report.plain import plain

if TYPE_CHECKING:
    from evaluator.calibration import Calibration
    from evaluator.domain.settings import CalibrationSettings
    from evaluator.evaluation import Evaluation

_NEEDED = {
    "few_labels": "least_labels",
    "few_failures": "least_failures",
    "few_successes": "least_successes",
    "few_counties": "least_counties",
}


def say_calibration(calibration: Calibration | None, language: str, *, settings: CalibrationSettings) -> str:
    """Whether severity is calibrated, on what, and how well it has told failures from lasting projects."""
    if calibration is None:
        return phrase("calibration.none", language)
    facts = {
        "labels": format_number(calibration.labels, language),
        "failures": format_number(calibration.failures, language),
        "lasted": format_number(calibration.labels - calibration.failures, language),
        "counties": format_number(calibration.counties, language),
    }
    if calibration.status != "calibrated":
        left_out = format_number(calibration.unjudged, language)
        unjudged = phrase("calibration.unjudged", language, count=left_out) if calibration.unjudged else ""
        needed = format_number(getattr(settings, _NEEDED[calibration.status]), language)
        return phrase(f"calibration.{calibration.status}", language, **facts, needed=needed, unjudged=unjudged)
    said = [phrase("calibration.calibrated", language, **facts), *_say_found(calibration, language)]
    return phrase("format.sentence_gap", language).join(said)


def _say_found(found: Calibration, language: str) -> list[str]:
    said = []
    for name in ("precision", "recall"):
        rate = getattr(found, name)
        if rate is None or not rate.count:
            said.append(phrase("calibration.precision_none", language))
            continue
        shares = {key: format_share(getattr(rate, key), language) for key in ("share", "low", "high")}
        said.append(phrase(f"calibration.{name}", language, **shares))
    ends = {key: format_share(getattr(found, key), language) for key in ("auc", "auc_low", "auc_high")}
    said.append(phrase("calibration.auc", language, auc=ends["auc"], low=ends["auc_low"], high=ends["auc_high"]))
    if not found.auc_low > 0.5:
        said.append(phrase("calibration.blind", language))
    errors = {"brier": format_number(found.brier, language), "base": format_number(found.brier_base, language)}
    return [*said, phrase("calibration.brier", language, **errors)]


def say_p_failure(evaluation: Evaluation, project_id: str, language: str) -> str:
    """How often past projects of this severity failed; empty where it is not calibrated or outside what was seen."""
    found = evaluation.calibration
    chance = None if found is None or found.p_failure is None else float(found.p_failure[project_id])
    if is_missing(chance):
        return ""
    return phrase("calibration.probability", language, share=format_share(chance, language))


def tabulate_reliability(calibration: Calibration, language: str) -> pd.DataFrame:
    """The reliability curve as a table people read: forecast, failed share with its interval, number of projects."""
    names = ("forecast", "failed", "low", "high", "count")
    rows = [
        (
            format_share(group.forecast, language),
            format_share(group.failed.share, language),
            format_share(group.failed.low, language),
            format_share(group.failed.high, language),
            format_number(group.failed.count, language),
        )
        for group in calibration.reliability
    ]
    return pd.DataFrame(rows, columns=[phrase(f"calibration.table.{name}", language) for name in names], dtype=object)


def describe_calibration(evaluation: Evaluation) -> dict[str, Any] | None:
    """The calibration as plain values for JSON; ``None`` without outcomes. Chances stand with their projects."""
    found = evaluation.calibration
    if found is None:
        return None
    numbers = ("auc", "auc_low", "auc_high", "auc_left_out", "brier", "brier_base")
    return {
        **{key: getattr(found, key) for key in ("status", "labels", "failures", "counties", "unjudged")},
        "method": found.method or None,
        **{key: _rate(getattr(found, key)) for key in ("precision", "recall")},
        **{key: plain(getattr(found, key)) for key in numbers},
        "reliability": [{"forecast": group.forecast, **(_rate(group.failed) or {})} for group in found.reliability],
    }


def _rate(rate: Any) -> dict[str, Any] | None:  # noqa: ANN401 - a Rate or nothing
    return None if rate is None else {key: plain(value) for key, value in asdict(rate).items()}
