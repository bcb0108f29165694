"""The projects of a panel: its rows compressed project by project, and what is known of each project."""

import narwhals as nw
import numpy as np
import pandas as pd

from evaluator.domain.panel import NEVER, IncomePanel
from evaluator.income.cells import Cells, compress
from evaluator.income.design import read_kinds
from evaluator.income.project_moments import name_projects
from evaluator.income.traits import as_numbers

PROJECT = "project_id"
FEW = 2
"""Values up to which numbers are taken for answers (yes, no), which do not average."""


def compress_projects(panel: IncomePanel) -> Cells:
    """The panel compressed by project, where it names projects; otherwise its clusters are the projects."""
    return compress(panel, by=(PROJECT,) if has_projects(panel) else (), continuous=panel.continuous)


def has_projects(panel: IncomePanel) -> bool:
    """Whether the panel names its projects."""
    return PROJECT in nw.from_native(panel.rows, pass_through=False).collect_schema().names()


def tabulate_running(panel: IncomePanel) -> pd.DataFrame:
    """One row a running project (index ``project_id``), one column a trait of the panel.

    What differs among the units of one project is no trait of the project and left empty, unless it is a number of
    many values, which is averaged. Traits that the panel keeps beside its rows go before those on the rows.
    """
    rows = nw.from_native(panel.rows, pass_through=False)
    named = (PROJECT,) if has_projects(panel) else ()
    columns = [*named, "cluster_id", "first_year", *panel.traits]
    distinct = rows.filter(nw.col("first_year") != NEVER).select(columns).unique()
    table = (distinct.collect() if isinstance(distinct, nw.LazyFrame) else distinct).to_pandas()
    if not len(table):
        return pd.DataFrame(columns=list(panel.traits), index=pd.Index([], name=PROJECT))
    code, names = name_projects(table, PROJECT)
    found = {name: _of_projects(table[name], code, len(names)) for name in panel.traits}
    traits = pd.DataFrame(found, index=pd.Index(names, name=PROJECT))
    beside = panel.project_traits
    if not len(beside.columns):
        return traits
    beside = beside.set_axis(beside.index.astype(str)).reindex(traits.index)
    return beside.combine_first(traits) if len(traits.columns) else beside


def _of_projects(
    values: "pd.Series[str]", code: "np.ndarray[tuple[int], np.dtype[np.int64]]", count: int
) -> list[object]:
    """The one value that all units of each project state, or the mean of numbers; ``None`` where there is none."""
    said, numbers = read_kinds(values), as_numbers(values)
    amounts = bool(np.isfinite(numbers[said != ""]).all()) and len(np.unique(said[said != ""])) > FEW
    found: list[object] = []
    for project in range(count):
        own = (code == project) & (said != "")
        kinds = np.unique(said[own])
        if amounts and own.any():
            found.append(float(numbers[own].mean()))
        else:
            found.append(str(kinds[0]) if len(kinds) == 1 else None)
    return found
