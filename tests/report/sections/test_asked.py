from dataclasses import replace

from evaluator.report.document import Heading, Listing, Table
from evaluator.report.sections.asked import build_asked, by_township
from evaluator.report.terms import say_field


def test_projects_are_listed_by_township_with_the_facts_they_lack(county):
    evaluation = county.evaluation
    towns = by_township(county, "zh")
    listed = [project for ids in towns.values() for project in ids]
    assert sorted(listed) == sorted(key for key, asked in evaluation.questions.items() if asked)
    table = next(block for block in build_asked(county, "zh") if isinstance(block, Table))
    assert [row[0] for row in table.rows if row[0]] == list(towns)
    first = evaluation.questions[listed[0]]
    assert table.rows[0][2].startswith(say_field(first[0].field, "zh"))


def test_alone_there_is_a_page_a_township_with_room_for_the_answers(county):
    blocks = build_asked(replace(county, alone=True), "en")
    heads = [block for block in blocks if isinstance(block, Heading)]
    tables = [block for block in blocks if isinstance(block, Table)]
    assert len(heads) == len(tables) == len(by_township(county, "en"))
    assert all(head.apart for head in heads)
    assert all(table.open and row[-1] == "" for table in tables for row in table.rows)


def test_the_facts_that_settle_most_are_explained(county):
    listing = next(block for block in build_asked(county, "en") if isinstance(block, Listing))
    assert all("missing in" in item for item in listing.items)


def test_a_long_list_prints_the_first_projects_and_says_so(county, monkeypatch):
    monkeypatch.setattr("evaluator.report.sections.asked.ASKED", 5)
    blocks = build_asked(county, "en")
    assert len(next(block for block in blocks if isinstance(block, Table)).rows) == 5
    assert any("first 5 of" in getattr(block, "text", "") for block in blocks)


def test_what_names_no_township_comes_last(county, monkeypatch):
    frame = county.evaluation.portfolio.frame.copy()
    lacking = [key for key, asked in county.evaluation.questions.items() if asked]
    frame.loc[lacking[:2], "township"] = None
    evaluation = replace(county.evaluation, portfolio=replace(county.evaluation.portfolio, frame=frame))
    assert list(by_township(replace(county, evaluation=evaluation), "en"))[-1] == "Township not stated"


def test_an_empty_list_asks_nothing(nothing):
    assert build_asked(nothing, "zh") == ()
