"""Separated text: the encoding, the delimiter and the quotes are found or the file is refused with the line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.domain.errors import TableError
from evaluator.intake.guard import Limits
from evaluator.intake.plain_text import decode_text, everyday_share, find_delimiter, read_rows

LIST = (
    "项目编号,项目名称,总投资(万元)\nQ1,云岭花椒初加工厂,320.5\nQ2,青石马铃薯原种基地,180\nQ3,白鹤乌金猪养殖小区,95\n"
)


def refused(data: bytes) -> tuple[str, int | None]:
    with pytest.raises(TableError) as caught:
        read_rows(data, limits=Limits())
    (issue,) = caught.value.issues
    return issue.code, issue.row


@pytest.mark.parametrize(
    ("encoding", "warned"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", []),
        ("utf-16-le", ["W_ENCODING_GUESSED"]),
        ("utf-16-be", ["W_ENCODING_GUESSED"]),
        ("gb18030", ["W_ENCODING_GUESSED"]),
    ],
)
def test_every_encoding_of_an_office_reads_the_same(encoding: str, warned: list[str]):
    text, issues = decode_text(LIST.encode(encoding))
    assert text == LIST
    assert [issue.code for issue in issues] == warned


def test_rare_names_survive_gb18030():
    text = LIST.replace("云岭", "㐂𠮷")
    assert decode_text(text.encode("gb18030"))[0] == text


def test_two_encodings_pasted_together_are_refused_with_the_line():
    lines = LIST.splitlines(keepends=True)
    pasted = "".join(lines[:3]).encode() + lines[3].encode("gb18030")
    assert refused(pasted) == ("E_ENCODING_MIXED", 4)
    assert refused("".join(lines[:2]).encode("gb18030") + "".join(lines[2:]).encode()) == ("E_ENCODING_MIXED", 3)


def test_other_encodings_are_refused_and_never_garbled():
    assert refused("計畫名稱,經費\n花椒烘乾廠擴建,12\n國營農場設備,3\n".encode("big5"))[0] == "E_ENCODING_UNKNOWN"
    assert refused("título;año\nniño café;3\n".encode("latin-1"))[0] == "E_ENCODING_UNKNOWN"


def test_nul_bytes_are_binary():
    assert refused(LIST.encode().replace("总".encode(), b"\x00\x00\x00"))[0] == "E_BINARY"


@pytest.mark.parametrize(
    ("delimiter", "codes"), [(",", []), ("\t", ["W_DELIMITER_GUESSED"]), (";", ["W_DELIMITER_GUESSED"])]
)
def test_delimiter_is_found(delimiter: str, codes: list[str]):
    rows, issues = read_rows(LIST.replace(",", delimiter).encode(), limits=Limits())
    assert rows[1] == ["Q1", "云岭花椒初加工厂", "320.5"]
    assert [issue.code for issue in issues] == codes


def test_decimal_commas_do_not_hide_semicolons():
    assert find_delimiter("项目;资金;户数\n花椒,核桃;12,5;3\n苦荞;1,5;4\n") == ";"


def test_line_ends_may_be_mixed_and_rows_keep_their_numbers():
    rows, _ = read_rows("表名\r\n\r\n项目,资金\r花椒,1\n".encode(), limits=Limits())
    assert rows == [["表名", ""], ["", ""], ["项目", "资金"], ["花椒", "1"]]


def test_open_quote_is_refused_where_it_starts():
    broken = LIST.replace("青石", '"青石')
    assert refused(broken.encode()) == ("E_CSV_QUOTE", 3)
    assert refused((broken + 'Q4,"合,1\n').encode()) == ("E_CSV_QUOTE", 3)
    assert refused((broken + "Q9,很长的说明,1\n" * 20_000).encode()) == ("E_CSV_QUOTE", 3)


def test_quoted_cells_may_hold_lines_and_quotes():
    rows, _ = read_rows('项目,资金\n"多\n行",3\n"核""桃",2\n花"椒,1\n'.encode(), limits=Limits())
    assert [row[0] for row in rows[1:]] == ["多\n行", '核"桃', '花"椒']


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b" \n\n", "E_FILE_EMPTY"),
        (",".join(f"c{n}" for n in range(20_000)).encode(), "E_TOO_MANY_COLUMNS"),
        (b"x," * 200_000, "E_TOO_MANY_COLUMNS"),
        (b"a,b\n" * 100_001, "E_TOO_MANY_ROWS"),
    ],
)
def test_empty_and_endless_text(data: bytes, code: str):
    assert refused(data)[0] == code


def test_trailing_delimiters_are_no_columns():
    rows, _ = read_rows(("项目,资金" + "," * 300 + "\n花椒,1\n").encode(), limits=Limits())
    assert rows == [["项目", "资金"], ["花椒", "1"]]


def test_everyday_share():
    assert everyday_share("abc") == 1.0
    assert everyday_share("项目，资金") == 1.0
    assert everyday_share("ñé") == 0.0


@settings(max_examples=20, deadline=None)
@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes):
    try:
        rows, _ = read_rows(data, limits=Limits())
    except TableError as error:
        assert error.lines("zh")
    else:
        assert len({len(row) for row in rows}) == 1
