"""Alike texts, against all pairs one by one; and the pair difflib misses."""

from collections import Counter
from difflib import SequenceMatcher
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.reference import texts as module
from evaluator.reference.texts import count_grams, find_alike, is_pooled, plain_text

TEXTS = st.lists(st.text(alphabet="新建羊圈猪舍购买种", max_size=14), min_size=1, max_size=12)


def cosine(one, other):
    """By the definition, one gram at a time."""
    a, b = (Counter(t[i : i + k] for k in (2, 3) for i in range(len(t) - k + 1)) for t in (one, other))
    top = sum(a[gram] * b[gram] for gram in a)
    bottom = sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))
    return top / bottom if bottom else 0.0


@settings(max_examples=20, deadline=None)
@given(TEXTS, st.sampled_from([0.3, 0.6, 0.8, 1.0]), st.sampled_from([3, 64]), st.sampled_from([2, 1000]))
def test_every_alike_pair_is_found_whatever_the_blocks(texts, at_least, bins, rows):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BINS", bins)
        patch.setattr(module, "ROWS_AT_ONCE", rows)
        pairs, found = find_alike(texts, at_least=at_least)
    every = {(i, j): cosine(texts[i], texts[j]) for j in range(len(texts)) for i in range(j)}
    sure = {pair for pair, value in every.items() if value >= at_least + 1e-9}
    possible = {pair for pair, value in every.items() if value >= at_least - 1e-9}
    named = set(map(tuple, pairs.tolist()))
    assert sure <= named <= possible
    assert len(named) == len(pairs)
    assert found == pytest.approx([every[pair] for pair in map(tuple, pairs.tolist())])


def test_a_copied_application_that_difflib_misses_by_default():
    """Its rule for "popular" characters, on from 200 on, leaves nothing to match; without it the texts are alike."""
    one = "新建标准化羊圈二百平方米，购买种羊三十只，带动农户增收。" * 8
    other = one.replace("二百", "三百")
    assert SequenceMatcher(None, one, other).ratio() < 0.5
    assert SequenceMatcher(None, one, other, autojunk=False).ratio() > 0.9
    assert find_alike([plain_text(one), plain_text(other)])[0].tolist() == [[0, 1]]


def test_rows_have_length_one_and_empty_texts_none():
    table = count_grams(["ab", "", "abcabc"])
    assert np.asarray((table * table).sum(axis=1)).ravel() == pytest.approx([1, 0, 1])
    assert find_alike(["", ""])[0].tolist() == []
    assert find_alike([])[0].shape == (0, 2)


def test_figures_and_marks_do_not_make_another_text_and_pooling_is_heard():
    assert plain_text("新建羊圈 200㎡，购买 30 只。") == plain_text("新建羊圈350㎡、购买12只")
    assert is_pooled("五个村抱团发展")
    assert not is_pooled("新建羊圈")
