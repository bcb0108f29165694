"""Homogeneity against a direct count of all pairs, and its laws."""

import math
from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.criteria.homogeneity import homogeneity, measure_homogeneity
from evaluator.criteria.likeness import describe, highest_likeness, known_likeness, lowest_likeness
from evaluator.criteria.nearness import Closeness
from evaluator.criteria.neighbours import name_neighbours
from evaluator.criteria.seasons import harvests_apart, read_months
from evaluator.domain.errors import SettingsError

SIMILARITY = (1.0, 0.6, 0.2)
ADJACENT = {"990001": frozenset({"990002"})}
KM_NORTH = 1 / (math.pi * 6371.0088 / 180)
"""Degrees of latitude in one km."""

WORDS = (
    None,
    "apple",
    "pear",
    "potato",
    "potato_starch",
    "洋芋",
    "fruit",
    "livestock",
    "cattle",
    "moonstone",
    "vegetable",
)
PRODUCTS = st.sampled_from(WORDS)
SPOTS = st.sampled_from([(None, None), (102.0, 28.0), (102.0, 28.1), (102.2, 28.1), (102.6, 28.0), (103.9, 28.0)])
NAMES = st.sampled_from([None, "A", "B", "C"])


def row(**given_values):
    return {"product": "apple", "lon": 102.0, "lat": 28.0, "investment_yuan": 600_000.0, **given_values}


def table(*rows):
    return pd.DataFrame(list(rows))


def h_of(*rows, **settings_given):
    return homogeneity(table(*rows), adjacent={}, **settings_given)["h"].to_numpy()


@st.composite
def project_rows(draw, least=1, most=14):
    rows = []
    for _ in range(draw(st.integers(least, most))):
        lon, lat = draw(SPOTS)
        rows.append(
            {
                "name": draw(st.sampled_from(["North farm", "South farm", "Mill"])),
                "kind": draw(st.sampled_from(["industry", "industry", "industry", "employment", "other", None])),
                "status": draw(st.sampled_from(["running", "running", "ended", None])),
                "product": draw(PRODUCTS),
                "stage": draw(st.sampled_from([None, None, "process"])),
                "lon": lon,
                "lat": lat,
                "place_code": draw(st.sampled_from([None, "990001", "990002", "990003"])),
                "township": draw(NAMES),
                "village": draw(NAMES),
                "harvest_window": draw(st.sampled_from([None, "3-5", "4月-6月", "8-10", "11-2"])),
                "joint_venture_id": draw(st.sampled_from([None, None, None, "V1", "V2"])),
                "investment_yuan": draw(st.one_of(st.none(), st.floats(1.0, 1e9))),
                "revenue_yuan_year": draw(st.one_of(st.none(), st.none(), st.floats(1.0, 1e9))),
            }
        )
    return pd.DataFrame(rows)


def near(a, b, close=None):
    close = close or Closeness()
    radius_km = close.reach_km(30.0)
    pair = (a["place_code"], b["place_code"])
    stated = [t for (one, other), t in close.minutes.items() if pair in ((one, other), (other, one))]
    if close.travel_minutes > 0 and stated:
        return max(0.0, 1 - min(stated) / close.travel_minutes)
    if not any(pd.isna(x[k]) for x in (a, b) for k in ("lon", "lat")):
        lon_a, lat_a, lon_b, lat_b = (math.radians(v) for v in (a["lon"], a["lat"], b["lon"], b["lat"]))
        arc = (
            math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
        )
        return max(0.0, 1 - 2 * 6371.0088 * math.asin(math.sqrt(arc)) / radius_km)
    code_a, code_b, town_a, town_b, village_a, village_b = (
        None if pd.isna(x[k]) else x[k] for k in ("place_code", "township", "village") for x in (a, b)
    )
    if code_a == code_b:
        same_village = village_a and village_a == village_b and not (town_a and town_b)
        return 1.0 if (town_a and town_a == town_b) or same_village else close.same_county
    return close.adjacent_county if code_b in ADJACENT.get(code_a, ()) or code_a in ADJACENT.get(code_b, ()) else 0.0


