"""Market demand: can the markets in reach take it, do prices hold, has anyone signed, are there jobs to go to.

Raw figures with their ranges only; the anchors that turn them into values live in ``DemandSettings``.

| part (industry) | unit | source |
|---|---|---|
| coverage | demand in reach over supply | inverted floating catchment (Luo & Wang 2003), ``catchment`` |
| trend | share a year | Theil-Sen, Newey-West range, ``trend`` |
| semi_deviation | share | downside semi-deviation of the detrended log price, ``trend`` |
| offtake | firm share of output | signed share × 1 deposit, 0.5 written, 0.2 oral |
| cobweb | ratio of elasticities | Ezekiel 1938, ``trend`` |

| part (employment) | unit |
|---|---|
| vacancy_coverage | verified vacancies in reach over workers of all programmes |
| wage_ratio | wage over the alternative wage |
| contract_months, travel_minutes, placement | months, minutes one way, share in work after six months |
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.criteria.absorption import Absorption, absorb
from evaluator.criteria.offers import (
    NOT_SUPPLYING,
    Array,
    Offers,
    offer_output,
    offer_workers,
    take_output,
    take_workers,
)
from evaluator.criteria.price_signals import read_price_signals
from evaluator.criteria.reach import Index
from evaluator.criteria.score import Quantity
from evaluator.criteria.travel import number_column, ranged, text_column
from evaluator.domain.markets import Markets, Prices, Vacancies
from evaluator.domain.places import Places
from evaluator.domain.settings import DemandSettings

EVIDENCE_NONE, EVIDENCE_SERIES, EVIDENCE_BUYER = 0.0, 2.0, 3.0


@dataclass(frozen=True, slots=True)
class DemandParts:
    """Raw quantities of market demand for n projects, in the order of the list.

    Attributes
    ----------
    parts
        Part name (both tables above) to quantity; each project is scored on the parts of its kind.
    evidence
        Grade: 0 none, 1 assertion, 2 price series or survey, 3 study or signed buyer.
    evidence_source
        (n,) ``given``, ``buyer`` (a written order stands in the list), ``table`` (the product has a price or market
        table, or verified vacancies are in reach) or ``assumed`` (nothing is known: grade 0, up to 3 in the
        range).
    saturation
        Existing and planned supply over the demand in reach (workers over vacancies for employment projects). No point
        without a stated output: then it begins at what the others supply and is open above (``inf``).
    markets_reached
        (n,) markets or employers in reach; 0 also when none is known.
    price_years, price_source
        (n,) years of price behind trend and semi-deviation; ``table``, ``national`` (a range from
        national prices, never a point) or ``None``.
    """

    parts: Mapping[str, Quantity]
    evidence: Quantity
    evidence_source: NDArray[np.object_]
    saturation: Quantity
    markets_reached: Index
    price_years: Index
    price_source: NDArray[np.object_]


def measure_demand(
    frame: pd.DataFrame, *, rivals_frame: pd.DataFrame | None = None, markets: Markets | None = None,
    prices: Prices | None = None, vacancies: Vacancies | None = None, places: Places | None = None,
    amounts: pd.DataFrame | None = None, settings: DemandSettings | None = None,
    national_volatility: Mapping[str, float] | None = None,
) -> DemandParts:  # fmt: skip
    """Measure the market demand of each project, all rivals counted.

    Parameters
    ----------
    frame
        The list, shaped as ``Portfolio.frame``.
    rivals_frame
        Existing and approved projects, same shape; without it the other rows of the list are the rivals.
    markets, prices, vacancies, places
        The side tables; each may be missing and then leaves its parts without data.
    amounts
        Money in the list's own currency (``Portfolio.amounts``), for ratios; ``frame`` without it.
    national_volatility
        Product to the standard deviation of yearly log price changes in the nation (default: embedded): where the
        price table is silent, a range for the semi-deviation, never a point.
    """
    rules = settings or DemandSettings()
    rivals = frame if rivals_frame is None else rivals_frame
    output = _absorb_output(frame, rivals, markets, places=places, settings=rules)
    work = _absorb_workers(frame, rivals, vacancies, places=places, settings=rules)
    signals = read_price_signals(
        text_column(frame, "product"), prices, national=national_volatility, spread=rules.national_volatility
    )
    employed = text_column(frame, "kind") == "employment"
    grade, grade_source = _evidence(frame, markets, prices, offered=work.firm)
    return DemandParts(
        parts={
            "coverage": output.coverage,
            "trend": signals.trend,
            "semi_deviation": signals.semi_deviation,
            "offtake": measure_offtake(frame, written=rules.offtake_written, oral=rules.offtake_oral),
            "cobweb": signals.cobweb,
            "vacancy_coverage": work.coverage,
            **_work_parts(frame, amounts),
        },
        evidence=grade,
        evidence_source=grade_source,
        saturation=_choose(employed, work.saturation, output.saturation),
        markets_reached=np.where(employed, work.reached, output.reached),
        price_years=signals.years,
        price_source=signals.source,
    )


def measure_offtake(frame: pd.DataFrame, *, written: float = 0.5, oral: float = 0.2) -> Quantity:
    """Firmly sold share of output: signed share × 1 (deposit paid), 0.5 (written) or 0.2 (oral).

    Without a stated grade the point takes a written order and the range runs from oral to deposit.
    """
    factors = {"deposit": 1.0, "written": written, "oral": oral}
    rows, grade = pd.factorize(text_column(frame, "offtake_grade"), use_na_sentinel=False)
    point, low, high = (np.clip(values, 0.0, 1.0) for values in ranged(frame, "signed_offtake_share"))
    at, least, most = (
        np.array([factors.get(str(g), unknown) for g in grade], dtype=np.float64)[rows]
        for unknown in (written, oral, 1.0)
    )
    return Quantity(point * at, low * least, high * most)


def _absorb_output(
    frame: pd.DataFrame, rivals: pd.DataFrame, markets: Markets | None, *, places: Places | None,
    settings: DemandSettings,
) -> Absorption:  # fmt: skip
    if markets is None or not len(markets):
        return _nothing(len(frame))
    takers = take_output(markets)
    pools = frozenset(takers.pool)
    own = offer_output(frame, pools=pools, places=places, settings=settings)
    others = own if rivals is frame else offer_output(rivals, pools=pools, places=places, settings=settings)
    return absorb(
        own, _supplying(others, rivals), takers, twin=_twins(frame, rivals), actor=_actors(frame), settings=settings,
        ceiling=settings.coverage[-1][0],
    )  # fmt: skip


def _absorb_workers(
    frame: pd.DataFrame, rivals: pd.DataFrame, vacancies: Vacancies | None, *, places: Places | None,
    settings: DemandSettings,
) -> Absorption:  # fmt: skip
    if vacancies is None or not len(vacancies):
        return _nothing(len(frame))
    own, others = (offer_workers(rows, places=places, settings=settings) for rows in (frame, rivals))
    unsaid = text_column(frame, "labour_state") == None  # noqa: E711 - element by element
    full, none = (
        np.where(unsaid, away, said)
        for away, said in zip(settings.reach_migrate, (own.full_hours, own.none_hours), strict=True)
    )
    roaming = replace(own, full_hours=full, none_hours=none)
    return absorb(
        own, _supplying(others, rivals), take_workers(vacancies), twin=_twins(frame, rivals), actor=_actors(frame),
        settings=settings, far_reaching=roaming, ceiling=settings.vacancy_coverage[-1][0],
    )  # fmt: skip


def _nothing(rows: int) -> Absorption:
    empty = Quantity.known(np.full(rows, np.nan))
    return Absorption(empty, empty, np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=bool))


def _supplying(offers: Offers, rows: pd.DataFrame) -> Offers:
    """Offers without the rows that are idle or ended."""
    pool = offers.pool.copy()
    pool[np.isin(text_column(rows, "status").astype(str), NOT_SUPPLYING)] = None
    return replace(offers, pool=pool)


def _twins(frame: pd.DataFrame, rivals: pd.DataFrame) -> Index:
    """The project each rival row is (same id and same name), −1 for none; (k,)."""
    if rivals is frame:
        return np.arange(len(frame), dtype=np.int64)
    found = np.asarray(frame.index.get_indexer(rivals.index), dtype=np.int64)
    names = text_column(frame, "name")
    same = [at >= 0 and names[at] == name for at, name in zip(found, text_column(rivals, "name"), strict=True)]
    return np.where(same, found, -1)


def _actors(frame: pd.DataFrame) -> Index:
    """A number for each venture: rows of one joint venture share it; (n,)."""
    joint = text_column(frame, "joint_venture_id")
    names = [("row", at) if name is None else ("venture", name) for at, name in enumerate(joint)]
    numbers: dict[tuple[str, object], int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64)


def _evidence(
    frame: pd.DataFrame, markets: Markets | None, prices: Prices | None, *, offered: NDArray[np.bool_]
) -> tuple[Quantity, NDArray[np.object_]]:
    """Evidence grade as stated, else what the tables and orders at hand amount to.

    Verified vacancies in reach speak for an employment project as prices do for a product.
    """
    point, low, high = ranged(frame, "evidence_grade")
    covered = (markets.products if markets else frozenset()) | (prices.products if prices else frozenset())
    in_table = np.array([name in covered for name in text_column(frame, "product")], dtype=bool) | offered
    firm = np.isin(text_column(frame, "offtake_grade").astype(str), ("deposit", "written"))
    signed = firm & (number_column(frame, "signed_offtake_share") > 0)
    given = ~np.isnan(point)
    derived = np.select([signed, in_table], [EVIDENCE_BUYER, EVIDENCE_SERIES], EVIDENCE_NONE)
    source = np.select([given, signed, in_table], ["given", "buyer", "table"], "assumed").astype(object)
    open_end = np.where(source == "assumed", EVIDENCE_BUYER, derived)
    return Quantity(
        np.where(given, point, derived), np.where(given, low, derived), np.where(given, high, open_end)
    ), source  # fmt: skip


def _work_parts(frame: pd.DataFrame, amounts: pd.DataFrame | None) -> dict[str, Quantity]:
    money = frame if amounts is None else amounts
    wage, local = ranged(money, "wage_yuan_month"), ranged(money, "local_wage_yuan_month")
    point, low, high = (_ratio(wage[a], local[b]) for a, b in ((0, 0), (1, 2), (2, 1)))
    stated: dict[str, str] = {
        "contract_months": "contract_months", "travel_minutes": "travel_minutes", "placement": "placement_share",
    }  # fmt: skip
    parts = {part: Quantity(*ranged(frame, key)) for part, key in stated.items()}
    return {"wage_ratio": Quantity(point, low, high), **parts}


def _ratio(over: Array, under: Array) -> Array:
    return np.asarray(np.divide(over, under, out=np.full(len(over), np.nan), where=under > 0))


def _choose(first: NDArray[np.bool_], yes: Quantity, no: Quantity) -> Quantity:
    pairs = ((yes.point, no.point), (yes.low, no.low), (yes.high, no.high))
    return Quantity(*(np.where(first, a, b) for a, b in pairs))
