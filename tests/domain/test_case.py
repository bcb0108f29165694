import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from evaluator.domain.case import Case, lay_out_case, read_case
from evaluator.domain.errors import TableError
from evaluator.evaluation import evaluate
from evaluator.intake.read import read_portfolio

TABLES = ("projects", "register", "places", "markets", "prices", "vacancies", "flows")
PUBLISHED = (
    "项目名称,项目类型,建设内容,资金金额(万元),乡镇\n"
    "云顶村土豆种植,产业,种植土豆300亩，户均增收1200元,50.1,云顶镇\n"
    "云顶村养牛场,产业,养殖肉牛,80,云顶镇\n"
)
FOREIGN = "Project name,Kind,Amount (PHP),Benefit years\nGoat raising,industry,123456.7,3\nRoad,other,1,\n"


def there_and_back(case):
    return read_case(json.loads(json.dumps(lay_out_case(case), allow_nan=False)))


def fingerprint(case):
    tables = {name: getattr(case, name) for name in TABLES if name != "projects"}
    return evaluate(case.edited, **tables, settings=case.settings, as_of=case.as_of, top=case.top).fingerprint


@pytest.mark.slow
def test_a_case_returns_with_the_same_fingerprint(case):
    assert fingerprint(there_and_back(case)) == fingerprint(case)


def cells(table):
    """Every column to the bit, and every other value as it is written."""
    columns = table.frame.reset_index()
    return {
        key: column.to_numpy().tobytes() if column.dtype.kind in "fiMb" else [repr(value) for value in column]
        for key, column in columns.items()
    }


def test_every_table_returns_cell_for_cell(case):
    back = there_and_back(case)
    for name in TABLES:
        assert cells(getattr(back, name)) == cells(getattr(case, name)), name
    for name in ("projects", "register"):
        ours, theirs = getattr(case, name), getattr(back, name)
        pd.testing.assert_frame_equal(theirs.amounts, ours.amounts, check_exact=True)
        assert (theirs.evidence.to_numpy() == ours.evidence.to_numpy()).all()
        assert (theirs.quotes, theirs.issues, theirs.readings) == (ours.quotes, ours.issues, ours.readings)


def test_what_was_chosen_returns(case):
    back = there_and_back(case)
    for name in ("facts", "settings", "as_of", "top", "view", "page", "files", "version", "fingerprint", "saved"):
        assert getattr(back, name) == getattr(case, name), name
    assert back.edited.edits == case.edited.edits


@pytest.mark.parametrize("text", [PUBLISHED, FOREIGN])
def test_lists_with_prose_or_foreign_money_return(text):
    case = Case(projects=read_portfolio(text.encode(), file_name="list.csv", yuan_per_unit=0.12))
    back = there_and_back(case)
    assert cells(back.projects) == cells(case.projects)
    pd.testing.assert_frame_equal(back.projects.amounts, case.projects.amounts, check_exact=True)
    assert (back.projects.evidence.to_numpy() == case.projects.evidence.to_numpy()).all()
    assert back.projects.currency == case.projects.currency


def test_the_numbers_shown_return(case):
    outcome = pd.DataFrame(
        {"total": [0.1 + 0.2, np.nan], "level": ["flag", None]}, index=pd.Index(["a", "b"], name="project_id")
    ).astype({"level": object})
    back = there_and_back(replace(case, outcome=outcome))
    assert back.outcome["total"].tolist()[0] == 0.1 + 0.2
    assert back.outcome.at["a", "level"] == "flag"


def test_a_rule_this_version_does_not_know_is_passed_over(case):
    sheets = lay_out_case(case)
    sheets["settings"].append(["payback.forgotten", "1"])
    assert read_case(sheets).settings == case.settings


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("case", lambda rows: rows.__setitem__(1, ["format", "evaluator-case 99"]), "E_CASE_FORMAT"),
        ("projects", lambda rows: rows[1].__setitem__(rows[0].index("investment_yuan"), "much"), "E_CASE_CELL"),
        ("projects", lambda rows: rows[1].__setitem__(0, rows[2][0]), "E_CASE_IDS"),
        ("projects", lambda rows: rows[0].__setitem__(0, "other"), "E_CASE_IDS"),
        ("settings", lambda rows: rows[1].__setitem__(1, "-5"), "E_CASE_SETTING"),
        ("facts", lambda rows: rows[1].__setitem__(2, "soon"), "E_CASE_PART"),
        ("projects.readings", lambda rows: rows[1].__setitem__(5, "{"), "E_CASE_PART"),
    ],
)
def test_a_damaged_case_is_refused_with_its_code(case, name, change, code):
    sheets = lay_out_case(case)
    change(sheets[name])
    with pytest.raises(TableError) as refused:
        read_case(sheets)
    assert {found.code for found in refused.value.issues} == {code}
    for language in ("en", "zh"):
        assert refused.value.lines(language)
