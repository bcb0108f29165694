"""What the price table says of each project's product: trend, downside risk, cobweb ratio."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.criteria.score import Quantity
from evaluator.criteria.trend import (
    NO_ESTIMATE,
    Estimate,
    cobweb_ratio,
    downside_deviation,
    estimate_trend,
    yearly_index,
)
from evaluator.domain.markets import Prices
from evaluator.reference.advantage import price_volatility

_SILENT = (NO_ESTIMATE, NO_ESTIMATE, NO_ESTIMATE)


@dataclass(frozen=True, slots=True)
class PriceSignals:
    """Trend (share a year), semi-deviation (share), cobweb ratio for n projects, with years and source."""

    trend: Quantity
    semi_deviation: Quantity
    cobweb: Quantity
    years: NDArray[np.int64]
    source: NDArray[np.object_]


def read_price_signals(
    product: NDArray[np.object_],
    prices: Prices | None,
    *,
    national: Mapping[str, float] | None = None,
    spread: tuple[float, ...] = (0.5, 4.0),
) -> PriceSignals:
    """Read the series of each product once and lay the figures out over the projects.

    Parameters
    ----------
    product
        (n,) product id or ``None``.
    national
        Product to the standard deviation σ of yearly log price changes in the nation (default: the embedded producer
        price indices). It only serves where the table does not name the product, and only as a range of the
        semi-deviation: from σ/2 (independent yearly shocks: differences double their variance, half of it lies below)
        to 4σ, because indices of whole groups move less than single products (the same crops' own national prices 1 to
        6 times as much). The two multiples are ``spread``.
    """
    known: dict[object, tuple[Estimate, Estimate, Estimate]] = {}
    if prices is not None and len(prices):
        by_product = prices.frame.groupby("product", sort=False)
        known = {name: _read(by_product.get_group(name)) for name in {str(p) for p in product} & prices.products}
    at, distinct = pd.factorize(product, use_na_sentinel=False)  # each product is looked up once
    signals = [known.get(name, _SILENT) for name in distinct]
    trend, risk, cobweb = (_lay_out([signal[part] for signal in signals], at) for part in range(3))
    years = np.array([max(e.years for e in signal) for signal in signals], dtype=np.int64)[at]
    sd = [np.nan if name in known else _volatility(name, national) for name in distinct]
    volatility = np.array(sd, dtype=np.float64)[at]
    prior = ~np.isnan(volatility)
    source = np.full(len(product), None, dtype=object)
    source[years > 0] = "table"
    source[prior] = "national"
    low, high = (
        np.where(prior, times * volatility, end) for times, end in zip(spread, (risk.low, risk.high), strict=True)
    )
    return PriceSignals(trend, Quantity(risk.point, low, high), cobweb, years, source)


def _volatility(product: object, national: Mapping[str, float] | None) -> float:
    if national is not None:
        return national.get(str(product), np.nan)
    embedded = price_volatility(str(product))
    return np.nan if embedded is None else embedded.sd_log_change


def _read(rows: pd.DataFrame) -> tuple[Estimate, Estimate, Estimate]:
    """Trend (of the price, else of the volume), semi-deviation and cobweb ratio of one product."""
    price = yearly_index(rows, value="price_yuan")
    volume = yearly_index(rows, value="volume") if "volume" in rows else pd.Series(dtype=np.float64)
    trend = estimate_trend(price)
    return (trend if trend.years else estimate_trend(volume)), downside_deviation(price), cobweb_ratio(price, volume)


def _lay_out(estimates: list[Estimate], at: NDArray[np.intp]) -> Quantity:
    table = np.array([(e.point, e.low, e.high) for e in estimates], dtype=np.float64).reshape(-1, 3)[at]
    return Quantity(table[:, 0], table[:, 1], table[:, 2])
