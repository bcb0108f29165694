"""Weights by distance and by border."""

import numpy as np
import pytest

from evaluator.criteria import nearness
from evaluator.criteria.nearness import Layer, Points, borders, chord_km, distance_weight, on_sphere
from evaluator.criteria.travel import straight_km


def weights_of(layer, *, own):
    full = np.zeros((len(layer.target), len(np.unique(layer.source_group))))
    for rows, local, weights in layer.blocks(own=own):
        full[rows] = weights.toarray()[local]
    return full


def test_weight_falls_to_zero_at_the_radius():
    km = np.array([0.0, 15.0, 30.0, 31.0])
    np.testing.assert_allclose(distance_weight(km, radius_km=30.0), [1, 0.5, 0, 0])


def test_chord_gives_great_circle_km():
    lon, lat = np.array([102.0, 102.3, 110.0, -78.0]), np.array([28.0, 28.1, -3.0, -28.0])
    xyz = on_sphere(lon, lat)
    chord = np.linalg.norm(xyz[:1] - xyz, axis=1)
    np.testing.assert_allclose(chord_km(chord), straight_km(lon[:1], lat[:1], lon, lat), rtol=1e-6)


@pytest.mark.parametrize("pairs_at_once", [1, 50, 400_000])
def test_blocks_hold_every_pair_in_reach_whatever_their_size(monkeypatch, pairs_at_once):
    monkeypatch.setattr(nearness, "PAIRS_AT_ONCE", pairs_at_once)
    rng = np.random.default_rng(2)
    lon, lat = np.sort(rng.uniform(102, 103, 40)), rng.uniform(28, 29, 40)
    rows = np.arange(40)
    layer = Layer(rows, rows, rows, rows, own_weight=1.0, links=Points(on_sphere(lon, lat), 30.0))
    expected = distance_weight(straight_km(lon[:, None], lat[:, None], lon, lat), radius_km=30.0)
    np.testing.assert_allclose(weights_of(layer, own=True), expected, atol=1e-9)
    np.testing.assert_allclose(weights_of(layer, own=False), expected - np.eye(40), atol=1e-9)


def test_a_border_named_once_counts_both_ways():
    found = borders(["", "990001", "990002"], {"990001": frozenset({"990002", "990009"})}).touching.toarray()
    np.testing.assert_array_equal(found, [[0, 0, 0], [0, 0, 0.25], [0, 0.25, 0]])


def test_a_layer_without_links_knows_its_own_groups_only():
    layer = Layer(np.arange(3), np.array([5, 6, 7]), np.arange(2), np.array([6, 5]), own_weight=0.5)
    np.testing.assert_array_equal(weights_of(layer, own=True), [[0.5, 0], [0, 0.5], [0, 0]])
    assert not weights_of(layer, own=False).any()
