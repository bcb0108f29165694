"""Workbook XML is streamed with nothing expanded and nothing fetched."""

import pytest

from evaluator.domain.errors import TableError
from evaluator.intake.markup import ColumnNumbers, SheetFacts, check_markup, elements, whole_number


def refused(part: bytes) -> str:
    with pytest.raises(TableError) as caught:
        check_markup(part)
    return caught.value.issues[0].code


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>', "E_XML_ENTITY"),
        (b'<!DOCTYPE a SYSTEM "http://example.test/x.dtd"><a/>', "E_XML_ENTITY"),
        (b"<!DOCTYPE a><a/>", "E_XML_ENTITY"),
        (b"<a>", "E_XLSX_BROKEN"),
        (b"", "E_XLSX_BROKEN"),
        ("<a>项目</a>".encode("utf-16"), "E_XLSX_BROKEN"),
    ],
)
def test_declarations_and_damage_are_refused(part: bytes, code: str):
    assert refused(part) == code


def test_elements_lose_their_prefix():
    assert elements(b'<x:a xmlns:x="u" b="1"><x:c/></x:a>') == [("a", {"xmlns:x": "u", "b": "1"}), ("c", {})]


def test_numbers_and_letters_are_bounded():
    assert ColumnNumbers()["XFD"] == 16_383
    for letters in ("", "ABCD", "é", "1"):
        with pytest.raises(TableError):
            ColumnNumbers()[letters]
    for text in ("", "-1", "0", "1e3", "٣", "9999999999"):
        with pytest.raises(TableError):
            whole_number(text, least=1, most=1_048_576)


def test_merges_end_where_the_content_ends():
    facts = SheetFacts("表", rows=3, columns=4, merges=[(0, 0, 0, 99), (2, 3, 9, 9), (5, 0, 6, 0)])
    assert facts.merges_inside() == ((0, 0, 0, 3),)
