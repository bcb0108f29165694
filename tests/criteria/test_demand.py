import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.criteria.demand import measure_demand
from evaluator.domain.fields import FIELD_KEYS, FIELDS
from evaluator.domain.markets import Markets, Prices, Vacancies
from evaluator.domain.table_fields import MARKET_FIELDS, PRICE_FIELDS, VACANCY_FIELDS

FEW = settings(max_examples=15, deadline=None)
INDUSTRY = ("coverage", "trend", "semi_deviation", "offtake", "cobweb")
EMPLOYMENT = ("vacancy_coverage", "wage_ratio", "contract_months", "travel_minutes", "placement")


def projects(rows, prefix="P"):
    """A list shaped like Portfolio.frame from a few given cells."""
    frame = pd.DataFrame(rows, index=[f"{prefix}{at}" for at in range(len(rows))])
    for key in FIELD_KEYS:
        if key == "project_id":
            continue
        empty = np.nan if FIELDS[key].is_number else None
        frame[key] = (
            frame[key] if key in frame else pd.Series(empty, index=frame.index, dtype=None if empty else object)
        )
    return frame


def table(fields, rows, **extra):
    return pd.DataFrame(rows, columns=[field.key for field in fields] + list(extra))


APPLE = {
    "kind": "industry",
    "product": "apple",
    "lon": 102.0,
    "lat": 27.0,
    "output_per_year": 100.0,
    "output_unit": "t",
}
TOWN = {"product": "apple", "lon": 102.1, "lat": 27.0, "yearly_demand": 150.0, "supplied_elsewhere": 0.0, "unit": "t"}


def markets(*rows):
    return Markets(table(MARKET_FIELDS, list(rows)))


def test_the_list_itself_competes_when_there_is_no_register():
    found = measure_demand(projects([APPLE, {**APPLE, "output_per_year": 200.0}]), markets=markets(TOWN))
    assert found.parts["coverage"].point.tolist() == pytest.approx([0.5, 0.5])
    assert found.saturation.point.tolist() == pytest.approx([2.0, 2.0])
    assert found.markets_reached.tolist() == [1, 1]
    assert set(found.parts) == {*INDUSTRY, *EMPLOYMENT}


def test_against_a_register_proposals_do_not_feel_each_other():
    register = projects([{**APPLE, "output_per_year": 50.0}], "R")
    found = measure_demand(projects([APPLE, APPLE]), rivals_frame=register, markets=markets(TOWN))
    assert found.parts["coverage"].point.tolist() == pytest.approx([1.0, 1.0])


def test_a_project_that_stands_in_the_register_is_not_its_own_rival():
    found = measure_demand(projects([APPLE]), rivals_frame=projects([APPLE]), markets=markets(TOWN))
    assert found.parts["coverage"].point.tolist() == pytest.approx([1.5])


def test_the_same_number_under_another_name_is_another_project():
    found = measure_demand(
        projects([{**APPLE, "name": "a"}]), rivals_frame=projects([{**APPLE, "name": "b"}]), markets=markets(TOWN)
    )
    assert found.parts["coverage"].point.tolist() == pytest.approx([0.75])


@pytest.mark.parametrize(
    ("amount", "unit"),
    [(100_000, "kg"), (100_000, "公斤"), (200_000, "斤"), (20, "万斤"), (100, "吨/年"), (100, "tonnes")],
)
def test_units_of_weight_are_one(amount, unit):
    row = {**APPLE, "output_per_year": amount, "output_unit": unit}
    assert measure_demand(projects([row]), markets=markets(TOWN)).parts["coverage"].point[0] == pytest.approx(1.5)


@pytest.mark.parametrize("unit", ["头", "箱", None])
def test_a_unit_that_cannot_be_compared_is_no_data(unit):
    found = measure_demand(projects([{**APPLE, "output_unit": unit}]), markets=markets(TOWN)).parts["coverage"]
    assert np.isnan(found.point[0])
    assert found.low[0] == 0.0
    assert found.high[0] == 1.5


