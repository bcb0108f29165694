"""What an xlsx holds is known before its reader opens it."""

import pytest

from evaluator.domain.errors import TableError
from evaluator.intake.archive import open_archive
from evaluator.intake.guard import Limits
from evaluator.intake.markup import SheetFacts
from evaluator.intake.workbook_parts import look_through
from tests.intake.made_files import HEAD, MAIN, worksheet, xlsx_parts, zipped

LIMITS = Limits()


def facts_of(*sheets: str, limits: Limits = LIMITS, **parts: str) -> tuple[SheetFacts, ...]:
    named = {name.replace("__", "/") + ".xml": content for name, content in parts.items()}
    return look_through(open_archive(zipped(xlsx_parts(*sheets) | named), limits=limits), limits=limits)[0]


def refused(*sheets: str, limits: Limits = LIMITS) -> str:
    with pytest.raises(TableError) as caught:
        facts_of(*sheets, limits=limits)
    return caught.value.issues[0].code


FIRST = '<row r="1"><c r="A1"><v>1</v></c></row>'


def test_a_far_cell_is_refused_before_a_reader_asks_for_the_rectangle():
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert refused(worksheet(FIRST + far)) == "E_TOO_LARGE"
    prefixed = worksheet(FIRST + far).replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    assert refused(prefixed) == "E_TOO_LARGE"


def test_cells_that_are_only_formatted_do_not_count():
    (facts,) = facts_of(worksheet(FIRST + '<row r="1048576"><c r="XFD1048576" s="1"/></row>'))
    assert (facts.rows, facts.columns) == (1, 1)


def test_cells_without_an_address_follow_the_one_before():
    (facts,) = facts_of(worksheet('<row><c><v>1</v></c></row><row><c r="C2"/><c t="e"><v>#N/A</v></c></row>'))
    assert facts.errors == {(1, 3): "#N/A"}


def test_formulas_errors_and_links_are_booked_by_cell():
    row = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1</f></c><c r="C1"><f>A1</f><v></v></c>'
        '<c r="D1" t="str"><f>IF(1,"")</f><v></v></c><c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="F1"><f>[1]Sheet1!A1</f><v>3</v></c></row>'
    )
    (facts,) = facts_of(worksheet(row))
    assert facts.formulas == [(0, 0), (0, 3), (0, 4), (0, 5)]
    assert facts.unvalued == [(0, 1), (0, 2)]
    assert facts.external == [(0, 5)]
    assert facts.errors == {(0, 4): "#DIV/0!"}


def test_percentages_are_known_by_their_style():
    styles = (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="0.0%"/>'
        '<numFmt numFmtId="171" formatCode="0&quot;%&quot;"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>'
    )
    cells = "".join(f'<c r="{letter}1" s="{style}"><v>1</v></c>' for style, letter in enumerate("ABCD"))
    (facts,) = facts_of(worksheet(f'<row r="1">{cells}</row>'), xl__styles=styles)
    assert facts.percents == {(0, 1), (0, 2)}


@pytest.mark.parametrize("bad", ['<row r="0"/>', '<row r="9999999999"/>', '<row><c r="1A"><v>1</v></c></row>'])
def test_impossible_addresses_are_damage(bad: str):
    assert refused(worksheet(bad)) == "E_XLSX_BROKEN"


def test_sheets_and_cells_are_bounded():
    assert refused(*[worksheet(FIRST)] * 3, limits=Limits(sheets=2)) == "E_TOO_MANY_SHEETS"
    assert refused(*[worksheet(FIRST)] * 3, limits=Limits(cells=2)) == "E_TOO_MANY_CELLS"


def test_a_missing_sheet_is_damage():
    parts = xlsx_parts(worksheet(FIRST))
    del parts["xl/worksheets/sheet1.xml"]
    with pytest.raises(TableError) as caught:
        look_through(open_archive(zipped(parts), limits=Limits()), limits=Limits())
    assert caught.value.issues[0].code == "E_XLSX_BROKEN"
