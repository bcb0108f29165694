"""What is known of projects as numbers for the curves: coding, what is left out and why, the range that was seen."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import nnls

from evaluator.income.design import read_kinds
from evaluator.income.results import Caution

Array = NDArray[np.float64]

LEAST_EACH = 3
"""Projects needed on either side of a yes/no trait, and of each kind."""
LEAST_KNOWN = 0.8
"""Share of the projects whose trait must be known for it to be used."""
PROJECTS_A_CURVE = 5
"""Projects needed for each curve."""
MOST_DONORS = 12
"""Values that a missing trait is averaged over."""
INSIDE = 1e-6


@dataclass(frozen=True, slots=True)
class Coding:
    """How traits become k columns of numbers.

    ``columns`` k pairs of trait and level (``""`` for a number); ``centre`` and ``scale`` (k,) of numbers, 0 and 1 of
    levels; ``yes_no`` (k,) columns of 0 and 1. ``references`` pairs of a trait of kinds and the kind without a column.
    ``headline`` is the trait that tells kinds of projects apart, ``""`` without one.
    """

    columns: tuple[tuple[str, str], ...]
    centre: Array
    scale: Array
    yes_no: NDArray[np.bool_]
    references: tuple[tuple[str, str], ...] = ()
    headline: str = ""

    @property
    def traits(self) -> tuple[str, ...]:
        """The traits used, each once."""
        return tuple(dict.fromkeys(name for name, _ in self.columns))

    def code(self, table: pd.DataFrame) -> Array:
        """(n, k) of a table with a column a trait; NaN where not known or a kind that was never seen."""
        values = np.full((len(table), len(self.columns)), np.nan)
        for j, (name, level) in enumerate(self.columns):
            if name not in table:
                continue
            if not level:
                values[:, j] = (as_numbers(table[name]) - self.centre[j]) / self.scale[j]
                continue
            said = read_kinds(table[name])
            known = {one for trait, one in self.columns if trait == name} | {dict(self.references)[name]}
            values[:, j] = np.where(np.isin(said, sorted(known)), said == level, np.nan)
        return values

    def kinds(self, values: Array) -> Array:
        """(n,) number of each project's kind by the headline trait; 0 where it has none or is not known."""
        own = self.of_headline()
        return np.asarray(np.nan_to_num(values[:, own]) @ (1.0 + np.arange(len(own)))) if own else np.zeros(len(values))

    def of_headline(self) -> list[int]:
        """Columns of the headline trait, where it is one of kinds."""
        return [j for j, (name, _) in enumerate(self.columns) if name == self.headline and self.yes_no[j]]

    def unknown(self, values: Array) -> tuple[str, ...]:
        """Traits used that one project (k,) does not state."""
        return tuple(
            dict.fromkeys(name for (name, _), gone in zip(self.columns, ~np.isfinite(values), strict=True) if gone)
        )


def as_numbers(values: "pd.Series[Any]") -> Array:
    """Numbers, with yes and no as 1 and 0; NaN for what is neither."""
    return pd.to_numeric(pd.Series(read_kinds(values)), errors="coerce").to_numpy(float)


