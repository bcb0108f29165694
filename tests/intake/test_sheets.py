"""Bytes of every kind become the same plain sheets."""

import base64
import datetime
import io
import zlib

import openpyxl
import pytest
import xlsxwriter

from evaluator.domain.errors import TableError
from evaluator.intake.sheets import CellError, SheetFile, read_sheets
from tests.intake.made_files import HEAD, MAIN, ods, worksheet, xlsx_parts, zipped

# An Excel 97 workbook with title, percentage, date, error and a hidden sheet; written once with xlwt 1.3.0.
OLD_BOOK = zlib.decompress(
    base64.b85decode(
        "c-rk)OGuPa6#ni%GtP|p7$=Q1vO&no6v|q-(dl8i%E|&GO4CMCd@@KhEy}c6iC_d#(Z;Yv8_P`(dKt7Z3bY3lL7;`JAPNjxsM9%T"
        "{$EF(z=0B!|NFV;-h0kH_nv#txsRFQp_GxH{)|z~K@lvN3ONxM!Bdo+M#Tk^heBL5atEc5i6sT6gB%%W!=uF4cJ?9rdlVY(TAvdI"
        "zEC=b7L+zO)p!;WyTpbn#WoZwE5)9M8<dieE_S(vo)o%L=pAYMSm+MnbO|k_wj=5&hP<UY1$rDG(XvFAL{#Cv=zJ2+R-|E&<M@2H"
        "3b(akr@yYMVc82ZtqJG_1wlzoQ;nbN$+(4hAVA1#Y|QidMvzJY(u-dq4=`?=1OpzEzqot_;{Tq_xBrFjpd&jP-$~Am#*d%dk9ELv"
        "S+fFd2%S*8U4lrUt;r%y^>n(+f~3=6=SWhj`^p5$<sxu|FN`xQpoUL9JCu(t$j5fHRs^noKh0{ir@5GT_(y<xE$(`AiL&?go%?x="
        "%CX}l?{9b4eQfbp5T~GacWpf1KXP8VW}R1wvWpXl`j9N;6xquzGGgNP&$s)k4|pqu(<WwxZ?g3~DTHu=HAp#0BzdwaUQ)^tjm<*a"
        "rPno5&JdbP+lKP&18I6;Z-=zGDAH^iXPe-icSA&ZBb9^S4nD{Xe)Vpma$m{l+0?!d-X3I;Lwvl1^mQOt<*Mt~7!SQhuJkkSv(WT;"
        "=buA!h5dz)eqASHlJ_qmMP~ez)(EmX{8>apMbS{A!F`5nN?IE=jcV5EnuTgMeRM5KUz+sAUV4Jnx^G^M^IXamTYmF}rdwhWZ_d`X"
        "h_+oMYpG^f!tac5Lpw4RGWiPA93;|Ys^>ITWz+ISbsd#$^HiNECVK|bU195aPFlqH+@V!Qv@4e9Dvpa8xzgf@H%O5%rmq>pf+Ee0"
        "dpvErg=VlAv8$%(QjJ{|HFo7a%BzZKt7^i82@@tvn1~fhUOkYf5x*&H`n$xg|F1JiY0CVYWZ9w&&Gfa>557HUqTG)_O!2b{Hf8js"
        "7N}$VU&tt@(fz1Lwb)S~bNte~Qbo>Z!HTYbw}oOIe<~I`|MU2N0R5FWq5"
    )
)


def codes(file: SheetFile) -> list[str]:
    return [issue.code for issue in file.issues]


def refused(data: bytes, name: str = "list.xlsx") -> str:
    with pytest.raises(TableError) as caught:
        read_sheets(data, file_name=name)
    (issue,) = caught.value.issues
    assert all(issue.message(lang) and issue.needed(lang) and issue.remedy(lang) for lang in ("en", "zh"))
    return issue.code


def written(**options: object) -> tuple[io.BytesIO, xlsxwriter.Workbook]:
    target = io.BytesIO()
    return target, xlsxwriter.Workbook(target, options)