def test_fresh_goods_do_not_reach_a_market_a_day_away_and_dry_goods_do():
    away = {**TOWN, "lon": 107.0}
    fruit = measure_demand(projects([APPLE]), markets=markets(away)).parts["coverage"]
    pepper = measure_demand(
        projects([{**APPLE, "product": "sichuan_pepper"}]), markets=markets({**away, "product": "sichuan_pepper"})
    ).parts["coverage"]
    assert fruit.point.tolist() == [0.0]
    assert pepper.point.tolist() == pytest.approx([1.5])


def test_stated_minutes_go_before_the_straight_line():
    far = Markets(table(MARKET_FIELDS, [{**TOWN, "minutes_513423": 600.0}], minutes_513423=None))
    found = measure_demand(projects([{**APPLE, "place_code": "513423"}]), markets=far).parts["coverage"]
    assert found.point[0] == pytest.approx(1.5)
    never = Markets(table(MARKET_FIELDS, [{**TOWN, "minutes_513423": 800.0}], minutes_513423=None))
    assert measure_demand(projects([{**APPLE, "place_code": "513423"}]), markets=never).parts["coverage"].point[0] == 0


def test_roads_idle_and_ended_projects_are_no_rivals():
    register = projects(
        [
            {**APPLE, "kind": "other"},
            {**APPLE, "status": "idle"},
            {**APPLE, "status": "ended"},
            {**APPLE, "product": "pig"},
        ],
        "R",
    )
    found = measure_demand(projects([APPLE]), rivals_frame=register, markets=markets(TOWN))
    assert found.parts["coverage"].point.tolist() == pytest.approx([1.5])


def test_ranges_of_output_and_unknown_rivals_widen_the_answer():
    ranged = measure_demand(
        projects([{**APPLE, "output_per_year_low": 75.0, "output_per_year_high": 150.0}]), markets=markets(TOWN)
    ).parts["coverage"]
    assert (ranged.low[0], ranged.point[0], ranged.high[0]) == pytest.approx((1.0, 1.5, 2.0))
    rival = projects([{**APPLE, "output_per_year": np.nan}], "R")
    unsure = measure_demand(projects([APPLE]), rivals_frame=rival, markets=markets(TOWN)).parts["coverage"]
    assert (unsure.low[0], unsure.point[0], unsure.high[0]) == pytest.approx((0.75, 1.5, 1.5))
    lost = projects([{**APPLE, "lon": np.nan}], "R")
    unplaced = measure_demand(projects([APPLE]), rivals_frame=lost, markets=markets(TOWN)).parts["coverage"]
    assert (unplaced.low[0], unplaced.point[0]) == pytest.approx((0.75, 1.5))


def test_supply_from_elsewhere_left_unsaid_is_a_range():
    unsaid = measure_demand(projects([APPLE]), markets=markets({**TOWN, "supplied_elsewhere": np.nan})).parts[
        "coverage"
    ]
    assert (unsaid.low[0], unsaid.point[0]) == pytest.approx((150 / 250, 1.5))


def test_an_output_left_unsaid_is_bounded_by_what_the_rivals_leave():
    register = projects([{**APPLE, "output_per_year": 500.0}], "R")
    found = measure_demand(
        projects([{**APPLE, "output_per_year": np.nan}]), rivals_frame=register, markets=markets(TOWN)
    )
    assert np.isnan(found.parts["coverage"].point[0])
    assert (found.parts["coverage"].low[0], found.parts["coverage"].high[0]) == pytest.approx((0.0, 0.3))
    assert np.isnan(found.saturation.point[0])
    assert found.saturation.low[0] == pytest.approx(500 / 150)


