"""Homogeneity: which share of the capacity around a project is the same as the project's own.

h = Σ w s c / (c0 + Σ w c) over all rivals: w how near, s how alike, c how large, c0 a reference size that keeps a
small lone rival from deciding.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.criteria.levelsum import sum_discount, sum_doubt, sum_levels
from evaluator.criteria.likeness import Similarity
from evaluator.criteria.nearness import Array, Closeness
from evaluator.criteria.neighbours import Neighbour, RivalIndex, name_neighbours
from evaluator.criteria.rivals import SIMILARITY, Field, lay_out

__all__ = ["Homogeneity", "Neighbour", "RivalIndex", "homogeneity", "measure_homogeneity", "name_neighbours"]


@dataclass(frozen=True, slots=True)
class Homogeneity:
    """Homogeneity of n projects.

    Attributes
    ----------
    h
        (n,) share of the capacity around that is the same, 0–1, by what is known of the products; NaN for projects
        that are neither industry nor employment.
    h_low, h_high
        (n,) the least and the most it can be, whatever the unknown and generally named products turn out to be.
    like_yuan, around_yuan
        (n,) capacity around that counts as the same, and all capacity around, each weighted by nearness.
    product_known
        (n,) whether the project's own product, family and stage are known.
    unknown_capacity
        Rivals whose size is not known and was taken as the reference.
    rivals
        ``register`` when measured against a second table, ``list`` when against the other rows.
    """

    h: Array
    h_low: Array
    h_high: Array
    like_yuan: Array
    around_yuan: Array
    product_known: NDArray[np.bool_]
    unknown_capacity: int
    rivals: Literal["register", "list"]


def measure_homogeneity(
    projects: pd.DataFrame,
    rivals: pd.DataFrame | None = None,
    *,
    radius_km: float = 30.0,
    reference_yuan: float = 600_000.0,
    similarity: Similarity = SIMILARITY,
    adjacent: Mapping[str, frozenset[str]] | None = None,
    closeness: Closeness | None = None,
    season_factor: float = 1.0,
) -> Homogeneity:
    """Measure how far each project repeats what stands around it.

    Parameters
    ----------
    projects
        n rows with the columns of the project form (any may be missing); ``family`` and ``stage`` may be given.
    rivals
        Register of existing and approved projects; without one, rivals are the other rows of the list.
    radius_km
        Reach in km, above 0: nearness falls from 1 to 0 over it.
    reference_yuan
        Reference size c0 in yuan, above 0; also stands for a size that is not known.
    similarity
        Likeness of the same product, the same family and stage, the same family, and, when a fourth is given, of a
        processor beside growers of its family; 1 ≥ … ≥ 0.
    adjacent
        County code to the codes of the counties it touches; the embedded table unless given.
    closeness
        Nearness by county, and travel time in place of the radius.
    season_factor
        What is left of the likeness of one product when the months of harvest are known and apart; 1 leaves all.

    Raises
    ------
    SettingsError
        When a setting is out of its range.

    Notes
    -----
    h_i = Σ_j w_ij s_ij c_j / (c0 + Σ_j w_ij c_j), j over all rivals but the project itself and its joint venture.
    w = max(0, 1 − d/R), or without coordinates 1 in the same township or village, 0.5 in the county, 0.25 in the
    next. c is yearly output value, else investment. No pairs are formed: with nested levels of likeness the sums are
    sparse products of places, exact at any size. Ended projects and projects of other kinds are no rivals.

    References
    ----------
    .. [1] Leinster, T., Cobbold, C. A. (2012). Measuring diversity: the importance of species similarity. Ecology 93.
    """
    return _measure(
        lay_out(
            projects,
            rivals,
            radius_km=radius_km,
            reference_yuan=reference_yuan,
            similarity=similarity,
            adjacent=adjacent,
            closeness=closeness,
            season_factor=season_factor,
        )
    )


def homogeneity(
    frame: pd.DataFrame,
    *,
    radius_km: float = 30.0,
    rivals: pd.DataFrame | None = None,
    reference_yuan: float = 600_000.0,
    similarity: Similarity = SIMILARITY,
    adjacent: Mapping[str, frozenset[str]] | None = None,
    closeness: Closeness | None = None,
    season_factor: float = 1.0,
) -> pd.DataFrame:
    """Homogeneity of each row with its neighbours, as a table.

    Takes any frame that has some of ``product`` (lexicon id, or a word for it in Chinese or English), ``family``,
    ``stage``, ``lon``, ``lat``, ``place_code``, ``township``, ``village``, ``investment_yuan``,
    ``revenue_yuan_year``, ``kind``, ``status``, ``joint_venture_id``. What is missing is unknown.

    Returns
    -------
    pandas.DataFrame
        Index as ``frame``; ``h``, ``h_low``, ``h_high`` (0–1), ``like_yuan`` and ``around_yuan``.

    Raises
    ------
    SettingsError
        When a setting is out of its range.

    Examples
    --------
    >>> import pandas as pd
    >>> twins = pd.DataFrame({"product": ["apple", "apple"], "lon": [102.2, 102.2], "lat": [27.9, 27.9]})
    >>> homogeneity(twins.assign(investment_yuan=600_000.0))["h"].tolist()
    [0.5, 0.5]
    """
    measured = measure_homogeneity(
        frame,
        rivals,
        radius_km=radius_km,
        reference_yuan=reference_yuan,
        similarity=similarity,
        adjacent=adjacent,
        closeness=closeness,
        season_factor=season_factor,
    )
    columns = ("h", "h_low", "h_high", "like_yuan", "around_yuan")
    return pd.DataFrame({column: getattr(measured, column) for column in columns}, index=frame.index)


def _measure(field: Field) -> Homogeneity:
    """Homogeneity of the scored rows of a field."""
    same_product, same_stage, same_family, around = sum_levels(field)
    first, second, third = field.similarity[:3]
    alike = (first - second) * same_product + (second - third) * same_stage + third * same_family
    like = np.clip(alike - sum_discount(field), 0.0, around)
    less, more = sum_doubt(field)
    shares = [
        amount / (field.reference_yuan + around)
        for amount in (like, np.maximum(like - less, 0), np.minimum(like + more, around))
    ]
    scored = np.zeros(field.scored, dtype=bool)
    scored[field.targets] = True
    h, low, high, like, around = (np.where(scored, values, np.nan) for values in (*shares, like, around))
    return Homogeneity(
        h=h,
        h_low=low,
        h_high=high,
        like_yuan=like,
        around_yuan=around,
        product_known=field.classes.certain[field.classes.row_class[: field.scored]],
        unknown_capacity=int(field.assumed[field.sources].sum()),
        rivals="register" if field.two_tables else "list",
    )
