"""The sample county evaluated once, with everything a report can hold."""

from datetime import date
from pathlib import Path

import pytest

from evaluator.evaluation import evaluate
from evaluator.intake.read import read_portfolio
from evaluator.report.sections.material import Material
from evaluator.selection import choose

COUNTY = Path(__file__).parents[3] / "sample_projects" / "county"


@pytest.fixture(scope="session")
def county():
    register = read_portfolio(COUNTY / "register.csv")
    return Material(evaluate(read_portfolio(COUNTY / "projects.xlsx"), register=register, as_of=date(2026, 6, 30)))


@pytest.fixture(scope="session")
def funded(county):
    return Material(county.evaluation, selection=choose(county.evaluation, budget_yuan=30_000_000))


@pytest.fixture(scope="session")
def nothing(empty_evaluation):
    return Material(empty_evaluation)
