import pytest

from evaluator.report.document import Figures, Listing, Paragraph, Pictures, Table
from evaluator.report.findings import say_caution, say_finding
from evaluator.report.numbers import format_interval
from evaluator.report.sections.summary import ASKED, FLAGGED, build_summary


def kinds(blocks, kind):
    return [block for block in blocks if isinstance(block, kind)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_finding_comes_first_and_the_numbers_next(county, language):
    blocks = build_summary(county, language)
    assert blocks[0] == Paragraph(say_finding(county.evaluation, language), style="lead")
    assert isinstance(blocks[1], Figures)


def test_the_most_severe_flags_are_named_with_their_totals(county):
    evaluation = county.evaluation
    (table,) = kinds(build_summary(county, "zh"), Table)
    worst = evaluation.flags.severity.sort_values(ascending=False, kind="stable").index[:FLAGGED]
    assert [row[1] for row in table.rows] == list(evaluation.portfolio.labels[worst])
    card = evaluation.scorecard
    row = int(evaluation.scored.get_loc(worst[0]))
    assert table.rows[0][3] == format_interval(card.total[row], card.low[row], card.high[row], "zh")


def test_the_money_is_drawn_and_the_facts_to_ask_are_listed(county):
    blocks = build_summary(county, "en")
    (pair,) = kinds(blocks, Pictures)
    assert len(pair.items) == 2
    assert sum(row["share"] for row in pair.items[1].rows) == pytest.approx(1.0)
    asked, cautions = kinds(blocks, Listing)
    assert asked.numbered
    assert len(asked.items) == ASKED
    assert cautions.items == tuple(say_caution(code, county.evaluation, "en") for code in county.evaluation.cautions)


def test_an_empty_list_has_its_finding_and_no_picture(nothing):
    blocks = build_summary(nothing, "en")
    assert blocks[0].text.startswith("Nothing") or "scored" in blocks[0].text
    assert not kinds(blocks, Pictures)
