"""Effects by first year, kind and year averaged into what is read: paths, windows, overall, contrasts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.income.average import Mean, average, combine, events_of
from evaluator.income.cells import Cells
from evaluator.income.etwfe import Fit
from evaluator.income.findings import CONTRAST
from evaluator.income.results import Caution, CellEffects, Estimate, Path
from evaluator.income.uncertainty import Inference, draw_path, estimate_mean

Mask = NDArray[np.bool_]
FLAGGED, UNFLAGGED = "flagged", "unflagged"


@dataclass(frozen=True, slots=True)
class Frame:
    """What averages are made from: effects, their cells, how errors are made.

    ``least_units`` are the fewest units shown together; ``fit`` the regression, where there is one.
    """

    effects: CellEffects
    cells: Cells
    inference: Inference
    least_units: int = 1
    fit: Fit | None = None

    def mean(self, among: Mask) -> Mean:
        """Average with its support."""
        return average(self.effects, among, self.cells)

    def between(self, first: int, last: int | None, *, kind: str | None = None) -> Mean:
        """Average from ``first`` to ``last`` years since the start."""
        return self.mean(choose(self.effects.table, kind=kind, first=first, last=last))

    def gap(self, first: int, last: int | None, kinds: tuple[str, str]) -> Mean:
        """Difference of two kinds."""
        return self.between(first, last, kind=kinds[0]) - self.between(first, last, kind=kinds[1])

    def say(self, name: str, mean: Mean) -> Estimate:
        """The estimate, or its refusal when it stands for too few units."""
        return hide_few(estimate_mean(name, mean, self.inference), self.least_units)


def hide_few(found: Estimate, least: int) -> Estimate:
    """An estimate that stands for fewer units than may be shown together is withheld."""
    if found.refusal is not None or found.units >= least:
        return found
    return Estimate(found.name, refusal=Caution("few_units", {"needed": least}))


def name_groups(kinds: Sequence[str], trait: str) -> dict[str, str]:
    """Group → kind: ``flagged`` 1, ``unflagged`` 0, else ``<trait>=<value>``; an unknown kind is only in ``all``."""
    if set(kinds) <= {"0", "1"} and trait == "trait_short_flat_fast":
        return {FLAGGED if kind == "1" else UNFLAGGED: kind for kind in sorted(kinds, reverse=True)}
    return {f"{trait}={kind}": kind for kind in kinds}


def choose(table: pd.DataFrame, *, kind: str | None = None, first: int = 0, last: int | None = None) -> Mask:
    """Effects of one kind (``None``: all) from ``first`` to ``last`` years since the start."""
    event = table["event"].to_numpy(np.int64)
    among = event >= first
    if last is not None:
        among &= event <= last
    if kind is not None:
        among &= (table["kind"] == kind).to_numpy(bool)
    return np.asarray(among)


def window_name(first: int, last: int) -> str:
    """``window_0_2`` for the years 0 to 2 since the start."""
    return f"window_{first}_{last}"


def find_windows(frame: Frame, windows: Sequence[tuple[int, int]], *, kind: str | None = None) -> tuple[Estimate, ...]:
    """One estimate a window."""
    return tuple(frame.say(window_name(a, b), frame.between(a, b, kind=kind)) for a, b in windows)


def find_contrasts(
    level: Frame, frame: Frame, windows: Sequence[tuple[int, int]], kinds: tuple[str, str], name: str = CONTRAST
) -> tuple[Estimate, ...]:
    """Differences of two kinds: overall, then each window."""
    return (
        level.say(name, level.gap(0, None, kinds)),
        *(frame.say(f"{name}_{window_name(a, b)}", frame.gap(a, b, kinds)) for a, b in windows),
    )


def find_path(frame: Frame, leads: Frame | None, group: str, kind: str | None) -> Path:
    """Event study of one group: years before the start from ``leads``, effects from ``frame``."""
    return _path(frame, leads, group, lambda source, event: source.between(event, event, kind=kind))


def find_contrast_path(frame: Frame, leads: Frame | None, kinds: tuple[str, str], name: str = CONTRAST) -> Path:
    """Event study of the difference between two kinds."""
    return _path(frame, leads, name, lambda source, event: source.gap(event, event, kinds))


def find_averages(frame: Frame) -> dict[str, Estimate]:
    """Four ways to average: by unit-years, and evenly over years since the start, first years or calendar years.

    ``simple`` weighs unit-years; ``dynamic`` takes the mean of each year since the start; ``group`` the mean
    within each first year, weighted by its size; ``calendar`` the mean of each year.
    """
    table = frame.effects.table
    after = choose(table) & np.isfinite(frame.effects.theta)
    if not after.any():
        return {}
    found = {"simple": frame.say("simple", frame.mean(after))}
    for name, column in (("dynamic", "event"), ("calendar", "year")):
        parts = [frame.mean(after & (table[column] == value).to_numpy()) for value in sorted(set(table[column][after]))]
        found[name] = frame.say(name, _known(frame, combine(parts, np.ones(len(parts))), after))
    if (table["first_year"] > 0).all():
        found["group"] = frame.say("group", _known(frame, _by_first_year(frame, after), after))
    return found


def _by_first_year(frame: Frame, after: Mask) -> Mean:
    """The plain mean over the years of each first year, then by how many units each has."""
    table, effects = frame.effects.table, frame.effects
    means, weights, left = [], [], []
    for start in sorted(set(table["first_year"][after])):
        mine = after & (table["first_year"] == start).to_numpy()
        years = sorted(set(table["year"][mine]))
        parts = [frame.mean(mine & (table["year"] == year).to_numpy()) for year in years]
        means.append(combine(parts, np.ones(len(parts))))
        weights.append(float(table["weight"].to_numpy(float)[mine].sum()) / len(years))
        left.append(effects.replicate_weight[:, mine].sum(axis=1) / len(years))
    return combine(means, np.array(weights), np.column_stack(left))


def _known(frame: Frame, mean: Mean, among: Mask) -> Mean:
    """The same average with the support of all effects behind it."""
    whole = frame.mean(among)
    return replace(mean, units=whole.units, clusters=whole.clusters, rows=whole.rows)


def _path(frame: Frame, leads: Frame | None, group: str, measure: Callable[[Frame, int], Mean]) -> Path:
    before = [] if leads is None else [(leads, int(e)) for e in events_of(leads.effects) if e < 0]
    after = [(frame, int(e)) for e in events_of(frame.effects) if e >= 0]
    found = [(event, measure(source, event)) for source, event in (*before, *after)]
    shown = [(event, mean) for event, mean in found if np.isfinite(mean.value)]
    kept = [replace(mean, value=np.nan) if mean.units < frame.least_units else mean for _, mean in shown]
    return draw_path(group, [event for event, _ in shown], kept, frame.inference)
