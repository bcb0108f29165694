from dataclasses import replace

import pytest

from evaluator.network import Move, arrange
from evaluator.pages.cluster_rows import (
    COLOURED,
    cluster_map_rows,
    legend_names,
    move_rows,
    name_clusters,
    network_rows,
)


@pytest.fixture(scope="module")
def network(evaluation):
    return evaluation.network()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_clusters_have_different_names_and_the_last_of_the_legend_is_the_rest(network, language):
    names = name_clusters(network, language)
    assert len(set(names.values())) == len(network.clusters)
    legend = legend_names(network, language)
    assert len(legend) == min(COLOURED, len(network.clusters)) + 1
    assert len(set(legend)) == len(legend)


def test_every_drawn_project_and_link_has_its_row(network):
    positions = arrange(network)
    rows = network_rows(network, positions, "en")
    assert (rows["mark"] == "project").sum() == len(positions)
    assert set(rows["cluster"].dropna()) <= set(legend_names(network, "en"))
    assert rows.loc[rows["mark"] == "link", ["x", "y", "x2", "y2", "weight"]].notna().all(axis=None)
    assert rows.loc[rows["mark"] == "link", "weight"].between(0, 1).all()
    assert (rows["mark"] == "name").sum() >= 3


def test_the_map_shows_every_project_once_and_labels_places_only_without_an_outline(network):
    points = cluster_map_rows(network, "zh")
    assert len(points) == len(network.nodes)
    assert (points["label"] == "").all()
    labelled = cluster_map_rows(network, "zh", outlined=False)
    assert labelled.loc[labelled["label"] != "", "label"].is_unique
    lost = replace(network, nodes=network.nodes.assign(lon=float("nan"), lat=float("nan")))
    assert (cluster_map_rows(lost, "zh", outlined=False)["label"] == "").all(), "names on one spot cover each other"


def test_moves_run_from_before_to_after_with_the_mover_first(evaluation):
    key = str(evaluation.scored[0])
    effect = evaluation.what_if_moved(key, Move(product="potato"))
    touched = [effect.project_id, *effect.winners, *effect.losers, *effect.mixed]
    rows = move_rows(effect.table, touched, "en", most=5)
    assert len(rows) <= 5
    assert rows["before"].iloc[0] == effect.own["h_before"]
    worse = rows["after"] > rows["before"]
    assert (rows["better"] == worse.map({True: "no", False: "yes"})).all()
