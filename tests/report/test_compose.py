import pytest

from evaluator.domain.errors import EvaluatorError
from evaluator.language import LANGUAGES, has_phrase
from evaluator.report.compose import make_document, read_sections, write_document
from evaluator.report.options import DOCUMENTS
from evaluator.report.sections import ALONE, SECTIONS, STANDARD


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_has_a_title(language):
    assert all(has_phrase(f"document.section.{key}", language) for key in SECTIONS)


def test_sections_are_read_in_the_order_of_a_report():
    assert read_sections("method, summary", "en") == ("summary", "method")
    assert read_sections("standard，notice", "zh") == tuple(key for key in SECTIONS if key in (*STANDARD, "notice"))
    assert read_sections("all", "en") == tuple(SECTIONS)
    assert not set(STANDARD) & set(ALONE)


@pytest.mark.parametrize("text", ["", " , ", "summary,pictures"])
def test_a_section_that_does_not_exist_is_refused_with_those_that_do(text):
    with pytest.raises(EvaluatorError, match="summary"):
        read_sections(text, "en")


def test_only_the_sections_asked_for_are_built(material):
    document = make_document(material, "zh", ("summary", "method"))
    assert [section.key for section in document.sections] == ["summary", "method"]


def test_what_has_nothing_to_say_is_left_out(material):
    keys = [section.key for section in make_document(material, "en", tuple(SECTIONS)).sections]
    assert not {"choice", "effects"} & set(keys)
    assert keys == [key for key in SECTIONS if key not in ("choice", "effects")]


@pytest.mark.parametrize(
    ("sections", "title"),
    [
        (("questions",), "昭觉县待补资料清单（分乡镇）"),
        (("notice",), "昭觉县项目公示文稿（草稿）"),
        (STANDARD, "昭觉县产业就业项目评估报告"),
    ],
)
def test_a_section_alone_is_a_document_of_its_own(material, sections, title):
    assert make_document(material, "zh", sections).title == title


def test_the_stamp_holds_date_version_and_fingerprint(material):
    document = make_document(material, "en", ("summary",))
    assert material.evaluation.fingerprint in document.stamp
    assert document.day == material.evaluation.as_of


@pytest.mark.parametrize("suffix", DOCUMENTS)
def test_every_form_is_written(material, suffix):
    begins = {".docx": b"PK", ".pdf": b"%PDF", ".html": b"<!DOCTYPE", ".xlsx": b"PK"}
    assert write_document(make_document(material, "zh", ("issues",)), suffix).startswith(begins[suffix])


def test_another_form_is_refused(material):
    with pytest.raises(EvaluatorError, match=r"\.odt"):
        write_document(make_document(material, "en", ("issues",)), ".odt")


@pytest.mark.slow
def test_an_empty_list_has_a_report(empty_evaluation):
    from evaluator.report.sections.material import Material

    document = make_document(Material(empty_evaluation), "en", tuple(SECTIONS))
    assert {"summary", "issues", "method"} <= {section.key for section in document.sections}
    assert write_document(document, ".html")
