"""The rows behind the pictures of income effects, in the unit people read: percent, percentage points or yuan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from evaluator.income.findings import ALL
from evaluator.language import phrase
from evaluator.report.effect_words import (
    RELATIVE,
    format_between,
    format_effect,
    format_estimate,
    say_group,
    say_groups,
    say_method,
    say_name,
)
from evaluator.report.numbers import format_quantity, is_missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from evaluator.income.findings import IncomeEffects
    from evaluator.income.honest import Sensitivity
    from evaluator.income.results import Estimate, Path

REFERENCE = -1
"""The year before the start, against which all others stand: 0 by definition."""
APART = 0.14
"""Years between the points of two groups in the same year."""
WIDEST = 4.0
"""How many times wider than the narrow ones (the lower quartile) a range may be before its picture is cut."""
INTERVALS = ("label", "estimate", "low", "high", "text")


def to_unit(values: object, scale: str) -> np.ndarray:
    """Effects in the unit of a picture: logs as percent, shares as percentage points, yuan as they are."""
    found = np.asarray(values, dtype=float)
    if scale in RELATIVE:
        return np.asarray(100 * np.expm1(np.clip(found, -50, 50)))
    return found * 100 if scale == "share" else found


def say_unit(scale: str, language: str) -> str:
    """The unit on an axis."""
    return phrase(f"effects.axis.{'relative' if scale in RELATIVE else scale}", language)


def year_rows(found: IncomeEffects, groups: Sequence[str], language: str) -> pd.DataFrame:
    """Event studies for ``draw_event_study``: one row a group and year, the reference year at 0."""
    rows, names = [], say_groups(groups, language)
    for place, group in enumerate(groups):
        path = found.paths[group]
        placed = {"name": names[group], "shift": APART * (place - (len(groups) - 1) / 2)}
        events = sorted({*path.events.tolist(), REFERENCE})
        rows += [placed | _year_row(path, int(event), found.scale, language) for event in events]
    table = pd.DataFrame(rows)
    return table.assign(x=table["x"] + table["shift"]).drop(columns="shift")


def _year_row(path: Path, event: int, scale: str, language: str) -> dict[str, object]:
    at = np.flatnonzero(path.events == event)
    keys = ("estimate", "low", "high", "band_low", "band_high")
    found = {key: float(getattr(path, key)[at[0]]) if at.size else 0.0 for key in keys}
    shown: dict[str, object] = {key: float(to_unit(value, scale)) for key, value in found.items()}
    point = format_effect(found["estimate"], scale, language)
    if at.size:
        text = phrase(
            "effects.with_interval", language, point=point,
            low=format_effect(found["low"], scale, language), high=format_effect(found["high"], scale, language),
        )  # fmt: skip
        band, support = (
            format_between(found["band_low"], found["band_high"], scale, language),
            _say_support(path, int(at[0]), language),
        )
    else:
        text, band, support = phrase("effects.reference", language), "", ""
    year = f"{event}".replace("-", "−")
    return shown | {"x": float(event), "year": year, "text": text, "band_text": band, "support": support}


def _say_support(path: Path, at: int, language: str) -> str:
    units = format_quantity(float(path.units[at]), "households", language)
    return phrase(
        "effects.behind",
        language,
        units=units,
        clusters=format_quantity(float(path.clusters[at]), "villages", language),
    )


def years_of(found: IncomeEffects, groups: Sequence[str]) -> tuple[int, int]:
    """First and last year since the start that any of the groups has."""
    events = [int(event) for group in groups for event in found.paths[group].events] + [REFERENCE]
    return min(events), max(events)


def support_rows(found: IncomeEffects, groups: Sequence[str], language: str) -> pd.DataFrame:
    """How many villages stand behind each year, for ``draw_support``."""
    names = say_groups(groups, language)
    rows = [
        {
            "x": int(event),
            "year": f"{event}".replace("-", "−"),
            "name": names[group],
            "clusters": int(found.paths[group].clusters[at]),
            "support": _say_support(found.paths[group], at, language),
        }
        for group in groups
        for at, event in enumerate(found.paths[group].events.tolist())
    ]
    return pd.DataFrame(rows, columns=["x", "year", "name", "clusters", "support"])


def estimate_rows(named: Iterable[tuple[str, Estimate]], scale: str, language: str) -> pd.DataFrame:
    """Estimates with their intervals for ``draw_intervals``; those without a number are left out."""
    rows = [
        (
            label,
            *(float(to_unit(value, scale)) for value in (one.estimate, one.low, one.high)),
            format_estimate(one, scale, language),
        )
        for label, one in named
        if not is_missing(one.estimate)
    ]
    return pd.DataFrame(rows, columns=list(INTERVALS))


def window_rows(found: IncomeEffects, language: str) -> pd.DataFrame:
    """The contrast overall and in each window."""
    return estimate_rows(((say_name(one.name, language), one) for one in found.contrasts), found.scale, language)


def group_rows(found: IncomeEffects, groups: Iterable[str], language: str) -> pd.DataFrame:
    """The last window of each group."""
    last = ((say_group(group, language), found.windows[group][-1]) for group in groups if found.windows.get(group))
    return estimate_rows(last, found.scale, language)


def method_rows(found: IncomeEffects, language: str) -> pd.DataFrame:
    """The headline (or, without kinds, the long run of all) by every estimator; last the naive coefficient."""
    rows = [(say_method(found.method, language), found.headline or _late(found.windows))]
    for other in found.alternatives:
        late = other.windows[-1] if other.windows else other.overall
        rows.append((say_method(other.method, language), other.contrasts[-1] if other.contrasts else late))
    if found.naive is not None:
        naive = found.naive.contrast if found.contrasts else found.naive.overall
        rows.append((say_method("twfe", language), naive))
    return estimate_rows([(label, one) for label, one in rows if one is not None], found.scale, language)


def _late(windows: Mapping[str, tuple[Estimate, ...]]) -> Estimate | None:
    return windows[ALL][-1] if windows.get(ALL) else None


def bound_rows(found: IncomeEffects, group: str, language: str) -> pd.DataFrame:
    """The long run as estimated, then the interval that each allowed failure of the trends leaves."""
    one: Sensitivity = found.sensitivity[group]
    late = found.headline if group != ALL else _late(found.windows)
    first = [] if late is None else [(phrase("effects.bound.none", language), late)]
    rows = [
        (
            _say_limit(bound.kind, bound.limit, found.scale, language),
            np.nan,
            *(float(to_unit(end, found.scale)) for end in (bound.low, bound.high)),
            format_between(bound.low, bound.high, found.scale, language),
        )
        for bound in one.bounds
    ]
    as_found = estimate_rows(first, found.scale, language)
    return pd.DataFrame([*as_found.itertuples(index=False, name=None), *rows], columns=list(INTERVALS))


def _say_limit(kind: str, limit: float, scale: str, language: str) -> str:
    said = format_effect(limit, scale, language, signed=False) if kind == "smooth" else f"{limit:g}"
    return phrase(f"effects.bound.{kind}", language, limit=said)


def cut_at(rows: pd.DataFrame) -> tuple[float, float] | None:
    """Ends of the axis where a few ranges are far wider than the rest, so that these can be read; else ``None``."""
    ends = rows[["low", "high"]].to_numpy(float)
    wide = ends[:, 1] - ends[:, 0]
    known = np.isfinite(wide)
    if not known.any():
        return None
    limit = WIDEST * np.quantile(wide[known], 0.25)
    near = ends[known & (wide <= limit)]
    if len(near) == len(ends):
        return None
    low, high = float(min(near[:, 0].min(), 0)), float(max(near[:, 1].max(), 0))
    return low - 0.05 * (high - low), high + 0.05 * (high - low)


def influence_rows(found: IncomeEffects, language: str, *, most: int = 10) -> pd.DataFrame:
    """The villages whose leaving out moves the headline (or the overall effect) most: name, effect without, move."""
    column, whole = ("headline", found.headline) if found.headline is not None else ("overall", found.overall)
    if column not in found.influence or whole is None or is_missing(whole.estimate):
        return pd.DataFrame()
    table = found.influence[["cluster_id", column]].dropna()
    moved = (table[column] - whole.estimate).abs().sort_values(ascending=False, kind="stable").index[:most]
    rows = [
        (str(table.loc[key, "cluster_id"]), format_effect(float(table.loc[key, column]), found.scale, language))
        for key in moved
    ]
    titles = [phrase(f"effects.column.{key}", language) for key in ("cluster", "without")]
    return pd.DataFrame(rows, columns=titles)
