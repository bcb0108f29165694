"""Income effects as tables people read and as one flat table for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from evaluator.income.findings import ALL, tabulate_path
from evaluator.language import phrase
from evaluator.report.effect_words import (
    format_effect,
    format_estimate,
    format_p,
    say_group,
    say_method,
    say_name,
)
from evaluator.report.numbers import MISSING, format_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from evaluator.income.findings import IncomeEffects
    from evaluator.income.results import Estimate, Path

FLAT = (
    "outcome",
    "what",
    "group",
    "name",
    "year_since_start",
    "estimate",
    "se",
    "low",
    "high",
    "band_low",
    "band_high",
    "p",
    "units",
    "clusters",
    "rows",
    "refusal",
)


def main_groups(found: IncomeEffects) -> tuple[str, ...]:
    """All projects and the kinds that are contrasted."""
    return tuple(group for group in found.groups if "=" not in group or found.trait in group.split("=")[0])


def tabulate_years(found: IncomeEffects, language: str, groups: Sequence[str] | None = None) -> pd.DataFrame:
    """One row a year since the start: the effect of each group with its interval; of all, households and villages too.

    ``groups``: all projects and the kinds unless others are named.
    """
    shown = main_groups(found) if groups is None else groups
    paths = [(group, found.paths[group]) for group in shown if group in found.paths]
    counted = dict(paths).get(ALL)
    rows = []
    for event in _events(path for _, path in paths):
        cells = [_at(path, event, found.scale, language) for _, path in paths]
        support = () if counted is None else _support(counted, event, language)
        rows.append((_year(event), *cells, *support))
    counts = (
        () if counted is None else tuple(phrase(f"effects.column.{key}", language) for key in ("units", "clusters"))
    )
    titles = (phrase("effects.column.year_since_start", language), *(say_group(group, language) for group, _ in paths))
    return pd.DataFrame(rows, columns=[*titles, *counts])


def tabulate_support(found: IncomeEffects, groups: Sequence[str], language: str) -> pd.DataFrame:
    """One row a year since the start: how many households and villages of each group stand behind it."""
    paths = [found.paths[group] for group in groups]
    rows = [
        (_year(event), *(count for path in paths for count in _support(path, event, language)))
        for event in _events(paths)
    ]
    counts = [phrase(f"effects.column.{key}", language) for key in ("units", "clusters")]
    named = [say_group(group, language) for group in groups]
    titles = [phrase("effects.line", language, name=name, result=count) for name in named for count in counts]
    return pd.DataFrame(rows, columns=[phrase("effects.column.year_since_start", language), *titles])


def _events(paths: Iterable[Path]) -> list[int]:
    return sorted({int(event) for path in paths for event in path.events} | {-1})


def _year(event: int) -> str:
    return f"{event}".replace("-", "−")


def _at(path: Path, event: int, scale: str, language: str) -> str:
    if event == -1 and -1 not in path.events:
        return format_effect(0.0, scale, language)
    at = np.flatnonzero(path.events == event)
    if not at.size or not np.isfinite(path.estimate[at[0]]):
        return MISSING
    point, low, high = (format_effect(float(v[at[0]]), scale, language) for v in (path.estimate, path.low, path.high))
    return phrase("effects.with_interval", language, point=point, low=low, high=high)


def _support(path: Path, event: int, language: str) -> tuple[str, str]:
    at = np.flatnonzero(path.events == event)
    if not at.size:
        return MISSING, MISSING
    return tuple(format_number(float(v[at[0]]), language, decimals=0) for v in (path.units, path.clusters))  # type: ignore[return-value]


def tabulate_group_effects(found: IncomeEffects, language: str) -> pd.DataFrame:
    """One row a group: the overall effect and each window with its interval, households and villages."""
    windows = [estimate.name for estimate in found.windows.get(ALL, ())]
    rows = []
    for group in found.groups:
        whole, parts = found.overall_by.get(group), found.windows.get(group, ())
        if whole is None:
            continue
        counts = [format_number(n, language, decimals=0) if n else MISSING for n in (whole.units, whole.clusters)]
        cells = [format_estimate(estimate, found.scale, language) for estimate in (whole, *parts)]
        rows.append((say_group(group, language), *cells, *counts))
    titles = (
        phrase("effects.column.group", language),
        *(say_name(name, language) for name in ("overall", *windows)),
        phrase("effects.column.units", language),
        phrase("effects.column.clusters", language),
    )
    return pd.DataFrame(rows, columns=list(titles))


def tabulate_estimates(
    estimates: Sequence[Estimate], scale: str, language: str, *, title: str = "name"
) -> pd.DataFrame:
    """One row an estimate: its name, effect with interval, p value, households and villages."""
    rows = [
        (
            say_name(estimate.name, language),
            format_estimate(estimate, scale, language),
            format_p(estimate.p, language),
            *(format_number(n, language, decimals=0) if n else MISSING for n in (estimate.units, estimate.clusters)),
        )
        for estimate in estimates
    ]
    titles = [phrase(f"effects.column.{key}", language) for key in (title, "estimate", "p", "units", "clusters")]
    return pd.DataFrame(rows, columns=titles)


def tabulate_alternatives(found: IncomeEffects, language: str) -> pd.DataFrame:
    """The chosen estimator and the others: the last window of all projects and the contrast there."""
    own = found.windows.get(ALL, ())
    rows = [(found.method, own[-1] if own else found.overall, found.headline)]
    for other in found.alternatives:
        late = other.windows[-1] if other.windows else other.overall
        rows.append((other.method, late, other.contrasts[-1] if other.contrasts else None))
    said = [
        (
            say_method(method, language),
            format_estimate(level, found.scale, language),
            MISSING if contrast is None else format_estimate(contrast, found.scale, language),
        )
        for method, level, contrast in rows
    ]
    titles = [phrase(f"effects.column.{key}", language) for key in ("method", "all", "contrast")]
    return pd.DataFrame(said, columns=titles)


def tabulate_effects(found: IncomeEffects) -> pd.DataFrame:
    """Every estimate as one flat table with the names of the data form: what a csv or parquet file holds."""
    rows = list(_flat_rows(found))
    if found.below_line is not None:
        rows += list(_flat_rows(found.below_line))
    table = pd.DataFrame(rows, columns=list(FLAT))
    numbers = [name for name in FLAT[4:-1] if name not in {"units", "clusters", "rows"}]
    return table.astype(dict.fromkeys(numbers, "float64") | dict.fromkeys(("units", "clusters", "rows"), "int64"))


def _flat_rows(found: IncomeEffects) -> Iterator[dict[str, object]]:
    for group, estimate in found.overall_by.items():
        yield _row(found, "overall", group, estimate)
    for group, parts in found.windows.items():
        for estimate in parts:
            yield _row(found, "window", group, estimate)
    for what, parts in (
        ("contrast", found.contrasts),
        ("average", tuple(found.averages.values())),
        ("error", found.errors),
        ("placebo", found.placebo),
        ("covariate", found.covariates),
        ("without_project", found.waves),
    ):
        for estimate in parts:
            yield _row(found, what, ALL if what != "contrast" else "", estimate)
    for group, path in found.paths.items():
        for record in tabulate_path(path).to_dict("records"):
            named = {str(key): value for key, value in record.items()}
            name = f"year_{int(named['year_since_start'])}"
            yield {"outcome": found.outcome, "what": "year", "group": group, "name": name, "refusal": ""} | named
    for other in found.alternatives:
        for estimate in (other.overall, *other.windows, *other.contrasts):
            yield _row(found, f"method:{other.method}", ALL, estimate)
    if found.naive is not None:
        yield _row(found, "naive", ALL, found.naive.overall)


def _row(found: IncomeEffects, what: str, group: str, estimate: Estimate) -> dict[str, object]:
    keys = ("name", "estimate", "se", "low", "high", "p", "units", "clusters", "rows")
    return {
        "outcome": found.outcome,
        "what": what,
        "group": group,
        **{key: getattr(estimate, key) for key in keys},
        "refusal": "" if estimate.refusal is None else estimate.refusal.code,
    }
