"""What if one project moved to another product, place or year: who gains and who loses, in likeness and in demand."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
import pandas as pd

from evaluator.criteria.demand import measure_demand
from evaluator.criteria.homogeneity import measure_homogeneity
from evaluator.criteria.vicinity import TOWNSHIP_ENDING, plain_name
from evaluator.domain.settings import DemandSettings

TOLERANCE = 1e-9
SCORED = ("industry", "employment")


@dataclass(frozen=True, slots=True)
class Move:
    """Where a project might move; what is left ``None`` stays.

    Attributes
    ----------
    product
        Lexicon id or any word for a product. Its stage is the new product's unless ``stage`` is given, and the old
        output no longer says anything unless ``output_per_year`` (with ``output_unit``) is given.
    place_code, township, village, lon, lat
        Another place. Without coordinates, the middle of the list's and register's other projects in that township is
        taken, else it stands there by name only.
    year
        Year of the round it moves to. A later year than the list's takes it out of this round: the others are
        measured without it.
    """

    product: str | None = None
    stage: str | None = None
    output_per_year: float | None = None
    output_unit: str | None = None
    place_code: str | None = None
    township: str | None = None
    village: str | None = None
    lon: float | None = None
    lat: float | None = None
    year: int | None = None

    @property
    def moves_place(self) -> bool:
        """Whether any of the place is changed."""
        return any(value is not None for value in (self.place_code, self.township, self.village, self.lon, self.lat))


@dataclass(frozen=True, slots=True)
class MoveEffect:
    """What a move changes, for the mover and for everyone else.

    Attributes
    ----------
    table
        Index project id, in list order: ``name``, ``h_before``, ``h_after``, ``h_change``, ``coverage_before``,
        ``coverage_after``, ``coverage_change`` (demand in reach over supply; vacancies over workers for employment);
        NaN where a criterion has no point.
    winners, losers
        Other projects that are less alike their neighbours or find more demand, and no worse in the other; and the
        reverse; largest change first. ``mixed`` gain in one and lose in the other.
    total_h_change, total_coverage_change
        Sums over the others, of those with a point before and after.
    notes
        Codes said in the report floor: ``output_unknown``, ``placed_by_middle``, ``placed_by_name``, ``postponed``,
        ``same_round``, ``no_markets``, ``nothing_changed``.
    """

    project_id: str
    move: Move
    table: pd.DataFrame
    winners: tuple[str, ...]
    losers: tuple[str, ...]
    mixed: tuple[str, ...]
    total_h_change: float
    total_coverage_change: float
    notes: tuple[str, ...] = field(default=())

    @property
    def own(self) -> Mapping[str, float]:
        """The mover's own row."""
        row = self.table.drop(columns="name").astype(float).loc[[self.project_id]]
        return {str(key): float(row[key].iloc[0]) for key in row}


def what_if_moved(
    projects: pd.DataFrame,
    project_id: str,
    move: Move,
    *,
    near: Mapping[str, Any],
    register: pd.DataFrame | None = None,
    tables: Mapping[str, Any] | None = None,
    settings: DemandSettings | None = None,
    year: int | None = None,
) -> MoveEffect:
    """Measure homogeneity and demand of every project before and after one of them moves.

    Parameters
    ----------
    projects
        The list, shaped as ``Portfolio.frame``; roads and fees in it take no part. It is not changed.
    near
        The keywords of ``measure_homogeneity``.
    register
        Existing projects, rivals beside the other proposals of this round.
    tables
        Side tables of ``measure_demand`` by name: ``markets``, ``vacancies``, ``places``.
    year
        The list's own year.

    Raises
    ------
    KeyError
        When the list has no industry or employment project of that id.

    Notes
    -----
    Homogeneity is that "with this round": against the register and all other proposals, for a move of one proposal
    changes nobody's against the register alone but its own.
    """
    frame = projects[projects["kind"].isin(SCORED)]
    if project_id not in frame.index:
        raise KeyError(project_id)
    rivals = None if register is None else register[register["kind"].isin(SCORED)]
    moved, notes = _moved(frame, project_id, move, rivals)
    postponed = move.year is not None and year is not None and move.year > year
    if move.year is not None:
        notes.append("postponed" if postponed else "same_round")
    given = dict(tables or {})
    if not any(given.get(name) is not None for name in ("markets", "vacancies")):
        notes.append("no_markets")
    how: dict[str, Any] = {"near": near, "tables": given, "settings": settings}
    before = _measure(frame, rivals, **how)
    after = _measure(moved, rivals, **how)
    if postponed:
        others = _measure(moved.drop(index=project_id), rivals, **how)
        after = pd.concat([others, after.loc[[project_id]]]).loc[frame.index]
    table = _table(frame["name"], before, after)
    gains = _sort_out(table.drop(index=project_id))
    own = table.loc[[project_id]]
    still = (own[["h_change", "coverage_change"]].fillna(0) == 0).all(axis=None)
    still &= own["coverage_before"].isna().equals(own["coverage_after"].isna())
    changed = any(gains) or not still
    return MoveEffect(
        project_id=project_id,
        move=move,
        table=table,
        winners=gains[0],
        losers=gains[1],
        mixed=gains[2],
        total_h_change=float(table["h_change"].drop(project_id).sum()),
        total_coverage_change=float(table["coverage_change"].drop(project_id).sum()),
        notes=(*notes, *(() if changed else ("nothing_changed",))),
    )


