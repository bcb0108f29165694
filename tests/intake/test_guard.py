"""The guard tells files by their bytes and refuses what no reader should see."""

import pytest

from evaluator.domain.errors import TableError
from evaluator.intake.guard import Limits, check_extent, file_ending, find_kind, name_doubts

LIMITS = Limits()


def refused(data: bytes, name: str = "list.csv", limits: Limits = LIMITS) -> str:
    with pytest.raises(TableError) as caught:
        find_kind(data, file_name=name, limits=limits)
    (issue,) = caught.value.issues
    assert all(issue.message(language) and issue.remedy(language) for language in ("en", "zh"))
    return issue.code


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"PK\x03\x04rest", "list.xlsx", "zip"),
        (b"PK\x03\x04rest", "list.csv", "zip"),
        ("项目,资金\n".encode(), "list.xlsx", "text"),
        (b"<html><table><tr><td>1", "list.xls", "html"),
        (b"\xff\xfe" + "<html>".encode("utf-16-le"), "list.xls", "html"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "Workbook".encode("utf-16-le"), "list.csv", "xls"),
        (b"a,b\n", "LIST.CSV ", "text"),
        (b"a,b\n", "ａ．ｃｓｖ", "text"),
        (b"a,b\n", "", "text"),
    ],
)
def test_kind_is_told_by_content_not_by_name(data: bytes, name: str, kind: str):
    assert find_kind(data, file_name=name, limits=Limits()) == kind


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "list.csv", "E_FILE_EMPTY"),
        (b"\xef\xbb\xbf \r\n\n", "list.csv", "E_FILE_EMPTY"),
        (b"\x89PNG\r\n\x1a\n\x00", "list.csv", "E_BINARY"),
        (b"\x89PNG\r\n\x1a\n\x00", "list.xlsx", "E_TYPE"),
        (b"%PDF-1.7", "list.xlsx", "E_TYPE"),
        (b"MIME-Version: 1.0\nX: y", "list.xls", "E_TYPE"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "list.xls", "E_TYPE"),
        (b"a,b\n1,2\n", "list.csv.exe", "E_TYPE"),
        (b"a,b\n1,2\n", "../../etc/passwd", "E_TYPE"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "list.xlsx", "E_ENCRYPTED"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "WordDocument".encode("utf-16-le"), "list.xls", "E_TYPE"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(data: bytes, name: str, code: str):
    assert refused(data, name) == code


def test_size_is_bounded_before_anything_is_read():
    assert refused(b"a,b\n" * 10, limits=Limits(file_bytes=39)) == "E_TOO_LARGE"


@pytest.mark.parametrize(
    ("rows", "columns", "code"),
    [
        (1_048_576, 16_384, "E_TOO_LARGE"),
        (10, 201, "E_TOO_MANY_COLUMNS"),
        (100_001, 3, "E_TOO_MANY_ROWS"),
        (90_000, 190, "E_TOO_LARGE"),
    ],
)
def test_extent_names_what_is_too_much(rows: int, columns: int, code: str):
    with pytest.raises(TableError) as caught:
        check_extent(rows, columns, sheet="表", limits=Limits())
    assert caught.value.issues[0].code == code


def test_extent_of_an_ordinary_list_passes():
    assert check_extent(10_000, 60, sheet="", limits=Limits()) == 600_000


@pytest.mark.parametrize(
    ("kind", "name", "codes"),
    [
        ("csv", "list.txt", []),
        ("csv", "list.xlsx", ["W_TYPE_CSV"]),
        ("html", "list.xls", ["W_TYPE_HTML"]),
        ("xlsx", "list.xlsm", []),
        ("xlsx", "list.xls", ["W_TYPE_XLSX"]),
        ("xls", "list.et", []),
    ],
)
def test_a_name_that_promises_something_else_is_said(kind: str, name: str, codes: list[str]):
    assert [issue.code for issue in name_doubts(kind, file_name=name)] == codes


def test_ending_of_odd_names():
    assert [file_ending(name) for name in (".csv", "no_extension", "a.b.XLSX", "")] == ["csv", "", "xlsx", ""]
