"""A panel of household or village incomes, wherever it is, becomes a checked ``IncomePanel``; rows stay in memory."""

from collections.abc import Mapping
from dataclasses import replace

import narwhals as nw
import pandas as pd

from evaluator.domain.errors import Issue
from evaluator.domain.panel import NEVER, IncomePanel, Scale
from evaluator.domain.settings import Settings
from evaluator.intake.panel_columns import Columns, match_panel
from evaluator.intake.panel_design import always_treated, check_design, tabulate_attrition
from evaluator.intake.panel_faults import collected, count_rows, keep_rows
from evaluator.intake.panel_histories import fold_histories, leave_out, list_years
from evaluator.intake.panel_levels import leave_units_out, measure_levels
from evaluator.intake.panel_outcome import settle_outcome
from evaluator.intake.panel_rows import name_rows, scale_rows, tidy_rows
from evaluator.intake.panel_source import ROW, AnyFrame, open_table
from evaluator.intake.panel_traits import Traits, join_traits, project_traits

MOST_VALUES = 50
"""Values a discrete covariate may have."""


def read_panel(
    source: object,
    *,
    settings: Settings | None = None,
    projects: Traits = None,
    mapping: Mapping[str, str | None] | None = None,
    file_name: str | None = None,
) -> IncomePanel:
    """Read and check a panel of incomes: one row a household (or village) and year.

    Parameters
    ----------
    source
        Path, bytes or open file of a csv, xlsx or parquet file; path of a folder or pattern of parquet files; a pandas,
        polars, pyarrow or Spark frame; a DuckDB relation. Parquet files, relations and lazy frames are read where they
        lie, never loaded whole.
    settings
        Group ``income`` (what the income column holds, scale, deflator, covariates, limits) and ``payback`` (the line).
    projects
        Traits of the projects, joined by ``project_id``: an ``Evaluation``, a ``Portfolio``, or a DataFrame with index
        or column ``project_id`` and columns ``trait_*``. Traits in the panel itself go before.
    mapping
        Heading as read to a column name of the panel form, or to ``None`` for a column to leave aside.
    file_name
        Name of the upload: tells its format where the content does not.

    Returns
    -------
    IncomePanel
        See its attributes; ``issues`` name every row and household that was left out.

    Raises
    ------
    TableError
        When the table cannot be read or carries no comparison: ``issues`` say what was found, what is needed and what
        can still be said.

    Notes
    -----
    ``first_year`` is never inferred from rows. Names, citizen ids and telephone numbers are dropped. Nothing is written
    anywhere.
    """
    book, given = settings or Settings(), mapping or {}
    table = open_table(source, file_name=file_name, mapping=given)
    headings = [name for name in table.frame.collect_schema().names() if name != ROW]
    columns = match_panel(headings, mapping=given, rules=book.income, sheet=table.sheet)
    frame, typed = name_rows(table, columns)
    frame = tidy_rows(frame, columns)
    counts = count_rows(frame, columns)
    frame, left = keep_rows(frame, columns, counts)
    years = list_years(frame, columns)
    outcome, said = settle_outcome(columns, counts, book, years)
    frame = scale_rows(frame, outcome).filter(~nw.col("outcome").is_null())
    frame = frame.drop(ROW) if ROW in frame.collect_schema().names() else frame
    issues = [*table.issues, *columns.issues, *typed, *left, *said]
    if outcome.holds == "income" and "cluster_id" in columns.of:
        frame, mixed = leave_units_out(frame, columns, measure_levels(frame), book.income.units_apart)
        issues += mixed
    return _check(frame, columns, issues, outcome.scale, project_traits(projects))


def _check(frame: AnyFrame, columns: Columns, issues: list[Issue], scale: Scale, known: pd.DataFrame) -> IncomePanel:
    """The panel without households that contradict themselves or were always treated."""
    years = list_years(frame, columns)
    histories = fold_histories(frame, columns, years)
    frame, histories, out = leave_out(frame, columns, histories, years)
    frame, columns, told = _settle(frame, columns, histories)
    checked = check_design(histories, years, columns)
    always = always_treated(histories, years)
    if always.any():
        frame = frame.filter((nw.col("first_year") == NEVER) | (nw.col("first_year") > years[0]))
        histories = histories[~always]
    frame = frame.with_columns(nw.col("year").cast(nw.Int64), nw.col("first_year").cast(nw.Int64))
    frame, traits, joined = join_traits(frame, columns, known)
    starts = histories.groupby("cluster_id")["first_year"].nunique()
    return IncomePanel(
        rows=frame,
        scale=scale,
        years=years,
        n_rows=int((histories["rows"] * histories["units"]).sum()),
        n_units=int(histories["units"].sum()),
        n_clusters=len(starts),
        traits=traits,
        discrete=columns.discrete,
        continuous=columns.continuous,
        starts_vary="unit" if (starts > 1).any() else "cluster",
        attrition=tabulate_attrition(histories, years),
        issues=(*issues, *out, *told, *checked, *joined),
        weighted="weight" in columns.of,
        project_traits=known,
        columns=columns.read_back,
    )


def _settle(frame: AnyFrame, columns: Columns, histories: pd.DataFrame) -> tuple[AnyFrame, Columns, list[Issue]]:
    """Weights, traits and discrete covariates that change within a household are settled or set aside, and told."""
    issues: list[Issue] = []
    if "two_weights" in histories and histories["two_weights"].any():
        count = int(histories.loc[histories["two_weights"] == 1, "units"].sum())
        frame = frame.with_columns(nw.col("weight").mean().over("unit_id").alias("weight"))
        issues.append(columns.tell("W_PANEL_WEIGHTS", "weight", count=count))
    changed = _marked(histories, "changes_")
    if partly := sorted(_marked(histories, "partly_") - changed):  # said in some years of a household: it holds in all
        frame = frame.with_columns(*[nw.col(name).max().over("unit_id").alias(name) for name in partly])
    for name in sorted(changed):
        issues.append(columns.tell("W_PANEL_TRAIT" if name in columns.traits else "W_PANEL_DISCRETE", name, name))
    frame = frame.drop(*changed) if changed else frame
    discrete = [name for name in columns.discrete if name not in changed]
    for name in tuple(discrete):
        values = len(collected(frame.select(name).unique()))
        if values > MOST_VALUES:
            issues.append(columns.tell("W_PANEL_MANY_VALUES", name, values, most=MOST_VALUES))
            discrete.remove(name)
    of = {key: heading for key, heading in columns.of.items() if key not in changed}
    return frame, replace(columns, of=of, discrete=tuple(discrete)), issues


def _marked(histories: pd.DataFrame, mark: str) -> set[str]:
    """Columns that some household has the mark for."""
    names = [str(name) for name in histories if str(name).startswith(mark)]
    return {name.removeprefix(mark) for name in names if histories[name].any()}
