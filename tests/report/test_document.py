from datetime import date

import pandas as pd
import pytest

from evaluator.report.document import (
    STRANGE,
    Column,
    Document,
    Figure,
    Figures,
    Heading,
    Listing,
    Notice,
    Paragraph,
    Picture,
    Pictures,
    Section,
    Table,
    tabulated,
    visible,
)


def test_a_text_stays_letter_for_letter_on_one_line():
    text = '=A1 <b>#set $x$ *b* [c](http://example.invalid) 𠮷 "q" \\'
    assert visible(text) == text
    assert visible(" a\t b\n\nc ") == "a b c"


@pytest.mark.parametrize("shapeless", ["\x00", "\x07", "\u202e", "\u200b", "\ufeff", "\ue000", "\ud800", "\ufdd0"])
def test_what_has_no_shape_is_shown_as_such(shapeless):
    assert visible(f"甲{shapeless}乙") == f"甲{STRANGE}乙"


def test_every_text_of_a_document_is_found():
    table = Table((Column("c1"), Column("c2")), (("r1", "r2"),), title="t1")
    blocks = (
        Heading("h1"),
        Paragraph("p1", "l1"),
        Listing(("i1", "i2")),
        table,
        Pictures((Picture({}, (), "x1", "x2"),)),
        Figures((Figure("f1", "f2", "f3"),)),
        Notice("n1", "n2"),
    )
    document = Document("d1", "d2", "en", date(2026, 1, 1), "d3", (Section("key", "s1", blocks),))
    said = "d1 d2 d3 s1 h1 l1 p1 i1 i2 t1 c1 c2 r1 r2 x1 x2 f1 f2 f3 n2 n1"
    assert list(document.texts()) == said.split()


def test_a_grouped_table_joins_empty_first_cells_to_the_one_above():
    rows = (("a", "1"), ("", "2"), ("b", "3"), ("", "4"), ("", "5"))
    columns = (Column("x"), Column("y"))
    assert Table(columns, rows, grouped=True).spans() == (2, 0, 3, 0, 0)
    assert Table(columns, rows).spans() == (1, 1, 1, 1, 1)
    assert Table(columns, (("", "1"), ("", "2")), grouped=True).spans() == (2, 0)
    assert Table(columns, (), grouped=True).spans() == ()


def test_figures_stand_on_the_right_and_words_on_the_left():
    frame = pd.DataFrame(
        {"name": ["甲", "乙"], "share": ["12 %", "–"], "note": ["1 word", "two words of more than that"]}
    )
    table = tabulated(frame, {0: 3.0}, title="t")
    assert [column.right for column in table.columns] == [False, True, False]
    assert table.columns[0].width == 3.0
    assert table.rows == (("甲", "12 %", "1 word"), ("乙", "–", "two words of more than that"))


def test_a_short_table_stays_on_one_page():
    columns = (Column("x"),)
    assert Table(columns, (("a",),) * 9).short
    assert not Table(columns, (("a",),) * 10).short
    assert not Table(columns, (("a" * 301,),)).short


def test_paragraphs_that_open_a_section_stay_with_what_they_introduce():
    note, table = Paragraph("n"), Table((Column("x"),), (("a",),))
    assert Section("k", "s", (note, note, table, note)).opening == 2
    assert Section("k", "s", (table, note)).opening == 0
    assert Section("k", "s", (note,)).opening == 0
