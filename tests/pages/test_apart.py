import pytest

from evaluator.pages.apart import PHONE, WIDE, find_apart, measure_label


def test_labels_far_apart_all_stand():
    assert find_apart([0.1, 0.9], [0.1, 0.9], ["Potato", "Sheep"], size=PHONE).tolist() == [True, True]


def test_of_two_at_one_point_the_first_stands():
    assert find_apart([0.5, 0.5], [0.5, 0.5], ["Potato", "Sheep"], size=WIDE).tolist() == [True, False]


def test_what_stands_beside_in_a_wide_window_meets_on_a_phone():
    spots = [0.3, 0.55], [0.5, 0.5], ["Tartary buckwheat", "Local chicken"]
    assert find_apart(*spots, size=WIDE).tolist() == [True, True]
    assert find_apart(*spots, size=PHONE).tolist() == [True, False]


def test_an_empty_label_takes_no_room():
    assert find_apart([0.5, 0.5], [0.5, 0.5], ["", "Sheep"], size=PHONE).tolist() == [False, True]


@pytest.mark.parametrize(("narrow", "wide"), [("Sheep", "苦荞苦荞苦"), ("i", "ii")])
def test_a_chinese_letter_is_as_wide_as_it_is_high(narrow, wide):
    assert measure_label(narrow) < measure_label(wide)
