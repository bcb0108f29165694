"""The memory of a visit: the view and its link, the tables, and what was computed. No other page file touches these.

The view lives in the session; the address line follows it. When the address changed and nobody here changed it
(a link, back, forward), the address wins. A browser that is busy may still report an address that we have since
changed; such a late one changes nothing, so that no press on a slider is lost. Widgets are handed their value on every
run and report through callbacks.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.navigation.page import Page
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.common import user_key_from_element_id

from evaluator.domain.edits import Edits, with_edits
from evaluator.domain.errors import TableError
from evaluator.domain.portfolio import Portfolio
from evaluator.domain.settings import CRITERIA, Settings
from evaluator.evaluation import Evaluation
from evaluator.intake.bundle import find_bundle
from evaluator.language import LANGUAGES
from evaluator.pages import basis
from evaluator.pages.book import book_of, rules_of, slider_weights, without_weights
from evaluator.pages.host import Base
from evaluator.pages.inputs import (
    Inputs,
    Mapped,
    Source,
    evaluate_inputs,
    with_file,
    without_file,
)
from evaluator.pages.link import KEYS, MOST_COMPARED, Ignored, View, read_link, unknown, write_link
from evaluator.pages.link_income import SAMPLE
from evaluator.pages.link_portfolio import DEFAULTS, MARK, short_of
from evaluator.pages.saved import Opened, follow, open_bundle_case
from evaluator.store.faults import StoreError

MOST_PASSED = 100
"""Addresses that the browser may still report after we changed them."""
LINKED = ("p", "at", "inc", "level", "snapshot")
"""Parameters that links on a page set otherwise than the page itself shows them."""

MOST_LONG_BOOKS = 500
"""Long rule books the server remembers, about 10 KB each."""

CARRIED = ("round", "member")
"""Parameters of a link to the Review page that belong to no view: they are kept for the visit, and never shared."""

SHOW_ONE = ("project", "neighbours", "portfolio", "income")
"""Pages that show one project among others; only links to them carry it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the last file of a slot was refused, as lines in each language."""

    file: str
    lines: Mapping[str, tuple[str, ...]]


# --- the view and its link


def begin() -> View:
    """Settle the view of this run from the session and the address line; call once, before any widget."""
    st.session_state["base"] = basis.base()
    for key in CARRIED:
        if key in st.query_params:
            remember(key, st.query_params[key])
    found = {key: tuple(st.query_params.get_all(key)) for key in KEYS if key in st.query_params}
    resumed = frozenset[str]() if "view" in st.session_state else _held_by_browser()
    if resumed:
        remember("held", resumed)
    late = _is_late(found)
    remember("late", late)
    if not late:
        remember("passed", ())
    if "view" not in st.session_state or (found != st.session_state["address"] and not late):
        asked, unread = read_link(found, language=_browser_language())
        asked, missed = _follow_snapshot(_start_from(asked, found), found)
        settled, dropped = _settle(asked)
        st.session_state["view"], st.session_state["ignored"] = settled, (*unread, *missed, *dropped)
        st.session_state["address"] = found
    if resumed:
        st.session_state["ignored"] = (*ignored(), Ignored("visit", ""))
    return view()


def finish() -> None:
    """Let the address line follow the view; call once, after the page."""
    _take_up()
    wanted = {key: tuple(values) for key, values in _link_of(view()).items()}
    shown = st.session_state["address"]
    remember("changed", False)
    asked, _ = read_link(shown, language=_browser_language())
    moved = asked != view() and wanted != shown
    if moved:
        remember("passed", (*recall("passed", ()), shown)[-MOST_PASSED:])
        st.session_state["address"] = wanted
    if moved or recall("late", False):
        kept = carried() if page_name() == "review" else {}
        st.query_params.from_dict({key: list(values) for key, values in st.session_state["address"].items()} | kept)


def _is_late(found: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the browser reports an address that it has not yet heard we changed.

    An address of before may also be asked for: by back and forward, and then the browser says so, or by a link on the
    page, which says something else of what only links say.
    """
    shown = st.session_state.get("address", {})
    context = get_script_run_ctx(suppress_warning=True)
    if found == shown or found not in recall("passed", ()) or getattr(context, "is_history_navigation", True):
        return False
    return recall("changed", False) or all(found.get(key) == shown.get(key) for key in LINKED)