def size(a):
    return next((a[k] for k in ("revenue_yuan_year", "investment_yuan") if not pd.isna(a[k])), 600_000.0)


def kind_of(a):
    return describe("" if pd.isna(a["product"]) else a["product"], stage="" if pd.isna(a["stage"]) else a["stage"])


def in_season(a, b, likeness, similarity, season_factor):
    """Likeness of two projects whose months of harvest may be apart."""
    one, other = (0 if pd.isna(x["harvest_window"]) else read_months(x["harvest_window"]) for x in (a, b))
    same = likeness == similarity[0] and kind_of(a) == kind_of(b) and kind_of(a).product
    apart = same and harvests_apart(one, other)
    return max(season_factor * likeness, similarity[1]) if apart else likeness


def counts_all_pairs(projects, register=None, *, similarity=SIMILARITY, season_factor=1.0, close=None):
    """h, h_low, h_high by the definition, one pair at a time."""
    scored = [a for _, a in projects.iterrows()]
    field = scored + ([] if register is None else [b for _, b in register.iterrows()])
    owner = list(range(len(field)))

    def same(i, j):
        a, b = field[i], field[j]
        if not pd.isna(a["joint_venture_id"]) and a["joint_venture_id"] == b["joint_venture_id"]:
            return True
        if register is None or (i < len(scored)) == (j < len(scored)) or a["name"] != b["name"]:
            return False
        places = [(None if pd.isna(x[k]) else x[k]) for x in (a, b) for k in ("place_code", "township", "village")]
        return (places[:3] == places[3:] and any(places)) or i == j - len(scored) or j == i - len(scored)

    for _ in field:
        for i in range(len(field)):
            for j in range(len(field)):
                if same(i, j):
                    owner[i] = owner[j] = min(owner[i], owner[j])
    out = []
    for i, a in enumerate(scored):
        if a["kind"] == "other":
            out.append((math.nan,) * 3)
            continue
        sums, around = np.zeros(3), 0.0
        for j in range(len(field)) if register is None else range(len(scored), len(field)):
            b = field[j]
            if owner[i] == owner[j] or b["kind"] == "other" or b["status"] == "ended":
                continue
            amount = near(a, b, close) * size(b)
            around += amount
            likeness = (known_likeness, lowest_likeness, highest_likeness)
            known, low, high = (of(kind_of(a), kind_of(b), similarity) for of in likeness)
            drop = known - in_season(a, b, known, similarity, season_factor)
            sums += amount * (np.array([known, low, high]) - drop)
        out.append(tuple(sums / (600_000.0 + around)))
    return np.array(out).reshape(-1, 3)


def three(measured):
    return np.column_stack([measured.h, measured.h_low, measured.h_high])


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(project_rows())
def test_list_equals_direct_count_of_all_pairs(projects):
    np.testing.assert_allclose(
        three(measure_homogeneity(projects, adjacent=ADJACENT)), counts_all_pairs(projects), atol=1e-12
    )


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(project_rows(most=8), project_rows(most=8))
def test_register_equals_direct_count_of_all_pairs(projects, register):
    measured = measure_homogeneity(projects, register, adjacent=ADJACENT)
    assert measured.rivals == "register"
    np.testing.assert_allclose(three(measured), counts_all_pairs(projects, register), atol=1e-12)


TIMED = {("990001", "990002"): 45.0, ("990003", "990001"): 20.0, ("990001", "990003"): 70.0, ("990002", "990003"): 90.0}


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(
    project_rows(),
    st.one_of(st.none(), project_rows(most=5)),
    st.sampled_from([0.0, 0.1, 0.2]),
    st.sampled_from([0.0, 0.7, 1.0]),
    st.sampled_from([0.0, 60.0, 100.0]),
)
def test_every_switch_equals_direct_count_of_all_pairs(projects, register, complement, season_factor, minutes):
    """Complements, harvests apart and travel time stay exact without pairs; the neighbours named add up to h."""
    close = Closeness(same_county=0.4, adjacent_county=0.3, travel_minutes=minutes, minutes=TIMED)
    similarity = (*SIMILARITY, complement)
    options = {"similarity": similarity, "season_factor": season_factor, "adjacent": ADJACENT, "closeness": close}
    measured = measure_homogeneity(projects, register, **options)
    expected = counts_all_pairs(projects, register, similarity=similarity, season_factor=season_factor, close=close)
    np.testing.assert_allclose(three(measured), expected, atol=1e-9)
    for h, named in zip(measured.h, name_neighbours(projects, register, **options), strict=True):
        assert math.isnan(h) or sum(neighbour.share for neighbour in named) == pytest.approx(h, abs=1e-9)