def code_traits(
    table: pd.DataFrame, *, headline: str = ""
) -> tuple[Coding, Array, NDArray[np.bool_], tuple[Caution, ...]]:
    """Decide which traits the projects of a panel can carry, and code them.

    Parameters
    ----------
    table
        One row a project, one column a trait.
    headline
        The trait taken first.

    Returns
    -------
    coding, values, known, cautions
        ``values`` (P, k); ``known`` (P,) projects with all traits used. Cautions ``trait_constant`` and ``trait_thin``
        (``trait``), ``trait_missing`` (``trait``, ``known``, ``projects``), ``traits_too_many`` (``traits``, ``each``,
        ``projects``) and ``projects_without_traits`` (``count``).
    """
    notes: list[Caution] = []
    chosen: list[_Trait] = []
    left: list[str] = []
    used = 1
    stated = [name for name in table.columns if (read_kinds(table[name]) != "").any()]
    for name in sorted(map(str, stated), key=lambda one: (one != headline, one)):
        found = _read_trait(table[name], name)
        if isinstance(found, Caution):
            notes.append(found)
        elif (used + len(found.columns)) * PROJECTS_A_CURVE > len(table):
            left.append(name)
        else:
            chosen.append(found)
            used += len(found.columns)
    if left:
        notes.append(
            Caution("traits_too_many", {"traits": tuple(left), "each": PROJECTS_A_CURVE, "projects": len(table)})
        )
    coding = Coding(
        columns=tuple(pair for trait in chosen for pair in trait.columns),
        centre=np.array([trait.centre for trait in chosen for _ in trait.columns]),
        scale=np.array([trait.scale for trait in chosen for _ in trait.columns]),
        yes_no=np.array([trait.yes_no for trait in chosen for _ in trait.columns], bool),
        references=tuple((trait.columns[0][0], trait.reference) for trait in chosen if trait.columns[0][1]),
        headline=headline if any(trait.columns[0][0] == headline for trait in chosen) else "",
    )
    values = coding.code(table)
    known: NDArray[np.bool_] = np.asarray(np.isfinite(values).all(axis=1))
    if not known.all():
        notes.append(Caution("projects_without_traits", {"count": int((~known).sum())}))
    return coding, values, known, tuple(notes)


@dataclass(frozen=True, slots=True)
class _Trait:
    columns: tuple[tuple[str, str], ...]
    centre: float = 0.0
    scale: float = 1.0
    yes_no: bool = True
    reference: str = ""


def _read_trait(values: "pd.Series[Any]", name: str) -> _Trait | Caution:
    """How one trait is coded, or why it cannot be used."""
    said = read_kinds(values)
    known = said[said != ""]
    if len(known) < LEAST_KNOWN * len(said):
        return Caution("trait_missing", {"trait": name, "known": len(known), "projects": len(said)})
    level, count = np.unique(known, return_counts=True)
    if len(level) < 2:
        return Caution("trait_constant", {"trait": name})
    numbers = as_numbers(values)
    if np.isfinite(numbers[said != ""]).all():
        return _read_number(numbers[said != ""], name)
    order = np.lexsort((level, -count))
    enough = [str(level[i]) for i in order if count[i] >= LEAST_EACH]
    held = int(count[count >= LEAST_EACH].sum())
    if len(enough) < 2 or held < LEAST_KNOWN * len(said):
        return Caution("trait_thin", {"trait": name})
    return _Trait(tuple((name, one) for one in enough[1:]), reference=enough[0])


def _read_number(known: Array, name: str) -> _Trait | Caution:
    if np.isin(known, (0.0, 1.0)).all():
        fewest = min((known == 0).sum(), (known == 1).sum())
        return _Trait(((name, ""),)) if fewest >= LEAST_EACH else Caution("trait_thin", {"trait": name})
    return _Trait(((name, ""),), float(known.mean()), float(known.std()), yes_no=False)


def inside_hull(seen: Array, asked: Array) -> NDArray[np.bool_]:
    """Whether each of n points (n, k) is a mixture of the points seen (P, k); NaN on either side is left aside."""
    inside = np.ones(len(asked), bool)
    for i, point in enumerate(asked):
        use = np.isfinite(point)
        if use.any():
            corners = np.unique(seen[:, use], axis=0)
            _, rest = nnls(np.vstack([corners.T, np.ones(len(corners))]), np.append(point[use], 1.0))
            inside[i] = rest <= INSIDE
    return inside


def fill_in(seen: Array, like: NDArray[np.bool_], point: Array) -> Array:
    """(m, k) values that one project with missing traits may have: its own, the others as in projects seen.

    ``like`` (P,) marks the projects it is most like; where there are fewer than ``LEAST_EACH`` of them all are taken.
    Donors are spread evenly over the order of their traits, so names and the order of rows do not matter.
    """
    gone = ~np.isfinite(point)
    if not gone.any():
        return point[None]
    pool = seen[like] if like.sum() >= LEAST_EACH else seen
    pool = pool[np.lexsort(pool[:, gone].T[::-1])]
    picks = np.unique(np.linspace(0, len(pool) - 1, min(len(pool), MOST_DONORS)).round().astype(int))
    filled = np.repeat(point[None], len(picks), axis=0)
    filled[:, gone] = pool[picks][:, gone]
    return filled
