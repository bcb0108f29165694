"""A panel of household or village incomes, wherever it is, becomes a checked ``IncomePanel``; rows stay in memory."""

from collections.abc import Mapping
from dataclasses import replace

import narwhals as nw
import pandas as pd

from evaluator.domain.errors import Issue, TableError
from evaluator.domain.panel import NEVER, IncomePanel, Scale
from evaluator.domain.settings import Settings
from evaluator.intake.panel_columns import Columns, match_panel
from evaluator.intake.panel_design import always_treated, check_design, tabulate_attrition
from evaluator.intake.panel_faults import collected, count_rows, keep_rows
from evaluator.intake.panel_histories import fold_histories, leave_out, list_years
from evaluator.intake.panel_levels import leave_units_out
from evaluator.intake.panel_outcome import settle_outcome
from evaluator.intake.panel_rows import name_rows, rebase_prices, scale_rows, tidy_rows
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
    known = project_traits(projects)
    table = open_table(source, file_name=file_name, mapping=given)
    headings = [name for name in table.frame.collect_schema().names() if name != ROW]
    columns = match_panel(headings, mapping=given, rules=book.income, sheet=table.sheet)
    frame, typed = name_rows(table, columns)
    frame = tidy_rows(frame, columns)
    price = columns.canonical(book.income.deflator_column)
    counts = count_rows(frame, columns, price=price)
    unread = {columns.canonical(one.column): int(str(one.values["count"])) for one in typed if "count" in one.values}
    frame, left = keep_rows(frame, columns, counts, unread=unread, price=price)
    years = list_years(frame, columns)
    if not years:
        raise TableError(*typed, *left, columns.tell("E_PANEL_NO_ROWS"))
    frame = rebase_prices(frame, columns, price, book.income.deflator_base_year or years[-1]) if price else frame
    outcome, said = settle_outcome(columns, counts, book, years)
    frame = scale_rows(frame, outcome).filter(~nw.col("outcome").is_null())
    frame = frame.drop(ROW) if ROW in frame.collect_schema().names() else frame
    frame, apart = leave_units_out(frame, columns, apart=book.income.units_apart, outcome=outcome)
    frame, columns, joined = join_traits(frame, columns, known)
    issues = [*table.issues, *columns.issues, *typed, *left, *said, *apart, *joined]
    return _check(frame, columns, issues, outcome.scale, known)


def _check(frame: AnyFrame, columns: Columns, issues: list[Issue], scale: Scale, known: pd.DataFrame) -> IncomePanel:
    """The panel without households that contradict themselves or were always treated."""
    years = list_years(frame, columns)
    histories = fold_histories(frame, columns, years)
    frame, histories, out = leave_out(frame, columns, histories, years)
    frame, columns, told = _settle(frame, columns, histories)
    design = check_design(histories, years, columns)
    always = always_treated(histories, years)
    if always.any():
        frame = frame.filter((nw.col("first_year") == NEVER) | (nw.col("first_year") > years[0]))
        histories = histories[~always]
    starts = histories.groupby("cluster_id")["first_year"].nunique()
    return IncomePanel(
        rows=frame.with_columns(nw.col("year").cast(nw.Int64), nw.col("first_year").cast(nw.Int64)),
        scale=scale,
        years=years,
        n_rows=int((histories["rows"] * histories["units"]).sum()),
        n_units=int(histories["units"].sum()),
        n_clusters=len(starts),
        traits=columns.traits,
        discrete=columns.discrete,
        continuous=columns.continuous,
        starts_vary="unit" if (starts > 1).any() else "cluster",
        attrition=tabulate_attrition(histories, years),
        issues=(*issues, *out, *told, *design),
        weighted="weight" in columns.of,
        project_traits=known,
        columns=columns.read_back,
    )


def _settle(frame: AnyFrame, columns: Columns, histories: pd.DataFrame) -> tuple[AnyFrame, Columns, list[Issue]]:
    """Weights, projects, traits and discrete covariates that change within a household are settled, and told."""
    issues: list[Issue] = []
    if count := _units(histories, "two_weights"):
        frame = frame.with_columns(nw.col("weight").mean().over("unit_id").alias("weight"))
        issues.append(columns.tell("W_PANEL_WEIGHTS", "weight", count=count))
    one_value = []
    for name in ("project_id", *columns.traits):
        changed = _units(histories, f"changes_{name}")
        if changed or _units(histories, f"partly_{name}"):
            low, high = (end.over("unit_id") for end in (nw.col(name).min(), nw.col(name).max()))
            one_value.append(nw.when(low == high).then(high).alias(name))
        if changed:
            issues.append(columns.tell("W_PANEL_TRAIT", name, name, count=changed))
    frame = frame.with_columns(*one_value) if one_value else frame
    discrete = []
    for name in columns.discrete:
        values = len(collected(frame.select(name).unique()))
        if changed := _units(histories, f"changes_{name}"):
            issues.append(columns.tell("W_PANEL_DISCRETE", name, name, count=changed))
        elif values > MOST_VALUES:
            issues.append(columns.tell("W_PANEL_MANY_VALUES", name, values, most=MOST_VALUES))
        else:
            discrete.append(name)
    return frame, replace(columns, discrete=tuple(discrete)), issues


def _units(histories: pd.DataFrame, mark: str) -> int:
    """Households with a mark."""
    return int(histories.loc[histories[mark] == 1, "units"].sum()) if mark in histories else 0
