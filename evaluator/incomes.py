"""What projects did to incomes, in one call: any panel, and what a list tells of the projects in it."""

from collections.abc import Mapping

from evaluator.domain.panel import IncomePanel
from evaluator.domain.settings import Settings
from evaluator.income import effects
from evaluator.income.effects import Progress
from evaluator.income.findings import IncomeEffects
from evaluator.intake.panel import read_panel
from evaluator.intake.panel_traits import Traits


def estimate_effects(
    panel: object,
    *,
    settings: Settings | None = None,
    evaluation: Traits = None,
    mapping: Mapping[str, str | None] | None = None,
    file_name: str | None = None,
    checks: bool = True,
    progress: Progress | None = None,
) -> IncomeEffects:
    """Estimate what projects did to incomes, by year since their start, and whether flagged ones last less.

    Parameters
    ----------
    panel
        Anything that ``read_panel`` reads (a path, bytes, a pandas, polars, pyarrow or Spark frame, a DuckDB relation),
        or what it returned.
    settings
        Group ``income``; the estimator, its errors, windows, covariates and limits among them.
    evaluation
        What is known of the panel's projects, joined by ``project_id``: an ``Evaluation`` (flag, kind and scores), a
        ``Portfolio`` (kind), or a table with columns ``trait_*``.
    mapping, file_name
        As for ``read_panel``.
    checks
        False: the estimates alone; True: with everything that speaks for and against them.
    progress
        Called with the stage that begins.

    Returns
    -------
    IncomeEffects
        With ``refusals`` instead of numbers where the panel cannot carry them.

    Raises
    ------
    TableError
        When the panel cannot be read.
    """
    if not isinstance(panel, IncomePanel):
        panel = read_panel(panel, settings=settings, projects=evaluation, mapping=mapping, file_name=file_name)
    return effects.estimate_effects(panel, settings=settings, checks=checks, progress=progress)