def test_a_processor_beside_growers_is_a_complement_when_said_so():
    potato, starch = row(product="potato"), row(product="potato_starch")
    assert h_of(potato, starch)[0] == pytest.approx(0.2 / 2)
    assert h_of(potato, starch, similarity=(1, 0.6, 0.2, 0.0))[0] == 0
    assert h_of(starch, starch, similarity=(1, 0.6, 0.2, 0.0))[0] == pytest.approx(0.5)
    unsaid = homogeneity(table({**potato, "stage": "process"}, potato), adjacent={}, similarity=(1, 0.6, 0.2, 0.0))
    assert unsaid["h"].tolist() == [0, 0]


def test_harvests_apart_compete_less_but_never_less_than_another_product_of_the_family():
    def h(mine, theirs, factor):
        return h_of(row(harvest_window=mine), row(harvest_window=theirs), season_factor=factor)[0]

    assert h("8-10", "3-5", 1.0) == h("8-10", "9-12", 0.7) == h("8-10", None, 0.7) == pytest.approx(0.5)
    assert h("8-10", "3-5", 0.7) == pytest.approx(0.35)
    assert h("8-10", "3-5", 0.0) == pytest.approx(0.3)


def test_stated_minutes_go_before_the_straight_line():
    mine, theirs = row(place_code="990001"), row(place_code="990002")
    by_road = Closeness(travel_minutes=60.0, minutes={("990002", "990001"): 45.0})
    assert h_of(mine, theirs)[0] == pytest.approx(0.5)
    assert h_of(mine, theirs, closeness=by_road)[0] == pytest.approx(0.25 / 1.25)
    assert h_of(mine, row(place_code="990001"), closeness=by_road)[0] == pytest.approx(0.5)
    unstated = row(place_code="990004", lat=28.0 + 12.5 * KM_NORTH)
    assert h_of(mine, unstated, closeness=by_road)[0] == pytest.approx(0.5 / 1.5)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(project_rows())
def test_bounds_hold_the_point_and_collapse_when_all_is_known(projects):
    found = homogeneity(projects, adjacent=ADJACENT).dropna()
    assert (found["h_low"] <= found["h"]).all() and (found["h"] <= found["h_high"]).all()
    known = projects.assign(product="apple", stage=None)
    found = homogeneity(known, adjacent=ADJACENT).dropna()
    assert (found["h_low"] == found["h"]).all() and (found["h"] == found["h_high"]).all()


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(project_rows(most=12), st.lists(PRODUCTS, min_size=1, max_size=4))
def test_projects_out_of_reach_change_no_bit(projects, products):
    far = pd.DataFrame(
        [row(product=p, lon=80.0, lat=40.0, investment_yuan=7e7 / 3, place_code="990009") for p in products]
    )
    projects = projects.assign(place_code="990001").dropna(subset=["lon"])
    if projects.empty:
        return
    alone = homogeneity(projects, adjacent=ADJACENT).to_numpy()
    together = homogeneity(pd.concat([far, projects], ignore_index=True), adjacent=ADJACENT).to_numpy()
    assert alone.tobytes() == together[len(far) :].tobytes()


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(project_rows(), st.randoms(use_true_random=False))
def test_order_of_rows_changes_no_bit(projects, random):
    order = list(range(len(projects)))
    random.shuffle(order)
    straight = homogeneity(projects, adjacent=ADJACENT).to_numpy()[order]
    assert straight.tobytes() == homogeneity(projects.iloc[order], adjacent=ADJACENT).to_numpy().tobytes()


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(project_rows(least=2), st.floats(0.05, 0.95))
def test_splitting_the_paperwork_of_a_neighbour_changes_nothing(projects, part):
    projects = projects.assign(joint_venture_id=None, revenue_yuan_year=None).fillna({"investment_yuan": 5e5})
    last = projects.iloc[[-1]]
    halves = [last.assign(investment_yuan=last["investment_yuan"] * p) for p in (part, 1 - part)]
    split = pd.concat([projects.iloc[:-1], *halves], ignore_index=True)
    before = homogeneity(projects, adjacent=ADJACENT).to_numpy()[:-1, :3]
    np.testing.assert_allclose(homogeneity(split, adjacent=ADJACENT).to_numpy()[: len(before), :3], before, atol=1e-9)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(project_rows(), st.floats(1e-3, 1e3))
