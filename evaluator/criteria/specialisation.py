"""What a county is known to make more of than others: the symmetric location quotient, shrunk."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from evaluator.criteria.score import Array, Quantity
from evaluator.domain.places import Places


def location_quotient(e_ij: Array, e_j: Array, e_i: Array, e: Array) -> Array:
    """How much more of an industry a region has than its size would let expect: (e_ij / e_i) / (e_j / e).

    Parameters
    ----------
    e_ij, e_j, e_i, e
        Output (or jobs) of industry j in region i, of industry j everywhere, of region i, and of all; they broadcast.

    Returns
    -------
    1 as everywhere, above 1 specialised; NaN where region or industry is empty.

    References
    ----------
    Farhauer & Kröll 2013, Standorttheorien; Florence 1939.

    Examples
    --------
    >>> location_quotient(1714, 79006, 879213, 15593224).round(7)
    np.float64(0.3847623)
    """
    top = np.asarray(e_ij, dtype=np.float64) * np.asarray(e, dtype=np.float64)
    bottom = np.asarray(e_j, dtype=np.float64) * np.asarray(e_i, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient = np.where(bottom > 0, top / bottom, np.nan)
    return quotient[()] if quotient.ndim == 0 else quotient


def shrink_quotient(quotient: Array, *, prior_mass: float = 0.05) -> Array:
    """The quotient after adding ``prior_mass`` of the county's output at the national mix: (LQ + m) / (1 + m).

    It pulls a county's extremes towards 1, so that a nothing or a single large farm is not taken at face value.
    """
    return np.asarray((quotient + prior_mass) / (1.0 + prior_mass))


def symmetric_quotient(quotient: Array) -> Array:
    """(LQ − 1) / (LQ + 1): −1 nothing, 0 as everywhere, towards 1 only here (Dalum, Laursen & Villumsen 1998)."""
    return np.asarray((quotient - 1.0) / (quotient + 1.0))


def measure_specialisation(
    product: NDArray[np.object_], place: NDArray[np.object_], places: Places | None, *, prior_mass: float = 0.05,
    national_share: Mapping[str, float] | None = None,
) -> Quantity:  # fmt: skip
    """Symmetric, shrunk location quotient of each project's product in its county.

    Parameters
    ----------
    product, place
        (n,) product id and county code, or ``None``.
    national_share
        Product to its share of the nation's output value; without it the counties of the table together stand for the
        nation (at least two of them must state their output).

    Returns
    -------
    Point where the county states its output of the product (0 counts). A county that lists others but not this product
    has no point: its range runs from nothing to its smallest listed product. All missing without output by product.
    """
    listed = places.numbers("yearly_output_yuan") if places is not None else {}
    shares = _shares(listed) if national_share is None else national_share
    cells: dict[tuple[object, object], tuple[float, float, float]] = {}
    for key in set(zip(product, place, strict=True)):
        cells[key] = _symmetric(str(key[0]), listed.get(str(key[1]), {}), shares, prior_mass)
    rows = np.array([cells[key] for key in zip(product, place, strict=True)], dtype=np.float64).reshape(-1, 3)
    return Quantity(rows[:, 0], rows[:, 1], rows[:, 2])


def _shares(listed: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Share of each product in the output of all counties together; empty with fewer than two counties."""
    total = sum(sum(county.values()) for county in listed.values())
    if len(listed) < 2 or total <= 0:
        return {}
    names = {name for county in listed.values() for name in county}
    return {name: sum(county.get(name, 0.0) for county in listed.values()) / total for name in names}


def _symmetric(
    product: str, county: Mapping[str, float], shares: Mapping[str, float], prior_mass: float
) -> tuple[float, float, float]:
    share, total = shares.get(product, 0.0), sum(county.values())
    if share <= 0 or total <= 0:
        return (np.nan, np.nan, np.nan)

    def measure(output: float) -> float:
        quotient = location_quotient(np.array(output), np.array(share), np.array(total), np.array(1.0))
        return float(symmetric_quotient(shrink_quotient(quotient, prior_mass=prior_mass)))

    if product in county:
        return (measure(county[product]),) * 3
    return np.nan, measure(0.0), measure(min(county.values()))
