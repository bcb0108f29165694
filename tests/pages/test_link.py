import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.pages.book import EQUAL_WEIGHTS
from evaluator.pages.link import SECTIONS, Ignored, View, read_link, unknown, write_link

words = st.text(string.ascii_letters + string.digits + "县村项目-_ ", min_size=1, max_size=20).filter(str.strip)
views = st.builds(
    View,
    language=st.sampled_from(["en", "zh"]),
    weights=st.tuples(*[st.integers(0, 100)] * 4),
    kinds=st.lists(st.sampled_from(["industry", "employment"]), unique=True).map(tuple),
    levels=st.lists(st.sampled_from(["none", "watch", "flag", "cannot_judge"]), unique=True).map(tuple),
    townships=st.lists(words, unique=True, max_size=3).map(tuple),
    search=st.one_of(st.just(""), words),
    project=st.one_of(st.just(""), words),
    picked=st.lists(words, unique=True, max_size=4).map(tuple),
    upload=st.one_of(st.just(""), st.text("0123456789abcdef", min_size=8, max_size=8)),
    rules=st.sampled_from([(), ("payback.rate=0.05",), ("payback.rate=0.05", "flags.degree=0.6")]),
    at=st.sampled_from(SECTIONS),
)


@given(views)
@settings(max_examples=20)
def test_a_link_opens_the_view_it_was_written_from(view):
    assert read_link(write_link(view)) == (view, ())


def test_a_bare_link_is_the_default_view_in_the_readers_language():
    assert read_link({}, language="zh") == (View(language="zh"), ())


@pytest.mark.parametrize(
    "text", ["1-2-3", "a-b-c-d", "25,25,25,25", "101-0-0-0", "-1-2-3-4", "1-2-3-4-5", "9999-1-1-1"]
)
def test_impossible_weights_are_ignored_and_said(text):
    view, ignored = read_link({"w": [text]})
    assert view.weights == EQUAL_WEIGHTS
    assert ignored == (Ignored("w", text),)


def test_unknown_choices_are_ignored_and_said():
    view, ignored = read_link({"lang": ["fr"], "level": ["flag", "red"], "kind": ["other"]})
    assert (view.language, view.levels, view.kinds) == ("en", ("flag",), ())
    assert {part.key for part in ignored} == {"lang", "level", "kind"}


def test_all_weights_zero_means_equal_shares():
    assert View(weights=(0, 0, 0, 0)).shares == (0.25, 0.25, 0.25, 0.25)


def test_at_most_four_projects_are_compared():
    view, _ = read_link({"pick": list("abcdef")})
    assert view.picked == ("a", "b", "c", "d")


def test_projects_of_another_list_are_dropped_and_said():
    view, dropped = unknown(View(project="x", picked=("a", "y"), townships=("t",)), projects=["a"], townships=["t"])
    assert (view.project, view.picked, view.townships) == ("", ("a",), ("t",))
    assert dropped == (Ignored("p", "x"), Ignored("pick", "y"))


def test_rules_that_are_not_in_the_book_are_ignored_and_said():
    view, ignored = read_link({"set": ["payback.rate=0.05", "payback.rate=-2", "nothing.here=1", "flags.degree"]})
    assert view.rules == ("payback.rate=0.05",)
    assert [part.value for part in ignored] == ["payback.rate=-2", "nothing.here=1", "flags.degree"]
    assert {part.key for part in ignored} == {"set"}


def test_a_long_rule_book_goes_by_its_mark():
    rules = tuple(f"demand.reach_dry=[{number}.0,72.0]" for number in range(1, 70))
    written = write_link(View(rules=rules))
    assert "set" not in written
    assert len(written["book"][0]) == 8
    assert read_link(written)[0].book == written["book"][0]


@pytest.mark.parametrize(("text", "sheet"), [("3", 3), ("0", 1), ("x", 1), ("99999", 1)])
def test_a_link_names_the_sheet_of_a_long_ranking(text, sheet):
    view, ignored = read_link({"sheet": [text]})
    assert view.sheet == sheet
    assert [part.key for part in ignored] == ([] if text == "3" else ["sheet"])
    assert write_link(view).get("sheet") == (["3"] if sheet == 3 else None)