def test_unit_of_money_changes_nothing(projects, factor):
    money = ["investment_yuan", "revenue_yuan_year"]
    scaled = projects.assign(**{key: pd.to_numeric(projects[key]) * factor for key in money})
    other = measure_homogeneity(scaled, adjacent=ADJACENT, reference_yuan=600_000.0 * factor)
    np.testing.assert_allclose(three(other), three(measure_homogeneity(projects, adjacent=ADJACENT)), atol=1e-12)


def test_look_alike_raises_unlike_lowers_and_31_km_changes_nothing():
    base = [row(), row(lat=28.1)]
    before = h_of(*base)[0]
    assert h_of(*base, row(lat=28.05))[0] > before
    assert h_of(*base, row(product="cattle", lat=28.05))[0] < before
    assert h_of(*base, row(lat=28.0 + 31 * KM_NORTH))[0] == before
    assert h_of(*base, row(lat=28.0 + 29 * KM_NORTH))[0] > before


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(project_rows(), st.floats(0, 40), st.floats(0, 40), st.floats(1e3, 1e9), st.floats(1.0, 10.0))
def test_nearer_or_larger_look_alike_never_lowers(projects, near_km, far_km, yuan, factor):
    near_km, far_km = sorted((near_km, far_km))
    me = row()

    def h(km, amount):
        twin = row(lat=28.0 + km * KM_NORTH, investment_yuan=amount)
        return homogeneity(pd.concat([table(me, twin), projects]), adjacent=ADJACENT)["h"].iloc[0]

    assert h(near_km, yuan) >= h(far_km, yuan) - 1e-12
    assert h(near_km, yuan * factor) >= h(near_km, yuan) - 1e-12


def test_formula_by_hand():
    twin_at_15_km = row(lat=28.0 + 15 * KM_NORTH, investment_yuan=1_200_000.0)
    assert h_of(row(), twin_at_15_km)[0] == pytest.approx(600 / (600 + 600), abs=1e-9)
    pear = row(product="pear", investment_yuan=400_000.0)
    assert h_of(row(), twin_at_15_km, pear)[0] == pytest.approx((600 + 0.6 * 400) / (600 + 600 + 400), abs=1e-9)
    starch = row(product="potato_starch")
    assert h_of(row(product="potato"), starch)[0] == pytest.approx(0.2 / 2)
    assert h_of(row(product="potato"), starch, similarity=(1, 0.6, 0))[0] == 0
    assert h_of(row(product="洋芋"), row(product="土豆")).tolist() == [0.5, 0.5]


def test_without_coordinates_township_county_and_border_count():
    def pair(mine, theirs):
        rows = (row(lon=None, lat=None, **mine), row(lon=None, lat=None, **theirs))
        return homogeneity(table(*rows), adjacent=ADJACENT)["h"].iloc[0]

    here = {"place_code": "990001", "township": "青石镇", "village": "一村"}
    assert pair(here, {**here, "township": "青石乡", "village": "二村"}) == pytest.approx(1 / 2)
    assert pair(here, {**here, "township": "白水乡"}) == pytest.approx(0.5 / 1.5)
    assert pair(here, {**here, "township": None}) == pytest.approx(1 / 2)
    assert pair(here, {**here, "place_code": "990002"}) == pytest.approx(0.25 / 1.25)
    assert pair({**here, "place_code": "990002"}, here) == pytest.approx(0.25 / 1.25)
    assert pair(here, {**here, "place_code": "990003"}) == 0


