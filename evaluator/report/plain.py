"""Results as plain values for files: numbers, text, lists; missing and endless numbers are ``None``."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
import pandas as pd

Plain: TypeAlias = "str | int | float | bool | list[Plain] | None"


def plain(value: object) -> Plain:
    """One value as JSON knows it: NaN, NaT and infinity become ``None``, dates ``YYYY-MM``, sets lists."""
    if type(value) is float:  # most values by far
        return value if math.isfinite(value) else None
    if isinstance(value, tuple | list | frozenset):
        return [plain(item) for item in value]
    if value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m")
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, int) else str(value)


def plain_column(values: Iterable[object], kind: str = "") -> list[Plain]:
    """A column of plain values; whole counts and years become integers."""
    cleaned = [plain(value) for value in values]
    if kind in ("count", "years"):
        return [int(value) if isinstance(value, float) and value.is_integer() else value for value in cleaned]
    return cleaned


def plain_number(value: object) -> float | None:
    """One number, or ``None`` when it is missing or endless."""
    cleaned = plain(value)
    return cleaned if isinstance(cleaned, int | float) else None
