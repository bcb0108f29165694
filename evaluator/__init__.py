"""Evaluate rural industry and employment projects: score, rank, flag, and see what is missing.

The face of the package. Rooms are loaded when first used, so that the command line starts at once.

Examples
--------
>>> import evaluator as ev
>>> portfolio = ev.read_portfolio("sample_projects/county/projects.xlsx")
>>> result = ev.evaluate(portfolio)
>>> sorted(set(result.flags.level)) <= ["cannot_judge", "flag", "none", "watch"]
True
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evaluator.categories import propose_categories
    from evaluator.criteria.cashflow import appraise
    from evaluator.criteria.homogeneity import homogeneity
    from evaluator.domain.errors import EvaluatorError, Issue, SettingsError, TableError
    from evaluator.domain.panel import IncomePanel
    from evaluator.domain.portfolio import Portfolio
    from evaluator.domain.settings import Settings
    from evaluator.evaluation import Evaluation, evaluate
    from evaluator.income.findings import IncomeEffects
    from evaluator.incomes import estimate_effects
    from evaluator.intake.flows import read_flows
    from evaluator.intake.panel import read_panel
    from evaluator.intake.read import read_portfolio
    from evaluator.intake.tables import read_markets, read_places, read_prices, read_vacancies
    from evaluator.outlook import project_effects
    from evaluator.selection import Selection, choose

__version__ = "0.1.0"

_HOMES = {
    "appraise": "criteria.cashflow",
    "homogeneity": "criteria.homogeneity",
    "EvaluatorError": "domain.errors",
    "Issue": "domain.errors",
    "SettingsError": "domain.errors",
    "TableError": "domain.errors",
    "Portfolio": "domain.portfolio",
    "Settings": "domain.settings",
    "Evaluation": "evaluation",
    "evaluate": "evaluation",
    "project_effects": "outlook",
    "Selection": "selection",
    "choose": "selection",
    "propose_categories": "categories",
    "IncomeEffects": "income.findings",
    "IncomePanel": "domain.panel",
    "estimate_effects": "incomes",
    "read_flows": "intake.flows",
    "read_panel": "intake.panel",
    "read_portfolio": "intake.read",
    "read_markets": "intake.tables",
    "read_places": "intake.tables",
    "read_prices": "intake.tables",
    "read_vacancies": "intake.tables",
}

__all__ = [
    "Evaluation",
    "EvaluatorError",
    "IncomeEffects",
    "IncomePanel",
    "Issue",
    "Portfolio",
    "Selection",
    "Settings",
    "SettingsError",
    "TableError",
    "appraise",
    "choose",
    "estimate_effects",
    "evaluate",
    "homogeneity",
    "project_effects",
    "propose_categories",
    "read_flows",
    "read_markets",
    "read_panel",
    "read_places",
    "read_portfolio",
    "read_prices",
    "read_vacancies",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'evaluator' has no attribute {name!r}")
    return getattr(import_module(f"evaluator.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
