"""What each project of a list would do for incomes if it goes like its kind: effects of a panel, traits of a list."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from evaluator.domain.panel import IncomePanel
from evaluator.domain.settings import Settings
from evaluator.evaluation import Evaluation
from evaluator.income.findings import IncomeEffects
from evaluator.income.projection import project_paths
from evaluator.income.running import compress_projects, tabulate_running

FARTHEST = 15
"""Years after the panel up to which a stated start is taken for a year of the panel's calendar."""


def project_effects(
    effects: IncomeEffects,
    panel: IncomePanel,
    evaluation: Evaluation | None = None,
    *,
    settings: Settings | None = None,
    backtest: bool = True,
    progress: Callable[[str], None] | None = None,
) -> IncomeEffects:
    """Project the income effects of running and of proposed projects: by year, with intervals, as far as data carry.

    Parameters
    ----------
    effects
        The estimation from ``panel``.
    evaluation
        The list whose projects are proposals: their flags, scores, kinds and labour states are read as the traits of
        the panel. Without one only the projects of the panel are projected.
    settings
        ``income`` group: the trait that tells kinds apart, the least number of households shown.
    backtest
        Whether forecasts from every past year are scored against what came.
    progress
        Called with the stage that begins: ``projecting``, ``backtesting``.

    Returns
    -------
    IncomeEffects
        The same with ``projection``, an estimate beside the scores and never a part of them.
    """
    return project_paths(
        effects,
        compress_projects(panel),
        tabulate_running(panel),
        rules=(settings or Settings()).income,
        proposals=None if evaluation is None else tabulate_proposals(evaluation, after=panel.years[-1]),
        backtest=backtest,
        progress=progress,
    )


def tabulate_proposals(evaluation: Evaluation, *, after: int | None = None) -> pd.DataFrame:
    """The scored projects of a list with the traits of a panel: what cannot be judged stays empty.

    Parameters
    ----------
    after
        Last year of the panel: starts that are stated far past it are of another calendar and left out.

    Returns
    -------
    DataFrame
        Index ``project_id``; the traits of ``Evaluation.traits``, ``trait_severity``, ``trait_labour_state`` and
        ``first_year``.
    """
    frame = evaluation.portfolio.frame.loc[evaluation.scored]
    return evaluation.traits().assign(
        trait_severity=evaluation.flags.severity.to_numpy(float),
        trait_labour_state=frame["labour_state"].to_numpy(object),
        first_year=_first_years(frame["start"], after),
    )


def _first_years(
    starts: "pd.Series[pd.Timestamp]", after: int | None
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Years of the stated starts; NaN where none is stated or it cannot be of the panel's calendar."""
    years = np.asarray(pd.to_datetime(starts, errors="coerce").dt.year, float)
    if after is None:
        return years
    return np.where((years > after - FARTHEST) & (years <= after + FARTHEST), years, np.nan)
