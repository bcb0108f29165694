"""The neighbours named for a project are those that make its homogeneity, and add up to it."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.criteria.homogeneity import RivalIndex, measure_homogeneity, name_neighbours

ADJACENT = {"990001": frozenset({"990002"})}
SPOTS = st.sampled_from([(None, None), (102.0, 28.0), (102.0, 28.1), (102.2, 28.1), (103.9, 28.0)])
PRODUCTS = st.sampled_from([None, "apple", "pear", "potato", "potato_starch", "livestock", "moonstone"])


@st.composite
def project_rows(draw, most=14):
    rows = []
    for at in range(draw(st.integers(1, most))):
        lon, lat = draw(SPOTS)
        rows.append(
            {
                "project_id": f"P{at}",
                "name": draw(st.sampled_from(["North farm", "South farm"])),
                "kind": draw(st.sampled_from(["industry", "industry", "other"])),
                "product": draw(PRODUCTS),
                "lon": lon,
                "lat": lat,
                "place_code": draw(st.sampled_from([None, "990001", "990002", "990003"])),
                "township": draw(st.sampled_from([None, "A", "B"])),
                "village": draw(st.sampled_from([None, "A", "B"])),
                "joint_venture_id": draw(st.sampled_from([None, None, "V1"])),
                "investment_yuan": draw(st.floats(1.0, 1e9)),
            }
        )
    return pd.DataFrame(rows)


def check_shares(projects, rivals=None, limit=50):
    h = measure_homogeneity(projects, rivals, adjacent=ADJACENT).h
    named = name_neighbours(projects, rivals, limit=limit, adjacent=ADJACENT)
    assert len(named) == len(projects)
    for value, neighbours in zip(h, named, strict=True):
        shares = [neighbour.share for neighbour in neighbours]
        assert math.fsum(shares) == pytest.approx(0.0 if math.isnan(value) else value, abs=1e-9)
        assert shares[:limit] == sorted(shares[:limit], reverse=True)
        assert len(shares) <= limit + 1
    return named


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(project_rows())
def test_shares_add_up_to_h(projects):
    check_shares(projects)
    check_shares(projects, limit=2)


def test_a_list_with_very_many_pairs_names_the_same_neighbours_row_by_row(monkeypatch):
    projects = pd.DataFrame(
        {
            "project_id": [f"P{at}" for at in range(60)], "name": "North farm", "kind": "industry",
            "investment_yuan": 1e6, "product": ["apple", "pear", "potato"] * 20,
            "place_code": "990001", "township": list("ABCDE") * 12,
        }
    )  # fmt: skip
    index = RivalIndex.build(projects, adjacent=ADJACENT)
    at_once = index.named(limit=5)
    assert isinstance(at_once, tuple)
    monkeypatch.setattr("evaluator.criteria.neighbours.PAIRS_NAMED", 100)
    monkeypatch.setattr("evaluator.criteria.neighbours.PAIRS_AT_ONCE", 90)
    later = index.named(limit=5)
    assert not isinstance(later, tuple)
    assert tuple(later) == tuple(later[:]) == at_once
    assert (len(later), later[-1]) == (60, at_once[-1])


@settings(max_examples=15, deadline=None)
@given(project_rows(most=8), project_rows(most=8))
def test_shares_against_a_register_add_up_to_h(projects, register):
    check_shares(projects, register)


@settings(max_examples=15, deadline=None)
@given(project_rows())
def test_one_project_at_a_time_says_the_same(projects):
    index = RivalIndex.build(projects, adjacent=ADJACENT)
    named = name_neighbours(projects, adjacent=ADJACENT)
    assert tuple(index.neighbours_of(row) for row in range(len(projects))) == named
    backwards = list(range(len(projects)))[::-1]
    assert name_neighbours(projects, rows=backwards, adjacent=ADJACENT) == named[::-1]


def test_names_distance_likeness_and_the_rest():
    frame = pd.DataFrame(
        {
            "name": ["Orchard", "Twin", "Pears", "Cattle", "Small twin"],
            "product": ["apple", "apple", "pear", "cattle", "apple"],
            "lon": 102.0,
            "lat": [28.0, 28.1, 28.0, 28.0, 28.0],
            "investment_yuan": [6e5, 6e5, 6e5, 6e5, 1e3],
        },
        index=list("abcde"),
    )
    (first, second, rest) = name_neighbours(frame, rows=[0], limit=2)[0]
    assert [(n.project_id, n.name, n.similarity) for n in (first, second)] == [("b", "Twin", 1.0), ("c", "Pears", 0.6)]
    assert first.km == pytest.approx(11.12, abs=0.01)
    assert first.weight == pytest.approx(1 - first.km / 30)
    assert first.share > second.share > rest.share > 0
    assert (rest.project_id, rest.name, rest.km, rest.count) == ("", "", None, 1)
    without_points = name_neighbours(frame.drop(columns=["lon", "lat"]), rows=[0])[0]
    assert {(n.km, n.weight) for n in without_points} == {(None, 0.5)}


def test_many_projects_against_a_register():
    rng = np.random.default_rng(5)

    def make(count):
        return pd.DataFrame(
            {
                "product": rng.choice(["apple", "pear", "pig", "potato", "walnut"], count),
                "lon": rng.uniform(102, 104, count),
                "lat": rng.uniform(27, 29, count),
                "investment_yuan": rng.lognormal(13, 1, count),
            }
        )

    check_shares(make(300), make(400).set_index(pd.RangeIndex(1000, 1400)), limit=5)


@settings(max_examples=15, deadline=None)
@given(project_rows())
def test_pairs_are_the_neighbours_that_are_named(frame):
    index = RivalIndex.build(frame, adjacent=ADJACENT)
    pairs = index.pairs()
    shares = pairs.weight * pairs.similarity * index.rivals.yuan[pairs.rival]
    sums = np.bincount(pairs.row, weights=shares, minlength=len(frame))
    like = np.nan_to_num(measure_homogeneity(frame, adjacent=ADJACENT).like_yuan)
    np.testing.assert_allclose(sums, like, rtol=1e-9, atol=1e-6)
    both = set(zip(pairs.row.tolist(), pairs.rival.tolist(), strict=True))
    assert both == {(rival, row) for row, rival in both}
