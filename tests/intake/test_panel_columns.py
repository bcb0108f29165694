"""Headings of a panel are understood; what is missing is named with the heading that is likely it."""

import pytest

from evaluator.domain.errors import TableError
from evaluator.domain.settings import Settings
from evaluator.intake.panel_columns import match_panel, settle_mapping
from tests.intake.made_panel import codes

NEEDED = ["hhid", "year", "income", "first_treated"]


def match(headings, mapping=None, **rules):
    book = Settings().with_values({f"income.{name}": value for name, value in rules.items()})
    return match_panel(headings, mapping=mapping or {}, rules=book.income)


def test_usual_headings_are_known():
    of = match([*NEEDED, "village_id", "trait_soil"]).of
    assert of == {
        "unit_id": "hhid",
        "year": "year",
        "outcome": "income",
        "first_year": "first_treated",
        "cluster_id": "village_id",
        "trait_soil": "trait_soil",
    }


def test_all_that_is_missing_is_named_with_the_likely_heading():
    with pytest.raises(TableError) as refused:
        match(["hhid", "yeer", "incomes_total", "treat_yr"], discrete="sizes")
    assert codes(refused.value.issues) == [
        "E_PANEL_COLUMN_NEAR",
        "E_PANEL_COLUMN_NEAR",
        "E_PANEL_FIRST_YEAR_NEAR",
        "E_PANEL_COVARIATE",
    ]
    assert [one.found for one in refused.value.issues] == ["yeer", "incomes_total", "treat_yr", "sizes"]


def test_two_headings_of_one_meaning_are_told_unless_the_caller_chose():
    headings = [*NEEDED, "人均收入"]
    assert codes(match(headings).issues) == ["W_SIDE_COLUMN_TWICE"]
    chosen = match(headings, {"人均收入": "outcome"})
    assert (chosen.of["outcome"], chosen.issues) == ("人均收入", ())


def test_a_mapping_to_nothing_known_is_refused():
    for wrong in ({"incomme": "outcome"}, {"income": "profit"}):
        with pytest.raises(TableError) as refused:
            settle_mapping(NEEDED, wrong)
        assert codes(refused.value.issues) == ["E_PANEL_MAPPING"]


@pytest.mark.parametrize(
    ("heading", "factor", "log"),
    [
        ("人均收入（万元）", 10_000, False),
        ("人均收入（元）", 1, False),
        ("log_income", 1, True),
        ("收入对数", 1, True),
        ("income", 1, False),
    ],
)
def test_the_heading_says_unit_and_logarithm(heading, factor, log):
    found = match(["hhid", "year", heading, "first_treated"], {heading: "outcome"})
    assert (found.factor, found.log_said) == (factor, log)


def test_columns_of_persons_are_not_kept():
    found = match([*NEEDED, "户主姓名", "联系电话"])
    assert codes(found.issues) == ["W_PERSONAL_DATA"]
    assert not {"户主姓名", "联系电话"} & set(found.of.values())


@pytest.mark.parametrize(
    "headings",
    [
        ("id", "time", "y", "gvar", "village"),
        ("HHID", "Wave", "ln(income)", "First_Treat", "Village Name"),
        ("hh", "t", "lny", "g", "vill"),
        ("农户", "时间", "家庭人均可支配收入", "首次处理年份", "村庄"),
    ],
)
def test_usual_headings_are_understood(headings):
    form = ("unit_id", "year", "outcome", "first_year", "cluster_id")
    columns = match_panel(headings, mapping={}, rules=Settings().income)
    assert dict(columns.of) == dict(zip(form, headings, strict=True))