def test_the_county_seat_stands_for_a_project_without_coordinates():
    row = {**APPLE, "lon": np.nan, "lat": np.nan, "place_code": "513423"}
    near = markets({**TOWN, "lon": 101.5, "lat": 27.42})
    assert measure_demand(projects([row]), markets=near).parts["coverage"].point[0] == pytest.approx(1.5)
    nowhere = measure_demand(projects([{**row, "place_code": None}]), markets=near).parts["coverage"]
    assert np.isnan([nowhere.point[0], nowhere.low[0], nowhere.high[0]]).all()


@pytest.mark.parametrize(
    ("share", "grade", "expected"),
    [(0.6, "deposit", (0.6, 0.6, 0.6)), (0.6, "written", (0.3, 0.3, 0.3)), (0.6, "oral", (0.12, 0.12, 0.12)),
     (0.6, None, (0.12, 0.3, 0.6)), (0.0, None, (0.0, 0.0, 0.0)), (np.nan, "written", (np.nan,) * 3)],
)  # fmt: skip
def test_offtake_by_grade(share, grade, expected):
    found = measure_demand(projects([{**APPLE, "signed_offtake_share": share, "offtake_grade": grade}])).parts[
        "offtake"
    ]
    assert (found.low[0], found.point[0], found.high[0]) == pytest.approx(expected, nan_ok=True)


@FEW
@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(["deposit", "written", "oral", None]))
def test_more_signed_orders_never_lower_offtake(one, other, grade):
    rows = [{**APPLE, "signed_offtake_share": share, "offtake_grade": grade} for share in sorted((one, other))]
    found = measure_demand(projects(rows)).parts["offtake"]
    for end in (found.low, found.point, found.high):
        assert end[0] <= end[1]


@pytest.mark.parametrize(
    ("row", "grade", "source"),
    [({"evidence_grade": 1.0}, 1, "given"), ({}, 2, "table"), ({"product": "walnut"}, 0, "assumed"),
     ({"signed_offtake_share": 0.3, "offtake_grade": "written"}, 3, "buyer"),
     ({"signed_offtake_share": 0.3, "offtake_grade": "oral"}, 2, "table")],
)  # fmt: skip
def test_evidence_is_what_stands_on_paper(row, grade, source):
    found = measure_demand(projects([{**APPLE, **row}]), markets=markets(TOWN))
    assert (found.evidence.point[0], found.evidence_source[0]) == (grade, source)
    assert found.evidence.high[0] == (3 if source == "assumed" else grade)


def price_table(product="apple", growth=0.04, years=range(2014, 2024)):
    rows = [{"product": product, "year": year, "price_yuan": 3 * (1 + growth) ** (year - 2014)} for year in years]
    return Prices(table(PRICE_FIELDS, rows))


def test_the_price_table_speaks_for_its_products_only():
    frame = projects([APPLE, {**APPLE, "product": "walnut"}, {**APPLE, "product": "potato"}])
    found = measure_demand(frame, prices=price_table(), national_volatility={"walnut": 0.4, "apple": 0.26})
    assert found.parts["trend"].point.tolist() == pytest.approx([0.04, np.nan, np.nan], nan_ok=True)
    risk = found.parts["semi_deviation"]
    assert risk.point.tolist() == pytest.approx([0.0, np.nan, np.nan], nan_ok=True, abs=1e-9)
    assert (risk.low[1], risk.high[1]) == (0.2, 1.6)
    assert np.isnan(risk.high[2])
    assert found.price_source.tolist() == ["table", "national", None]
    assert found.price_years.tolist() == [10, 0, 0]


def test_the_embedded_national_volatility_is_a_range_and_yields_to_a_table_however_short():
    alone = measure_demand(projects([{**APPLE, "product": "pig"}])).parts["semi_deviation"]
    assert np.isnan(alone.point[0])
    assert alone.low[0] == pytest.approx(0.173 / 2)
    short = measure_demand(projects([APPLE]), prices=price_table(years=range(2020, 2022)))
    assert np.isnan([short.parts["semi_deviation"].low[0], short.parts["semi_deviation"].high[0]]).all()


