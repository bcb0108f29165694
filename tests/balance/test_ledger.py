"""What a list states is coded once; what it does not state is named."""

import numpy as np


def test_missing_things_are_counted_and_named(balance):
    assert balance.missing == {
        "amount": ("D",),
        "township": ("D", "E"),
        "product": (),
        "horizon": (),
        "households": (),
    }
    assert balance.without_amount == 1


def test_groups_fees_links_and_types(balance):
    ledger = balance.ledger
    assert ledger.groups["type"].tolist() == ["产业发展", "产业发展", "乡村建设行动", "就业", "项目管理费"]
    assert ledger.groups["family"].tolist()[:2] == ["tuber", "nut"]
    assert ledger.fee.tolist() == [False, False, False, False, True]
    assert ledger.linked.tolist() == [1, 0, 0, 0, 0]
    assert ledger.typed.tolist() == [True, True, False, True, False]
    assert ledger.basis == "amount"


def test_without_a_column_nothing_is_known_of_links(make_balance, table):
    linked = make_balance(table.drop(columns="link_mechanisms")).ledger.linked
    assert np.isnan(linked).all()
