"""Total rows and total sentences are known by their words."""

import pytest

from evaluator.intake.totals import find_sentence_totals, total_level


@pytest.mark.parametrize(
    ("cells", "level"),
    [
        (["合 计", 60], "total"),
        ([None, "总计"], "total"),
        (["TOTAL"], "total"),
        (["小计"], "subtotal"),
        (["产业类小计:"], "subtotal"),
        (["合计村茶园"], ""),
        ([3, "茶园"], ""),
    ],
)
def test_levels(cells, level):
    assert total_level(cells) == level


def test_sentences():
    (total,) = find_sentence_totals(["本次公示26个项目,共投入7359万元。"])
    assert (total.count, total.amount) == (26, 73_590_000)
    (total,) = find_sentence_totals(["总投资1,200万元"])
    assert (total.count, total.amount) == (None, 12_000_000)
    assert list(find_sentence_totals(["2031年安排表"])) == []