def test_volume_stands_in_when_there_are_no_prices():
    rows = [{"product": "apple", "year": year, "volume": 100 * 0.97 ** (year - 2014)} for year in range(2014, 2022)]
    found = measure_demand(projects([APPLE]), prices=Prices(table(PRICE_FIELDS, rows)))
    assert found.parts["trend"].point[0] == pytest.approx(-0.03)
    assert np.isnan(found.parts["semi_deviation"].point[0])


WORK = {"kind": "employment", "lon": 102.0, "lat": 27.0, "jobs": 40.0, "labour_state": "farm"}


def vacancies(*rows):
    return Vacancies(table(VACANCY_FIELDS, list(rows)))


def test_workers_of_all_programmes_share_the_verified_vacancies_in_reach():
    found = measure_demand(
        projects([WORK, {**WORK, "jobs": 60.0}]),
        vacancies=vacancies(
            {"posts": 80, "minutes": 20, "verified": True}, {"posts": 20, "minutes": 20, "verified": False},
            {"posts": 500, "minutes": 900, "verified": True},
        ),
    )  # fmt: skip
    coverage = found.parts["vacancy_coverage"]
    assert coverage.point.tolist() == pytest.approx([0.8, 0.8])
    assert coverage.high.tolist() == pytest.approx([1.0, 1.0])
    assert found.saturation.point.tolist() == pytest.approx([1.25, 1.25])
    assert np.isnan(found.parts["coverage"].point).all()


def test_migrants_reach_far_vacancies_and_an_unsaid_state_leaves_both_open():
    far = vacancies({"posts": 60, "minutes": 1200, "verified": True})
    found = measure_demand(projects([{**WORK, "labour_state": "migrant"}]), vacancies=far).parts["vacancy_coverage"]
    assert found.point.tolist() == pytest.approx([1.5])
    unsaid = measure_demand(projects([{**WORK, "labour_state": None}]), vacancies=far).parts["vacancy_coverage"]
    assert (unsaid.point[0], unsaid.low[0], unsaid.high[0]) == pytest.approx((0.0, 0.0, 1.5))


def test_a_vacancy_for_one_trade_takes_only_that_trade():
    sewing = vacancies({"posts": 60, "minutes": 10, "verified": True, "product": "garment"})
    found = measure_demand(projects([{**WORK, "product": "garment"}, WORK]), vacancies=sewing).parts["vacancy_coverage"]
    assert found.point.tolist() == pytest.approx([1.5, np.nan], nan_ok=True)


def test_wage_ratio_and_the_plain_figures_of_work():
    row = {**WORK, "wage_yuan_month": 3900.0, "local_wage_yuan_month": 3000.0, "contract_months": 12.0,
           "travel_minutes": 45.0, "placement_share": 0.7}  # fmt: skip
    parts = measure_demand(projects([row, {**row, "local_wage_yuan_month": 0.0}, WORK])).parts
    assert parts["wage_ratio"].point.tolist() == pytest.approx([1.3, np.nan, np.nan], nan_ok=True)
    assert parts["contract_months"].point[0] == 12
    assert parts["travel_minutes"].point[0] == 45
    assert parts["placement"].point[0] == 0.7


def test_verified_vacancies_in_reach_raise_the_evidence():
    near, far, talk = ({"posts": 9, "minutes": m, "verified": v} for m, v in ((20, True), (900, True), (20, False)))
    for rows, grade in (((near,), 2.0), ((far,), 0.0), ((talk,), 0.0)):
        found = measure_demand(projects([WORK, APPLE]), vacancies=vacancies(*rows))
        assert found.evidence.point.tolist() == [grade, 0.0]
        assert found.evidence_source.tolist() == ["table" if grade else "assumed", "assumed"]
    stated = measure_demand(projects([{**WORK, "evidence_grade": 1.0}]), vacancies=vacancies(near))
    assert stated.evidence.point.tolist() == [1.0]


