"""The one walk: a list of projects becomes scores, ranks, flags, shares and the facts to ask for next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import numpy as np
import pandas as pd

from evaluator import __version__
from evaluator.balance import Balance, measure_balance
from evaluator.calibration import Calibration, calibrate, label_outcomes
from evaluator.criteria.advantage import AdvantageParts, measure_advantage
from evaluator.criteria.copies import CopyGroup, find_copies
from evaluator.criteria.demand import DemandParts, measure_demand
from evaluator.criteria.downside import Downside, Progress, measure_downside
from evaluator.criteria.draws import Draws
from evaluator.criteria.drivers import Drivers, measure_drivers
from evaluator.criteria.homogeneity import Homogeneity, Neighbour, measure_homogeneity, name_neighbours
from evaluator.criteria.households import measure_households
from evaluator.criteria.nearness import Closeness
from evaluator.criteria.payback import (
    Horizon,
    appraise_portfolio,
    half_life_years,
    read_horizon,
    score_payback,
    with_flows,
    yearly_wages,
)
from evaluator.criteria.promises import check_promises
from evaluator.criteria.score import Array, CriterionScore
from evaluator.criteria.scorecard import Scorecard, make_scorecard
from evaluator.criteria.stated_flows import StatedFlows, align_flows, prefer
from evaluator.criteria.valuation import known_homogeneity, score_advantage, score_demand, score_homogeneity
from evaluator.domain.flows import Flows
from evaluator.domain.markets import Markets, Prices, Vacancies
from evaluator.domain.places import Places
from evaluator.domain.portfolio import Portfolio
from evaluator.domain.settings import Settings
from evaluator.flags import DAYS_PER_YEAR, Flags, find_flags, share_before, years_to_assessment
from evaluator.questions import Question, find_questions
from evaluator.reference.advantage import price_volatilities
from evaluator.reference.places import adjacent, counties
from evaluator.reference.products import product_groups
from evaluator.remedies import Facts, Remedy, find_remedies
from evaluator.rules import RuleResults, find_rules

SCORED_KINDS = ("industry", "employment")
LONG_LIST, NAMED_IN_LONG_LIST = 1_000, 5


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything the screens, reports and files show of one list.

    Attributes
    ----------
    scored
        Ids of the industry and employment projects, in list order; every per-project result has these rows.
    homogeneity, homogeneity_round
        Against the register (or the list itself when there is none), and with this round's proposals added.
    appraisal
        Cash-flow measures in the list's currency (``criteria.payback.appraise_portfolio``).
    flows, stated
        The flows table given, and what it says of this list's projects.
    households, promises
        The household view (``criteria.households``) and the checks against asset life (``criteria.promises``).
    rules
        Readable rules beside the six signs; they change no score and no flag.
    calibration
        How severity has done on past projects of the register; ``None`` when none has an outcome.
    cautions
        Codes of what limits the result, said in the report floor.
    fingerprint
        Hash of all tables, settings, date and version: same inputs, same page.
    """

    portfolio: Portfolio
    register: Portfolio | None
    settings: Settings
    as_of: date
    scored: pd.Index
    scorecard: Scorecard
    flags: Flags
    rules: RuleResults
    calibration: Calibration | None
    demand: DemandParts
    homogeneity: Homogeneity
    homogeneity_round: Homogeneity | None
    neighbours: tuple[tuple[Neighbour, ...], ...]
    copies: tuple[CopyGroup, ...]
    advantage: AdvantageParts
    horizon: Horizon
    appraisal: pd.DataFrame
    flows: Flows | None
    stated: StatedFlows | None
    households: pd.DataFrame
    promises: pd.DataFrame
    balance: Balance
    questions: Mapping[str, tuple[Question, ...]]
    cautions: tuple[str, ...]
    fingerprint: str
    version: str

    @property
    def in_depth(self) -> bool:
        """Whether the list is short enough to be described project by project: drivers, downside, exact remedies."""
        return len(self.scored) <= LONG_LIST

    @property
    def rivals(self) -> str:
        """``register`` or ``list``: whom homogeneity is measured against."""
        return "list" if self.register is None else "register"

    def remedies(self, project_id: str) -> dict[str, Remedy]:
        """For each sign of one project, the smallest change of its own facts that turns it off."""
        row = int(self.scored.get_indexer(pd.Index([project_id]))[0])
        return find_remedies(self.flags.of(project_id), facts=self._facts(row), degree=self.settings.flags.degree)

    def _facts(self, row: int) -> Facts:
        frame = self.portfolio.frame.loc[self.scored[[row]]]
        amounts = self.portfolio.amounts.loc[self.scored[[row]]]
        s, grade = self.settings, frame["offtake_grade"].iloc[0]
        return Facts(
            benefit_years=float(self.horizon.benefit_years.point[row]),
            delay_years=float(self.horizon.delay.point[row]),
            assessment_years=float(years_to_assessment(frame["start"], self.as_of)[0]),
            household_benefit=float(self.horizon.household_benefit.point[row]),
            yearly_wages=float(yearly_wages(frame, amounts["wage_yuan_month"].to_numpy(float))[0]),
            local_wage=float(amounts["local_wage_yuan_month"].iloc[0]),
            signed_share=float(frame["signed_offtake_share"].iloc[0]),
            offtake_grade="" if pd.isna(grade) else str(grade),
            offtake_factors={"deposit": 1.0, "written": s.demand.offtake_written, "oral": s.demand.offtake_oral},
            evidence_stated=bool(frame["evidence_grade"].notna().iloc[0]),
            rate=s.payback.rate,
        )

    @property
    def unscored(self) -> pd.Index:
        """Ids of what is listed and summed only (roads, fees, grants)."""
        return self.portfolio.frame.index.difference(self.scored, sort=False)

    def downside(self, *, progress: Progress | None = None) -> Downside:
        """What a bad year leaves to a household (drawn when asked: about 0.2 s a thousand projects)."""
        frame = self.portfolio.frame.loc[self.scored]
        return measure_downside(
            frame, self.horizon, settings=self.settings.risk, volatility=price_volatilities(), progress=progress
        )

    def measure_drivers(self) -> Drivers:
        """What drives the totals and the order: weights, anchors or facts (computed when asked, under a second)."""
        parts = self.demand, self.homogeneity, self.horizon, self.advantage
        frame, settings, card = self.portfolio.frame.loc[self.scored], self.settings, self.scorecard
        return measure_drivers(
            lambda draws: _score(frame, *parts, settings=settings, draws=draws, stated=self.stated),
            [str(project) for project in self.scored],
            stated=card.total,
            top=card.top,
            space=card.space,
            settings=settings.score,
        )