def test_xlsx_keeps_numbers_dates_merges_and_percentages():
    target, book = written()
    page = book.add_worksheet("计划")
    page.merge_range(0, 0, 0, 2, "云岭县 2024 年项目")
    page.write_row(1, 0, ["项目", "户数", "比例", "开工"])
    page.write_row(2, 0, ["花椒烘干", 210])
    page.write(2, 2, 0.85, book.add_format({"num_format": "0%"}))
    page.write(2, 3, datetime.date(2024, 3, 1), book.add_format({"num_format": 'yyyy"年"m"月"'}))
    page.write_row(3, 0, ["核桃", 12.5, True])
    book.close()
    file = read_sheets(target.getvalue(), file_name="list.xlsx")
    (sheet,) = file.sheets
    assert sheet.name == "计划"
    assert sheet.cells[0] == ("云岭县 2024 年项目", None, None, None)
    assert sheet.cells[2] == ("花椒烘干", 210, 0.85, datetime.datetime(2024, 3, 1))
    assert sheet.cells[3] == ("核桃", 12.5, True, None)
    assert (sheet.merges, sheet.percents) == (((0, 0, 0, 2),), frozenset({(2, 2)}))
    assert codes(file) == []


def test_dates_of_the_1904_calendar():
    target, book = written(date_1904=True)
    book.add_worksheet().write(0, 0, datetime.date(2024, 3, 1), book.add_format({"num_format": 14}))
    book.close()
    assert read_sheets(target.getvalue(), file_name="a.xlsx").sheets[0].cells == ((datetime.datetime(2024, 3, 1),),)


def test_error_cells_and_formulas_are_named_not_emptied():
    target, book = written()
    page = book.add_worksheet()
    page.write_formula("A1", "=1+1", None, 2)
    page.write_formula("F2", "=1/0", None, "#DIV/0!")
    book.close()
    file = read_sheets(target.getvalue(), file_name="a.xlsx")
    assert file.sheets[0].cells[1][5] == CellError("#DIV/0!")
    assert {issue.code: issue.found for issue in file.issues} == {"W_FORMULA_VALUE": "A1", "E_CELL_ERROR": "F2 #DIV/0!"}


def test_formula_without_a_stored_value_is_an_error_of_its_cell():
    book = openpyxl.Workbook()
    book.active.append(["项目", "资金"])
    book.active.append(["花椒", "=1+1"])
    target = io.BytesIO()
    book.save(target)
    file = read_sheets(target.getvalue(), file_name="a.xlsx")
    assert file.sheets[0].cells == (("项目", "资金"), ("花椒", CellError("E_FORMULA_NO_VALUE")))
    assert [(issue.code, issue.found) for issue in file.issues] == [("E_FORMULA_NO_VALUE", "B2")]


def test_hidden_sheets_and_rows_are_read_and_said():
    target, book = written()
    book.add_worksheet("一").write(0, 0, "项目")
    book.add_chartsheet("图")
    hidden = book.add_worksheet("二")
    hidden.write(0, 0, "项目")
    hidden.set_row(0, None, None, {"hidden": True})
    hidden.hide()
    book.close()
    file = read_sheets(target.getvalue(), file_name="a.xlsx")
    assert [(sheet.name, sheet.hidden) for sheet in file.sheets] == [("一", False), ("二", True)]
    assert sorted(codes(file)) == ["W_ROWS_HIDDEN", "W_SHEET_HIDDEN"]


def test_phonetic_guide_is_no_part_of_a_name():
    rich = '<is><r><t>花椒</t></r><r><rPr><b/></rPr><t>烘干</t></r><rPh sb="0" eb="2"><t>huajiao</t></rPh></is>'
    row = f'<row r="1"><c r="A1" t="inlineStr">{rich}</c></row>'
    assert read_sheets(zipped(xlsx_parts(worksheet(row))), file_name="a.xlsx").sheets[0].cells == (("花椒烘干",),)


def test_rows_out_of_order_stand_where_they_say():
    rows = '<row r="2"><c r="A2"><v>2</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'
    assert read_sheets(zipped(xlsx_parts(worksheet(rows))), file_name="a.xlsx").sheets[0].cells == ((1,), (2,))


def test_links_and_macros_are_said_and_not_followed():
    row = '<row r="1"><c r="A1" t="str"><f>[1]表!A1</f><v>外部</v></c></row>'
    parts = xlsx_parts(worksheet(row)) | {"xl/externalLinks/externalLink1.xml": "<a/>", "xl/vbaProject.bin": b"\x00"}
    file = read_sheets(zipped(parts), file_name="a.xlsm")
    assert file.sheets[0].cells == (("外部",),)
    assert set(codes(file)) == {"W_MACROS", "W_EXTERNAL_LINK", "W_FORMULA_VALUE"}


