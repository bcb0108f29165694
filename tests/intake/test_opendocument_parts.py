"""What an ods holds is known before its reader opens it; its repeats are counted, not unrolled."""

import pytest

from evaluator.domain.errors import TableError
from evaluator.intake.archive import open_archive
from evaluator.intake.guard import Limits
from evaluator.intake.markup import SheetFacts
from evaluator.intake.opendocument_parts import look_through
from tests.intake.made_files import ods

FILLED = '<table:table-cell office:value-type="float" office:value="1"{}><text:p>1</text:p></table:table-cell>'


def facts_of(rows: str) -> tuple[SheetFacts, ...]:
    return look_through(open_archive(ods(rows), limits=Limits()), limits=Limits())[0]


def test_blank_repeats_do_not_stretch_the_sheet():
    cell = '<table:table-cell table:number-columns-repeated="16384"/>'
    blank = f'<table:table-row table:number-rows-repeated="1048575">{cell}'
    (facts,) = facts_of(f"<table:table-row>{FILLED.format('')}</table:table-row>{blank}</table:table-row>")
    assert (facts.rows, facts.columns) == (1, 1)


def test_filled_repeats_are_refused():
    row = '<table:table-row table:number-rows-repeated="1048576">{}</table:table-row>'
    with pytest.raises(TableError) as caught:
        facts_of(row.format(FILLED.format(' table:number-columns-repeated="16384"')))
    assert caught.value.issues[0].code == "E_TOO_LARGE"


def test_merges_percentages_and_errors():
    merged = FILLED.format(' table:number-columns-spanned="2" table:number-rows-spanned="2"')
    percent = '<table:table-cell office:value-type="percentage" office:value="0.5"/>'
    error = '<table:table-cell table:formula="of:=1/0" office:value-type="string"><text:p>#DIV/0!</text:p>'
    first = f"<table:table-row>{merged}<table:covered-table-cell/>{percent}</table:table-row>"
    (facts,) = facts_of(f"{first}<table:table-row>{error}</table:table-cell></table:table-row>")
    assert facts.merges_inside() == ((0, 0, 1, 1),)
    assert facts.percents == {(0, 2)}
    assert facts.errors == {(1, 0): "#DIV/0!"}
