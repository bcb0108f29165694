"""What the income column holds (yuan or logarithms), the scale it is compared on, prices, and the poverty line."""

from evaluator.domain.errors import Issue, TableError
from evaluator.domain.panel import Scale
from evaluator.domain.settings import IncomeSettings, Settings
from evaluator.intake.listing import issue
from evaluator.intake.panel_columns import Columns
from evaluator.intake.panel_faults import Counts
from evaluator.intake.panel_rows import Outcome

SMALL_SHARE = 0.05
"""Rows that may be left out for their income; more would choose the sample by what is to be explained."""
LOG_HIGHEST, LOG_MEAN = 25.0, (3.0, 16.0)
"""Logarithms of yearly incomes lie within these."""
LIKELY_10K = 200.0
"""A mean income below this is likely in 10k yuan, or a day's."""


def settle_outcome(
    columns: Columns, counts: Counts, settings: Settings, years: tuple[int, ...]
) -> tuple[Outcome, list[Issue]]:
    """What the income column holds, its scale and prices, and the line by year.

    Raises ``TableError`` when a price is missing, or too many incomes are 0 or negative for a logarithm.
    """
    rules = settings.income
    holds, issues = _holds(columns, counts, rules)
    scale: Scale = rules.scale  # type: ignore[assignment]
    line, said = _line(columns, settings, years, holds)
    issues += said
    if holds == "log":
        return Outcome("log", scale), issues
    mean = counts.of["mean"]
    if not columns.unit_said and 0 < mean < LIKELY_10K:
        issues.append(columns.tell("W_PANEL_UNIT", "outcome", f"{mean:.4g}"))
    if scale != "log":
        issues.append(columns.tell(f"N_PANEL_{scale.upper()}", "outcome"))
    elif counts["below_0"] + counts["at_0"]:
        issues += _refuse_or_tell(columns, counts)
    column = columns.canonical(rules.deflator_column)
    return Outcome("income", scale, _prices(rules, years), column, line), issues


def _holds(columns: Columns, counts: Counts, rules: IncomeSettings) -> tuple[str, list[Issue]]:
    """``income`` or ``log``, as the settings or the heading say or as the column looks."""
    if rules.outcome != "auto":
        return rules.outcome, []
    low, high, mean = (counts.of[name] for name in ("low", "high", "mean"))
    if columns.log_said:
        doubt = columns.tell("W_PANEL_NO_LOG", "outcome", f"{high:.4g}")
        return ("log", []) if high < LOG_HIGHEST else ("income", [doubt])
    looks = (
        not columns.unit_said
        and -LOG_HIGHEST < low <= high < LOG_HIGHEST
        and LOG_MEAN[0] < mean < LOG_MEAN[1]
        and counts["fraction"] * 2 > counts["rows"] - counts["no_income"]
    )
    if not looks:
        return "income", []
    return "log", [columns.tell("N_PANEL_LOG", "outcome", low=f"{low:.4g}", high=f"{high:.4g}")]


def _line(
    columns: Columns, settings: Settings, years: tuple[int, ...], holds: str
) -> tuple[dict[int, float] | None, list[Issue]]:
    """The line in yuan of each year's prices; none where the panel says itself who is below."""
    yuan, stated = settings.payback.poverty_line_yuan, settings.payback.poverty_line_year
    if not yuan or "below_line" in columns.of:
        return None, []
    if holds == "log":
        return None, [columns.tell("N_PANEL_LINE_LOG", "outcome")]
    index = settings.income.price_index
    if stated in index:
        return {year: yuan * index.get(year, index[stated]) / index[stated] for year in years}, []
    return dict.fromkeys(years, yuan), [columns.tell("N_PANEL_LINE_FIXED", "outcome", f"{yuan:g}", year=stated or "–")]


def _refuse_or_tell(columns: Columns, counts: Counts) -> list[Issue]:
    """Incomes that have no logarithm: a few are left out, many refuse the scale."""
    known, lost = counts["rows"] - counts["no_income"], counts["below_0"] + counts["at_0"]
    low = f"{counts.of['low']:g}"
    if lost > SMALL_SHARE * known:
        raise TableError(columns.tell("E_PANEL_SCALE", "outcome", low, count=lost, share=f"{100 * lost / known:.2g}"))
    told = {"E_PANEL_NEGATIVE": counts["below_0"], "E_PANEL_ZERO": counts["at_0"]}
    return [columns.tell(code, "outcome", low, count=count) for code, count in told.items() if count]


def _prices(rules: IncomeSettings, years: tuple[int, ...]) -> dict[int, float] | None:
    index = rules.price_index
    if not index:
        return None
    base = rules.deflator_base_year or max(index)
    missing = [str(year) for year in (*years, base) if year not in index]
    if missing:
        raise TableError(issue("E_PANEL_PRICES", found=", ".join(dict.fromkeys(missing))))
    return {year: index[year] / index[base] for year in years}
