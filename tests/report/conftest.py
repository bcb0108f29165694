"""One invented list with known and missing facts, read and evaluated once for all report tests."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from evaluator.evaluation import evaluate
from evaluator.intake.read import read_portfolio
from evaluator.intake.tables import read_places
from evaluator.report.sections.material import Material

COUNTY = Path(__file__).parents[2] / "sample_projects" / "county"
HOSTILE_NAME = '=HYPERLINK("http://example.invalid","看")'
LIST = pd.DataFrame(
    {
        "项目编号": ["A1", "A2", "A3", "A4", "A5"],
        "项目名称": ["青岭花椒基地", "石坝花椒种植", "云顶苦荞加工厂", "通村道路", HOSTILE_NAME],
        "项目类型": ["产业", "产业", "产业", "基础设施", "产业"],
        "县": ["昭觉县"] * 5,
        "乡镇": ["甲乡", "甲乡", "乙镇", "乙镇", "乙镇"],
        "产业": ["花椒", "花椒", "苦荞加工", None, "鸡"],
        "总投资(万元)": [60, 80, 300, 120, 20],
        "年净收益(万元)": [25, 10, 70, None, None],
        "农户年增收(万元)": [12, 8, 40, None, None],
        "持续受益年限": [1, 8, 10, None, None],
        "培训天数": [2, 10, 25, None, None],
        "订单比例": [0.0, 0.5, 0.7, None, None],
        "增加值率": [0.1, 0.3, 0.45, None, None],
        "开工时间": ["2026-03", "2026-04", "2026-02", None, None],
        "首次收益时间": ["2026-04", "2027-04", "2027-02", None, None],
    }
)


@pytest.fixture(scope="session")
def portfolio():
    return read_portfolio(LIST)


@pytest.fixture(scope="session")
def evaluation(portfolio):
    return evaluate(portfolio, as_of=date(2026, 6, 30))


@pytest.fixture(scope="session")
def empty_evaluation():
    roads = LIST[LIST["项目编号"] == "A4"].reset_index(drop=True)
    return evaluate(read_portfolio(roads), as_of=date(2026, 6, 30))


@pytest.fixture(scope="session")
def county():
    """The sample county with its neighbours and villages."""
    register, places = read_portfolio(COUNTY / "register.csv"), read_places(COUNTY / "places.csv")
    projects = read_portfolio(COUNTY / "projects.xlsx")
    return Material(evaluate(projects, register=register, places=places, as_of=date(2026, 6, 30)))


HOSTILE = (
    HOSTILE_NAME,
    "<script>alert('x')</script>",
    "![x](http://example.invalid/a.png) [y](http://example.invalid)",
    '#set page(fill: red) $x^2$ *b* _i_ @ref <label> [c] ~ `raw` // no "q" \\n #import "a"',
    "/* a */ = b\\ &amp; {c} {{d}} %s %(x)s ${e}",
    "花椒\u202e基地\u0007响铃",
    "𠮷田村ꀀ养牛",
    "很长的名称" * 120,
    "a" * 400,
    "  前后  空格\t制表\n换行 ",
)


@pytest.fixture(scope="session")
def material(evaluation):
    return Material(evaluation)


@pytest.fixture(scope="session")
def hostile_material():
    """A list whose projects bear those names, in every text field that documents print."""
    count = len(HOSTILE)
    frame = pd.DataFrame(
        {
            "项目编号": [f"H{place}" for place in range(count)],
            "项目名称": HOSTILE,
            "项目类型": ["产业"] * count,
            "县": ["昭觉县"] * count,
            "乡镇": HOSTILE,
            "村": HOSTILE,
            "产业": ["花椒"] * count,
            "责任单位": HOSTILE,
            "绩效目标": HOSTILE,
            "建设内容": HOSTILE,
            "总投资(万元)": [60] * count,
            "年净收益(万元)": [25] * count,
            "农户年增收(万元)": [12] * count,
            "持续受益年限": [1] * count,
            "培训天数": [1] * count,
        }
    )
    return Material(evaluate(read_portfolio(frame), as_of=date(2026, 6, 30)))


@pytest.fixture(scope="session")
def hostile(hostile_material):
    """Those names as the reader of lists hands them on."""
    return tuple(hostile_material.evaluation.portfolio.frame["name"])