def carried() -> dict[str, list[str]]:
    """What only links to the Review page carry: the round, and the link of the member whose visit this is."""
    return {key: [str(recall(key))] for key in CARRIED if recall(key)}


def base() -> Base:
    """What this visit started from: the operator's tables and rules, or the sample county."""
    found: Base = st.session_state["base"]
    return found


def view() -> View:
    """What the reader chose."""
    chosen: View = st.session_state["view"]
    return chosen


def change(**values: Any) -> None:  # noqa: ANN401 - the fields of View
    """Change the view; a weight moved on a slider goes before one the rule book states."""
    if "weights" in values and "rules" not in values:
        values["rules"] = without_weights(view().rules)
    if values.keys() & {"kinds", "levels", "townships", "search", "upload"}:
        values.setdefault("sheet", 1)
    st.session_state["view"] = replace(view(), **values)
    st.session_state["ignored"] = ()
    remember("changed", True)


def ignored() -> tuple[Ignored, ...]:
    """The parts of the link that could not be used."""
    found: tuple[Ignored, ...] = st.session_state.get("ignored", ())
    return found


def _start_from(asked: View, found: Mapping[str, tuple[str, ...]]) -> View:
    """A link that says nothing of weights and rules takes those of the installation."""
    if {"w", "set", "book"} & set(found):
        return asked
    book = base().settings
    return replace(asked, weights=slider_weights(book), rules=rules_of(book))


def _link_of(chosen: View) -> dict[str, list[str]]:
    """Parameters of a link; where the installation has rules of its own, the weights are always said."""
    written = write_link(chosen)
    if "w" not in written and base().settings.differences():
        written["w"] = ["-".join(str(weight) for weight in chosen.weights)]
    return written


def _follow_snapshot(asked: View, found: Mapping[str, tuple[str, ...]]) -> tuple[View, tuple[Ignored, ...]]:
    """Open the snapshot a link names; when it cannot be opened the link's page is shown without it, and why."""
    if not asked.snapshot:
        st.session_state["opened_snapshot"] = None
        return asked, ()
    here = snapshot_shown()
    if here is None or here.id != asked.snapshot:
        try:
            here = basis.open_kept(asked.snapshot)
        except (StoreError, TableError) as fault:
            st.session_state["opened_snapshot"] = None
            remember("snapshot_fault", {language: _say_fault(fault, language) for language in LANGUAGES})
            return replace(asked, snapshot=""), (Ignored("snapshot", asked.snapshot),)
        st.session_state["opened_snapshot"] = here
    return follow(here, asked, found), ()


def _say_fault(fault: StoreError | TableError, language: str) -> str:
    return fault.message(language) if isinstance(fault, StoreError) else " ".join(fault.lines(language))


def snapshot_shown() -> Opened | None:
    """The snapshot this visit shows."""
    shown: Opened | None = st.session_state.get("opened_snapshot")
    return shown


def saved_view() -> Opened | None:
    """The saved view the tables of this visit come from: a snapshot, or a bundle that was uploaded."""
    opened: Opened | None = recall("bundle")
    return snapshot_shown() or (opened if opened is not None and inputs() is opened.inputs else None)


def _settle(asked: View) -> tuple[View, tuple[Ignored, ...]]:
    """Check a link against the list at hand; a link made on another list is said, not half followed."""
    frame = inputs().projects.frame
    here = upload_mark(inputs())
    asked, lost = _find_book(asked)
    asked, gone = _find_rules_files(asked)
    panel, no_panel = _settle_panel(asked.panel)
    kept, dropped = unknown(asked, projects=frame.index, townships=set(frame["township"].dropna()))
    elsewhere = (Ignored("list", asked.upload),) if asked.upload and asked.upload != here else ()
    left = (*lost, *gone, *no_panel, *elsewhere, *(() if elsewhere else dropped))
    return replace(kept, upload=here, panel=panel), left


