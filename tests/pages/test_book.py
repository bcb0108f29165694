import pytest

from evaluator.domain.errors import SettingsError
from evaluator.domain.settings import CRITERIA, Settings
from evaluator.pages.book import (
    LONGEST_RULES,
    book_of,
    check_book,
    measured_book,
    read_rules,
    rules_mark,
    rules_of,
    share_out,
    slider_weights,
    without_weights,
)


def test_no_rule_is_the_default_book():
    assert book_of(()) == Settings()


def test_a_book_comes_back_from_its_rules():
    book = Settings().with_values(
        {"payback.rate": 0.05, "demand.coverage": [[0.4, 0], [1.2, 100]], "weights.order": "demand > payback"}
    )
    assert book_of(rules_of(book), slider_weights(book)) == book


def test_weights_that_the_sliders_hold_are_left_to_them():
    book = Settings().with_values(
        dict(zip((f"weights.{name}" for name in CRITERIA), (0.4, 0.2, 0.2, 0.2), strict=True))
    )
    assert rules_of(book) == ()
    assert slider_weights(book) == (40, 20, 20, 20)


def test_weights_that_a_slider_would_round_are_rules():
    thirds = {"weights.demand": 1 / 3, "weights.homogeneity": 1 / 3, "weights.payback": 1 / 3, "weights.advantage": 0}
    book = Settings().with_values(thirds)
    assert book_of(rules_of(book), slider_weights(book)).weights.shares() == book.weights.shares()
    assert without_weights(rules_of(book)) == ()


def test_the_sliders_set_only_the_weights():
    changed = book_of((), (60, 20, 20, 0))
    assert set(changed.differences()) == {f"weights.{name}" for name in CRITERIA}
    assert changed.weights.shares() == pytest.approx((0.6, 0.2, 0.2, 0.0))


def test_all_sliders_at_zero_are_equal_weights():
    assert share_out((0, 0, 0, 0)) == (0.25,) * 4
    assert book_of((), (0, 0, 0, 0)) == Settings()


def test_rules_of_a_link_are_settled_and_impossible_ones_named():
    rules, ignored = read_rules(["payback.rate=0.05", "payback.rate=9", 'weights.order="demand > payback"', "x"])
    assert rules == ('weights.order="demand > payback"', "payback.rate=0.05")
    assert ignored == ("payback.rate=9", "x")


def test_a_rule_at_its_default_is_no_rule():
    assert read_rules(["payback.rate=0.08"]) == ((), ())


def test_only_a_long_book_has_a_mark():
    assert not rules_mark(("payback.rate=0.05",))
    long = tuple(f"payback.rate=0.{number}" for number in range(LONGEST_RULES))
    assert len(rules_mark(long)) == 8
    assert rules_mark(long) != rules_mark(long[1:])


def test_a_book_that_leaves_no_weights_is_refused():
    book = Settings().with_values({"weights.at_most": [0.1, 0.1, 0.1, 0.1]})
    with pytest.raises(SettingsError):
        check_book(book)


def test_what_is_measured_depends_on_no_slider():
    moved = book_of(("payback.rate=0.05",), (60, 20, 20, 0))
    assert measured_book(moved) == book_of(("payback.rate=0.05",))
