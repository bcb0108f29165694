"""What is estimated: cells, covariates and the trait that splits effects, made once and used by every estimator."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np

from evaluator.domain.panel import NEVER, IncomePanel
from evaluator.domain.settings import IncomeSettings
from evaluator.income.callaway import fit_callaway
from evaluator.income.cells import Cells, compress
from evaluator.income.design import read_kinds
from evaluator.income.doubly import fit_doubly
from evaluator.income.etwfe import Fit, fit_etwfe
from evaluator.income.imputation import fit_imputation
from evaluator.income.results import CellEffects
from evaluator.income.twoway import fit_twoway
from evaluator.income.units import Units, lay_units

METHODS = ("etwfe", "imputation", "sun_abraham", "callaway_santanna")
"""Estimators that hold when effects differ by first year and grow or fade."""
STILL = 1e-10  # share of a covariate's squares within units below which it is constant there


@dataclass(frozen=True, slots=True)
class Specification:
    """A panel compressed for one regression.

    Attributes
    ----------
    trait
        Column that splits effects, empty for none.
    strata
        Columns with year effects of their own: discrete covariates, and the trait where it varies within villages
        without a project too, so that like is compared with like.
    baseline, moving
        Continuous covariates that are constant within a unit, and those that vary.
    """

    panel: IncomePanel
    rules: IncomeSettings
    cells: Cells
    outcome: str = "outcome"
    trait: str = ""
    strata: tuple[str, ...] = ()
    baseline: tuple[str, ...] = ()
    moving: tuple[str, ...] = ()


def specify(
    panel: IncomePanel, rules: IncomeSettings, *, trait: str = "", outcome: str = "outcome", extra: Sequence[str] = ()
) -> Specification:
    """Compress the panel by what the regression needs; ``extra`` columns are kept apart for other splits."""
    keys = tuple(dict.fromkeys((*((trait,) if trait else ()), *panel.discrete, *extra)))
    cells = compress(panel, by=keys, continuous=panel.continuous, outcome=outcome)
    still = _find_still(cells, panel.continuous)
    moving = tuple(name for name in panel.continuous if name not in still)
    if still:
        panel = replace(panel, rows=_with_all(panel.rows, still))
        cells = compress(panel, by=(*keys, *still), continuous=moving, outcome=outcome)
    return Specification(
        panel=panel,
        rules=rules,
        cells=cells,
        outcome=outcome,
        trait=trait,
        strata=(*panel.discrete, *((trait,) if trait and varies_without_projects(cells, trait) else ())),
        baseline=tuple(still),
        moving=moving,
    )


def _find_still(cells: Cells, names: Sequence[str]) -> list[str]:
    """Covariates that do not vary within units."""
    within, mass = np.einsum("gkk->k", cells.cross), max(float(cells.weight.sum()), 1.0)
    size = [float(np.abs(cells.sums[:, :, j]).sum()) ** 2 / mass for j in range(1, len(names) + 1)]
    return [name for name, own, whole in zip(names, within[1:], size, strict=True) if own <= STILL * max(whole, 1e-300)]


def _with_all(rows: Any, names: Sequence[str]) -> Any:  # noqa: ANN401 - a frame of any engine
    return nw.from_native(rows, pass_through=False).filter(*[~nw.col(name).is_null() for name in names])


def varies_without_projects(cells: Cells, trait: str) -> bool:
    """Whether a trait also says something of units that never start: then it is one of units, not of projects."""
    never = cells.groups["first_year"].to_numpy(np.int64) == NEVER
    return bool((read_kinds(cells.groups.loc[never, trait]) != "").any())


def again_by(spec: Specification, trait: str) -> Specification:
    """Another split on the same cells."""
    strata = (*spec.panel.discrete, *((trait,) if trait and varies_without_projects(spec.cells, trait) else ()))
    return replace(spec, trait=trait, strata=strata)


def regress(spec: Specification, *, leads: bool = False) -> Fit:
    """The main regression, or the interacted event study."""
    return fit_etwfe(spec.cells, trait=spec.trait or None, strata=spec.strata, baseline=spec.baseline, leads=leads)


def estimate_cells(spec: Specification, method: str) -> tuple[CellEffects, Fit | None]:
    """Effects by first year, kind and year under a method of ``METHODS``; its regression where it is one."""
    trait, rules = spec.trait or None, spec.rules
    if method in {"etwfe", "sun_abraham"}:
        fit = regress(spec, leads=method == "sun_abraham" or rules.control == "never")
        return fit.effects, fit
    if method == "imputation":
        untreated = untreated_cells(spec) if spec.moving else None
        return fit_imputation(
            spec.cells, trait=trait, strata=spec.strata, baseline=spec.baseline, untreated=untreated
        ), None
    if spec.baseline or spec.moving:
        return fit_doubly(
            spec.cells,
            side_by_side(spec),
            trait=trait,
            strata=spec.strata,
            adjustment=rules.adjustment,
            control=rules.control,
            base=rules.base,
            leads=rules.leads,
        ), None
    return fit_callaway(
        spec.cells, trait=trait, strata=spec.strata, control=rules.control, base=rules.base, leads=rules.leads
    ), None


def side_by_side(spec: Specification) -> Units:
    """The units of the specification with all its covariates."""
    labels = tuple(dict.fromkeys((*((spec.trait,) if spec.trait else ()), *spec.strata)))
    return lay_units(spec.panel, labels=labels, numbers=(*spec.baseline, *spec.moving))


def untreated_cells(spec: Specification) -> Cells:
    """Cells of the rows before the start alone, with the products of covariates that masking cannot give."""
    rows = nw.from_native(spec.panel.rows, pass_through=False)
    before = rows.filter((nw.col("first_year") == NEVER) | (nw.col("year") < nw.col("first_year")))
    keys = tuple(name for name in spec.cells.groups.columns if name not in {"cluster", "cluster_id", "first_year"})
    years = tuple(int(year) for year in spec.cells.years)
    return compress(
        replace(spec.panel, rows=before, years=years), by=keys, continuous=spec.moving, outcome=spec.outcome
    )


def regress_twoway(spec: Specification, shape: str) -> Fit:
    """Two-way fixed effects: ``static``, ``events`` or ``windows``."""
    return fit_twoway(
        spec.cells,
        trait=spec.trait or None,
        strata=spec.strata,
        shape=shape,
        windows=spec.rules.windows,
        leads=spec.rules.leads and shape == "events",
    )
