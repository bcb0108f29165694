"""The income panel of a visit and what was found in it.

Household rows stay in the memory of the visit that brought them: they are in no cache that visits share, in no link,
snapshot, bundle, database, log or file. Only what the invented sample panel gives is shared, since all visits see it.
"""

import logging
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from urllib.parse import urlsplit

import streamlit as st

from evaluator.domain.errors import TableError
from evaluator.domain.settings import Settings
from evaluator.language import LANGUAGES
from evaluator.pages import basis, state
from evaluator.pages.host import mark_files
from evaluator.pages.inputs import SAMPLE as SAMPLE_FOLDER
from evaluator.pages.link_income import SAMPLE
from evaluator.pages.state import Fault
from evaluator.pages.text import say

if TYPE_CHECKING:
    from evaluator.domain.panel import IncomePanel
    from evaluator.income.findings import IncomeEffects
    from evaluator.income.projected import Projection

log = logging.getLogger("evaluator.panel")
Progress = Callable[[str], None]
MOST_KEPT = 8
"""Panels and results of a visit that are kept for its next move."""
NEARBY = {"localhost", "127.0.0.1", "::1", None}
T = TypeVar("T")
Prepared = Callable[[], "IncomeEffects"]
"""Works the whole result out where it has not been: for a file, which is written outside the visit's run."""


@dataclass(frozen=True, slots=True)
class PanelFile:
    """A panel as it came: name, digest of its content, and the content itself or where it lies."""

    name: str
    digest: str
    source: bytes | Path = field(repr=False)
    origin: Literal["sample", "host", "upload"]


def panel_file() -> PanelFile | None:
    """The panel at hand: the visit's own, else the operator's, else the sample's where the sample county is shown."""
    own: PanelFile | None = state.recall("panel_file")
    if own is not None:
        return own
    if path := basis.hosting().files.get("panel"):
        marks = [mark for mark in mark_files(basis.hosting()) if mark[0] == "panel"]
        return PanelFile(Path(path).name, sha256(repr(marks).encode()).hexdigest(), Path(path), "host")
    if state.inputs().sample or state.view().panel == SAMPLE:
        return sample_panel()
    return None


def sample_panel() -> PanelFile:
    """The panel of the invented county."""
    path = SAMPLE_FOLDER / "panel.csv"
    return PanelFile(path.name, sha256(path.read_bytes()).hexdigest(), path, "sample")


def may_upload() -> bool:
    """Whether a panel of households may be brought here: where the operator says so, else on one's own machine."""
    allowed = basis.hosting().household_files
    return urlsplit(st.context.url or "").hostname in NEARBY if allowed is None else allowed


def accept_panel(name: str, data: bytes) -> bool:
    """Take an uploaded panel. One that cannot be read changes nothing; its fault is kept for the page."""
    if not may_upload():
        return False
    file = PanelFile(name, sha256(data).hexdigest(), data, "upload")
    try:
        _read(file)
    except TableError as fault:
        state.remember("panel_fault", _fault_of(name, fault))
        return False
    state.remember("panel_fault", None)
    state.remember("panel_file", file)
    state.change(panel=file.digest[:8], income_part="years", trait="")
    return True


def drop_panel() -> None:
    """Forget the visit's own panel and all that was found in it."""
    state.remember("panel_file", None)
    state.remember("panel_fault", None)
    state.remember("panels", {})
    state.remember("effects", {})
    state.remember("projections", {})
    state.change(panel="", trait="")


def show_sample() -> None:
    """Look at the sample panel beside a list that has none."""
    state.change(panel=SAMPLE)


def refused_upload() -> Fault | None:
    """Why the panel that was uploaded last cannot be used."""
    fault: Fault | None = state.recall("panel_fault")
    return fault


def unread() -> Fault | None:
    """Why the panel at hand cannot be read under the rules of this view."""
    fault: Fault | None = state.recall("panel_unread")
    return fault


def panel() -> "IncomePanel | None":
    """The panel at hand, read; ``None`` where there is none or it cannot be read, see ``unread``."""
    file, fault = panel_file(), None
    try:
        held = None if file is None else _read(file)
    except TableError as found:
        assert file is not None
        held, fault = None, _fault_of(file.name, found)
        if file.origin == "host":  # whoever runs the site finds the reason in the log, visitors do not
            log.warning("panel (%s): %s", file.name, "; ".join(issue.code for issue in found.issues))
            fault = Fault(file.name, {language: (say("host.panel", language),) for language in LANGUAGES})
    state.remember("panel_unread", fault)
    return held


