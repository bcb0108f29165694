"""The words of the readable rules: found as written, not found inside other words, not where they are forbidden."""

import pytest

from evaluator.reference.rule_words import (
    find_barred_words,
    find_words_of_depth,
    names_contribution,
    names_fee,
    names_organiser,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("购置冷藏车1辆", ()),
        ("奖补资金20万元", ()),
        ("修建楼堂馆所", ("楼堂馆所",)),
        ("用于垫资、偿还债务", ("垫资", "偿还债务")),
        ("严禁用于发放津贴；新建大棚", ()),
        ("严禁用于发放津贴；新建办公楼", ("办公楼",)),
        ("Build an office building and repay debts", ("office building", "repay debts")),
        ("", ()),
    ],
)
def test_barred_words(text, words):
    assert find_barred_words(text) == words


def test_words_of_depth_organisers_and_contributions():
    assert find_words_of_depth("建冷库，创品牌") == ("冷库", "品牌")
    assert find_words_of_depth("发放鸡苗") == ()
    assert find_words_of_depth("processing line") == ("processing",)
    assert names_organiser("云岭专业合作社")
    assert names_organiser("a farmers' cooperative")
    assert not names_organiser("县农业农村局")
    assert names_contribution("农户投工投劳")
    assert not names_contribution("财政资金")


def test_a_management_fee_is_known_in_both_languages():
    assert names_fee("项目管理费（1%）")
    assert names_fee("Management fee")
    assert not names_fee("产业园管理用房")
