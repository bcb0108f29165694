"""Cash-flow measures of one or many projects: what the money is worth, and when it comes back."""

from numbers import Real
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.criteria.irr import irr_all_roots, solve_irr
from evaluator.domain.errors import Issue, SettingsError, TableError

__all__ = ["FirstPeriod", "appraise", "irr_all_roots", "npv"]

Array = NDArray[np.float64]
Flows = pd.DataFrame | pd.Series | Array | list[float] | list[list[float]]
FirstPeriod = Literal[0, 1]


def appraise(
    flows: Flows,
    *,
    rate: float = 0.08,
    finance_rate: float | None = None,
    reinvest_rate: float | None = None,
    first_period: FirstPeriod = 0,
    costs: Flows | None = None,
    benefits: Flows | None = None,
) -> pd.DataFrame:
    """Appraise the yearly flows of one or many projects.

    Parameters
    ----------
    flows
        (n, periods) net flows with minus without the project, yuan a year; or one project as (periods,).
    rate
        Discount rate a year, above -1.
    finance_rate, reinvest_rate
        Rates of the modified rate of return for outflows and inflows; ``rate`` unless given.
    first_period
        0: the first flow is today. 1: the spreadsheet convention, the first flow is discounted by one year.
    costs, benefits
        Gross costs and benefits (both ≥ 0, same shape as ``flows``) behind the net flows. One gives the other; with
        neither, net outflows and net inflows stand for them.

    Returns
    -------
    pandas.DataFrame
        n rows, index as ``flows``: ``npv_yuan``; ``irr`` (NaN when none or not unique); ``irr_roots`` (rates above -1
        at which the value changes sign); ``mirr``; ``payback_years`` and ``discounted_payback_years`` (from the first
        flow, linear inside the year, NaN when never); ``benefit_cost``; ``equivalent_annual_yuan``;
        ``half_life_years`` (from the first flow until half of the discounted benefit has come). Rows with a missing
        flow are missing throughout.

    Raises
    ------
    TableError
        When the tables are empty, not numbers, or differ in shape.
    SettingsError
        When a rate is not finite or not above -1, or ``first_period`` is neither 0 nor 1.

    Notes
    -----
    Payback is the moment from which the cumulated flow stays at or above zero: a later replacement that is not earned
    back in time counts. Equivalent annual income spreads the net present value over the years of the flows: periods
    minus one when the first flow is today.

    References
    ----------
    .. [1] Gittinger, J. P. (1982). Economic Analysis of Agricultural Projects.

    Examples
    --------
    >>> table = appraise([-200, 50, 60, 70, 200], rate=0.1)
    >>> table[["npv_yuan", "payback_years"]].round(2).iloc[0].tolist()
    [84.24, 3.1]
    """
    net, index = _read_flows(flows, "flows")
    spent, earned = _gross(net, costs, benefits)
    finance, reinvest = (rate if other is None else other for other in (finance_rate, reinvest_rate))
    for key, value in (("rate", rate), ("finance_rate", finance), ("reinvest_rate", reinvest)):
        if isinstance(value, bool) or not isinstance(value, Real) or not (np.isfinite(value) and value > -1):
            raise SettingsError(key, value, "above", bound=-1)
    if first_period not in (0, 1):
        raise SettingsError("first_period", first_period, "one_of", choices="0, 1")
    table = _measure(net, spent, earned, rate=rate, finance=finance, reinvest=reinvest, first_period=first_period)
    measured = pd.DataFrame(table, index=index)
    missing = ~np.isfinite(net).all(axis=1)
    if missing.any():
        measured = measured.mask(pd.Series(missing, index=index), axis=0)
    return measured


def npv(flows: Array, *, rate: float = 0.08, first_period: FirstPeriod = 0) -> Array:
    """Net present value of each row, yuan: Σ flow / (1 + rate)^(k + first_period), k from 0; (n,)."""
    table = np.atleast_2d(np.asarray(flows, dtype=np.float64))
    return np.asarray(table @ _discount(table.shape[1], rate, first_period))


