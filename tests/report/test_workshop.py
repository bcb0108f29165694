from io import BytesIO

import pytest
from pypdf import PdfReader

from evaluator.report import workshop
from evaluator.report.fonts import FAMILY, FOLDER
from evaluator.report.workshop import Spoilt, begun, draw, find_undrawable, set_pages

BAR = {"data": {"values": [{"k": "花椒", "v": 3}]}, "mark": "bar", "encoding": {"y": {"field": "k"}}}


@pytest.mark.slow
def test_a_chart_is_drawn_in_both_forms():
    assert draw([BAR], fonts=FOLDER, form="svg")[0].startswith(b"<svg")
    assert draw([BAR, BAR], fonts=FOLDER, form="png")[1].startswith(b"\x89PNG")


@pytest.mark.slow
def test_what_ends_the_process_is_told_and_does_no_harm():
    """The native library ends its process over this text; ours goes on."""
    deadly = {**BAR, "data": {"values": [{"k": "\u202e\u0007", "v": 3}]}}
    with pytest.raises(Spoilt):
        draw([deadly], fonts=FOLDER, form="svg")
    with pytest.raises(Spoilt):
        draw([{"mark": "no such mark"}], fonts=FOLDER, form="svg")


def test_pages_are_set_from_data_with_the_day_asked_for():
    source = f'#set text(font: "{FAMILY}")\n#sys.inputs.text'
    data = set_pages(source, {"text": "#set 县 *b*"}, fonts=FOLDER, timestamp=86_400)
    pdf = PdfReader(BytesIO(data))
    assert "#set 县 *b*" in pdf.pages[0].extract_text()
    assert pdf.metadata.creation_date.day == 2
    assert data == set_pages(source, {"text": "#set 县 *b*"}, fonts=FOLDER, timestamp=86_400)


def test_a_source_that_cannot_be_set_is_told():
    with pytest.raises(Spoilt, match="unclosed"):
        set_pages("#(", {}, fonts=FOLDER)


def test_letters_no_font_has_are_found():
    assert find_undrawable(["县", "A", "\U0010fffd"], fonts=FOLDER, family=FAMILY) == ["\U0010fffd"]


def test_work_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(workshop, "LONGEST_SECONDS", 0.001)
    with pytest.raises(Spoilt):
        draw([BAR], fonts=FOLDER, form="svg")


@pytest.mark.slow
def test_a_process_begun_ahead_does_the_first_drawing_and_is_gone_after():
    with begun():
        process = workshop._AHEAD.get()
        assert draw([BAR], fonts=FOLDER, form="svg")[0].startswith(b"<svg")
        assert process.poll() == 0
        assert draw([BAR], fonts=FOLDER, form="svg")[0].startswith(b"<svg")
    assert workshop._AHEAD.get() is None


def test_a_process_begun_ahead_and_not_needed_is_ended():
    with begun():
        process = workshop._AHEAD.get()
    assert process.poll() is not None


def test_a_process_that_died_ahead_is_told():
    with begun():
        workshop._AHEAD.get().kill()
        workshop._AHEAD.get().wait()
        with pytest.raises(Spoilt):
            draw([BAR], fonts=FOLDER, form="svg")
