"""Every kind of content a report can hold."""

import pytest

from evaluator.report.sections.material import Material
from evaluator.selection import choose


@pytest.fixture(scope="session")
def funded(county):
    return Material(county.evaluation, selection=choose(county.evaluation, budget_yuan=30_000_000))


@pytest.fixture(scope="session")
def nothing(empty_evaluation):
    return Material(empty_evaluation)