def _settle_panel(asked: str) -> tuple[str, tuple[Ignored, ...]]:
    """The mark of the panel at hand; a link made on another panel is said, for links carry no household rows."""
    here = panel_mark()
    missing = asked not in ("", SAMPLE, here)
    return here or (SAMPLE if asked == SAMPLE else ""), (Ignored("panel", asked),) if missing else ()


def _find_book(asked: View) -> tuple[View, tuple[Ignored, ...]]:
    """Rules too long for a link are looked up by their mark; the server forgets them when it restarts."""
    if not asked.book:
        return asked, ()
    found = _long_books().get(asked.book)
    lost = () if found is not None else (Ignored("book", asked.book),)
    return replace(asked, rules=found or (), book=""), lost


def _find_rules_files(asked: View) -> tuple[View, tuple[Ignored, ...]]:
    """Rules files of a choice too long for a link, likewise."""
    files = {field: getattr(asked, field) for field in ("toml", "pinned_toml")}
    marked = {field: text for field, text in files.items() if text.startswith(MARK) and "\n" not in text}
    found: dict[str, Any] = {field: _long_books().get(text, ("",))[0] for field, text in marked.items()}
    lost = tuple(Ignored("toml", marked[field]) for field, text in found.items() if not text)
    return replace(asked, **found), lost


def keep_rules_file(text: str) -> str:
    """Keep a rules file that its link can only name by a mark; the text itself is handed back."""
    if short_of(text) != text:
        keep_long_book(short_of(text), (text,))
    return text


@st.cache_resource(show_spinner=False)
def _long_books() -> dict[str, tuple[str, ...]]:
    """The last rule books too long for a link, by their mark; kept by the server, so that a reload finds them."""
    return {}


def keep_long_book(mark: str, rules: tuple[str, ...]) -> None:
    """Keep a rule book that its link can only name by a mark."""
    books = _long_books()
    books.pop(mark, None)
    books[mark] = rules
    while len(books) > MOST_LONG_BOOKS:
        books.pop(next(iter(books)), None)


def _browser_language() -> str:
    locale = st.context.locale or ""
    return "zh" if locale.lower().startswith("zh") else "en"


