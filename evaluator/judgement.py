"""Between the rooms: what was measured is handed on to the scores, the signs and the calibration."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from evaluator.calibration import Calibration, calibrate, label_outcomes
from evaluator.criteria.advantage import AdvantageParts
from evaluator.criteria.demand import DemandParts, measure_demand
from evaluator.criteria.draws import Draws
from evaluator.criteria.flow_appraisal import FlowAppraisal, appraise_flows
from evaluator.criteria.homogeneity import Homogeneity, Neighbour, measure_homogeneity, name_neighbours
from evaluator.criteria.level_flows import level_flows
from evaluator.criteria.nearness import Closeness
from evaluator.criteria.payback import Horizon, half_life_years, read_horizon, score_payback, yearly_wages
from evaluator.criteria.promises import check_promises
from evaluator.criteria.robustness import Pairwise, compare_pairs
from evaluator.criteria.score import Array, CriterionScore
from evaluator.criteria.stated_flows import StatedFlows, align_flows, prefer
from evaluator.criteria.valuation import known_homogeneity, score_advantage, score_demand, score_homogeneity
from evaluator.criteria.weighting import WeightSpace
from evaluator.domain.flows import Flows
from evaluator.domain.places import Places
from evaluator.domain.portfolio import Portfolio
from evaluator.domain.settings import Settings
from evaluator.flags import DAYS_PER_YEAR, Flags, find_flags, share_before
from evaluator.reference.places import adjacent, counties

SCORED_KINDS = ("industry", "employment")


def score_criteria(
    frame: pd.DataFrame,
    demand: DemandParts,
    homogeneity: Homogeneity,
    horizon: Horizon,
    advantage: AdvantageParts,
    *,
    settings: Settings,
    draws: Draws,
    stated: StatedFlows | None = None,
) -> dict[str, CriterionScore]:
    """The four criterion scores of n projects from what was measured."""
    how: dict[str, Any] = {"score": settings.score, "draws": draws}
    return {
        "demand": score_demand(frame, demand, settings=settings.demand, **how),
        "homogeneity": score_homogeneity(frame, homogeneity, settings=settings.homogeneity, **how),
        "payback": score_payback(frame.index, horizon, settings=settings.payback, stated=stated, **how),
        "advantage": score_advantage(frame, advantage, settings=settings.advantage, **how),
    }


def take_rows(measured: Any, rows: Sequence[int], count: int) -> Any:  # noqa: ANN401 - any measured quantities
    """What was measured of ``count`` projects, of some of them only: every array that has a place for each is cut."""
    if isinstance(measured, np.ndarray):
        return measured[..., list(rows)] if measured.ndim and measured.shape[-1] == count else measured
    if isinstance(measured, Mapping):
        return {key: take_rows(value, rows, count) for key, value in measured.items()}
    if is_dataclass(measured) and not isinstance(measured, type):
        cut = {field.name: take_rows(getattr(measured, field.name), rows, count) for field in fields(measured)}
        return replace(measured, **cut)
    return measured


def compare_rows(
    frame: pd.DataFrame, *measured: object, rows: Sequence[int], draws: int, space: WeightSpace, settings: Settings,
    stated: StatedFlows | None = None,
) -> Pairwise:  # fmt: skip
    """P(one beats another) among some rows of a list, drawn as often and to the same last bit as the whole list."""
    chosen, count = list(rows), len(frame)
    part = frame.iloc[chosen]
    again = replace(Draws.of([str(project) for project in part.index], settings.score), count=draws)
    criteria = score_criteria(
        part,
        *(take_rows(found, chosen, count) for found in measured),
        settings=settings,
        draws=again,
        stated=take_rows(stated, chosen, count),
    )
    return replace(compare_pairs(criteria, range(len(chosen)), space=space), rows=tuple(chosen))


def appraise_row(
    frame: pd.DataFrame, horizon: Horizon, row: int, *, rate: float, stated: StatedFlows | None
) -> FlowAppraisal:
    """All measures of one project of a list, from its stated flows, else from its level benefit."""
    at, rows = frame.index[[row]], np.array([row])
    mine = np.empty(0, np.intp) if stated is None else np.flatnonzero(stated.rows == row)
    flows = stated.appraisal.flows.take(mine) if stated is not None and len(mine) else level_flows(at, horizon, rows)
    return appraise_flows(flows, rate=rate, households=frame["households"].to_numpy(float)[rows])


def name_round(
    frame: pd.DataFrame, register: pd.DataFrame | None, row: int, *, near: Mapping[str, Any], limit: int
) -> tuple[Neighbour, ...]:
    """The like neighbours of one project among the register and all proposals of its own list."""
    supply = None if register is None else pd.concat([register[register["kind"].isin(SCORED_KINDS)], frame])
    return name_neighbours(frame, supply, rows=[row], limit=limit, **near)[0]


def homogeneity_options(settings: Settings, places: Places | None) -> dict[str, Any]:
    """How near and how alike count, as keywords of ``measure_homogeneity`` and ``name_neighbours``."""
    s = settings.homogeneity
    return {
        "radius_km": s.radius_km,
        "reference_yuan": s.reference_yuan,
        "similarity": (s.same_product, s.same_family_and_stage, s.same_family, min(s.complement, s.same_family)),
        "adjacent": _adjacent_counties(places),
        "season_factor": s.season_factor,
        "closeness": Closeness(
            same_county=s.same_county,
            adjacent_county=s.adjacent_county,
            travel_minutes=s.travel_minutes,
            minutes={} if places is None else places.minutes(),
            km_hour=settings.demand.speed_km_hour / settings.demand.detour,
        ),
    }


def _adjacent_counties(places: Places | None) -> Mapping[str, frozenset[str]]:
    """Neighbouring counties: the embedded map, and the user's own places where they say so."""
    near = {code: adjacent(code) for code in counties()}
    if places is not None:
        for code in places.frame.index:
            near[code] = near.get(code, frozenset()) | (places.around(code) - {code})
    return near


