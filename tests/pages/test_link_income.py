import pytest

from evaluator.pages.link import View, read_link, write_link
from evaluator.pages.link_income import read_survey, read_values
from evaluator.pages.saved import view_texts

VIEW = View(income_part="trust", paths="contrast", trait="trait_kind", panel="0123abcd", survey=(5, 6, 7, 20, 2))


def test_a_view_of_the_page_comes_back_from_its_link():
    assert read_link(write_link(VIEW)) == (VIEW, ())
    assert "panel" not in write_link(View())


@pytest.mark.parametrize(
    ("key", "text"), [("inc", "x"), ("paths", "x"), ("panel", "../x"), ("survey", "1-2"), ("survey", "1-2-3-999-4")]
)
def test_what_cannot_be_used_is_named(key, text):
    values, ignored = read_values({key: [text]})
    assert ignored == [(key, text)]
    assert values == read_values({})[0]


def test_a_plan_of_a_survey_stays_within_its_bounds():
    assert read_survey("0-0-0-1-1") == (0, 0, 0, 1, 1)
    assert read_survey("0-0-0-0-1") is None


def test_a_saved_view_names_no_panel_of_the_visit():
    assert "panel" not in view_texts(VIEW)
    assert view_texts(View(panel="sample"))["panel"] == ("sample",)