def _moved(
    frame: pd.DataFrame, project_id: str, move: Move, rivals: pd.DataFrame | None
) -> tuple[pd.DataFrame, list[str]]:
    """The list with the project moved, and what had to be settled."""
    changes: dict[str, Any] = {}
    notes: list[str] = []
    if move.product is not None and move.product != frame.loc[project_id, "product"]:
        changes |= {"product": move.product, "stage": move.stage, "output_per_year": np.nan, "output_unit": None}
        changes |= {"harvest_window": None}
        if move.output_per_year is None:
            notes.append("output_unknown")
    if move.stage is not None:
        changes["stage"] = move.stage
    if move.output_per_year is not None:
        changes |= {"output_per_year": float(move.output_per_year)}
        changes |= {"output_unit": move.output_unit or frame.loc[project_id, "output_unit"]}
    if move.moves_place:
        changes |= _place(frame, project_id, move, rivals, notes)
    moved = frame.copy()
    for key, value in changes.items():
        moved.loc[project_id, key] = value
        for bound in (f"{key}_low", f"{key}_high"):
            if bound in moved:
                moved.loc[project_id, bound] = np.nan
    return moved, notes


def _place(
    frame: pd.DataFrame, project_id: str, move: Move, rivals: pd.DataFrame | None, notes: list[str]
) -> dict[str, Any]:
    stated = {f.name: getattr(move, f.name) for f in fields(move) if f.name in ("place_code", "township", "village")}
    changes: dict[str, Any] = {key: value for key, value in stated.items() if value is not None}
    if move.township is not None:
        changes.setdefault("village", None)
    if move.place_code is not None:
        changes |= {"place_name": None}
        changes |= {"township": move.township, "village": move.village}
    if move.lon is not None and move.lat is not None:
        return {**changes, "lon": float(move.lon), "lat": float(move.lat)}
    lon, lat = _middle(frame.drop(index=project_id), rivals, move, str(frame.loc[project_id, "place_code"]))
    notes.append("placed_by_name" if np.isnan(lon) else "placed_by_middle")
    return {**changes, "lon": lon, "lat": lat}


def _middle(others: pd.DataFrame, rivals: pd.DataFrame | None, move: Move, county: str) -> tuple[float, float]:
    """The middle of the other projects in the township moved to; NaN when none is on the map."""
    if move.township is None:
        return np.nan, np.nan
    known = others if rivals is None else pd.concat([others, rivals])
    wanted = plain_name(move.township, ending=TOWNSHIP_ENDING)
    named = known["township"].map(lambda name: plain_name(name, ending=TOWNSHIP_ENDING), na_action="ignore") == wanted
    there = known[named & (known["place_code"].astype(str) == (move.place_code or county))]
    spots = there[["lon", "lat"]].astype(float).dropna()
    return (float(spots["lon"].mean()), float(spots["lat"].mean())) if len(spots) else (np.nan, np.nan)


def _measure(
    frame: pd.DataFrame,
    rivals: pd.DataFrame | None,
    *,
    near: Mapping[str, Any],
    tables: Mapping[str, Any],
    settings: DemandSettings | None,
) -> pd.DataFrame:
    supply = frame if rivals is None else pd.concat([rivals, frame])
    alike = measure_homogeneity(frame, None if rivals is None else supply, **near)
    demand = measure_demand(frame, rivals_frame=supply, settings=settings, **tables)
    employed = (frame["kind"] == "employment").to_numpy()
    coverage = np.where(employed, demand.parts["vacancy_coverage"].point, demand.parts["coverage"].point)
    return pd.DataFrame({"h": alike.h, "coverage": coverage}, index=frame.index)


def _table(names: pd.Series, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    table = pd.DataFrame({"name": names})
    for key in ("h", "coverage"):
        table[f"{key}_before"], table[f"{key}_after"] = before[key], after[key]
        change = after[key] - before[key]
        table[f"{key}_change"] = change.where(~(change.abs() <= TOLERANCE), 0.0)
    return table


def _sort_out(others: pd.DataFrame) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Winners, losers and those who gain in one and lose in the other, largest change first."""
    likeness = -others["h_change"].fillna(0.0)
    demand = others["coverage_change"].fillna(0.0)
    size = (likeness.abs() + demand.abs()).sort_values(ascending=False, kind="stable").index
    gain, loss = (likeness > 0) | (demand > 0), (likeness < 0) | (demand < 0)
    parts = (gain & ~loss, loss & ~gain, gain & loss)
    won, lost, mixed = (tuple(str(key) for key in size if part[key]) for part in parts)
    return won, lost, mixed