def _measure(
    net: Array,
    spent: Array,
    earned: Array,
    *,
    rate: float,
    finance: float,
    reinvest: float,
    first_period: FirstPeriod,
) -> dict[str, Array]:
    complete = np.nan_to_num(net, nan=0.0, posinf=0.0, neginf=0.0)
    irr, roots = solve_irr(complete)
    discount = _discount(net.shape[1], rate, first_period)
    value = net @ discount
    years = net.shape[1] - 1 + first_period
    cost_value = spent @ discount
    with np.errstate(divide="ignore", invalid="ignore"):
        benefit_cost = np.where(cost_value > 0, (earned @ discount) / cost_value, np.nan)
    return {
        "npv_yuan": value,
        "irr": irr,
        "irr_roots": roots.astype(np.float64),
        "mirr": _mirr(net, finance=finance, reinvest=reinvest),
        "payback_years": _payback(net),
        "discounted_payback_years": _payback(net * discount),
        "benefit_cost": benefit_cost,
        "equivalent_annual_yuan": value / _annuity(rate, years) if years else np.full(len(net), np.nan),
        "half_life_years": _half_life(np.maximum(earned, 0.0) * discount),
    }


def _discount(periods: int, rate: float, first_period: int) -> Array:
    return np.asarray((1.0 + rate) ** -(np.arange(periods, dtype=np.float64) + first_period))


def _annuity(rate: float, years: int) -> float:
    """Present value of 1 yuan at the end of each of some years."""
    return years if rate == 0 else -float(np.expm1(-years * np.log1p(rate))) / rate


def _mirr(net: Array, *, finance: float, reinvest: float) -> Array:
    """((end value of inflows) / (present value of outflows))^(1 / years) − 1; NaN without both."""
    years = net.shape[1] - 1
    invested = np.maximum(-net, 0.0) @ _discount(net.shape[1], finance, 0)
    returned = np.maximum(net, 0.0) @ (1.0 + reinvest) ** np.arange(years, -1, -1.0)
    both = (invested > 0) & (returned > 0) & (years > 0)
    ratio = np.divide(returned, invested, out=np.full(len(net), np.nan), where=both)
    return np.asarray(ratio ** (1 / max(years, 1)) - 1)


def _payback(flows: Array) -> Array:
    """Years until the cumulated flow stays at or above zero, linear inside the year; NaN when it ends below."""
    total = np.cumsum(flows, axis=1)
    total = np.where(np.abs(total) <= 1e-12 * np.cumsum(np.abs(flows), axis=1), 0.0, total)  # rounding is no debt
    below = total < 0
    periods = flows.shape[1]
    last = periods - 1 - np.argmax(below[:, ::-1], axis=1)
    rows, after = np.arange(len(flows)), np.minimum(last + 1, periods - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        years = last - total[rows, last] / flows[rows, after]
    return np.where(~below.any(axis=1), 0.0, np.where(below[:, -1], np.nan, years))


def _half_life(benefits: Array) -> Array:
    """Years until half of the benefits has come, each spread evenly over the year before it; NaN without any."""
    total = np.cumsum(benefits, axis=1)
    half = total[:, -1:] / 2
    at = np.argmax(total >= half, axis=1)
    rows = np.arange(len(benefits))
    with np.errstate(divide="ignore", invalid="ignore"):
        missing = (total[rows, at] - half[:, 0]) / benefits[rows, at]
    return np.where(half[:, 0] > 0, np.where(at == 0, 0.0, at - missing), np.nan)


def _gross(net: Array, costs: Flows | None, benefits: Flows | None) -> tuple[Array, Array]:
    """Gross costs and benefits; the one not given follows from the other and the net flows."""
    if costs is None and benefits is None:
        return np.maximum(-net, 0.0), np.maximum(net, 0.0)
    if costs is None or benefits is None:
        given = _read_like(benefits, "benefits", net) if costs is None else _read_like(costs, "costs", net)
        return (given - net, given) if costs is None else (given, net + given)
    return _read_like(costs, "costs", net), _read_like(benefits, "benefits", net)


def _read_like(table: Flows | None, name: str, net: Array) -> Array:
    values, _ = _read_flows(table, name)
    if values.shape != net.shape:
        shapes = {"table": name, "shape": str(net.shape)}
        raise TableError(Issue("E_FLOWS_SHAPE", "error", found=str(values.shape), values=shapes))
    return values


def _read_flows(table: Flows | None, name: str) -> tuple[Array, pd.Index]:
    """Flows as (n, periods) and the index of their rows; one project may come as a plain row."""
    try:
        values = np.asarray(table, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise TableError(Issue("E_FLOWS_NUMBERS", "error", found=str(error), values={"table": name})) from error
    values = values.reshape(1, -1) if values.ndim == 1 else values
    if values.ndim != 2 or not values.size:
        raise TableError(Issue("E_FLOWS_EMPTY", "error", found=str(values.shape), values={"table": name}))
    return values, table.index if isinstance(table, pd.DataFrame) else pd.RangeIndex(len(values))