@st.composite
def trades(draw):
    """A list of apple projects, some pooled, and a few towns that are supplied by nobody else."""
    rows = [
        {
            **APPLE,
            "lon": 102.0 + draw(st.floats(0.0, 1.5)),
            "output_per_year": draw(st.floats(0.5, 5_000.0)),
            "joint_venture_id": draw(st.sampled_from([None, None, "V"])),
        }
        for _ in range(draw(st.integers(1, 7)))
    ]
    towns = [
        {**TOWN, "market_id": str(at), "lon": draw(st.floats(102.0, 103.5)), "yearly_demand": draw(st.floats(1, 9_000))}
        for at in range(draw(st.integers(1, 4)))
    ]
    return rows, towns


@FEW
@given(trades())
def test_demand_of_the_markets_reached_is_conserved(trade):
    """Σ Q_i A_i = Σ D_m: every market here lies within reach of every project."""
    rows, towns = trade
    coverage = measure_demand(projects(rows), markets=markets(*towns)).parts["coverage"].point
    supply = np.array([row["output_per_year"] for row in rows])
    assert supply @ coverage == pytest.approx(sum(town["yearly_demand"] for town in towns), rel=1e-12)


@pytest.mark.slow
@FEW
@given(trades(), st.integers(0, 6), st.floats(1.0, 50.0), st.booleans())
def test_an_expansion_never_raises_anyone(trade, who, factor, apart):
    """Neither in the list itself nor as an approved project of the register."""
    rows, towns = trade
    who %= len(rows)
    grown = [{**row, "output_per_year": row["output_per_year"] * (factor if at == who else 1)}
             for at, row in enumerate(rows)]  # fmt: skip
    mine = projects([{**APPLE, "lon": 102.7}] if apart else rows)
    theirs = projects([{**APPLE, "lon": 102.7}] if apart else grown)

    def coverage(frame, rivals):
        register = projects(rivals, "R") if apart else None
        found = measure_demand(frame, rivals_frame=register, markets=markets(*towns))
        return found.parts["coverage"].point

    before, after = coverage(mine, rows), coverage(theirs, grown)
    assert (after <= before * (1 + 1e-12)).all()


def test_nothing_known_is_nothing_said_and_nothing_crashes():
    empty_tables = {
        "markets": markets(), "prices": Prices(table(PRICE_FIELDS, [])), "vacancies": vacancies(),
    }  # fmt: skip
    strange = {"markets": markets({**TOWN, "product": "moon cheese"}), "vacancies": vacancies({"posts": np.nan})}
    for tables in ({}, empty_tables, strange):
        for rows in (
            [{}, {}],
            [{"kind": "employment"}, {"kind": "other"}],
            [{"kind": "industry", "product": "unheard of"}],
        ):
            found = measure_demand(projects(rows), **tables)
            for quantity in found.parts.values():
                assert np.isnan([quantity.point, quantity.low, quantity.high]).all()
            assert found.evidence.point.tolist() == [0.0] * len(rows)
        assert len(measure_demand(projects([]), **tables).evidence.point) == 0


def test_the_order_of_the_rows_never_matters():
    rows = [{**APPLE, "output_per_year": 10.0 * at, "lon": 102 + at / 9} for at in range(1, 8)]
    frame = projects(rows)
    one = measure_demand(frame, markets=markets(TOWN, {**TOWN, "lon": 102.6}))
    other = measure_demand(frame.iloc[::-1], markets=markets({**TOWN, "lon": 102.6}, TOWN))
    assert one.parts["coverage"].point == pytest.approx(other.parts["coverage"].point[::-1], rel=1e-12)


def test_the_frames_given_are_never_changed():
    frame, tables = projects([APPLE, WORK]), markets(TOWN)
    before, rows = frame.copy(), tables.frame.copy()
    measure_demand(frame, rivals_frame=frame.iloc[:1], markets=tables, prices=price_table())
    pd.testing.assert_frame_equal(frame, before)
    pd.testing.assert_frame_equal(tables.frame, rows)
