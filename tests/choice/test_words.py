"""Words of either language are the keys of the form; what is none stays."""

import pytest

from evaluator.choice.words import CHOICES_OF, key_of
from tests.choice.made import pose


@pytest.mark.parametrize(
    ("field", "word", "key"),
    [
        ("product", "马铃薯", "potato"),
        ("product", "洋芋", "potato"),
        ("product", "Potato", "potato"),
        ("product", "potato", "potato"),
        ("kind", "产业", "industry"),
        ("kind", "Employment", "employment"),
        ("nature", "续建", "continuing"),
        ("flag", "警示", "flag"),
        ("horizon", "5年以上", "over_5"),
        ("grade", "甲", "A"),
        ("product_group", "粮食", "grain"),
        ("township", "甲乡", "甲乡"),
        ("kind", "公路", "公路"),
    ],
)
def test_a_word_becomes_its_key(field, word, key):
    assert key_of(field, word) == key


@pytest.mark.parametrize("field", CHOICES_OF)
def test_every_key_is_its_own_word(field):
    assert [key_of(field, key) for key in CHOICES_OF[field]] == list(CHOICES_OF[field])


def test_rules_in_chinese_and_by_key_are_the_same():
    chinese, keyed = (
        pose(rules=f'[[limit]]\nwhere = {{product = "{potato}", kind = {{not = "{job}"}}}}\nat_most = 900000\n')
        for potato, job in (("洋芋", "就业"), ("potato", "employment"))
    )
    assert chinese.rules.limits == keyed.rules.limits and not chinese.issues
