import pytest

from evaluator.report.document import Figures, Heading, Listing, Notice, Paragraph, Table
from evaluator.report.numbers import format_interval, format_rank, format_share
from evaluator.report.sections.sheets import build_sheet, build_sheets


@pytest.mark.slow
def test_there_is_a_page_a_project_best_first(county):
    heads = [block for block in build_sheets(county, "zh") if isinstance(block, Heading) and block.level == 2]
    assert len(heads) == len(county.scored)
    assert [head.apart for head in heads] == [False, *[True] * (len(heads) - 1)]
    best = county.evaluation.scored[county.evaluation.scorecard.total.argmax()]
    assert str(best) in heads[0].text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_has_scores_rules_signs_money_neighbours_and_questions(county, language):
    evaluation, card, row = county.evaluation, county.evaluation.scorecard, 7
    blocks = build_sheet(county, row, language)
    figures = next(block for block in blocks if isinstance(block, Figures)).items
    assert figures[0].value == format_interval(card.total[row], card.low[row], card.high[row], language)
    rank = int(card.rank[row]), int(card.rank_low[row]), int(card.rank_high[row]), bool(card.judged[row])
    assert figures[1].value == format_rank(*rank, language)
    assert figures[2].value == format_share(card.coverage[row], language)
    parts, signs = (block for block in blocks if isinstance(block, Table))
    assert len({line[0] for line in parts.rows} - {""}) == 4
    assert all(line[4] for line in parts.rows)
    assert len(signs.rows) == 6
    lit = evaluation.flags.of(str(evaluation.scored[row]))
    assert [line[0][0] == "▲" for line in signs.rows] == [sign.on for sign in lit.values()]
    assert sum(isinstance(block, Paragraph) for block in blocks) >= 4
    assert any(isinstance(block, Notice) for block in blocks) == bool(card.red_lines[row])


def test_questions_are_asked_where_facts_are_missing(county):
    row = next(row for row, key in enumerate(county.scored) if len(county.evaluation.questions[str(key)]) > 5)
    listing = next(block for block in build_sheet(county, row, "en") if isinstance(block, Listing))
    assert listing.numbered
    assert len(listing.items) == 5


def test_payback_that_cannot_be_worked_out_says_what_it_needs(material):
    row = list(material.scored).index("A5")
    said = " ".join(block.text for block in build_sheet(material, row, "en") if isinstance(block, Paragraph))
    assert "Payback cannot be worked out" in said


def test_an_empty_list_has_no_page(nothing):
    assert build_sheets(nothing, "zh") == ()
