"""One document with every kind of block, in both languages, and one of hostile names."""

from datetime import date

import pytest

from evaluator.report import pictures
from evaluator.report.compose import make_document, write_document
from evaluator.report.document import (
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
)
from evaluator.report.sections import SECTIONS

BAR = {"mark": "bar", "encoding": {"x": {"field": "v", "type": "quantitative"}, "y": {"field": "k", "type": "nominal"}}}
TABLE = Table(
    (Column("项目", 2.0), Column("得分", right=True), Column("等级", toned=True)),
    (("甲", "93（92–95）", "▲ 警示"), ("", "12%", "● 无警示"), ("乙", "–", "■ 无法判断")),
    title="表题",
    grouped=True,
)


@pytest.fixture(scope="session", autouse=True)
def drawn_once():
    """Equal charts are drawn once for all tests: what the drawing itself does is tested in its own room."""
    kept, draw = {}, pictures.draw

    def recall(specs, **options):
        key = repr((specs, sorted(options.items(), key=str)))
        if key not in kept:
            kept[key] = draw(specs, **options)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "draw", recall)
        yield


@pytest.fixture(scope="session")
def written():
    """A document as a file, written once for all tests: ``written(document, ".pdf")``."""
    kept = {}

    def write(document, suffix):
        key = (id(document), suffix)
        if key not in kept:
            kept[key] = (document, write_document(document, suffix))
        return kept[key][1]

    return write


@pytest.fixture(scope="session")
def blocks():
    """Every kind of block once."""
    pictures = tuple(Picture(BAR, ({"k": "花椒", "v": 3},), title, "图注") for title in ("左图", "右图"))
    return (
        Heading("二级标题"),
        Paragraph("正文一段。", "标签："),
        Paragraph("结论一句。", style="lead"),
        Paragraph("附注一句。", style="note"),
        Paragraph("落款", style="right"),
        Listing(("第一点", "第二点")),
        Listing(("其一", "其二"), numbered=True),
        TABLE,
        Table((Column("问题"), Column("答复")), (("几年？", ""),), open=True, small=True),
        Pictures(pictures[:1]),
        Pictures(pictures),
        Figures((Figure("参评", "44", "另有5项"), Figure("资金", "9,489万元", "各行写明"))),
        Notice("须核对。", "草稿。"),
        Heading("另起一页", apart=True),
    )


@pytest.fixture(scope="session")
def document(blocks):
    sections = (Section("one", "第一部分", blocks), Section("two", "第二部分", blocks[:2], apart=True))
    return Document("评估报告", "副题", "zh", date(2026, 6, 30), "版本 0.1.0 · 指纹 abc", sections)


@pytest.fixture(scope="session")
def reports(material):
    """The report of the invented list by language, every section in it."""
    return {language: make_document(material, language, tuple(SECTIONS)) for language in ("en", "zh")}


@pytest.fixture(scope="session")
def hostile_report(hostile_material):
    return make_document(hostile_material, "zh", tuple(SECTIONS))
