"""One estimator on one panel, ready to be averaged: for all treated units together and for each kind apart."""

from dataclasses import dataclass

from evaluator.domain.panel import NEVER
from evaluator.domain.settings import IncomeSettings
from evaluator.income.average import Mean
from evaluator.income.etwfe import Fit, kinds_of
from evaluator.income.findings import ALL, CONTRAST
from evaluator.income.frames import Frames, frame_method, frame_plainly
from evaluator.income.results import Caution, Estimate, Path
from evaluator.income.specification import Specification, again_by, regress
from evaluator.income.summary import (
    find_contrast_path,
    find_contrasts,
    find_path,
    find_windows,
    name_groups,
)

FLAG_TRAIT = IncomeSettings().trait
PLAIN = ("pooled", "ancova")


@dataclass(frozen=True, slots=True)
class Estimation:
    """A method's frames and what is averaged from them.

    ``together`` and ``apart`` frames of all treated units and of kinds (the same but for two-way effects); ``kinds``
    group → kind; ``pair`` the two kinds of the contrast, ``contrast`` its name.
    """

    spec: Specification
    method: str
    together: Frames
    apart: Frames
    kinds: dict[str, str | None]
    pair: tuple[str, str] | None
    contrast: str
    refusal: Caution | None = None

    def frames(self, group: str) -> Frames:
        """Frames of a group."""
        return self.together if self.kinds[group] is None else self.apart

    def overall(self) -> dict[str, Estimate]:
        """Mean over all treated unit-years, by group."""
        return {
            group: self.frames(group).level.say("overall", self.frames(group).level.between(0, None, kind=kind))
            for group, kind in self.kinds.items()
        }

    def windows(self) -> dict[str, tuple[Estimate, ...]]:
        """Windows by group."""
        return {
            group: find_windows(self.frames(group).windows, self.spec.rules.windows, kind=kind)
            for group, kind in self.kinds.items()
        }

    def contrasts(self) -> tuple[Estimate, ...]:
        """The contrast overall and in each window; empty without two kinds."""
        if self.pair is None:
            return ()
        return find_contrasts(self.apart.level, self.apart.windows, self.spec.rules.windows, self.pair, self.contrast)

    def paths(self) -> dict[str, Path]:
        """Event studies by group, and that of the contrast."""
        paths = {
            group: find_path(self.frames(group).years, self.frames(group).leads, group, kind)
            for group, kind in self.kinds.items()
        }
        if self.pair is not None:
            paths[self.contrast] = find_contrast_path(self.apart.years, self.apart.leads, self.pair, self.contrast)
        return paths

    def headline(self) -> Mean | None:
        """The contrast in the last window."""
        return None if self.pair is None else self.apart.windows.gap(*self.spec.rules.windows[-1], self.pair)


def prepare(spec: Specification, method: str, study: Fit | None) -> Estimation:
    """Run a method on a specification."""
    kinds: dict[str, str | None] = {ALL: None}
    named = name_groups(_treated_kinds(spec), spec.trait) if spec.trait else {}
    kinds |= named
    pair, contrast = name_contrast(named, spec.trait)
    if method in PLAIN:
        frames, refusal = frame_plainly(spec, method)
        return Estimation(spec, method, frames, frames, kinds, pair, contrast, refusal)
    apart = frame_method(spec, method, study)
    together = frame_method(again_by(spec, ""), method, study) if method == "twfe" and spec.trait else apart
    return Estimation(spec, method, together, apart, kinds, pair, contrast)


def study_of(spec: Specification) -> Fit | None:
    """The interacted event study that lends its leads, where they are wanted."""
    return regress(spec, leads=True) if spec.rules.leads else None


def name_contrast(groups: dict[str, str], trait: str) -> tuple[tuple[str, str] | None, str]:
    """The two kinds that are compared, the later one first (1 − 0), and the contrast's name."""
    if len(groups) != 2:
        return None, CONTRAST
    other, one = sorted(groups.values())
    return (one, other), CONTRAST if trait == FLAG_TRAIT else f"{trait}={one}_minus_{other}"


def _treated_kinds(spec: Specification) -> list[str]:
    """Kinds of units that start."""
    started = spec.cells.groups["first_year"].to_numpy() != NEVER
    return sorted({str(kind) for kind in kinds_of(spec.cells, spec.trait)[started]} - {""})
