"""What whoever runs the app has set: default files, the rule book, the store, how long snapshots are kept."""

import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evaluator.domain.errors import SettingsError

SECTION = "evaluator"
"""The section of ``.streamlit/secrets.toml``, or of the file named by ``EVALUATOR_CONFIG``, that is read."""
CONFIG = "EVALUATOR_CONFIG"
"""The environment variable that names a file of settings."""
PREFIX = "EVALUATOR_"
"""Before the key in capitals: the environment variable that says the same and goes before the file."""
FILE_KEYS = ("projects", "register", "places", "markets", "prices", "vacancies", "flows", "panel")
KEYS = (*FILE_KEYS, "rules", "store", "snapshot_days", "rounds_key", "household_files")
OFF = "off"
YES = ("on", "true", "yes", "1")
LONGEST_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class Hosting:
    """The settings of one installation.

    Attributes
    ----------
    files
        Path of the default file of each table that has one.
    rules
        Path of the default rule book; empty for the built-in one.
    store
        Path of the SQLite file or address of the database; ``None`` when nothing is to be kept.
    snapshot_days
        For how long a snapshot is kept unless the reader chooses less; ``None`` without an end.
    rounds_key
        The word that lets someone open a committee round on the page; empty: nobody can.
    household_files
        Whether visitors may upload panels of households: ``True``, ``False``, or ``None`` where nothing is said: then
        only on the reader's own machine.
    unknown
        Keys of the section that mean nothing, so that a slip of the pen is noticed.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    rules: str = ""
    store: str | None = None
    snapshot_days: int | None = 365
    rounds_key: str = ""
    household_files: bool | None = None
    unknown: tuple[str, ...] = ()


def read_hosting(section: Mapping[str, object], environ: Mapping[str, str]) -> Hosting:
    """The settings of a section and the environment; the environment goes before the section.

    Raises
    ------
    SettingsError
        When ``snapshot_days`` is no whole number of days.
    """
    said = {key: str(value).strip() for key, value in section.items() if isinstance(value, str | int | float)}
    said |= {key: value for key in KEYS if (value := environ.get(PREFIX + key.upper(), "").strip())}
    store = said.get("store") or environ.get("DATABASE_URL", "").strip() or str(default_store(environ))
    return Hosting(
        files={key: said[key] for key in FILE_KEYS if said.get(key)},
        rules=said.get("rules", ""),
        store=None if store.lower() == OFF else store,
        snapshot_days=_read_days(said.get("snapshot_days", "365")),
        rounds_key=said.get("rounds_key", ""),
        household_files=said["household_files"].lower() in YES if said.get("household_files") else None,
        unknown=tuple(sorted(set(map(str, section)) - set(KEYS))),
    )


def section_of(text: str) -> Mapping[str, object]:
    """The section of a TOML text; empty when it has none. Raises ``SettingsError`` for text that is no TOML."""
    try:
        section = tomllib.loads(text).get(SECTION, {})
    except tomllib.TOMLDecodeError as fault:
        raise SettingsError(SECTION, str(fault), "toml") from fault
    return section if isinstance(section, dict) else {}


def default_store(environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Where saved views are kept when nothing is set: a file in the data folder of the user who runs the app."""
    home = Path(environ.get("HOME") or environ.get("USERPROFILE") or ".")
    if platform == "win32":
        folder = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif platform == "darwin":
        folder = home / "Library" / "Application Support"
    else:
        folder = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return folder / "evaluator" / "evaluator.sqlite"


def _read_days(text: str) -> int | None:
    if not text.isdecimal() or int(text) > LONGEST_DAYS:
        raise SettingsError("snapshot_days", text, "days", high=LONGEST_DAYS)
    return int(text) or None
