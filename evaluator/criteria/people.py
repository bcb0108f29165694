"""The people of a place as its advantage: work for those who live here, jobs nearby, skills taught, cultural craft.

Labour is told apart. Farm labour is here all year; half-and-half labour gives part of its days; migrant labour has
left, so that neither local days nor the way to work matter to it, only what it is taught.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.criteria.score import Array, Quantity
from evaluator.criteria.travel import number_column, ranged, reach_weight, text_column
from evaluator.domain.places import Places
from evaluator.domain.settings import AdvantageSettings
from evaluator.reference.products import products
from evaluator.reference.skills import LEVELS, name_skill, rate_craft

PRIMARY = ("grow", "raise", "gather")


def measure_labour(frame: pd.DataFrame, places: Places | None, *, half_labour: float = 0.5) -> Quantity:
    """Labour days a year the project needs, over those the county has to give.

    Half-and-half labour gives ``half_labour`` of the county's days; migrant labour none that could be asked for (no
    data).
    """
    available = np.full(len(frame), np.nan)
    if places is not None and "labour_days_available" in places.frame:
        days = pd.Series(number_column(places.frame, "labour_days_available"), index=places.frame.index)
        available = days.reindex(text_column(frame, "place_code")).to_numpy(dtype=np.float64)
    state = text_column(frame, "labour_state")
    there = np.select([state == "half-and-half", state == "migrant"], [half_labour, np.nan], 1.0)
    return Quantity(*(_over(need, available * there) for need in ranged(frame, "labour_days_year")))


def measure_skills(frame: pd.DataFrame, *, settings: AdvantageSettings) -> Quantity:
    """Training days over the days the stated skill takes; no data without either.

    The days are a judgement (``skill_days``: simple work, trade, craft); skills in words unknown count as a trade.
    """
    days = dict(zip(LEVELS, settings.skill_days, strict=True))
    stated = text_column(frame, "skills")
    known = {text: days[name_skill(str(text)) or "trade"] for text in set(stated) if text is not None}
    needed = np.array([known.get(text, np.nan) for text in stated], dtype=np.float64)
    return Quantity(*(_over(given, needed) for given in ranged(frame, "training_days")))


def measure_jobs_nearby(frame: pd.DataFrame, *, settings: AdvantageSettings) -> Quantity:
    """Posts that people can reach every day, over the households of the project.

    Posts stand where the project stands unless the way to work is stated: it counts in full up to the first of
    ``daily_minutes``, not at all from the second, linear between. No data without posts and households; work far away
    (migrant labour) is none nearby and is not asked.
    """
    full, none = settings.daily_minutes
    way = ranged(frame, "travel_minutes")
    near, least, most = (np.where(np.isnan(t), 1.0, reach_weight(t, full_hours=full, none_hours=none)) for t in way)
    posts, few, many = ranged(frame, "jobs")
    households, fewest, most_households = ranged(frame, "households")
    away = text_column(frame, "labour_state") == "migrant"
    readings = (
        (posts * near, households),
        (few * np.minimum(least, most), most_households),
        (many * np.maximum(least, most), fewest),
    )
    point, low, high = (np.where(away, np.nan, _over(top, bottom)) for top, bottom in readings)
    return Quantity(point, np.fmin(low, point), np.fmax(high, point))


def measure_craft(frame: pd.DataFrame) -> Quantity:
    """Cultural and ethnic craft of workshops and training: 1 recognised heritage, 0.6 a craft; no data for others.

    Read from the product (group "crafts" of the lexicon) and from name, content and skills. What grows, raises or
    gathers is no craft.
    """
    craft_products = {key for key, product in products().items() if product.group == "crafts"}
    product, stage = text_column(frame, "product"), text_column(frame, "stage")
    texts = zip(*(text_column(frame, key) for key in ("name", "content", "skills")), strict=True)
    level = np.array([rate_craft(" ".join(str(t) for t in some if t is not None)) for some in texts], dtype=np.float64)
    level = np.maximum(level, np.where([p in craft_products for p in product], 0.6, 0.0))
    none = (level == 0) | np.isin(stage.astype(str), PRIMARY)
    return Quantity.known(np.where(none, np.nan, level))


def people_stated(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """(3, n): whether local labour, skills and jobs nearby are asked of a project.

    Local labour where its share is stated and the labour has not left; skills where they and training are stated, and
    of all migrant labour; jobs nearby where posts and households are stated and the labour has not left.
    """
    migrant = text_column(frame, "labour_state") == "migrant"
    local = ~np.isnan(ranged(frame, "local_labour_share")[0]) & ~migrant
    taught = (text_column(frame, "skills") != None) & ~np.isnan(ranged(frame, "training_days")[0])  # noqa: E711
    counted = ~np.isnan(ranged(frame, "jobs")[0]) & (ranged(frame, "households")[0] > 0) & ~migrant
    return np.array([local, taught | migrant, counted], dtype=bool)


def _over(top: Array, bottom: Array) -> Array:
    return np.asarray(np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom > 0))
