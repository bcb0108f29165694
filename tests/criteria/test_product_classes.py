"""Classes of products: by content, nested, and split by harvest only when asked."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.criteria.likeness import describe, highest_likeness, known_likeness, lowest_likeness
from evaluator.criteria.product_classes import classify_products

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
)


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([None, "process"])), min_size=1, max_size=12))
def test_levels_and_tables_spell_out_the_same_likeness(rows):
    frame = pd.DataFrame(rows, columns=["product", "stage"])
    classes = classify_products(frame, similarity=SIMILARITY)
    kinds = [describe(word, stage=stage or "") for word, stage in rows]
    steps = (SIMILARITY[0] - SIMILARITY[1], SIMILARITY[1] - SIMILARITY[2], SIMILARITY[2])
    less, more = classes.less.toarray(), classes.more.toarray()
    for i, a in enumerate(classes.row_class):
        for j, b in enumerate(classes.row_class):
            level_sum = sum(
                s for s, level in zip(steps, classes.levels, strict=True) if level[a] >= 0 and level[a] == level[b]
            )
            known = known_likeness(kinds[i], kinds[j], SIMILARITY)
            assert level_sum == pytest.approx(known)
            pair = classes.bucket[a], classes.bucket[b]
            assert known - less[pair] == pytest.approx(lowest_likeness(kinds[i], kinds[j], SIMILARITY))
            extra = more[pair] - (classes.same_word[a] if a == b else 0)
            assert known + extra == pytest.approx(highest_likeness(kinds[i], kinds[j], SIMILARITY))


def test_harvests_split_classes_only_under_a_factor_and_never_below_the_family():
    frame = pd.DataFrame({"product": "apple", "harvest_window": ["8-10", "3-5", "9", None]})
    whole = classify_products(frame, similarity=SIMILARITY)
    assert len(set(whole.row_class.tolist())) == 1
    assert not whole.discount.nnz
    split = classify_products(frame, similarity=SIMILARITY, season_factor=0.5)
    a, b, c, d = split.row_class
    table = split.discount.toarray()
    np.testing.assert_allclose([table[a, b], table[b, a], table[a, c], table[a, d]], [0.4, 0.4, 0, 0])
    assert len(set(split.levels[0].tolist())) == 1


def test_a_complement_is_taken_from_the_family():
    frame = pd.DataFrame({"product": ["potato", "potato_starch", "apple"]})
    classes = classify_products(frame, similarity=(1.0, 0.6, 0.2, 0.05))
    grower, mill, other = classes.row_class
    table = classes.discount.toarray()
    np.testing.assert_allclose([table[grower, mill], table[mill, grower], table[grower, other]], [0.15, 0.15, 0])
