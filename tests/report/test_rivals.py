"""Clusters and moves in words: who gains, who loses, and what had to be settled."""

import pytest

from evaluator.network import Move
from evaluator.report.rivals import (
    describe_network,
    say_cluster,
    say_move,
    say_network,
    tabulate_clusters,
    tabulate_move,
)


@pytest.mark.parametrize(("language", "name"), [("en", "Sichuan pepper (Zanthoxylum) · 甲乡"), ("zh", "花椒 · 甲乡")])
def test_a_cluster_is_named_by_product_and_place(evaluation, language, name):
    network = evaluation.network()
    assert say_cluster(network.clusters[0], language) == name
    assert tabulate_clusters(network, language).iloc[0, 1] == name
    assert "1" in say_network(network, language)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_move_says_who_gains_and_what_was_settled(evaluation, language):
    said = say_move(evaluation.what_if_moved("A1", Move(product="walnut")), language)
    assert "石坝花椒种植" in " ".join(said)
    assert len(said) >= 3
    table = tabulate_move(evaluation.what_if_moved("A1", Move(product="walnut")), language)
    assert table.index[0] == "A1"
    assert "−" in table.iloc[0, 3]


def test_no_move_is_said(evaluation):
    assert say_move(evaluation.what_if_moved("A1", Move()), "en")[-1] == "Nothing changes."


def test_the_network_as_json(evaluation):
    described = describe_network(evaluation.network())
    assert described["county"] == "513431"
    assert {row["project_id"] for row in described["projects"]} == {"A1", "A2", "A3", "A5"}
    assert described["alone"] == ["A3", "A5"]
