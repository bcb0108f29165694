import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.criteria.advantage import measure_advantage
from evaluator.domain.fields import FIELD_KEYS, FIELDS
from evaluator.domain.markets import Markets
from evaluator.domain.places import Places
from evaluator.domain.table_fields import MARKET_FIELDS, PLACE_FIELDS

FEW = settings(max_examples=15, deadline=None)
PARTS = {
    "ecology",
    "specialisation",
    "local_history",
    "brand",
    "chain",
    "market_hours",
    "labour",
    "training_days",
    "local_labour",
    "skills",
    "jobs_nearby",
    "craft",
}


def projects(*rows):
    frame = pd.DataFrame(list(rows), index=[f"P{at}" for at in range(len(rows))])
    for key in FIELD_KEYS:
        if key != "project_id" and key not in frame:
            empty, kind = (np.nan, float) if FIELDS[key].is_number else (None, object)
            frame[key] = pd.Series(empty, index=frame.index, dtype=kind)
    return frame


def places(*rows):
    columns = [field.key for field in PLACE_FIELDS]
    frame = pd.DataFrame(list(rows), columns=columns).set_index("place_code")
    for field in PLACE_FIELDS[1:]:
        if field.is_number:
            frame[field.key] = frame[field.key].astype(float)
    return Places(frame)


HILL = {
    "place_code": "900001", "name": "青坡县", "lon": 102.0, "lat": 27.0, "neighbours": "900002:50",
    "temperature_c": 11.0, "rain_mm": 700.0, "labour_days_available": 50000.0,
    "yearly_output_yuan": "potato=60;apple=40",
    "processors": "potato=900", "brands": "potato=county;buckwheat=prefecture",
}  # fmt: skip
VALLEY = {
    "place_code": "900002",
    "name": "白水县",
    "yearly_output_yuan": "potato=20;apple=180",
    "processors": "fruit=500",
}
POTATO = {
    "kind": "industry",
    "product": "potato",
    "place_code": "900001",
    "output_per_year": 3000.0,
    "output_unit": "t",
}


def part(name, *rows, table=None, **options):
    return measure_advantage(projects(*rows), places=table, **options).parts[name]


def test_climate_that_is_half_way_to_the_best_limits_to_a_half():
    found = measure_advantage(projects(POTATO), places=places(HILL))
    ecology = found.parts["ecology"]
    assert ecology.point[0] == pytest.approx(0.5)  # 11 °C between 7 (none) and 15 (best)
    assert (ecology.low[0], ecology.high[0]) == pytest.approx((0.5, 1.0))  # its months are up to 5 °C warmer
    assert found.limiting_factor[0] == "temperature"


@pytest.mark.parametrize(
    ("change", "expected", "limiting"),
    [({"rain_mm": 375.0, "temperature_c": 18.0}, 0.5, "rain"), ({"rain_mm": 100.0}, 0.0, "rain"),
     ({"temperature_c": 18.0}, 1.0, None), ({"temperature_c": 18.0, "growing_days": 78.75}, 0.5, "season"),
     ({"temperature_c": 2.0}, 0.0, "temperature")],
)  # fmt: skip
def test_the_scarcest_factor_limits(change, expected, limiting):
    found = measure_advantage(projects(POTATO), places=places({**HILL, **change}))
    assert found.parts["ecology"].point[0] == pytest.approx(expected)
    assert found.limiting_factor[0] == limiting


def test_one_known_factor_is_only_an_upper_bound():
    found = part("ecology", POTATO, table=places({**HILL, "temperature_c": np.nan}))
    assert (found.point[0], found.low[0], found.high[0]) == (1.0, 0.0, 1.0)


def test_altitude_is_a_note_and_never_a_gate():
    found = measure_advantage(projects(POTATO), places=places({**HILL, "altitude_m": 3400.0, "temperature_c": 18.0}))
    assert found.above_altitude[0]
    assert found.parts["ecology"].point[0] == 1.0


def test_what_the_county_makes_more_of_than_its_neighbours_is_its_record():
    """Potato: 60 of 100 here, 80 of 300 in all: quotient 2.25, shrunk 2.190476, symmetric 0.373134.

    Apple: 40 of 100 here, 220 of 300 in all: quotient 0.545455, shrunk 0.567100, symmetric -0.276243.
    """
    table = places(HILL, VALLEY)
    found = measure_advantage(projects(POTATO, {**POTATO, "product": "apple"}), places=table)
    assert found.parts["specialisation"].point == pytest.approx([0.373134, -0.276243], abs=5e-7)
    assert found.record.tolist() == ["specialisation"] * 2


def test_a_stated_national_share_goes_before_the_counties_of_the_table():
    found = part("specialisation", POTATO, table=places(HILL), national_share={"potato": 0.6})
    assert found.point[0] == pytest.approx(0.0)
    assert np.isnan(part("specialisation", POTATO, table=places(HILL)).point[0])


def test_a_county_that_does_not_list_the_product_is_a_range_not_a_zero():
    table = places(HILL, {**VALLEY, "yearly_output_yuan": "apple=180;walnut=20"})
    row = {**POTATO, "product": "walnut"}
    found = measure_advantage(projects(row, {**row, "local_history_years": 12.0}), places=table)
    specialisation = found.parts["specialisation"]
    assert np.isnan(specialisation.point).all()
    assert specialisation.low[0] == pytest.approx((0.05 / 1.05 - 1) / (0.05 / 1.05 + 1))
    assert specialisation.low[0] < specialisation.high[0]
    assert found.record.tolist() == ["specialisation", "local_history"]


