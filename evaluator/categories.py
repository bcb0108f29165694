"""Four categories for existing projects: consolidate, upgrade, revive, adjust. Proposals, to be confirmed by people.

The working definitions are one county's (Pingjiang 2024): consolidate when running state, economics, links and assets
are all good; upgrade when it runs, its market is at least middling and an element is weak; revive when it does not run
well but its market is at least middling; adjust when it does not run well and its market is low.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.criteria.demand import measure_demand
from evaluator.criteria.draws import Draws
from evaluator.criteria.payback import DAYS_PER_YEAR, payback_years, paying_years, read_horizon
from evaluator.criteria.score import CriterionScore
from evaluator.criteria.valuation import score_demand
from evaluator.domain.markets import Markets, Prices, Vacancies
from evaluator.domain.places import Places
from evaluator.domain.portfolio import Portfolio
from evaluator.domain.settings import Settings
from evaluator.reference.advantage import price_volatilities

Mask = NDArray[np.bool_]
CATEGORIES = ("consolidate", "upgrade", "revive", "adjust", "cannot_tell")
ELEMENTS = ("running", "economics", "links", "assets")
STATES = ("good", "weak", "unknown")
EXISTING = ("running", "idle", "ended")
ELEMENT_FIELDS: Mapping[str, tuple[str, ...]] = {
    "running": ("status", "outcome_3y"),
    "economics": ("outcome_income_kept", "yearly_benefit_yuan", "asset_life_years"),
    "links": ("link_mechanisms",),
    "assets": ("asset_life_years", "start"),
    "market": ("signed_offtake_share", "evidence_grade", "output_per_year"),
}
"""Form fields that tell each element and the market."""
BASE_RATES: Mapping[str, int] = {"consolidate": 265, "upgrade": 247, "revive": 17, "adjust": 8}
"""How Pingjiang county sorted its 537 projects in 2024: a reference, never used in a proposal."""


@dataclass(frozen=True, slots=True)
class Category:
    """The proposal for one existing project.

    Attributes
    ----------
    category
        One of ``CATEGORIES``.
    reason
        ``all_good``; ``weak`` (it runs, the market holds, ``decided_by`` are weak); ``not_running``;
        ``not_running_no_market``; ``between`` (it runs, an element is weak, the market low: the definitions leave it
        open); ``missing``.
    decided_by
        Elements (and ``market``) that decided; of ``missing`` those that are not known.
    elements
        Each element to ``good``, ``weak`` or ``unknown``; ``market`` to ``middling``, ``low`` or ``unknown``.
    market_score, market_low, market_high
        Market demand 0-100 with its range.
    """

    project_id: str
    category: str
    reason: str
    decided_by: tuple[str, ...]
    elements: Mapping[str, str]
    market_score: float
    market_low: float
    market_high: float


@dataclass(frozen=True, slots=True)
class Categories:
    """Proposals for the existing projects of a register, in its order; ``left_out`` are not existing or not scored."""

    register: Portfolio
    proposals: tuple[Category, ...]
    left_out: int
    settings: Settings
    as_of: date

    def counts(self) -> dict[str, int]:
        """How many projects are proposed for each category."""
        found = [proposal.category for proposal in self.proposals]
        return {category: found.count(category) for category in CATEGORIES}


def propose_categories(
    register: Portfolio,
    *,
    places: Places | None = None,
    markets: Markets | None = None,
    prices: Prices | None = None,
    vacancies: Vacancies | None = None,
    settings: Settings | None = None,
    as_of: date | None = None,
) -> Categories:
    """Propose a category for every running, idle or ended project of a register.

    The market is the demand score of the project against the rest of the register. Nothing here changes a score.
    """
    settings, as_of = settings or Settings(), as_of or date.today()
    scored = register.frame["kind"].isin(["industry", "employment"])
    chosen = scored & register.frame["status"].isin(EXISTING)
    frame, amounts = register.frame[chosen], register.amounts[chosen]
    demand = measure_demand(
        frame, rivals_frame=register.frame[scored], markets=markets, prices=prices, vacancies=vacancies, places=places,
        amounts=amounts, settings=settings.demand, national_volatility=price_volatilities(),
    )  # fmt: skip
    draws = Draws.of([str(project) for project in frame.index], settings.score)
    market = score_demand(frame, demand, settings=settings.demand, score=settings.score, draws=draws)
    elements = judge_elements(frame, amounts, settings=settings, as_of=as_of)
    proposals = tuple(
        _propose(str(project), {name: str(states[row]) for name, states in elements.items()}, market, row, settings)
        for row, project in enumerate(frame.index)
    )
    return Categories(register, proposals, len(register) - len(frame), settings, as_of)


def judge_elements(
    frame: pd.DataFrame, amounts: pd.DataFrame, *, settings: Settings, as_of: date
) -> dict[str, NDArray[np.object_]]:
    """Running state, economics, links and assets of n existing projects: ``good``, ``weak`` or ``unknown`` each.

    Running: running, and not said to have stopped producing by the third year. Economics: weak when the income was not
    kept or the money does not come back within the life of the asset. Links: enough kinds and not a dividend alone.
    Assets: the stated life has not ended.
    """
    no = {key: (frame[key] == False).to_numpy(bool) for key in ("outcome_3y", "outcome_income_kept")}  # noqa: E712
    running = (frame["status"] == "running").to_numpy() & ~no["outcome_3y"]
    kept = (frame["outcome_income_kept"] == True).to_numpy(bool)  # noqa: E712 - element by element
    horizon = read_horizon(frame, amounts, settings=settings.payback)
    life = frame["asset_life_years"].to_numpy(float)
    paying = paying_years(horizon.benefit_years.point, horizon.delay.point, horizon.life.point)
    payback = payback_years(horizon.investment.point, horizon.yearly_benefit.point, horizon.delay.point, paying)
    late = payback > settings.categories.life_share * np.where(np.isnan(life), horizon.life.point, life)
    links = [frozenset(found) if isinstance(found, tuple) else frozenset() for found in frame["link_mechanisms"]]
    few = np.array([len(found) < settings.categories.links_least or found == {"dividend"} for found in links], bool)
    unsaid = np.array([not found for found in links], bool)
    age = np.asarray((pd.Timestamp(as_of) - frame["start"]).dt.days / DAYS_PER_YEAR, dtype=np.float64)
    return {
        "running": _state(~running, np.zeros(len(frame), bool)),
        "economics": _state(no["outcome_income_kept"] | late, np.isnan(payback) & ~kept),
        "links": _state(few & ~unsaid, unsaid),
        "assets": _state(age > life, np.isnan(age) | np.isnan(life)),
    }


def _state(weak: Mask, unknown: Mask) -> NDArray[np.object_]:
    return np.select([weak, unknown], ["weak", "unknown"], "good").astype(object)


def judge_market(market: CriterionScore, row: int, *, middling: float) -> str:
    """``middling``, ``low`` or ``unknown``: by the point where it is judged, else only where the whole range agrees."""
    if market.judged[row]:
        return "middling" if market.score[row] >= middling else "low"
    if market.low[row] >= middling:
        return "middling"
    return "low" if market.high[row] < middling else "unknown"


def sort_project(elements: Mapping[str, str], market: str) -> tuple[str, str, tuple[str, ...]]:
    """Category, reason and what decided it, from the four elements and the market."""
    weak = tuple(name for name in ELEMENTS if elements[name] == "weak")
    unknown = tuple(name for name in ELEMENTS if elements[name] == "unknown")
    if elements["running"] == "weak":
        if market == "unknown":
            return "cannot_tell", "missing", ("market",)
        if market == "low":
            return "adjust", "not_running_no_market", ("running", "market")
        return "revive", "not_running", ("running", "market")
    if not weak and not unknown:
        return "consolidate", "all_good", ELEMENTS
    if not weak:
        return "cannot_tell", "missing", unknown
    if market == "unknown":
        return "cannot_tell", "missing", ("market",)
    return ("upgrade", "weak", (*weak, "market")) if market == "middling" else ("cannot_tell", "between", weak)


def _propose(project: str, elements: dict[str, str], market: CriterionScore, row: int, settings: Settings) -> Category:
    state = judge_market(market, row, middling=settings.categories.market_score)
    category, reason, decided = sort_project(elements, state)
    return Category(
        project_id=project,
        category=category,
        reason=reason,
        decided_by=decided,
        elements={**elements, "market": state},
        market_score=float(market.score[row]),
        market_low=float(market.low[row]),
        market_high=float(market.high[row]),
    )
