"""One invented list whose balance is worked by hand: potato, walnut, a road, a course and a management fee."""

import pandas as pd
import pytest

from evaluator.balance import measure_balance
from evaluator.domain.places import Places
from evaluator.intake.read import read_portfolio

TABLE = pd.DataFrame(
    {
        "project_id": ["A", "B", "C", "D", "E"],
        "name": ["洋芋基地", "核桃基地", "村道硬化", "护工培训", "项目管理费"],
        "kind": ["industry", "industry", "other", "employment", "other"],
        "project_type": ["产业发展/种植", "产业发展/林果", "乡村建设行动", "就业", "项目管理费"],
        "product": ["potato", "walnut", None, None, None],
        "stage": ["grow", "grow", None, None, None],
        "place_code": "513436",
        "township": ["云镇", "石镇", "云镇", None, None],
        "households": [40, 60, None, 10, None],
        "poor_households": [10, 20, None, None, None],
        "investment_yuan": [1_000_000.0, 3_000_000.0, 900_000.0, None, 100_000.0],
        "benefit_years": [1, 8, None, 3, None],
        "link_mechanisms": ["务工", None, None, None, None],
    }
)
LEVEL = pd.Series({"A": "flag", "B": "none", "D": "cannot_judge"})
GROUPS = {"potato": "tuber", "walnut": "nut"}
PLACES = Places(
    pd.DataFrame(
        {"name": ["美姑县"], "poor_households": ["云=100;石镇=300;雾镇=100"]},
        index=pd.Index(["513436"], name="place_code"),
    )
)


def balance_of(table=TABLE, *, places=PLACES, level=LEVEL, **options):
    return measure_balance(read_portfolio(table), groups=GROUPS, level=level, places=places, **options)


@pytest.fixture(scope="session")
def make_balance():
    return balance_of


@pytest.fixture(scope="session")
def table():
    return TABLE


@pytest.fixture(scope="session")
def balance():
    return balance_of()


@pytest.fixture(scope="session")
def places():
    return PLACES