def test_brand_from_the_table_then_the_register_then_not_known():
    buckwheat, walnut = {**POTATO, "product": "buckwheat"}, {**POTATO, "product": "walnut"}
    found = measure_advantage(projects(POTATO, buckwheat, walnut), places=places(HILL, VALLEY))
    assert found.parts["brand"].point.tolist() == [1.0, 0.6, 0.0]
    assert found.brand_source.tolist() == ["table"] * 3
    asked = (("apple", "513423"), ("potato", "513423"), ("kiwi", "513423"), ("apple", "130125"))
    rows = [{**POTATO, "product": product, "place_code": code} for product, code in asked]
    registered = measure_advantage(projects(*rows))
    assert registered.parts["brand"].point.tolist() == pytest.approx([1.0, 0.6, 0.0, np.nan], nan_ok=True)
    assert registered.brand_source.tolist() == ["register", "register", "register", None]


def test_processors_of_the_county_and_its_neighbours_count_against_the_projects_output():
    table = places(HILL, VALLEY)
    assert part("chain", POTATO, table=table).point[0] == pytest.approx(0.3)
    assert part("chain", {**POTATO, "product": "apple"}, table=table).point[0] == pytest.approx(500 / 3000)
    assert part("chain", {**POTATO, "product": "walnut"}, table=table).point[0] == 0.0
    assert part("chain", {**POTATO, "output_per_year": 300_000.0, "output_unit": "斤"}, table=table).point[0] == 6.0
    assert np.isnan(part("chain", {**POTATO, "output_unit": "头"}, table=table).point[0])
    assert part("chain", {**POTATO, "product": "pig", "output_unit": "头"}, table=table).point[0] == 0.0


def test_only_the_neighbours_processors_known_is_a_lower_bound():
    found = part("chain", {**POTATO, "product": "apple"}, table=places({**HILL, "processors": None}, VALLEY))
    assert np.isnan(found.point[0])
    assert (found.low[0], found.high[0]) == pytest.approx((500 / 3000, 1.0))


def test_hours_to_market_as_stated_else_the_nearest_market_of_the_product():
    rows = [{"product": "potato", "lon": 102.0, "lat": 27.5}, {"product": "potato", "lon": 102.0, "lat": 29.0},
            {"product": "apple", "lon": 102.0, "lat": 27.0}]  # fmt: skip
    markets = Markets(pd.DataFrame(rows, columns=[field.key for field in MARKET_FIELDS]))
    found = measure_advantage(
        projects(POTATO, {**POTATO, "market_hours": 1.5}, {**POTATO, "product": "walnut"}),
        places=places(HILL), markets=markets,
    )  # fmt: skip
    assert found.parts["market_hours"].point == pytest.approx([55.6 * 1.6 / 40, 1.5, np.nan], abs=0.01, nan_ok=True)
    assert found.hours_source.tolist() == ["table", "given", None]


def test_labour_needed_over_labour_at_hand():
    found = part(
        "labour", {**POTATO, "labour_days_year": 20000.0, "labour_days_year_high": 30000.0}, table=places(HILL)
    )
    assert (found.point[0], found.low[0], found.high[0]) == pytest.approx((0.4, 0.4, 0.6))


def test_nothing_known_is_nothing_said_and_nothing_crashes():
    empty = places()
    bare = places({"place_code": "900001"})
    for table in (None, empty, bare):
        for rows in ([], [{}], [{"product": "unheard of", "place_code": "999999"}], [{"kind": "employment"}]):
            found = measure_advantage(projects(*rows), places=table)
            assert set(found.parts) == PARTS
            for quantity in found.parts.values():
                assert len(quantity.point) == len(rows)
                assert np.isnan([quantity.point, quantity.low, quantity.high]).all()
            assert found.record.tolist() == [None] * len(rows)
    lame = places(
        {**HILL, "yearly_output_yuan": "potato=much;=;;", "processors": "x", "brands": "potato=galaxy"}, VALLEY
    )
    assert np.isnan(part("brand", POTATO, table=lame).point[0])


@pytest.mark.slow
@FEW
@given(st.integers(0, 6), st.randoms())
def test_no_other_row_of_the_list_matters(others, order):
    table = places(HILL, VALLEY)
    rows = [{**POTATO, "product": p} for p in order.choices(["apple", "potato", "walnut", None], k=others)]
    alone, among = (measure_advantage(projects(*r), places=table).parts for r in ([POTATO], [*rows, POTATO]))
    for name in PARTS:
        assert among[name].point[-1] == pytest.approx(alone[name].point[0], rel=1e-12, nan_ok=True)


@pytest.mark.slow
@FEW
@given(st.floats(1, 1000), st.floats(1, 1000))
def test_more_local_output_never_lowers_the_record(one, other):
    less, more = sorted((one, other))
    tables = [places({**HILL, "yearly_output_yuan": f"potato={x};apple=40"}, VALLEY) for x in (less, more)]
    found = [part("specialisation", POTATO, table=t, national_share={"potato": 0.1}).point[0] for t in tables]
    assert found[0] <= found[1]
