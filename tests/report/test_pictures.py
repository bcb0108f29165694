import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from evaluator.charts.totals import draw_totals
from evaluator.report.document import Document, Paragraph, Picture, Pictures, Section
from evaluator.report.drawn import order_by_total, total_rows
from evaluator.report.fonts import FAMILY
from evaluator.report.pictures import PIXELS, WIDTH, complete, draw_pictures
from evaluator.report.workshop import Spoilt


def picture(evaluation, language="zh"):
    rows = total_rows(evaluation, order_by_total(evaluation), language)
    return Picture(draw_totals(language), tuple(rows.to_dict("records")), "总分")


def document(*rows):
    blocks = (Paragraph("x"), *(Pictures(row) for row in rows))
    return Document("T", "", "zh", date(2026, 1, 1), "", (Section("k", "s", blocks),))


@pytest.mark.slow
def test_a_drawing_holds_the_names_and_our_typeface(evaluation):
    svg = draw_pictures(document((picture(evaluation),)), "svg")[0].decode()
    assert "云顶苦荞加工厂" in svg
    assert FAMILY in svg
    assert not re.search(r"(href|src)=|url\(", svg)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["svg", "png"])
def test_the_same_picture_is_drawn_the_same(evaluation, form):
    whole = document((picture(evaluation),))
    assert draw_pictures(whole, form) == draw_pictures(whole, form)


@pytest.mark.slow
def test_a_png_is_fine_enough_for_print_and_not_blank(evaluation):
    alone, *pair = draw_pictures(document((picture(evaluation),), (picture(evaluation),) * 2), "png")
    assert Image.open(BytesIO(alone)).width == WIDTH * PIXELS
    assert [Image.open(BytesIO(one)).width for one in pair] == [WIDTH / 2 * PIXELS] * 2
    assert len(Image.open(BytesIO(alone)).convert("L").getcolors()) > 20


def test_what_is_missing_is_drawn_as_nothing_and_what_has_no_shape_as_such():
    spec = complete(Picture({"mark": "bar"}, ({"a": float("nan"), "b": 1.5, "c": "甲\u202e乙"},), "t"), 300)
    assert spec["data"] == {"values": [{"a": None, "b": 1.5, "c": "甲〓乙"}]}


@pytest.mark.slow
def test_a_name_is_no_markup_in_a_drawing(hostile_material):
    svg = draw_pictures(document((picture(hostile_material.evaluation),)), "svg")[0].decode()
    assert "<script" not in svg


@pytest.mark.slow
def test_a_picture_that_cannot_be_drawn_leaves_the_others(evaluation):
    broken = replace(picture(evaluation), spec={"mark": "no such mark"})
    drawn = draw_pictures(document((broken,), (picture(evaluation),)), "svg")
    assert drawn[0] is None
    assert b"<svg" in drawn[1]


def test_a_workshop_that_fails_costs_the_pictures_and_no_more(evaluation, monkeypatch):
    def fail(*_, **__):
        raise Spoilt

    monkeypatch.setattr("evaluator.report.pictures.draw", fail)
    assert draw_pictures(document((picture(evaluation),)), "svg") == [None]
    assert draw_pictures(document(), "svg") == []
