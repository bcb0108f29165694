import time
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from evaluator.report.document import Document
from evaluator.report.writers.word_style import FONTS, OWN, dress, set_up, settle


@pytest.mark.parametrize("language", ["en", "zh"])
def test_typefaces_are_named_outright_for_latin_and_chinese(language):
    word = docx.Document()
    set_up(word, Document("T", "", language, date(2026, 1, 2), "S", ()))
    latin, text, heading = FONTS[language]
    for name, chinese in (("Normal", text), ("Heading 1", heading), ("Small cell", text)):
        fonts = word.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:ascii")) == latin
        assert fonts.get(qn("w:eastAsia")) == chinese
        assert not any("Theme" in key for key in fonts.attrib)


def test_a_paragraph_is_dressed_by_the_name_of_a_style():
    word = docx.Document()
    set_up(word, Document("T", "", "zh", date(2026, 1, 2), "S", ()))
    for name in (*OWN, "Heading 2", "Caption", "Title"):
        assert dress(word.add_paragraph(), name).style.name == name


def test_settled_bytes_do_not_know_the_clock(monkeypatch):
    def packed(clock):
        monkeypatch.setattr(time, "time", lambda: clock)
        target = BytesIO()
        with ZipFile(target, "w") as parts:
            parts.writestr("a.xml", "<a/>")
        return target.getvalue()

    first, second = packed(1_000_000_000.0), packed(1_700_000_000.0)
    assert first != second
    assert settle(first) == settle(second)
    assert ZipFile(BytesIO(settle(first))).read("a.xml") == b"<a/>"
