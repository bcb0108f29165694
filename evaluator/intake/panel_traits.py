"""What is known of the projects is put beside the households that take part in them, by the number of the project."""

from dataclasses import replace
from typing import Any, Protocol, TypeAlias

import narwhals as nw
import pandas as pd

from evaluator.domain.errors import Issue, TableError
from evaluator.domain.portfolio import Portfolio
from evaluator.intake.listing import issue
from evaluator.intake.panel_columns import TRAIT, Columns
from evaluator.intake.panel_faults import EXAMPLES, collected
from evaluator.intake.panel_source import AnyFrame, Expression
from evaluator.intake.values import is_missing

MOST_KINDS = 12
"""Values of a trait that may keep effects apart; traits with more stay with the projects."""


class HasTraits(Protocol):
    """A result that can say what its projects are like."""

    def traits(self) -> pd.DataFrame:
        """One row a project: index ``project_id``, columns ``trait_*``."""
        ...


Traits: TypeAlias = pd.DataFrame | Portfolio | HasTraits | None


def project_traits(projects: Traits) -> pd.DataFrame:
    """One row a project, index ``project_id`` as text, columns ``trait_*``; of a plain list only the kind is known.

    Raises
    ------
    TableError
        When the table names no project or holds one twice.
    """
    if projects is None:
        return pd.DataFrame()
    if isinstance(projects, Portfolio):
        table = pd.DataFrame({"trait_kind": projects.frame["kind"]})
    else:
        table = projects.copy() if isinstance(projects, pd.DataFrame) else projects.traits()
    if "project_id" in table.columns:
        table = table.set_index("project_id")
    table = table[[name for name in table.columns if str(name).startswith(TRAIT)]]
    table.index = pd.Index(table.index.astype(str), name="project_id")
    if not len(table.columns):
        raise TableError(issue("E_PANEL_TRAITS", found=", ".join(map(str, table.columns))))
    if table.index.has_duplicates:
        raise TableError(issue("E_PANEL_TRAITS_TWICE", found=", ".join(table.index[table.index.duplicated()][:3])))
    return table


def join_traits(frame: AnyFrame, columns: Columns, known: pd.DataFrame) -> tuple[AnyFrame, Columns, list[Issue]]:
    """The rows with the traits of their projects, the columns with these, and what could not be joined.

    Traits with few values are laid on the rows; others (scores) stay with the projects. Traits that the panel holds
    itself go before.
    """
    if not len(known.columns):
        return frame, columns, []
    if "project_id" not in columns.of:
        return frame, columns, [columns.tell("W_PANEL_NO_PROJECT_ID")]
    project = nw.col("project_id").cast(nw.String)
    listed = collected(frame.select(project.alias("project")).unique())["project"].to_list()
    met = {str(value) for value in listed if not is_missing(value)}
    missing = sorted(met - set(known.index))
    shown = ", ".join(missing[:EXAMPLES])
    issues = [columns.tell("W_PANEL_PROJECT_UNKNOWN", "project_id", shown, count=len(missing))] if missing else []
    here = known[known.index.isin(met)]
    laid = tuple(n for n in map(str, known) if n not in columns.of and here[n].nunique() in range(1, MOST_KINDS + 1))
    if laid:
        frame = frame.with_columns(*[_by_project(here[name], project).alias(name) for name in laid])
    return frame, replace(columns, joined=laid), issues


def _by_project(values: "pd.Series[Any]", project: Expression) -> Expression:
    """The value of each project; none where it is not known."""
    number = pd.api.types.is_numeric_dtype(values.dtype)
    made: Expression = nw.lit(None).cast(nw.Float64 if number else nw.String)
    for value, group in values.dropna().groupby(values.dropna()):
        said = float(str(value)) if number else str(value)
        made = nw.when(project.is_in(group.index.tolist())).then(nw.lit(said)).otherwise(made)
    return made
