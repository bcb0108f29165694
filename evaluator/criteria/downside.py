"""The downside of households: their yearly gain when price, yield and timing disappoint and disasters strike.

A year's gain is the planned one times 1 + λ (P·Y·(1 − D·(1 − c)) − 1): price factor P and yield factor Y (lognormal,
mean 1), D the part of the output lost when a disaster or disease strikes, c the insured share of that loss, λ how
strongly gains follow the value of output. The price holds for a project's whole life, the rest is drawn year by year.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri

from evaluator.criteria.draws import Draws
from evaluator.criteria.horizon import Horizon
from evaluator.criteria.level_benefit import paying_years
from evaluator.criteria.score import Array
from evaluator.criteria.travel import ranged
from evaluator.domain.settings import RiskSettings, ScoreSettings

Progress = Callable[[float], None]
REPORTS = 20
"""Progress is told at most this many times."""
ROOM = "downside"
COLUMNS = ("middle", "low", "low_uninsured", "low_insured", "shortfall", "p_bad_year", "p_never")


@dataclass(frozen=True, slots=True)
class Downside:
    """Yearly gain of one household under bad luck, n projects.

    Attributes
    ----------
    table
        n rows. ``planned``: yearly gain of one household, in the list's currency (NaN when not known). As shares of
        it: ``middle`` (median year), ``low`` (the stated worst share of years is below), ``low_uninsured`` and
        ``low_insured`` (the same with no and with full insurance), ``shortfall`` (mean of the worst years).
        ``p_bad_year``: share of years under the stated part of the plan; ``p_never``: chance that the project's
        benefits never repay the investment within the horizon (NaN when not known). ``insured_share`` as counted.
    price_assumed, loss_assumed
        (n,) whether the general price risk, and the stated range of loss probabilities, had to be used.
    """

    table: pd.DataFrame
    price_assumed: NDArray[np.bool_]
    loss_assumed: NDArray[np.bool_]
    draws: int


@dataclass(frozen=True, slots=True)
class _Risks:
    """What is drawn for n projects."""

    price_sd: Array
    yield_sd: Array
    probability_low: Array
    probability_high: Array
    insured: Array


def measure_downside(
    frame: pd.DataFrame,
    horizon: Horizon,
    *,
    settings: RiskSettings,
    volatility: Mapping[str, float],
    progress: Progress | None = None,
) -> Downside:
    """Draw years for each project.

    Parameters
    ----------
    frame
        n projects: ``kind``, ``product``, ``households``, ``insured_share``, ``loss_probability``.
    volatility
        Product id to the standard deviation of yearly log price changes; others take ``settings.price_sd``. Posts and
        training have neither price nor yield risk.
    progress
        Called with the share done, at most 20 times.
    """
    employment = (frame["kind"] == "employment").to_numpy()
    known_price = frame["product"].map(volatility).to_numpy(float)
    _, low, high = ranged(frame, "loss_probability")
    unsaid = np.isnan(low) | np.isnan(high)
    insured = np.nan_to_num(frame["insured_share"].to_numpy(float))
    risks = _Risks(
        np.where(employment, 0.0, np.where(np.isnan(known_price), settings.price_sd, known_price)),
        np.where(employment, 0.0, settings.yield_sd),
        np.where(unsaid, settings.loss_probability_low, low),
        np.where(unsaid, settings.loss_probability_high, high),
        insured,
    )
    draws = Draws.of([str(i) for i in frame.index], ScoreSettings(draws=settings.draws, draws_least=settings.draws))
    found = {name: np.full(len(frame), np.nan) for name in COLUMNS}
    told = 0
    for rows in draws.chunks():
        for name, values in _measure(rows, draws, risks, horizon, settings).items():
            found[name][rows] = values
        if progress is not None and rows.stop * REPORTS // len(frame) > told:
            told = rows.stop * REPORTS // len(frame)
            progress(rows.stop / len(frame))
    households = frame["households"].to_numpy(float)
    planned = horizon.household_benefit.point / np.where(households > 0, households, np.nan)
    table = pd.DataFrame({"planned": planned, **found, "insured_share": insured}, index=frame.index)
    return Downside(table, np.isnan(known_price) & ~employment, unsaid, draws.count)


def _measure(rows: slice, draws: Draws, risks: _Risks, horizon: Horizon, settings: RiskSettings) -> dict[str, Array]:
    each = np.arange(rows.start, rows.stop)
    price = _lognormal(draws, each, 0, risks.price_sd[rows])
    harvest = _lognormal(draws, each, 1, risks.yield_sd[rows])
    probability = _between(draws, each, 3, risks.probability_low[rows], risks.probability_high[rows])
    lost = settings.loss_share * (draws.uniform(each, ROOM, 2) < probability)

    def gains(insured: Array | float) -> Array:
        kept = harvest * (1.0 - lost * (1.0 - np.asarray(insured).reshape(-1, 1)))
        return np.asarray(1.0 + settings.leverage * (price * kept - 1.0))

    stated = gains(risks.insured[rows])
    ordered = np.sort(stated, axis=1)
    worst = max(1, round(settings.tail * draws.count))
    at = round(settings.tail * (draws.count - 1))
    kept = harvest * (1.0 - lost * (1.0 - risks.insured[rows, None]))
    return {
        "middle": ordered[:, draws.count // 2],
        "low": ordered[:, at],
        "low_uninsured": np.sort(gains(0.0), axis=1)[:, at],
        "low_insured": np.sort(gains(1.0), axis=1)[:, at],
        "shortfall": ordered[:, :worst].mean(axis=1),
        "p_bad_year": (stated < settings.bad_year_share).mean(axis=1),
        "p_never": _never(rows, draws, horizon, settings, price=price, kept=kept),
    }


def _lognormal(draws: Draws, rows: NDArray[np.intp], stream: int, sd: Array) -> Array:
    """exp(σz − σ²/2): mean 1; (rows, draws), or (rows, 1) when nothing is uncertain."""
    if not sd.any():
        return np.ones((len(rows), 1))
    spread = sd[:, None]
    return np.asarray(np.exp(spread * ndtri(draws.uniform(rows, ROOM, stream)) - spread**2 / 2))


def _between(draws: Draws, rows: NDArray[np.intp], stream: int, low: Array, high: Array) -> Array:
    if (low == high).all():
        return low[:, None]
    return np.asarray(low[:, None] + draws.uniform(rows, ROOM, stream) * (high - low)[:, None])


def _never(rows: slice, draws: Draws, horizon: Horizon, settings: RiskSettings, *, price: Array, kept: Array) -> Array:
    """Share of draws in which the benefits of all paying years do not add up to the investment; NaN when not known.

    Path d has price d and the yearly draws d, d + 1, ... (round the end), so that no further years need be drawn.
    """
    each = np.arange(rows.start, rows.stop)
    benefit, investment = horizon.yearly_benefit.point[rows], horizon.investment.point[rows]
    years_later = _between(
        draws, each, 5, np.full(len(each), settings.delay_low_years), np.full(len(each), settings.delay_high_years)
    )
    delay = _between(draws, each, 4, horizon.delay.low[rows], horizon.delay.high[rows]) + np.maximum(years_later, 0.0)
    paying = np.broadcast_to(
        paying_years(horizon.benefit_years.point[rows, None], delay, horizon.life.point[rows, None]),
        (len(each), draws.count),
    )
    years = np.broadcast_to(kept, (len(each), draws.count))
    longest = min(int(np.ceil(paying.max(initial=0.0))) + 1, draws.count)
    added = np.cumsum(np.column_stack([np.zeros(len(each)), years, years[:, :longest]]), axis=1)
    start = np.arange(draws.count)
    whole = np.floor(paying).astype(np.intp)
    line = np.arange(len(each))[:, None]
    part = (paying - whole) * (added[line, start + whole + 1] - added[line, start + whole])
    total = added[line, start + whole] - added[line, start] + part
    earned = paying * (1.0 - settings.leverage) + settings.leverage * price * total
    running = (investment / np.where(benefit > 0, benefit, np.nan))[:, None]
    with np.errstate(invalid="ignore"):
        never = np.where(benefit[:, None] > 0, earned < running * (1 - 1e-12), True).mean(axis=1)
    return np.where(np.isnan(benefit) | np.isnan(investment), np.nan, never)
