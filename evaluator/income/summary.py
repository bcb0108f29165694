"""Effects by first year, kind and year averaged into what is read: paths, windows, overall, contrasts."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.income.average import Mean, average, events_of
from evaluator.income.cells import Cells
from evaluator.income.findings import CONTRAST
from evaluator.income.results import Caution, CellEffects, Estimate, Path
from evaluator.income.uncertainty import Inference, draw_path, estimate_mean

Mask = NDArray[np.bool_]
FLAGGED, UNFLAGGED = "flagged", "unflagged"


@dataclass(frozen=True, slots=True)
class Frame:
    """What averages are made from: effects, their cells, how errors are made, and the fewest units shown together."""

    effects: CellEffects
    cells: Cells
    inference: Inference
    least_units: int = 1

    def mean(self, among: Mask) -> Mean:
        """Average with its support."""
        return average(self.effects, among, self.cells)

    def say(self, name: str, mean: Mean) -> Estimate:
        """The estimate, or its refusal when it stands for too few units."""
        found = estimate_mean(name, mean, self.inference)
        return hide_few(found, self.least_units)


def hide_few(found: Estimate, least: int) -> Estimate:
    """An estimate that stands for fewer units than may be shown together is withheld, with its counts."""
    if found.refusal is not None or found.units >= least:
        return found
    return Estimate(found.name, refusal=Caution("few_units", {"needed": least}))


def name_groups(table: pd.DataFrame, trait: str) -> dict[str, str]:
    """Group → kind: ``flagged`` 1, ``unflagged`` 0, else ``<trait>=<value>``; an unknown kind is only in ``all``."""
    kinds = sorted({str(kind) for kind in table["kind"]} - {""})
    if set(kinds) <= {"0", "1"}:
        return {FLAGGED if kind == "1" else UNFLAGGED: kind for kind in reversed(kinds)}
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


def find_windows(
    frame: Frame, windows: tuple[tuple[int, int], ...], measure: Callable[[int, int], Mean]
) -> tuple[Estimate, ...]:
    """One estimate a window; refused when no unit is observed there, or no further than its first years."""
    return tuple(frame.say(window_name(first, last), measure(first, last)) for first, last in windows)


def find_path(frame: Frame, leads: Frame | None, group: str, kind: str | None) -> Path:
    """Event study of one group: leads from the interacted regression, effects from the main one."""
    before = [] if leads is None else [e for e in events_of(leads.effects) if e < -1]
    after = [e for e in events_of(frame.effects) if e >= 0]
    means = [leads.mean(choose(leads.effects.table, kind=kind, first=e, last=e)) for e in before] if leads else []
    means += [frame.mean(choose(frame.effects.table, kind=kind, first=e, last=e)) for e in after]
    return _path(frame, group, [*before, *after], means)


def find_contrast_path(frame: Frame, leads: Frame | None, kinds: tuple[str, str]) -> Path:
    """Event study of the difference between two kinds."""
    before = [] if leads is None else [e for e in events_of(leads.effects) if e < -1]
    after = [e for e in events_of(frame.effects) if e >= 0]
    means = []
    for event in (*before, *after):
        source = leads if leads is not None and event < 0 else frame
        one, other = (source.mean(choose(source.effects.table, kind=k, first=event, last=event)) for k in kinds)
        means.append(one - other)
    return _path(frame, CONTRAST, [*before, *after], means)


def _path(frame: Frame, group: str, events: list[int], means: list[Mean]) -> Path:
    shown = [(e, m) for e, m in zip(events, means, strict=True) if np.isfinite(m.value)]
    hidden = np.array([m.units < frame.least_units for _, m in shown], bool)
    kept = [replace(m, value=np.nan) if h else m for (_, m), h in zip(shown, hidden, strict=True)]
    return draw_path(group, [e for e, _ in shown], kept, frame.inference)
