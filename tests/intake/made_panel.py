"""An invented panel of incomes: villages, some with a project from some year on, all values in order."""

import numpy as np
import pandas as pd

YEARS = range(2015, 2021)
STARTS = (0, 2017, 0, 2018, 2017, 0, 2018, 0)
VILLAGES = ("柳溪", "石桥", "松坪", "南坳", "白泉", "东岭", "青塘", "大湾")


def make_panel(homes: int = 4, starts: tuple[int, ...] = STARTS) -> pd.DataFrame:
    """One row a household and year, canonical headings, incomes in yuan."""
    rows = [
        {
            "unit_id": f"{village}-{home}",
            "year": year,
            "outcome": round(8000.0 + 900 * place + 350 * home + 400 * (year - 2015) + 37 * (home * year % 11)),
            "first_year": start,
            "cluster_id": village,
            "project_id": f"X{place}" if start else None,
        }
        for place, (village, start) in enumerate(zip(VILLAGES, starts, strict=False))
        for home in range(homes)
        for year in YEARS
    ]
    return pd.DataFrame(rows)


def flag_of(frame: pd.DataFrame) -> pd.DataFrame:
    """The panel with the flag of each project."""
    flags = np.where(frame["project_id"].isin(["X1", "X3"]), 1.0, 0.0)
    return frame.assign(trait_short_flat_fast=np.where(frame["first_year"] > 0, flags, np.nan))


def codes(issues: tuple[object, ...]) -> list[str]:
    """Codes of issues in their order."""
    return [one.code for one in issues]  # type: ignore[attr-defined]
