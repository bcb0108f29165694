"""Yearly cash flows of projects: what is paid out, received, added as subsidy, and what households gain."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.domain.errors import Issue

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Flows:
    """Flows of n projects over the years 0 to p − 1, in one currency.

    Attributes
    ----------
    projects
        (n,) ids, unique, in the order of the table.
    costs, benefits, subsidies
        (n, p) each ≥ 0; benefits hold no subsidy. Years after a project's last one are 0.
    household_benefit
        (n, p) gain of all households together; NaN rows where it is not stated.
    last
        (n,) last year of each project.
    gross
        Whether costs and benefits were stated apart; else they are the net outflows and net inflows.
    """

    projects: pd.Index
    costs: Array
    benefits: Array
    subsidies: Array
    household_benefit: Array
    last: NDArray[np.int64]
    gross: bool = True
    issues: tuple[Issue, ...] = ()

    def __len__(self) -> int:
        return len(self.projects)

    def net(self, *, subsidised: bool = False) -> Array:
        """Net flows of the projects, (n, p): benefits − costs, with the subsidies when ``subsidised``."""
        return self.benefits - self.costs + (self.subsidies if subsidised else 0.0)

    @property
    def investment(self) -> Array:
        """Costs of each project up to the year before its first benefit, at least those of year 0; (n,)."""
        years = np.arange(self.costs.shape[1])
        earning = (self.benefits > 0) & (years > 0)
        first = np.where(earning.any(axis=1), earning.argmax(axis=1), self.last + 1)
        return np.asarray((self.costs * (years < first[:, None])).sum(axis=1))

    @property
    def frame(self) -> pd.DataFrame:
        """All flows, one row a project: ``<flow>_<year>``."""
        tables = {key: getattr(self, key) for key in ("costs", "benefits", "subsidies", "household_benefit")}
        columns = {f"{key}_{year}": table[:, year] for key, table in tables.items() for year in range(table.shape[1])}
        return pd.DataFrame({**columns, "last": self.last}, index=self.projects)

    def of(self, ids: pd.Index) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Which of ``ids`` have flows: positions in ``ids`` and, one for each, the rows here."""
        rows = self.projects.get_indexer(ids.astype(str))
        found = np.flatnonzero(rows >= 0)
        return found, rows[found]

    def take(self, rows: NDArray[np.intp]) -> "Flows":
        """The flows of some projects, by row."""
        tables = {key: getattr(self, key)[rows] for key in ("costs", "benefits", "subsidies", "household_benefit")}
        return replace(self, projects=self.projects[rows], last=self.last[rows], **tables)

    def without_running_subsidy(self, subsidies: Array) -> "Flows":
        """The flows with these subsidies taken out of what households gain, none below 0; (n, p)."""
        return replace(self, household_benefit=np.maximum(self.household_benefit - subsidies, 0.0))
