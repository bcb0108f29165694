"""What limits a result, and the mark by which the same inputs are known again."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

import pandas as pd

from evaluator import __version__
from evaluator.calibration import Calibration
from evaluator.domain.flows import Flows
from evaluator.domain.markets import Markets
from evaluator.domain.portfolio import Portfolio
from evaluator.domain.settings import Settings


def find_cautions(
    portfolio: Portfolio,
    *,
    register: Portfolio | None,
    markets: Markets | None,
    flows: Flows | None,
    calibration: Calibration | None,
    scored: pd.Index,
) -> tuple[str, ...]:
    """Codes of what limits the result; the report floor says them."""
    limits = {
        "flows_unknown": flows is not None and not flows.projects.isin(scored.astype(str)).all(),
        "no_register": register is None,
        "no_markets": markets is None,
        "foreign_currency": portfolio.currency != "CNY" and portfolio.total_yuan is None,
        "nothing_scored": len(scored) == 0,
        "one_project": len(scored) == 1,
        "uncalibrated": len(scored) > 0 and (calibration is None or calibration.status != "calibrated"),
    }
    return tuple(code for code, holds in limits.items() if holds)


def mark_tables(tables: Iterable[pd.DataFrame | None]) -> str:
    """Hash of the tables a result depends on, as 64 hexadecimal characters."""
    digest = sha256()
    for table in tables:
        digest.update(b"|")
        for name, column in () if table is None else table.reset_index().items():
            values = column.to_numpy()
            known = values.tobytes() if values.dtype.kind in "fiMb" else "\x1f".join(map(str, values)).encode()
            digest.update(str(name).encode() + b"=" + known)
    return digest.hexdigest()


def fingerprint_of(mark: str, settings: Settings, as_of: date, top: int | None) -> str:
    """Hash of everything the result depends on, as 16 hexadecimal characters; ``mark`` is that of the tables."""
    return sha256(f"{__version__}|{as_of}|{top}|{settings.to_toml()}|{mark}".encode()).hexdigest()[:16]
