"""What an installation shows before anyone uploads: the default files that its operator named, or the sample county."""

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evaluator.domain.errors import EvaluatorError, SettingsError, TableError
from evaluator.domain.hosting import CONFIG, SECTION, Hosting, read_hosting, section_of
from evaluator.domain.settings import Settings
from evaluator.language import LANGUAGES, phrase
from evaluator.pages.book import check_book
from evaluator.pages.inputs import SLOTS, Inputs, Source, read_slot, sample_inputs

log = logging.getLogger("evaluator.host")


@dataclass(frozen=True, slots=True)
class HostFault:
    """Something the settings name that cannot be used: a table, ``rules`` or ``settings``; what visitors are told."""

    what: str
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Base:
    """What a visit starts from.

    ``inputs`` are the tables shown; ``side`` the side tables of the operator with their files, which also stand beside
    a list that a visitor uploads; ``settings`` the rule book; ``faults`` what could not be used.
    """

    inputs: Inputs
    side: Mapping[str, tuple[Any, Source]] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    faults: tuple[HostFault, ...] = ()


def find_hosting(secrets: Mapping[str, object], environ: Mapping[str, str]) -> tuple[Hosting, tuple[HostFault, ...]]:
    """The settings of this installation from its secrets, its configuration file and its environment; never raises."""
    faults: list[HostFault] = []
    section: dict[str, object] = {}
    if path := environ.get(CONFIG, "").strip():
        try:
            section = dict(section_of(Path(path).read_text("utf-8")))
        except (OSError, UnicodeDecodeError, SettingsError) as fault:
            faults.append(_fault("settings", Path(path).name, fault))
    own = secrets.get(SECTION)
    section |= dict(own) if isinstance(own, Mapping) else {}
    try:
        hosting = read_hosting(section, environ)
    except SettingsError as fault:
        faults.append(_fault("settings", SECTION, fault))
        hosting = read_hosting(
            {key: value for key, value in section.items() if key != "snapshot_days"}, _plain(environ)
        )
    if hosting.unknown:
        faults.append(_fault("settings", ", ".join(hosting.unknown), None))
    return hosting, tuple(faults)


def _plain(environ: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in environ.items() if key != "EVALUATOR_SNAPSHOT_DAYS"}


def mark_files(hosting: Hosting) -> tuple[tuple[str, str, int, int], ...]:
    """Key, path, time and size of every file named: while they are equal, the files need not be read again."""
    named = {**hosting.files, "rules": hosting.rules}
    return tuple((key, path, *_state_of(path)) for key, path in sorted(named.items()) if path)


def _state_of(path: str) -> tuple[int, int]:
    try:
        found = os.stat(path)  # noqa: PTH116 - one call for time and size
    except OSError:
        return 0, -1
    return found.st_mtime_ns, found.st_size


def make_base(hosting: Hosting) -> Base:
    """Read what the operator named; what cannot be used is left out and said, and the sample county stands in."""
    read: dict[str, tuple[Any, Source]] = {}
    faults: list[HostFault] = []
    for slot in SLOTS:
        if path := hosting.files.get(slot):
            try:
                source = Source.of(Path(path).name, Path(path).read_bytes())
                read[slot] = read_slot(slot, source), source
            except (OSError, EvaluatorError) as fault:
                faults.append(_fault(slot, Path(path).name, fault))
    book, refused = _read_rules(hosting.rules)
    faults += [refused] if refused else []
    tables = {slot: table for slot, (table, _) in read.items()}
    if "projects" not in tables:
        return Base(sample_inputs(), read, book, tuple(faults))
    inputs = Inputs(**tables, sources={slot: source for slot, (_, source) in read.items()}, origin="host")
    side = {slot: found for slot, found in read.items() if slot != "projects"}
    return Base(inputs, side, book, tuple(faults))


def _read_rules(path: str) -> tuple[Settings, HostFault | None]:
    if not path:
        return Settings(), None
    try:
        return check_book(Settings.from_toml(Path(path).read_text("utf-8-sig"))), None
    except (OSError, UnicodeDecodeError, SettingsError) as fault:
        return Settings(), _fault("rules", Path(path).name, fault)


def _fault(what: str, name: str, fault: Exception | None) -> HostFault:
    """The fault for the page, without the details, which go to the log: names and reasons, never values of a table."""
    if isinstance(fault, TableError):
        why = "; ".join(f"{issue.code} {issue.where()}".strip() for issue in fault.issues)
    elif isinstance(fault, OSError):
        why = fault.strerror or "?"
    else:
        why = "unknown key" if fault is None else str(fault)
    log.warning("default %s (%s) is not used: %s", what, name, why)
    said = {language: (phrase(f"pages.host.{what}", language),) for language in LANGUAGES}
    return HostFault(what, said)