def default_date(portfolio: Portfolio, today: date) -> date:
    """The date of appraisal when none is given: today, or the start of the list's own year when that is past."""
    if portfolio.year is not None and portfolio.year < today.year:
        return date(portfolio.year, 1, 1)
    return today


def evaluate(
    portfolio: Portfolio,
    *,
    register: Portfolio | None = None,
    places: Places | None = None,
    markets: Markets | None = None,
    prices: Prices | None = None,
    vacancies: Vacancies | None = None,
    flows: Flows | None = None,
    settings: Settings | None = None,
    as_of: date | None = None,
    top: int | None = None,
) -> Evaluation:
    """Score, rank and flag a list of projects.

    ``register`` holds existing and approved projects (without one the rows of the list are each other's rivals);
    ``as_of`` is the date of appraisal; ``top`` how many projects the budget affords.
    ``flows`` holds yearly flows of some projects, which then go before their level benefit.
    """
    settings = settings or Settings()
    as_of = as_of or default_date(portfolio, date.today())
    kinds = portfolio.frame["kind"].isin(SCORED_KINDS)
    frame, amounts = portfolio.frame[kinds], portfolio.amounts[kinds]
    rivals = None if register is None else register.frame[register.frame["kind"].isin(SCORED_KINDS)]
    supply = frame if rivals is None else pd.concat([rivals, frame])
    demand = measure_demand(
        frame,
        rivals_frame=supply,
        markets=markets,
        prices=prices,
        vacancies=vacancies,
        places=places,
        amounts=amounts,
        settings=settings.demand,
        national_volatility=price_volatilities(),
    )
    near = _homogeneity_options(settings, places)
    homogeneity = measure_homogeneity(frame, rivals, **near)
    advantage = measure_advantage(
        frame,
        places=places,
        markets=markets,
        settings=settings.advantage,
        detour=settings.demand.detour,
        speed_km_hour=settings.demand.speed_km_hour,
    )
    horizon = read_horizon(frame, amounts, settings=settings.payback)
    stated = None if flows is None else _align(frame, horizon, flows, settings)
    horizon = horizon if stated is None else with_flows(horizon, stated)
    appraisal = appraise_portfolio(frame.index, horizon, settings=settings.payback, stated=stated)
    draws = Draws.of([str(project) for project in frame.index], settings.score)
    criteria = _score(frame, demand, homogeneity, horizon, advantage, settings=settings, draws=draws, stated=stated)
    scorecard = make_scorecard(criteria, settings=settings, top=top)
    years = years_to_assessment(frame["start"], as_of)
    flags = _flag(frame, amounts, horizon, demand, homogeneity, years=years, settings=settings, stated=stated)
    calibration = _calibrate(
        register, flags, near, settings=settings, markets=markets, places=places, vacancies=vacancies
    )
    tables = (None if t is None else t.frame for t in (portfolio, register, places, markets, prices, vacancies, flows))
    return Evaluation(
        portfolio=portfolio,
        register=register,
        settings=settings,
        as_of=as_of,
        scored=frame.index,
        scorecard=scorecard,
        flags=flags,
        rules=find_rules(portfolio, frame.index, settings=settings.policy),
        calibration=calibration,
        demand=demand,
        homogeneity=homogeneity,
        homogeneity_round=None if rivals is None else measure_homogeneity(frame, supply, **near),
        copies=find_copies(
            frame, adjacent=near["adjacent"], settings=settings.homogeneity, closeness=near["closeness"]
        ),
        neighbours=name_neighbours(frame, rivals, rows=None, limit=_named(len(frame), settings), **near),
        advantage=advantage,
        horizon=horizon,
        appraisal=appraisal,
        flows=flows,
        stated=stated,
        households=measure_households(
            frame, horizon, settings=settings.payback, currency=portfolio.currency, stated=stated
        ),
        promises=_check_promises(frame, horizon, appraisal),
        balance=measure_balance(portfolio, groups=product_groups(), level=flags.level),
        questions=find_questions(frame, amounts, scorecard, flags, settings=settings),
        cautions=_flow_cautions(flows, frame.index) + _cautions(portfolio, register, markets, calibration, len(frame)),
        fingerprint=_fingerprint(tables, settings, as_of, top),
        version=__version__,
    )


