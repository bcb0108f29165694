"""How alike two products are, by what is known, at the least and at the most."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.criteria.likeness import (
    Kind,
    describe,
    highest_likeness,
    known_likeness,
    lowest_likeness,
)

SIMILARITY = (1.0, 0.6, 0.2)
WORDS = (
    "",
    "apple",
    "pear",
    "potato",
    "potato_starch",
    "洋芋",
    "fruit",
    "livestock",
    "cattle",
    "moonstone",
    "planting",
    "citrus",
)
KINDS = st.builds(
    describe, st.sampled_from(WORDS), st.sampled_from(["", "nut"]), st.sampled_from(["", "process", "grow"])
)


@pytest.mark.parametrize(
    ("a", "b", "known", "lowest", "highest"),
    [
        ("apple", "apple", 1.0, 1.0, 1.0),
        ("洋芋", "土豆", 1.0, 1.0, 1.0),
        ("apple", "pear", 0.6, 0.6, 0.6),
        ("potato", "potato_starch", 0.2, 0.2, 0.2),
        ("apple", "cattle", 0.0, 0.0, 0.0),
        ("apple", "", 0.0, 0.0, 1.0),
        ("mandarin", "citrus", 0.6, 0.6, 1.0),
        ("livestock", "cattle", 0.0, 0.0, 1.0),
        ("livestock", "livestock", 0.6, 0.0, 1.0),
        ("livestock", "apple", 0.0, 0.0, 0.0),
        ("planting", "apple", 0.0, 0.0, 1.0),
        ("moonstone", "moonstone", 1.0, 1.0, 1.0),
        ("moonstone", "apple", 0.0, 0.0, 1.0),
    ],
)
def test_pairs(a, b, known, lowest, highest):
    pair = (describe(a), describe(b), SIMILARITY)
    assert (known_likeness(*pair), lowest_likeness(*pair), highest_likeness(*pair)) == (known, lowest, highest)


def test_the_row_goes_before_the_lexicon():
    assert describe("apple", "house fruit", "process") == Kind("house fruit", "process", "apple")
    assert describe("", "nut") == Kind("nut")


@given(KINDS, KINDS)
def test_likeness_is_symmetric_and_ordered(a, b):
    for of in (known_likeness, lowest_likeness, highest_likeness):
        assert of(a, b, SIMILARITY) == of(b, a, SIMILARITY)
    low, known, high = (of(a, b, SIMILARITY) for of in (lowest_likeness, known_likeness, highest_likeness))
    assert low <= known <= high
    if a.certain and b.certain:
        assert low == known == high
