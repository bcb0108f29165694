"""What limits a result that was found: each a code with its values; words live in report."""

from collections.abc import Iterator

import numpy as np

from evaluator.domain.settings import IncomeSettings
from evaluator.income.agreement import ENOUGH
from evaluator.income.cells import Cells
from evaluator.income.findings import ALL, IncomeEffects
from evaluator.income.gate import Counts
from evaluator.income.results import Caution

FEW_EFFECTIVE = 10.0
NAIVE = "twfe"
NO_VILLAGES = "W_PANEL_NO_VILLAGES"


def find_cautions(
    found: IncomeEffects, counts: Counts, rules: IncomeSettings, cells: Cells, *, checked: bool = True
) -> tuple[Caution, ...]:
    """Everything a reader has to know beside the numbers, gravest first; ``checked`` whether the checks were made."""
    checks = _of_checks(found) if checked else ()
    return (*_of_design(found, counts, rules, cells), *checks, *_of_reading(found))


def _of_design(found: IncomeEffects, counts: Counts, rules: IncomeSettings, cells: Cells) -> Iterator[Caution]:
    if found.method == NAIVE:
        yield Caution("naive_method")
    if any(one.code == NO_VILLAGES for one in found.issues):
        yield Caution("no_villages", {"found": found.n_clusters})
    fewest = found.support.fewest_controls
    if 0 < fewest < rules.least_untreated:
        year = int(cells.years[np.flatnonzero(counts.controls == fewest)[-1]])
        yield Caution("few_controls", {"found": fewest, "needed": rules.least_untreated, "year": year})
    if found.cells is not None:
        table = found.cells.table
        lost = sorted({int(year) for year in table["year"][~np.isfinite(found.cells.theta) & (table["event"] >= 0)]})
        if lost:
            yield Caution("years_without_comparison", {"years": tuple(lost)})
        unknown = table[(table["kind"] == "") & (table["event"] >= 0)]
        if found.trait and len(unknown):
            yield Caution("unknown_kind", {"rows": int(unknown["rows"].sum())})
    refused = {e.refusal.code for group in found.windows.values() for e in group if e.refusal is not None}
    if "few_units" in refused:
        yield Caution("small_groups_withheld", {"needed": rules.least_units})
    effective = found.support.effective_contrast if found.contrasts else found.support.effective_clusters
    if np.isfinite(effective) and effective < FEW_EFFECTIVE:
        yield Caution("few_effective", {"found": float(effective), "clusters": found.n_clusters})
    path = found.paths.get(ALL)
    last = rules.windows[-1][1]
    if path is not None and len(path.events) and 0 <= path.events.max() < last:
        yield Caution("long_run_cut", {"seen": int(path.events.max()), "wanted": last})


def _of_checks(found: IncomeEffects) -> Iterator[Caution]:
    alpha = 1 - found.confidence
    if found.pretrend.refusal is not None:
        yield Caution("pretrend_untested", dict(found.pretrend.refusal.values) | {"why": found.pretrend.refusal.code})
    elif found.pretrend.p < alpha:
        yield Caution("pretrend_found", {"p": found.pretrend.p})
    contrast = next((found.pretrends[name] for name in found.pretrends if "_minus_" in name), None)
    if contrast is not None and contrast.refusal is None and contrast.p < alpha:
        yield Caution("pretrend_of_contrast", {"p": contrast.p})
    if any(placebo.p < alpha for placebo in found.placebo):
        yield Caution("placebo_found", {"found": sum(placebo.p < alpha for placebo in found.placebo)})
    for name, bounds in found.attrition.items():
        if bounds.differs:
            yield Caution(
                "attrition_differs",
                {"groups": name, "first": bounds.kept_first, "second": bounds.kept_second, "p": bounds.gap_p},
            )
    if found.agreement > ENOUGH:
        yield Caution("engines_differ", {"found": found.agreement})


def _of_reading(found: IncomeEffects) -> Iterator[Caution]:
    if faults := sum(one.severity == "error" for one in found.issues):
        yield Caution("read_with_faults", {"found": faults})
    if found.contrasts:
        yield Caution("traits_not_assigned", {"trait": found.trait})
    if found.scale == "level":
        yield Caution("level_scale")
    if found.scale == "asinh":
        yield Caution("asinh_scale")
