import re
from html.parser import HTMLParser

import pytest

from evaluator.report.document import visible
from evaluator.report.writers.html import write_html

VOID = {"meta", "col"}


class Reader(HTMLParser):
    """What a browser would make of a page: its tags, attributes and words, and whether every tag is closed."""

    def __init__(self, data):
        super().__init__()
        self.tags, self.attributes, self.words, self.open = [], [], [], []
        self.feed(data.decode())

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "title"):
            self.words.append(data)

    @property
    def text(self):
        return "\n".join(self.words)


@pytest.mark.slow
def test_all_texts_of_a_report_are_shown_and_equal_the_screen(reports, written):
    for document in reports.values():
        page = Reader(written(document, ".html"))
        assert not page.open
        assert not [text for text in document.texts() if visible(text) not in page.text]


@pytest.mark.slow
def test_every_kind_of_block_is_drawn(document, written):
    page = Reader(written(document, ".html"))
    assert {"h1", "h2", "h3", "p", "ul", "ol", "table", "figure", "svg", "dl", "aside", "nav"} <= set(page.tags)
    assert ("rowspan", "2") in page.attributes
    assert page.tags.count("svg") == 3


@pytest.mark.slow
def test_the_page_asks_nothing_of_anybody_and_runs_nothing(reports, hostile_report, written):
    for document in (*reports.values(), hostile_report):
        data = written(document, ".html").decode()
        page = Reader(data.encode())
        assert not set(page.tags) & {
            "script",
            "link",
            "iframe",
            "img",
            "object",
            "embed",
            "base",
            "form",
            "image",
            "use",
        }
        names = dict(page.attributes)
        assert not [
            name for name in names if name.startswith("on") or name in ("src", "srcset", "action", "xlink:href")
        ]
        assert all(value.startswith("#") for name, value in page.attributes if name == "href")
        style = re.search(r"<style>(.*?)</style>", data, re.DOTALL)[1]
        assert not re.search(r"url\(|@import", style)
        assert "default-src 'none'" in data


@pytest.mark.slow
def test_hostile_names_are_shown_letter_for_letter(hostile_report, hostile, written):
    page = Reader(written(hostile_report, ".html"))
    assert all(visible(name) in page.text for name in hostile)


def test_pictures_have_names_and_the_readers_fonts(document, written):
    data = written(document, ".html").decode()
    assert 'role="img" aria-label="左图"' in data
    assert "Microsoft YaHei" in re.search(r"<svg.*?</svg>", data, re.DOTALL)[0]
    assert "xmlns" not in data


def test_the_contents_lead_to_the_sections(document, written):
    page = Reader(written(document, ".html"))
    places = {value for name, value in page.attributes if name == "id"}
    leads = {value.removeprefix("#") for name, value in page.attributes if name == "href"}
    assert leads == {"one", "two"}
    assert leads <= places


@pytest.mark.slow
@pytest.mark.parametrize(("language", "locale"), [("en", "en"), ("zh", "zh-CN")])
def test_the_page_says_its_language(language, locale, reports, written):
    assert dict(Reader(written(reports[language], ".html")).attributes)["lang"] == locale


def test_the_same_document_has_the_same_bytes(document, written):
    assert write_html(document) == written(document, ".html")
