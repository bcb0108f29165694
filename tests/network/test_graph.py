"""The look-alike network: weights by hand, communities that row order cannot move, caps that say so."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.criteria.homogeneity import measure_homogeneity
from evaluator.domain.settings import BalanceSettings
from evaluator.network import arrange, default_county, make_network

NEAR = {"radius_km": 30.0, "reference_yuan": 600_000.0, "similarity": (1.0, 0.6, 0.2)}
COLUMNS = ("name", "kind", "status", "product", "stage", "place_code", "township", "village", "lon", "lat",
           "investment_yuan", "revenue_yuan_year", "joint_venture_id", "harvest_window")  # fmt: skip


def rows(**columns):
    size = len(next(iter(columns.values())))
    frame = pd.DataFrame(columns, index=[f"P{at}" for at in range(size)])
    defaults = {"name": "基地", "kind": "industry", "place_code": "513436", "investment_yuan": 600_000.0}
    for key in COLUMNS:
        if key not in frame:
            numeric = key in ("lon", "lat", "revenue_yuan_year")
            frame[key] = defaults.get(key, np.nan if numeric else None)
    return frame[list(COLUMNS)]


def two_clusters():
    return rows(
        product=["potato"] * 3 + ["chicken"] * 3 + ["tourism"],
        township=["甲镇"] * 3 + ["乙镇"] * 3 + ["丙镇"],
        investment_yuan=[600_000.0, 2_400_000.0, 600_000.0, 600_000.0, 600_000.0, 600_000.0, 600_000.0],
    )


def test_a_link_is_nearness_times_likeness_times_mean_size():
    """Same township, same product: 1 · 1 · √(600,000 · 2,400,000)/600,000 = 2."""
    links = make_network(two_clusters(), near=NEAR).links
    assert links.loc[(links["a"] == "P0") & (links["b"] == "P1"), "weight"].tolist() == [2.0]


def test_clusters_are_named_by_product_and_place_and_loners_stand_apart():
    network = make_network(two_clusters(), near=NEAR, level=pd.Series({"P3": "flag"}))
    assert [(c.product, c.place, c.members) for c in network.clusters] == [
        ("potato", "甲镇", ("P1", "P0", "P2")),
        ("chicken", "乙镇", ("P3", "P4", "P5")),
    ]
    assert [c.flagged for c in network.clusters] == [0, 1]
    assert network.cluster_of == {"P0": "C1", "P1": "C1", "P2": "C1", "P3": "C2", "P4": "C2", "P5": "C2"}
    assert network.alone == ("P6",)
    assert network.nodes.loc["P0", "ego_density"] == 1.0
    assert np.isnan(network.nodes.loc["P6", "ego_density"])
    assert network.clusters[0].inside == 1.0


def test_strength_is_what_homogeneity_sums():
    """Equal sizes of c0: the strength of a project is its like capacity over c0."""
    frame = two_clusters().assign(investment_yuan=600_000.0)
    network = make_network(frame, near=NEAR)
    alike = measure_homogeneity(frame, **NEAR).like_yuan / 600_000
    np.testing.assert_allclose(network.nodes.loc[frame.index, "strength"], alike)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 40))
def test_row_order_moves_nothing(seed, size):
    draw = np.random.default_rng(seed)
    frame = rows(
        product=draw.choice(["potato", "sweet_potato", "chicken", "duck"], size),
        township=draw.choice(["甲镇", "乙镇"], size),
        investment_yuan=draw.lognormal(13, 1, size),
    )
    one, other = (make_network(f, near=NEAR) for f in (frame, frame.sample(frac=1, random_state=seed)))
    assert one.clusters == other.clusters
    pd.testing.assert_frame_equal(one.links, other.links)
    pd.testing.assert_frame_equal(one.nodes, other.nodes)


def test_caps_are_kept_and_said():
    small = BalanceSettings(cluster_projects=3, cluster_links=1)
    network = make_network(two_clusters(), near=NEAR, settings=small)
    assert (len(network.nodes), network.projects_left_out) == (3, 4)
    assert "P1" in network.nodes.index
    assert network.links_left_out >= 1
    assert 0 < network.weight_left_out < 1


def test_one_county_with_its_register():
    frame = two_clusters()
    frame.loc["P5", "place_code"] = "513431"
    register = rows(product=["potato", "chicken"], township=["甲镇", "乙镇"]).set_axis(["R0", "P0"])
    network = make_network(frame, register, near=NEAR, county="513436")
    assert "P5" not in network.nodes.index
    assert network.nodes["listed"].to_dict()["R0"] is False
    assert network.nodes.loc["P0", "product"] == "potato"
    assert "R0" in network.clusters[0].members
    assert default_county(frame) == "513436"
    assert default_county(frame.assign(place_code=None)) is None


@pytest.mark.parametrize("size", [0, 1])
def test_nothing_to_link_is_an_empty_answer(size):
    network = make_network(two_clusters().iloc[:size], near=NEAR)
    assert len(network.nodes) == size
    assert network.clusters == ()
    assert np.isnan(network.modularity)
    assert len(arrange(network)) == 0


def test_the_picture_holds_the_largest_linked_projects():
    network = make_network(two_clusters(), near=NEAR)
    assert sorted(arrange(network).index) == ["P0", "P1", "P2", "P3", "P4", "P5"]
    assert len(arrange(network, most=2)) == 2
    assert arrange(network).equals(arrange(network))