@pytest.mark.slow
def test_pooled_villages_are_one_project_however_many():
    rng = np.random.default_rng(3)
    many = pd.DataFrame({"product": "apple", "lon": rng.uniform(102, 102.5, 3000), "lat": rng.uniform(28, 28.5, 3000)})
    many = many.assign(investment_yuan=rng.uniform(1e4, 1e7, 3000), joint_venture_id="JV")
    found = homogeneity(many)
    assert (found["h"] == 0).all() and (found["around_yuan"] == 0).all()
    outside = table(row(lon=102.2, lat=28.2, joint_venture_id=None))
    assert homogeneity(pd.concat([many, outside]))["h"].iloc[-1] > 0.9


def test_a_giant_does_not_blur_its_small_neighbour():
    found = homogeneity(table(row(investment_yuan=1e11), row(investment_yuan=1.0)))
    assert found["like_yuan"].tolist() == [1.0, 1e11]


def test_a_row_of_the_register_does_not_rival_itself():
    me = {**row(place_code="990001", township="青石镇", village="一村"), "name": "Orchard", "project_id": "7"}
    rivals = table({**me, "project_id": "R1"}, {**me, "name": "Other orchard", "project_id": "7"})
    assert measure_homogeneity(table(me), rivals, adjacent={}).h.tolist() == [0.5]
    assert measure_homogeneity(table(me), rivals.assign(status="ended"), adjacent={}).h.tolist() == [0.0]
    moved = table({**me, "township": "白水乡", "village": "二村"})
    assert measure_homogeneity(table(me), moved, adjacent={}).h.tolist() == [0.0]


def test_unknown_size_is_the_reference_and_counted():
    measured = measure_homogeneity(
        table(row(), row(investment_yuan=None), row(kind="other", investment_yuan=None)), adjacent={}
    )
    assert measured.unknown_capacity == 1
    np.testing.assert_array_equal(measured.h, [0.5, 0.5, np.nan])
    assert measured.rivals == "list"


def test_unknown_and_general_products_give_a_range():
    def bounds(mine, theirs):
        return homogeneity(table(row(product=mine), row(product=theirs)), adjacent={}).iloc[0, :3].tolist()

    assert bounds("apple", None) == pytest.approx([0, 0, 0.5])
    assert bounds("citrus", "mandarin") == pytest.approx([0.3, 0.3, 0.5])
    assert bounds("livestock", "cattle") == pytest.approx([0, 0, 0.5])
    assert bounds("livestock", "livestock") == pytest.approx([0.3, 0, 0.5])
    assert bounds("livestock", "apple") == pytest.approx([0, 0, 0])
    assert bounds("moonstone", "moonstone") == pytest.approx([0.5, 0.5, 0.5])
    assert bounds("moonstone", "sunstone") == pytest.approx([0, 0, 0.5])


def test_family_and_stage_may_be_given_directly_and_missing_columns_are_unknown():
    frame = pd.DataFrame(
        {"family": ["nut", "nut", "pig"], "stage": ["grow", "grow", "raise"], "lon": 102.0, "lat": 28.0},
        index=list("abc"),
    )
    found = homogeneity(frame)
    assert found.index.tolist() == list("abc")
    assert found["h"].tolist() == pytest.approx([0.2, 0.2, 0])
    assert homogeneity(pd.DataFrame(index=range(3)))["h_high"].between(0, 1).all()
    assert homogeneity(pd.DataFrame({"product": []})).empty


def test_the_frame_given_is_not_changed():
    frame = table(row(), row())
    before = frame.copy(deep=True)
    homogeneity(frame, rivals=frame)
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize(
    "wrong", [{"radius_km": 0}, {"radius_km": math.inf}, {"reference_yuan": -1}, {"similarity": (0.2, 0.6, 1)}]
)
def test_impossible_settings_are_refused(wrong):
    with pytest.raises(SettingsError):
        homogeneity(table(row()), **wrong)


def test_result_states_what_it_is():
    assert set(asdict(measure_homogeneity(table(row()), adjacent={}))) == {
        "h", "h_low", "h_high", "like_yuan", "around_yuan", "product_known", "unknown_capacity", "rivals"
    }  # fmt: skip
