import numpy as np

from evaluator.report.document import Listing, Pictures, Table
from evaluator.report.ranking import say_firmness
from evaluator.report.sections import material
from evaluator.report.sections.ranking import build_ranking
from evaluator.report.tables import tabulate_ranking


def test_the_order_is_that_of_the_totals_with_the_strings_of_the_screen(county):
    evaluation = county.evaluation
    table = next(block for block in build_ranking(county, "zh") if isinstance(block, Table))
    order = np.argsort(-evaluation.scorecard.total, kind="stable")
    shown = tabulate_ranking(evaluation, "zh", ranges=False).iloc[order]
    shown["项目"] = list(evaluation.portfolio.labels.loc[shown.index])  # equal names are told apart
    assert [row[:9] for row in table.rows] == [tuple(row[:9]) for row in shown.itertuples(index=False, name=None)]
    assert [row[9][2:] for row in table.rows] == list(shown["短平快"])
    assert {row[9][0] for row in table.rows} <= set("▲◆●■")


def test_it_says_how_firm_the_order_is(county):
    listing = next(block for block in build_ranking(county, "en") if isinstance(block, Listing))
    assert listing.items == tuple(say_firmness(county.evaluation, "en"))


def test_only_the_first_of_many_are_drawn_and_that_is_said(county):
    (picture,) = next(block for block in build_ranking(county, "en") if isinstance(block, Pictures)).items
    assert len(picture.rows) == material.DRAWN
    assert f"first {material.DRAWN} of {len(county.scored)}" in picture.note


def test_a_long_list_prints_its_first_projects_and_says_so(county, monkeypatch):
    monkeypatch.setattr("evaluator.report.sections.ranking.RANKED", 10)
    blocks = build_ranking(county, "en")
    assert len(next(block for block in blocks if isinstance(block, Table)).rows) == 10
    assert any("first 10 of 44" in getattr(block, "text", "") for block in blocks)


def test_an_empty_list_has_no_ranking(nothing):
    assert build_ranking(nothing, "zh") == ()