def test_shared_string_that_does_not_exist_is_damage():
    parts = xlsx_parts(worksheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'))
    assert refused(zipped(parts | {"xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{MAIN}"/>'})) == "E_XLSX_BROKEN"


def test_entities_in_a_sheet_are_refused():
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + worksheet(
        '<row r="1"><c r="A1"><v>&b;</v></c></row>'
    )
    assert refused(zipped(xlsx_parts(bomb))) == "E_XML_ENTITY"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"word/document.xml": "<a/>"}, "E_TYPE"),
        ({"xl/workbook.bin": b"\x00"}, "E_TYPE"),
        ({"readme.txt": "x"}, "E_TYPE"),
        ({"xl/workbook.xml": "<workbook/>"}, "E_XLSX_BROKEN"),
    ],
)
def test_other_archives_are_refused(parts: dict[str, str | bytes], code: str):
    assert refused(zipped(parts)) == code


def test_truncated_upload():
    assert refused(zipped(xlsx_parts(worksheet("")))[:-40]) == "E_ZIP_BROKEN"


def test_workbook_without_anything_in_it_is_empty():
    assert refused(zipped(xlsx_parts(worksheet("")))) == "E_FILE_EMPTY"


def test_old_xls():
    file = read_sheets(OLD_BOOK, file_name="list.xls")
    first, second = file.sheets
    assert first.cells[2][:4] == ("花椒烘干", 320.5, 0.85, datetime.datetime(2024, 3, 1))
    assert first.cells[3][2:4] == (True, 12)
    assert first.cells[4][1] == CellError("#DIV/0!")
    assert (first.merges, first.percents) == (((0, 0, 0, 3),), frozenset({(2, 2)}))
    assert (second.hidden, codes(file)) == (True, ["E_CELL_ERROR", "W_SHEET_HIDDEN"])


def test_damaged_xls_is_refused():
    assert refused(OLD_BOOK[:2000], "list.xls") == "E_XLS_BROKEN"


def test_ods():
    title = '<table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>计划</text:p>'
    date = '<table:table-cell office:value-type="date" office:date-value="2024-03-01"/>'
    rows = (
        f"<table:table-row>{title}</table:table-cell><table:covered-table-cell/></table:table-row>"
        '<table:table-row><table:table-cell office:value-type="float" office:value="7"/>'
        f"{date}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    (sheet,) = read_sheets(ods(rows), file_name="list.ods").sheets
    assert sheet.cells == (("计划", None), (7, datetime.datetime(2024, 3, 1)))
    assert sheet.merges == ((0, 0, 0, 1),)


def test_text_named_xlsx_is_read_and_said():
    file = read_sheets("项目,资金\n花椒\x1b[31m,320.5\n".encode(), file_name="list.xlsx")
    assert file.sheets[0].cells == (("项目", "资金"), ("花椒", "320.5"))
    assert codes(file) == ["W_TYPE_CSV", "W_TEXT_CLEANED"]


def test_page_named_xls_is_read_and_said():
    page = "<html><meta charset=gbk><table><tr><td>项目</td><td>资金</td></tr></table>".encode("gbk")
    file = read_sheets(page, file_name="list.xls")
    assert (file.sheets[0].cells, codes(file)) == ((("项目", "资金"),), ["W_TYPE_HTML"])


def test_cell_longer_than_a_spreadsheet_holds_is_named_and_the_rest_read():
    file = read_sheets(("项目,资金\n" + "长" * 50_000 + ",1\n花椒,2\n").encode(), file_name="list.csv")
    assert file.sheets[0].cells[1:] == ((CellError("E_TEXT_TOO_LONG"), "1"), ("花椒", "2"))
    assert [(issue.code, issue.found) for issue in file.issues] == [("E_TEXT_TOO_LONG", "A2 (50000)")]


def test_hostile_names_stay_text():
    target, book = written()
    book.add_worksheet("<b>=1+1").write(0, 0, "<img src=x onerror=1>")
    book.close()
    (sheet,) = read_sheets(target.getvalue(), file_name="../../x.xlsx").sheets
    assert (sheet.name, sheet.cells) == ("<b>=1+1", (("<img src=x onerror=1>",),))