def effects(*, checks: bool, progress: Progress | None = None) -> "IncomeEffects | None":
    """What was found in the panel at hand under the rules of this view; with ``checks`` all that speaks against it."""
    file, held = panel_file(), panel()
    if file is None or held is None:
        return None
    kept, key = _kept("effects", file), _key(file)
    full = f"{key} with checks"
    if checks or full in kept:
        return _keep(kept, full, partial(_estimate, held, state.settings(), checks=True, progress=progress))
    return _keep(kept, key, partial(_estimate, held, state.settings(), checks=False, progress=progress))


def projection(found: "IncomeEffects") -> "Projection | None":
    """What running projects and the proposals of the list would do, from the effects of the panel at hand."""
    file, held = panel_file(), panel()
    if file is None or held is None:
        return None

    def project() -> "Projection | None":
        from evaluator.outlook import project_effects  # noqa: PLC0415 - heavy; the app opens without it

        projected: Projection | None = project_effects(
            found, held, state.evaluation(), settings=state.settings()
        ).projection
        return projected

    return _keep(_projections(file), _projection_key(file), project)


def is_projected() -> bool:
    """Whether the projection of this panel and list has been worked out."""
    file = panel_file()
    return file is not None and _projection_key(file) in _projections(file)


def _projection_key(file: PanelFile) -> str:
    return f"{_key(file)} {state.measured_key()}"


def _projections(file: PanelFile) -> MutableMapping[str, Any]:
    """The projections of the sample panel beside the list that all visits see are theirs; all others the visit's."""
    shared = file.origin == "sample" and state.inputs() is state.base().inputs and not state.facts()
    return _shared("projections") if shared else _own("projections")


def prepared() -> Prepared:
    """The whole result for a file, worked out when it is called; only where a panel is at hand.

    A download is written outside the visit: whatever belongs to the visit is read here, not when it is called.
    """
    file, held = panel_file(), panel()
    assert file is not None
    assert held is not None
    key = f"{_key(file)} with checks"
    make = partial(_estimate, held, state.settings(), checks=True)
    kept, projected = _kept("effects", file), _projections(file).get(_projection_key(file))

    def whole() -> "IncomeEffects":
        return replace(_keep(kept, key, make), projection=projected)

    return whole


def _estimate(
    held: "IncomePanel", book: Settings, *, checks: bool, progress: Progress | None = None
) -> "IncomeEffects":
    from evaluator.income.effects import estimate_effects  # noqa: PLC0415 - heavy; the app opens without it

    return estimate_effects(held, settings=book, checks=checks, progress=progress)


def _read(file: PanelFile) -> "IncomePanel":
    projects = None if file.origin == "sample" else state.evaluation()

    def read() -> "IncomePanel":
        from evaluator.intake.panel import read_panel  # noqa: PLC0415 - heavy; the app opens without it

        return read_panel(file.source, settings=state.settings(), projects=projects, file_name=file.name)

    return _keep(_kept("panels", file), _key(file), read)


def _key(file: PanelFile) -> str:
    """Equal panels under equal rules, beside an equal list, have an equal key."""
    if file.origin != "sample":
        return f"{file.digest} {state.measured_key()}"
    rules = Settings(income=state.settings().income, payback=state.settings().payback)
    return f"{file.digest} {sha256(rules.to_toml().encode()).hexdigest()}"


def _keep(kept: MutableMapping[str, Any], key: str, make: Callable[[], T]) -> T:
    """What is kept under the key, made when it is not; the oldest goes when there are many."""
    made: T = kept.pop(key) if key in kept else make()
    kept[key] = made
    while len(kept) > MOST_KEPT:
        kept.pop(next(iter(kept)), None)
    return made


def _kept(what: str, file: PanelFile) -> MutableMapping[str, Any]:
    """What is kept of this panel: by this visit alone, of the sample by all."""
    return _shared(what) if file.origin == "sample" else _own(what)


def _own(what: str) -> MutableMapping[str, Any]:
    """What this visit alone keeps."""
    if state.recall(what) is None:
        state.remember(what, {})
    kept: MutableMapping[str, Any] = state.recall(what)
    return kept


@st.cache_resource(show_spinner=False, max_entries=3)
def _shared(what: str) -> MutableMapping[str, Any]:
    """What all visits keep of the sample panel."""
    return {}


def _fault_of(name: str, fault: TableError) -> Fault:
    return Fault(name, {language: tuple(fault.lines(language)) for language in LANGUAGES})