def theme() -> str:
    """``light`` or ``dark``, as the reader's browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def link_parameters(*, page: str = "", **changes: Any) -> dict[str, list[str]]:  # noqa: ANN401 - the fields of View
    """Parameters of a link to another page of this view; only pages that show one project carry the project."""
    chosen = replace(view(), **changes)
    written = _link_of(chosen if page in SHOW_ONE else replace(chosen, project=""))
    return written | carried() if page == "review" else written


def page(key: str) -> Page:
    """A page of the app, for a link to it."""
    pages: Mapping[str, Page] = recall("pages")
    return pages[key]


def lost_page(known: Iterable[str], *, first: str) -> str:
    """The name of a page that the address of this visit asked for and that is not there; empty without one.

    ``first`` is the key of the first page, which stands at no name; asked for by it, nothing need be said.
    """
    context = get_script_run_ctx(suppress_warning=True)
    asked = getattr(getattr(context, "pages_manager", None), "intended_page_name", "") or ""
    if asked and "/" not in asked and asked not in known:
        remember("lost_page", asked)
        if asked != first:
            st.session_state["ignored"] = (*ignored(), Ignored("page", asked))
    kept: str = recall("lost_page", "")
    return kept


def full_link() -> str:
    """The address of this very view, with the language."""
    return f"{_here()}?{urlencode(_link_of(view()), doseq=True)}"


def snapshot_link(snapshot: str) -> str:
    """The address of a snapshot on this page."""
    return f"{_here()}?{urlencode({'snapshot': snapshot})}"


def review_link(*, snapshot: str, **values: str) -> str:
    """The address of a round on the Review page, as a member or the public is handed it."""
    return f"{_here()}?{urlencode({'snapshot': snapshot, **values})}"


def page_name() -> str:
    """The page shown, as its address names it; empty for the first one."""
    return urlsplit(st.context.url or "").path.rstrip("/").rpartition("/")[2]


def _here() -> str:
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}{parts.path}"


# --- widgets: the view gives the value, a callback takes the change


def controlled(
    key: str, value: object, take: Callable[[Any], None], *, start: str = "value", among: Sequence[Any] = ()
) -> dict[str, Any]:
    """Arguments for a widget that shows ``value`` and hands every change to ``take``.

    The widget is also told to start at the value: a browser that misses the one run in which it is set, because pages
    are turned fast, would start at the library's default and report that as a change. ``start`` is what the library
    calls the first value; lists, whose options are ``among``, take its place instead.
    """
    if key in recall("held", ()) and all(part.key == "visit" for part in ignored()):
        st.session_state["taken_up"] = (*st.session_state.get("taken_up", ()), (key, value, take))
    elif key not in st.session_state or st.session_state[key] != value:  # else what is being typed would be overwritten
        st.session_state[key] = value
    first = {"index": list(among).index(value) if value in among else 0} if among else {start: value}
    return {"key": key, "on_change": lambda: take(st.session_state[key]), **first}


def _held_by_browser() -> frozenset[str]:
    """Keys of the widgets a page holds that was open before this visit began: the server restarted, or forgot it."""
    session = getattr(get_script_run_ctx(suppress_warning=True), "session_state", None)
    sent = getattr(getattr(session, "_state", None), "_new_widget_state", ())
    return frozenset(key for key in map(user_key_from_element_id, sent) if key)


def _take_up() -> None:
    """Follow what was moved on a page that was open before this visit began: its callback is not known here."""
    held = st.session_state.pop("taken_up", ())
    remember("held", ())
    moved = [(take, st.session_state[key]) for key, value, take in held if st.session_state.get(key, value) != value]
    said = ignored()
    for take, value in moved:
        take(value)
    if moved:
        st.session_state["ignored"] = said
        st.rerun()


def weigh(criterion: str, weight: int) -> None:
    """Set one weight."""
    weights = list(view().weights)
    weights[CRITERIA.index(criterion)] = int(weight)
    change(weights=tuple(weights))


def pick(keys: Iterable[str]) -> None:
    """Compare these projects, at most four."""
    change(picked=tuple(dict.fromkeys(keys))[:MOST_COMPARED])


def turn(name: str) -> int:
    """How often a widget was begun anew; part of its key."""
    count: int = recall(f"turn_{name}", 0)
    return count


def begin_anew(name: str) -> None:
    """Give a widget a new key, so that it forgets what the browser holds."""
    remember(f"turn_{name}", turn(name) + 1)


def selected_rows(key: str) -> tuple[int, ...]:
    """Rows chosen in the table drawn under ``key``."""
    chosen: Any = st.session_state.get(key)
    return tuple(chosen["selection"]["rows"]) if chosen else ()


def typed(key: str) -> Any:  # noqa: ANN401 - a number, a word, a date, words
    """What stands in the widget ``key``; ``None`` when it is empty or was not drawn."""
    return st.session_state.get(key)


def uploaded(key: str) -> tuple[str, bytes] | None:
    """Name and content of the file just chosen in the uploader ``key``."""
    chosen: Any = st.session_state.get(key)
    return None if chosen is None else (str(chosen.name), bytes(chosen.getvalue()))


def remember(name: str, value: object) -> None:
    """Keep a small thing for this visit."""
    st.session_state[f"kept_{name}"] = value


def recall(name: str, default: Any = None) -> Any:  # noqa: ANN401 - whatever was kept
    """What ``remember`` kept."""
    return st.session_state.get(f"kept_{name}", default)


# --- the tables


def inputs() -> Inputs:
    """The tables of this visit: of a snapshot, else uploaded ones, else those the installation shows first."""
    shown = snapshot_shown()
    if shown is not None:
        return shown.inputs
    kept: Inputs | None = st.session_state.get("inputs")
    return base().inputs if kept is None else kept


def upload_mark(tables: Inputs) -> str:
    """A short mark of the list for the link; empty for the sample and for a snapshot, which its link names anyway."""
    return "" if tables.origin in ("sample", "snapshot") else tables.sources["projects"].digest[:8]


def panel_mark() -> str:
    """A short mark of the income panel that this visit uploaded; empty without one."""
    kept = recall("panel_file")
    return "" if kept is None else str(kept.digest[:8])


def accept_file(slot: str, name: str, data: bytes) -> bool:
    """Put a file in its slot. A file that cannot be used changes nothing; its fault is kept for the page."""
    if slot == "projects" and (restored := _restore(name, data)) is not None:
        return restored
    source = Source.of(name, data)
    mappings: dict[str, Mapped] = st.session_state.setdefault("mappings", {})
    return _accept(slot, replace(source, mapping=mappings.get(source.digest, {})))


def _restore(name: str, data: bytes) -> bool | None:
    """Open a bundle that was uploaded as a list; ``None`` when the file is none."""
    faults: dict[str, Fault] = st.session_state.setdefault("faults", {})
    try:
        case = find_bundle(data, name)
    except TableError as fault:
        faults["projects"] = _fault_of(name, fault)
        return False
    if case is None:
        return None
    faults.pop("projects", None)
    _take_over(open_bundle_case(case, data=data))
    return True


def copy_snapshot() -> None:
    """Go on with a copy of the snapshot as this visit's own tables."""
    shown = snapshot_shown()
    if shown is not None:
        st.session_state["opened_snapshot"] = None
        _take_over(replace(shown, inputs=replace(shown.inputs, origin="bundle"), id=""))