def align_stated_flows(frame: pd.DataFrame, horizon: Horizon, flows: Flows, settings: Settings) -> StatedFlows | None:
    """What a flows table says of these projects; ``None`` when it speaks of none of them."""
    households = frame["households"].to_numpy(float)
    return align_flows(
        frame.index, flows, investment=horizon.investment.point, households=households, settings=settings.payback
    )


def check_stated_promises(frame: pd.DataFrame, horizon: Horizon, appraisal: pd.DataFrame) -> pd.DataFrame:
    """Payback and promised asset income of n projects against the life of their assets."""
    return check_promises(
        frame.index,
        payback_years=appraisal["payback_years"].to_numpy(float),
        asset_life_years=frame["asset_life_years"].to_numpy(float),
        promised_share=frame["promised_asset_income_share"].to_numpy(float),
        investment=horizon.investment.point,
        yearly_benefit=horizon.yearly_benefit.point,
    )


def judge_signs(
    frame: pd.DataFrame,
    amounts: pd.DataFrame,
    horizon: Horizon,
    demand: DemandParts,
    homogeneity: Homogeneity,
    *,
    years: Array,
    settings: Settings,
    stated: StatedFlows | None = None,
) -> Flags:
    """The six signs of n projects; ``years`` run from each start to the next assessment."""
    half_life = half_life_years(horizon.benefit_years.point, horizon.delay.point, settings.payback.rate)
    if stated is not None:
        half_life = prefer(stated.half_life, half_life)
    employment = (frame["kind"] == "employment").to_numpy()
    wage, other_wage = amounts["wage_yuan_month"].to_numpy(float), amounts["local_wage_yuan_month"].to_numpy(float)
    subsidy = horizon.household_subsidy.point
    delay = np.where(horizon.delay_assumed, np.nan, horizon.delay.point)
    return find_flags(
        frame.index,
        employment=employment,
        benefit_years=horizon.benefit_years.point,
        half_life_years=half_life,
        value_added_share=frame["value_added_share"].to_numpy(float),
        training_days=frame["training_days"].to_numpy(float),
        share_before_assessment=share_before(years, delay, horizon.benefit_years.point),
        h=known_homogeneity(frame, homogeneity),
        offtake_share=demand.parts["offtake"].point,
        saturation=demand.saturation.point,
        evidence_grade=np.where(demand.evidence_source == "assumed", np.nan, demand.evidence.point),
        subsidy_share=share_of(subsidy, horizon.household_benefit.point),
        contract_months=frame["contract_months"].to_numpy(float),
        wage_premium=share_of(wage, other_wage) - 1,
        wage_subsidy_share=share_of(subsidy, yearly_wages(frame, wage)),
        settings=settings.flags,
    )


def calibrate_on_register(
    register: Portfolio | None,
    flags: Flags,
    near: Mapping[str, Any],
    *,
    settings: Settings,
    **tables: Any,  # noqa: ANN401 - the side tables, each of its own type
) -> Calibration | None:
    """Hold the severity of past projects, judged at the end of the year they began, against what became of them."""
    if register is None or not len(flags.severity):
        return None
    existing = register.frame[register.frame["kind"].isin(SCORED_KINDS)]
    failed = label_outcomes(existing)
    if np.isnan(failed).all():
        return None
    labelled = ~np.isnan(failed)
    past, amounts = existing[labelled], register.amounts.loc[existing.index[labelled]]
    demand = measure_demand(past, rivals_frame=existing, amounts=amounts, settings=settings.demand, **tables)
    start = past["start"]
    assessed = pd.to_datetime({"year": start.dt.year, "month": 12, "day": 31}, errors="coerce")
    severity = judge_signs(
        past,
        amounts,
        read_horizon(past, amounts, settings=settings.payback),
        demand,
        measure_homogeneity(past, existing, **near),
        years=np.asarray((assessed - start).dt.days / DAYS_PER_YEAR, dtype=np.float64),
        settings=settings,
    )
    return calibrate(
        severity.severity.to_numpy(float),
        failed[labelled],
        past["place_code"].to_numpy(object),
        (severity.level == "flag").to_numpy(bool),
        asked=flags.severity,
        settings=settings.calibration,
    )


def share_of(part: Array, whole: Array) -> Array:
    """``part`` over ``whole``, NaN where the whole is not above 0."""
    return np.asarray(np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0))


def describe_traits(
    frame: pd.DataFrame, flags: Flags, criteria: Mapping[str, CriterionScore], homogeneity: Homogeneity
) -> pd.DataFrame:
    """What n scored projects are like, as a panel of incomes tells projects apart.

    Returns
    -------
    pandas.DataFrame
        Index ``project_id``. ``trait_short_flat_fast`` 1 when flagged, 0 when not, NaN when it cannot be judged;
        ``trait_kind``; ``trait_homogeneity`` 0-1; ``trait_demand``, ``trait_payback`` and ``trait_advantage`` 0-100,
        NaN where too little is known.
    """
    level = flags.level.to_numpy()
    flagged = np.where(level == "cannot_judge", np.nan, (level == "flag").astype(float))
    scores = {
        f"trait_{name}": np.where(criteria[name].judged, criteria[name].score, np.nan)
        for name in ("demand", "payback", "advantage")
    }
    traits = {"trait_short_flat_fast": flagged, "trait_kind": frame["kind"].to_numpy(), **scores}
    return pd.DataFrame(
        traits | {"trait_homogeneity": homogeneity.h}, index=pd.Index(frame.index.astype(str), name="project_id")
    )
