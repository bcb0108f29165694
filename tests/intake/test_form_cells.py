import datetime as dt
import math

import pytest

from evaluator.domain.fields import Field
from evaluator.intake.cells import CellError
from evaluator.intake.form_cells import find_year, name_product, read_minutes, read_product, read_text, reader_of


def form(kind, key="x"):
    return Field(key, kind, "optional", "X", "甲", "", "")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("2020年", (2020, None)), ("2020-05", (2020, 5)), ("2020年3月", (2020, 3)), (2019, (2019, None)),
     ("12", (None, None)), (dt.datetime(2021, 7, 1), (2021, 7)), (None, (None, None)), ("202012345", (None, None))],
)  # fmt: skip
def test_years_and_months_as_people_write_them(cell, expected):
    assert find_year(cell) == expected


@pytest.mark.parametrize(
    ("cell", "heading", "minutes"),
    [(90, "到513423分钟", 90.0), ("1.5小时", "分钟", 90.0), (2, "到513423小时", 120.0), ("", "分钟", None)],
)
def test_travel_time_in_minutes_or_hours(cell, heading, minutes):
    assert read_minutes(cell, heading) == (minutes, "")


def test_products_by_id_word_or_not_at_all():
    assert read_product("potato") == ("potato", "")
    assert read_product("洋芋")[0] == "potato"
    assert read_product("月球") == (None, "E_SIDE_PRODUCT")
    assert read_product("无") == (None, "")


def test_money_takes_the_unit_of_its_heading():
    assert reader_of(form("money"), "万元")(3) == (30_000.0, "")
    assert reader_of(form("money"), "")("3千元")[0] == 3000.0
    assert reader_of(form("money"), "元/斤")(2.5) == (2.5, "")


def test_flags_months_and_numbers():
    flag = reader_of(form("flag"), "")
    assert [flag(cell)[0] for cell in ("是", "否", True, None, "无")] == [True, False, True, None, False]
    assert flag("也许") == (None, "W_SIDE_FLAG")
    assert reader_of(form("months"), "")("2年") == (24.0, "")
    assert reader_of(form("number"), "")("-3") == (-3.0, "")
    assert reader_of(form("number"), "")("abc") == (None, "E_SIDE_VALUE")
    assert read_text(CellError("#REF!")) == (None, "E_SIDE_VALUE")
    assert read_text(math.nan) == (None, "")


def test_products_are_named_in_both_languages():
    assert name_product("apple") == "苹果 / Apple"
    assert name_product("nothing known") == "nothing known"