def back_to_saved() -> None:
    """Back to the rules, facts and filters of the saved view."""
    opened = saved_view()
    if opened is not None:
        keep_facts(opened.facts)
        st.session_state["view"] = replace(opened.view, language=view().language, upload=upload_mark(opened.inputs))


def _take_over(opened: Opened) -> None:
    """Make a saved view the tables, facts and view of this visit."""
    st.session_state["inputs"] = opened.inputs
    remember("bundle", opened)
    remember("facts", opened.facts)
    mark = upload_mark(opened.inputs)
    st.session_state["view"] = replace(opened.view, language=view().language, snapshot="", upload=mark)


def accept_mapping(slot: str, mapping: Mapped) -> None:
    """Read the file of a slot again with headings remapped; the mapping is remembered with the file."""
    source = replace(inputs().sources[slot], mapping=mapping)
    if _accept(slot, source):
        st.session_state.setdefault("mappings", {})[source.digest] = mapping


def _accept(slot: str, source: Source) -> bool:
    faults: dict[str, Fault] = st.session_state.setdefault("faults", {})
    faults.pop(slot, None)
    try:
        _replace_inputs(with_file(inputs(), slot, source, side=base().side))
    except TableError as fault:
        faults[slot] = _fault_of(source.name, fault)
        return False
    return True


def _fault_of(name: str, fault: TableError) -> Fault:
    return Fault(name, {language: tuple(fault.lines(language)) for language in LANGUAGES})


def drop_file(slot: str) -> None:
    """Empty an optional slot."""
    _replace_inputs(without_file(inputs(), slot))


def back_to_sample() -> None:
    """Leave the uploaded tables and show what the installation shows first."""
    st.session_state.pop("inputs", None)
    st.session_state["faults"] = {}
    _after_new_list()


def _replace_inputs(tables: Inputs) -> None:
    new_list = tables.projects is not inputs().projects
    st.session_state["inputs"] = tables
    if new_list:
        _after_new_list()


