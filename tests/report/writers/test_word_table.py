import docx
from docx.oxml.ns import qn

from evaluator.report.writers.word_style import TEXT_CM
from evaluator.report.writers.word_table import BOX, add_grid, fill, shade


def test_columns_share_the_width_of_the_text():
    table, grid = add_grid(docx.Document(), 2, [1.0, 3.0], lines=BOX)
    assert [round(cell.width.cm, 2) for cell in grid[0]] == [round(TEXT_CM / 4, 2), round(TEXT_CM * 3 / 4, 2)]
    lines = table._tbl.tblPr.find(qn("w:tblBorders"))
    assert [line.tag for line in lines] == [qn(f"w:{name}") for name in BOX]


def test_a_cell_holds_its_text_its_colour_and_its_side():
    _, ((cell,),) = add_grid(docx.Document(), 1, [1.0])
    shade(cell, "EEF3F6")
    fill(cell, "▲ <b>#x", "Normal", right=True, tone="B3420F", bold=True)
    run = cell.paragraphs[0].runs[0]
    assert (run.text, run.bold, str(run.font.color.rgb)) == ("▲ <b>#x", True, "B3420F")
    assert cell._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == "EEF3F6"
