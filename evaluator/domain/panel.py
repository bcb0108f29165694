"""An income panel: who earned how much in which year, and since when a project has run where they live."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from evaluator.domain.errors import Issue

Scale = Literal["log", "asinh", "level"]
NEVER = 0
"""``first_year`` of units whose cluster has no project."""


@dataclass(frozen=True, slots=True)
class IncomePanel:
    """A checked panel, one row a unit and year, rows left where they are (memory, file or database).

    Attributes
    ----------
    rows
        A narwhals frame (lazy or eager) with the canonical columns: ``unit_id``, ``year`` (int), ``outcome`` (float, in
        the scale below), ``income`` (float, yuan, missing when only logs were given), ``first_year`` (int, ``NEVER``
        for never), ``cluster_id``, ``weight`` (float, > 0, where given), ``below_line`` (1.0 or 0.0, where a line is
        stated), ``project_id`` where given, ``trait_*``, covariates. Faulty
        rows are left out and named in ``issues``. Never written anywhere.
    scale
        What ``outcome`` is: natural log, asinh or the level of income.
    traits
        Columns of ``rows`` constant within a unit that split effects (``trait_short_flat_fast`` …).
    discrete, continuous
        Names of covariates: constant within a unit and few-valued; numeric and free to vary by year.
    starts_vary
        ``cluster`` when all units of a cluster share one start, else ``unit``.
    attrition
        One row an arm (``treated``, ``flagged``, ``unflagged``, ``never``) and ``event`` (years since the start) or,
        for ``never``, ``year``: ``units`` of the arm whose event falls in the years of the panel, those ``present``
        then, and the ``share``.
    project_traits
        One row a project, index ``project_id``: traits known of it, numbers as well as words (``trait_demand``).
    """

    rows: Any
    scale: Scale
    years: tuple[int, ...]
    n_rows: int
    n_units: int
    n_clusters: int
    traits: tuple[str, ...] = ()
    discrete: tuple[str, ...] = ()
    continuous: tuple[str, ...] = ()
    starts_vary: Literal["cluster", "unit"] = "cluster"
    attrition: pd.DataFrame = field(default_factory=pd.DataFrame)
    issues: tuple[Issue, ...] = ()
    weighted: bool = False
    """Whether ``rows`` have a ``weight``, constant within a unit."""
    project_traits: pd.DataFrame = field(default_factory=pd.DataFrame)
    columns: Mapping[str, str] = field(default_factory=dict)
    """Heading as read → canonical column."""