def _after_new_list() -> None:
    if "view" in st.session_state:
        keep_facts({})
        change(
            kinds=(),
            levels=(),
            townships=(),
            search="",
            project="",
            picked=(),
            upload=upload_mark(inputs()),
            **DEFAULTS,
        )


def faults() -> Mapping[str, Fault]:
    """Files that were refused, by slot."""
    kept: Mapping[str, Fault] = st.session_state.get("faults", {})
    return kept


# --- the rule book


def settings() -> Settings:
    """The rule book of this view, with the weights of the sliders."""
    return book_of(view().rules, view().weights)


def _measured_settings() -> Settings:
    """The rule book at the default weights: all that is measured depends on it and on no slider."""
    return book_of(without_weights(view().rules))


# --- facts changed by hand


def facts() -> Edits:
    """Facts changed by hand in this visit: project to field to value; those of a snapshot apart from one's own."""
    shown = snapshot_shown()
    kept: Edits = recall("facts", {}) if shown is None else recall(f"facts_{shown.id}", shown.facts)
    return kept


def keep_facts(edits: Edits) -> None:
    """Let these be the facts changed by hand."""
    shown = snapshot_shown()
    remember("facts" if shown is None else f"facts_{shown.id}", edits)


def edited() -> Portfolio:
    """The list of this visit with the facts changed by hand."""
    return with_edits(inputs().projects, facts())


# --- the result


def measured_key() -> str:
    """Equal lists, facts and rules, weights aside, have an equal key."""
    parts = (inputs().key, repr(sorted((p, sorted(v.items())) for p, v in facts().items())))
    return sha256("\n".join((*parts, _measured_settings().to_toml())).encode()).hexdigest()


@st.cache_resource(show_spinner=False, max_entries=8)
def _evaluate_shared(key: str, book: str, _tables: Inputs, _settings: Settings) -> Evaluation:
    return evaluate_inputs(_tables, _settings)


@st.cache_resource(show_spinner=False, max_entries=3, scope="session")
def _evaluate_own(key: str, facts: str, book: str, _tables: Inputs, _settings: Settings) -> Evaluation:
    return evaluate_inputs(_tables, _settings)


@st.cache_resource(show_spinner=False, max_entries=6, scope="session")
def _reweigh(fingerprint: str, weights: tuple[float, ...], _evaluation: Evaluation) -> Evaluation:
    return _evaluation.reweigh(dict(zip(CRITERIA, weights, strict=True)))


def evaluation() -> Evaluation:
    """The result for this view, with the facts changed by hand; equal tables and rules are computed once."""
    asked = (inputs(), facts(), settings())
    kept = recall("result")
    if kept is None or kept[0][0] is not asked[0] or kept[0][1:] != asked[1:]:
        kept = (asked, _evaluate(*asked[:2]))
        remember("result", kept)
    found: Evaluation = kept[1]
    return found


def _evaluate(tables: Inputs, changed: Edits) -> Evaluation:
    if not changed:
        return evaluation_as_read()
    mark = repr(sorted((project, sorted(values.items())) for project, values in changed.items()))
    measured = _measured_settings()
    return _at_weights(
        _evaluate_own(tables.key, mark, measured.to_toml(), replace(tables, projects=edited()), measured)
    )


def evaluation_as_read() -> Evaluation:
    """The result for the list as it was read."""
    book, tables = _measured_settings(), inputs()
    if tables is base().inputs or tables.origin == "snapshot":  # no visitor's own, so all visitors share it
        return _at_weights(_evaluate_shared(tables.key, book.to_toml(), tables, book))
    return _at_weights(_evaluate_own(tables.key, "", book.to_toml(), tables, book))


def _at_weights(measured: Evaluation) -> Evaluation:
    """A result measured at the default weights, at those of this view: a slider measures nothing anew."""
    weights = tuple(getattr(settings().weights, name) for name in CRITERIA)
    return _reweigh(measured.fingerprint, weights, measured)