def _score(
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
    how: dict[str, Any] = {"score": settings.score, "draws": draws}
    return {
        "demand": score_demand(frame, demand, settings=settings.demand, **how),
        "homogeneity": score_homogeneity(frame, homogeneity, settings=settings.homogeneity, **how),
        "payback": score_payback(frame.index, horizon, settings=settings.payback, stated=stated, **how),
        "advantage": score_advantage(frame, advantage, settings=settings.advantage, **how),
    }


def _named(rows: int, settings: Settings) -> int:
    """How many neighbours are named for each project: fewer in a list too long to be read project by project."""
    most = settings.homogeneity.named_neighbours
    return most if rows <= LONG_LIST else min(most, NAMED_IN_LONG_LIST)


def _flow_cautions(flows: Flows | None, index: pd.Index) -> tuple[str, ...]:
    """Flows of projects that are not scored here are not used, which is said."""
    return () if flows is None or flows.projects.isin(index.astype(str)).all() else ("flows_unknown",)


def _align(frame: pd.DataFrame, horizon: Horizon, flows: Flows, settings: Settings) -> StatedFlows | None:
    households = frame["households"].to_numpy(float)
    return align_flows(
        frame.index, flows, investment=horizon.investment.point, households=households, settings=settings.payback
    )


def _check_promises(frame: pd.DataFrame, horizon: Horizon, appraisal: pd.DataFrame) -> pd.DataFrame:
    return check_promises(
        frame.index,
        payback_years=appraisal["payback_years"].to_numpy(float),
        asset_life_years=frame["asset_life_years"].to_numpy(float),
        promised_share=frame["promised_asset_income_share"].to_numpy(float),
        investment=horizon.investment.point,
        yearly_benefit=horizon.yearly_benefit.point,
    )


def _homogeneity_options(settings: Settings, places: Places | None) -> dict[str, Any]:
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


def _flag(
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
        subsidy_share=_share(subsidy, horizon.household_benefit.point),
        contract_months=frame["contract_months"].to_numpy(float),
        wage_premium=_share(wage, other_wage) - 1,
        wage_subsidy_share=_share(subsidy, yearly_wages(frame, wage)),
        settings=settings.flags,
    )


def _calibrate(
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
    severity = _flag(
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


def _share(part: Array, whole: Array) -> Array:
    return np.asarray(np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0))


def _cautions(
    portfolio: Portfolio,
    register: Portfolio | None,
    markets: Markets | None,
    calibration: Calibration | None,
    scored: int,
) -> tuple[str, ...]:
    """Codes of what limits the result; the report floor says them."""
    limits = {
        "no_register": register is None,
        "no_markets": markets is None,
        "foreign_currency": portfolio.currency != "CNY" and portfolio.total_yuan is None,
        "nothing_scored": scored == 0,
        "one_project": scored == 1,
        "uncalibrated": scored > 0 and (calibration is None or calibration.status != "calibrated"),
    }
    return tuple(code for code, holds in limits.items() if holds)


def _fingerprint(tables: Iterable[pd.DataFrame | None], settings: Settings, as_of: date, top: int | None) -> str:
    """Hash of everything the result depends on, as 16 hexadecimal characters."""
    digest = sha256(f"{__version__}|{as_of}|{top}|{settings.to_toml()}".encode())
    for table in tables:
        digest.update(b"|")
        for name, column in () if table is None else table.reset_index().items():
            values = column.to_numpy()
            known = values.tobytes() if values.dtype.kind in "fiMb" else "\x1f".join(map(str, values)).encode()
            digest.update(str(name).encode() + b"=" + known)
    return digest.hexdigest()[:16]
