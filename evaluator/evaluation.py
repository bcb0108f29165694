"""The one walk: a list of projects becomes scores, ranks, flags, shares and the facts to ask for next."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from evaluator import __version__
from evaluator.balance import Balance, measure_balance
from evaluator.calibration import Calibration
from evaluator.criteria.advantage import AdvantageParts, measure_advantage
from evaluator.criteria.copies import CopyGroup, find_copies
from evaluator.criteria.demand import DemandParts, measure_demand
from evaluator.criteria.downside import Downside, Progress, measure_downside
from evaluator.criteria.draws import Draws
from evaluator.criteria.drivers import Drivers, measure_drivers
from evaluator.criteria.flow_appraisal import FlowAppraisal
from evaluator.criteria.homogeneity import Homogeneity, Neighbour, RivalIndex, measure_homogeneity
from evaluator.criteria.households import measure_households
from evaluator.criteria.payback import (
    Horizon,
    appraise_portfolio,
    read_horizon,
    with_flows,
    yearly_wages,
)
from evaluator.criteria.robustness import Pairwise
from evaluator.criteria.scorecard import Scorecard, make_scorecard, reweigh
from evaluator.criteria.stated_flows import StatedFlows
from evaluator.domain.errors import Issue, SettingsError
from evaluator.domain.flows import Flows
from evaluator.domain.markets import Markets, Prices, Vacancies
from evaluator.domain.places import Places
from evaluator.domain.portfolio import Portfolio
from evaluator.domain.settings import Settings
from evaluator.flags import Flags, years_to_assessment
from evaluator.judgement import (
    SCORED_KINDS,
    align_stated_flows,
    appraise_row,
    calibrate_on_register,
    check_stated_promises,
    compare_rows,
    describe_traits,
    homogeneity_options,
    judge_signs,
    name_round,
    score_criteria,
)
from evaluator.network import Move, MoveEffect, Network, default_county, make_network, what_if_moved
from evaluator.provenance import find_cautions, fingerprint_of, mark_tables
from evaluator.questions import Questions
from evaluator.reference.advantage import price_volatilities
from evaluator.reference.products import product_groups
from evaluator.remedies import Facts, Remedy, find_remedies
from evaluator.rules import RuleResults, find_rules

if TYPE_CHECKING:
    from evaluator.income.findings import IncomeEffects

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
    near, tables
        How near and how alike rivals count, and the side tables demand reads: for the network and what-if moves.
    cautions
        Codes of what limits the result, said in the report floor.
    mark, fingerprint
        Hash of all tables; the same with settings, date, version and ``top``: same inputs, same page.
    top
        How many projects the budget affords, where it was given.
    income
        What projects did to incomes, where a panel was given.
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
    neighbours: Sequence[tuple[Neighbour, ...]]
    copies: tuple[CopyGroup, ...]
    advantage: AdvantageParts
    horizon: Horizon
    appraisal: pd.DataFrame
    flows: Flows | None
    stated: StatedFlows | None
    households: pd.DataFrame
    promises: pd.DataFrame
    balance: Balance
    near: Mapping[str, Any]
    tables: Mapping[str, Any]
    questions: Questions
    cautions: tuple[str, ...]
    mark: str
    fingerprint: str
    version: str
    top: int | None
    income: "IncomeEffects | None" = None

    @property
    def in_depth(self) -> bool:
        """Whether the list is short enough to be described project by project: drivers, downside, exact remedies."""
        return len(self.scored) <= LONG_LIST

    @property
    def rivals(self) -> str:
        """``register`` or ``list``: whom homogeneity is measured against."""
        return "list" if self.register is None else "register"

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What is to be known of every table that was read: the list, the register, the side tables, the flows."""
        tables = (self.portfolio, self.register, *self.tables.values(), self.flows)
        return tuple(issue for table in tables if table is not None for issue in table.issues)

    def reweigh(self, weights: Mapping[str, float]) -> "Evaluation":
        """The result at other weights of the criteria (shares adding to 1), equal to evaluating anew with them."""
        settings = self.settings.with_values({f"weights.{name}": share for name, share in weights.items()})
        card = reweigh(self.scorecard, settings=settings)
        return replace(
            self,
            settings=settings,
            scorecard=card,
            questions=replace(self.questions, scorecard=card, settings=settings),
            fingerprint=fingerprint_of(self.mark, settings, self.as_of, self.top),
        )

    def traits(self) -> pd.DataFrame:
        """What the scored projects are like, as ``read_panel`` and ``estimate_effects`` join it to incomes."""
        frame = self.portfolio.frame.loc[self.scored]
        return describe_traits(frame, self.flags, self.scorecard.criteria, self.homogeneity)

    def remedies(self, project_id: str) -> dict[str, Remedy]:
        """For each sign of one project, the smallest change of its own facts that turns it off."""
        facts = self._facts(self._row(project_id))
        return find_remedies(self.flags.of(project_id), facts=facts, degree=self.settings.flags.degree)

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
            lambda draws: score_criteria(frame, *parts, settings=settings, draws=draws, stated=self.stated),
            [str(project) for project in self.scored],
            stated=card.total,
            top=card.top,
            space=card.space,
            settings=settings.score,
        )

    def compare(self, rows: Sequence[int]) -> Pairwise:
        """P(one beats another) among up to 30 scored projects, by their ``rows``, over all possible weights.

        The scores of these rows are drawn again, as often and to the same last bit as for the order (when asked).
        """
        parts = self.demand, self.homogeneity, self.horizon, self.advantage
        frame, card = self.portfolio.frame.loc[self.scored], self.scorecard
        return compare_rows(
            frame, *parts, rows=rows, draws=card.draws, space=card.space, settings=self.settings, stated=self.stated
        )

    def appraise_project(self, project_id: str) -> FlowAppraisal:
        """Every cash-flow measure of one scored project, as a project, with its subsidies, and for its households.

        From its yearly flows where a table states them, else from its level benefit; in the list's currency.
        """
        frame = self.portfolio.frame.loc[self.scored]
        return appraise_row(
            frame, self.horizon, self._row(project_id), rate=self.settings.payback.rate, stated=self.stated
        )

    def round_neighbours(self, project_id: str) -> tuple[Neighbour, ...]:
        """Who makes one scored project homogeneous with all proposals of this round counted; shares add to that h."""
        register = None if self.register is None else self.register.frame
        frame, limit = self.portfolio.frame.loc[self.scored], self.settings.homogeneity.named_neighbours
        return name_round(frame, register, self._row(project_id), near=self.near, limit=limit)

    def _row(self, project_id: str) -> int:
        return int(self.scored.get_indexer(pd.Index([project_id]))[0])

    def network(self, *, county: str | None = None) -> Network:
        """The look-alike projects of one county, list and register together, and their clusters (made when asked).

        Without ``county`` the one most of the list's projects stand in.
        """
        code = county or default_county(self.portfolio.frame, self.portfolio.place_code)
        return make_network(
            self.portfolio.frame,
            None if self.register is None else self.register.frame,
            near=self.near,
            level=self.flags.level,
            amount=self.portfolio.amounts["investment_yuan"],
            county=code,
            settings=self.settings.balance,
        )

    def what_if_moved(self, project_id: str, move: Move) -> MoveEffect:
        """What moving one scored project to another product, place or year does to it and to everyone else."""
        return what_if_moved(
            self.portfolio.frame,
            project_id,
            move,
            near=self.near,
            register=None if self.register is None else self.register.frame,
            tables={name: self.tables[name] for name in ("markets", "vacancies", "places")},
            settings=self.settings.demand,
            year=self.portfolio.year,
        )

    def balance_of(self, projects: Collection[str] | Mapping[str, float]) -> Balance:
        """The balance of a part of the list, such as the projects chosen under a budget.

        ``projects`` are ids, or ids with the share of its amount that each is funded with.
        """
        kept = self.portfolio.frame.index.isin(list(projects))
        tables = {name: getattr(self.portfolio, name)[kept] for name in ("frame", "amounts", "evidence")}
        if isinstance(projects, Mapping):
            shares = tables["amounts"].index.map(projects).to_numpy(float)
            tables["amounts"] = tables["amounts"].mul(shares, axis=0)
        return measure_balance(
            replace(self.portfolio, **tables),
            groups=product_groups(),
            level=self.flags.level,
            places=self.tables["places"],
            similarity=self.near["similarity"],
            settings=self.settings.balance,
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
    panel: object = None,
    settings: Settings | None = None,
    as_of: date | None = None,
    top: int | None = None,
) -> Evaluation:
    """Score, rank and flag a list of projects.

    ``register`` holds existing and approved projects (without one the rows of the list are each other's rivals);
    ``as_of`` is the date of appraisal; ``top`` how many projects the budget affords.
    ``flows`` holds yearly flows of some projects, which then go before their level benefit.
    ``panel`` is a panel of incomes, as anything that ``read_panel`` reads: then ``income`` says what projects did to
    incomes. What list and register tell of the panel's projects is joined by ``project_id``.

    Raises ``SettingsError`` when ``top`` is not at least 1.
    """
    settings = settings or Settings()
    if top is not None and not top >= 1:
        raise SettingsError("top", top, "least_one")
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
    near = homogeneity_options(settings, places)
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
    stated = None if flows is None else align_stated_flows(frame, horizon, flows, settings)
    horizon = horizon if stated is None else with_flows(horizon, stated)
    appraisal = appraise_portfolio(frame.index, horizon, settings=settings.payback, stated=stated)
    draws = Draws.of([str(project) for project in frame.index], settings.score)
    criteria = score_criteria(
        frame, demand, homogeneity, horizon, advantage, settings=settings, draws=draws, stated=stated
    )
    scorecard = make_scorecard(criteria, settings=settings, top=top)
    years = years_to_assessment(frame["start"], as_of)
    flags = judge_signs(frame, amounts, horizon, demand, homogeneity, years=years, settings=settings, stated=stated)
    calibration = calibrate_on_register(
        register, flags, near, settings=settings, markets=markets, places=places, vacancies=vacancies
    )
    tables = (portfolio, register, places, markets, prices, vacancies, flows)
    income = None
    if panel is not None:
        known = describe_traits(frame, flags, criteria, homogeneity)
        if register is not None:
            side: dict[str, Any] = {"places": places, "markets": markets, "prices": prices, "vacancies": vacancies}
            older = evaluate(register, settings=settings, as_of=as_of, **side).traits()
            known = pd.concat([known, older[~older.index.isin(known.index)]])
        income = _estimate(panel, settings, known)
    frames = [None if table is None else table.frame for table in tables]
    mark = mark_tables(frames if income is None else [*frames, income.by_year.assign(n_rows=income.n_rows)])
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
        neighbours=RivalIndex.build(frame, rivals, **near).named(limit=_named(len(frame), settings)),
        advantage=advantage,
        horizon=horizon,
        appraisal=appraisal,
        flows=flows,
        stated=stated,
        households=measure_households(
            frame, horizon, settings=settings.payback, currency=portfolio.currency, stated=stated
        ),
        promises=check_stated_promises(frame, horizon, appraisal),
        balance=measure_balance(
            portfolio,
            groups=product_groups(),
            level=flags.level,
            places=places,
            similarity=near["similarity"],
            settings=settings.balance,
        ),
        near=near,
        tables={"markets": markets, "vacancies": vacancies, "places": places, "prices": prices},
        questions=Questions(frame, amounts, scorecard, flags, settings),
        cautions=find_cautions(
            portfolio,
            register=register,
            markets=markets,
            flows=flows,
            calibration=calibration,
            scored=frame.index,
        ),
        mark=mark,
        fingerprint=fingerprint_of(mark, settings, as_of, top),
        version=__version__,
        top=top,
        income=income,
    )


def _estimate(panel: object, settings: Settings, known: pd.DataFrame) -> "IncomeEffects":
    from evaluator.incomes import estimate_effects  # noqa: PLC0415 - only where there is a panel; half a second

    return estimate_effects(panel, settings=settings, evaluation=known)


def _named(rows: int, settings: Settings) -> int:
    """How many neighbours are named for each project: fewer in a list too long to be read project by project."""
    most = settings.homogeneity.named_neighbours
    return most if rows <= LONG_LIST else min(most, NAMED_IN_LONG_LIST)
