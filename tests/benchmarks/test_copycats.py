"""Planted copycat waves, in reduced form: homogeneity finds them, and better than every peer."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

_SPEC = importlib.util.spec_from_file_location("copycats", Path(__file__).with_name("copycats.py"))
copycats = importlib.util.module_from_spec(_SPEC)
sys.modules["copycats"] = copycats
_SPEC.loader.exec_module(copycats)


@pytest.mark.slow
@pytest.mark.parametrize("title", ["mixed counties", "specialised counties"])
def test_homogeneity_finds_planted_waves_and_is_ahead_of_every_peer(title):
    found = [copycats.compare(seed, copycats.WORLDS[title]) for seed in range(4)]
    mean = {name: np.mean([world[name] for world in found]) for name in found[0]}
    ours = mean.pop("homogeneity h")
    assert ours >= 0.91
    assert ours > max(mean.values())


def test_homogeneity_is_ahead_even_where_waves_are_small_and_counties_specialised():
    found = copycats.compare(0, copycats.WORLDS["small waves in crowded, specialised counties"])
    assert max(found, key=found.get) == "homogeneity h"


def test_without_waves_nothing_is_found():
    projects, touching = copycats.make_world(1)
    shuffled = np.random.default_rng(0).permutation(projects["planted"].to_numpy())
    h = copycats.measure_homogeneity(projects, adjacent=touching).h
    assert copycats.area_under_curve(shuffled, h) == pytest.approx(0.5, abs=0.08)


def test_similarity_coefficient_by_hand():
    one, other = np.array([0.5, 0.5, 0.0]), np.array([0.5, 0.25, 0.25])
    assert copycats.similarity_coefficient(one, other) == pytest.approx(0.375 / np.sqrt(0.5 * 0.375))
    assert copycats.similarity_coefficient(one, 3 * one) == pytest.approx(1.0)
    assert copycats.similarity_coefficient(one, np.array([0.0, 0.0, 1.0])) == 0.0


def test_area_under_the_curve_is_the_share_of_pairs_in_order():
    planted, value = np.array([1, 0, 1, 0, 0]), np.array([3.0, 1.0, 2.0, 2.0, 5.0])
    assert copycats.area_under_curve(planted, value) == pytest.approx((1 + 1 + 0 + 1 + 0.5 + 0) / 6)
