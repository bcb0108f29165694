"""What a link carries: language, weights, filters, the project and the ones compared. Plain text in, plain text out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evaluator.domain.fields import PROJECT_KINDS
from evaluator.flags import LEVELS
from evaluator.language import LANGUAGES
from evaluator.pages import link_income, link_portfolio
from evaluator.pages.book import EQUAL_WEIGHTS, read_rules, rules_mark, share_out
from evaluator.pages.link_portfolio import DEFAULTS

LARGEST_WEIGHT = 100
MOST_COMPARED = 4
LONGEST_SEARCH = 80
LONGEST_ID = 120
MOST_RULES = 300
LONGEST_RULE = 500
SECTIONS = ("files", "reading", "checks", "rules", "fields", "method")
"""Sections of the data and method page."""
KEYS = (
    "lang",
    "w",
    "kind",
    "level",
    "town",
    "q",
    "p",
    "pick",
    "list",
    "set",
    "book",
    "at",
    "sheet",
    "snapshot",
    *link_portfolio.KEYS,
    *link_income.KEYS,
)
_WEIGHTS = re.compile(r"(\d{1,3})-(\d{1,3})-(\d{1,3})-(\d{1,3})")
MOST_SHEETS = 1_000
_DIGEST = re.compile(r"[0-9a-f]{4,16}")


@dataclass(frozen=True, slots=True)
class View:
    """One view of a list: everything the reader chose, nothing that was computed.

    ``weights`` stand in the order of ``CRITERIA``, 0-100 as on the sliders. Empty filters let everything pass.
    ``upload`` names the list the view was made on; empty for the sample. ``rules`` are the rules that differ
    (``book.rules_of``); ``book`` is the mark of rules too long for a link; ``at`` the section of the data page;
    ``sheet`` the part of a long ranking that is shown, from 1; ``snapshot`` the id of a saved view.
    The fields from ``part`` on belong to the pages Portfolio and Neighbours (``link_portfolio``): ``plan`` and
    ``pinned`` are plans of a choice (``plan``), B and A; ``toml`` and ``pinned_toml`` their rules files. The last five
    belong to the page Income effect (``link_income``).
    """

    language: str = "en"
    weights: tuple[int, ...] = EQUAL_WEIGHTS
    kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    townships: tuple[str, ...] = ()
    search: str = ""
    project: str = ""
    picked: tuple[str, ...] = ()
    upload: str = ""
    rules: tuple[str, ...] = ()
    book: str = ""
    at: str = SECTIONS[0]
    sheet: int = 1
    snapshot: str = ""
    part: str = DEFAULTS["part"]
    dimension: str = DEFAULTS["dimension"]
    by: str = DEFAULTS["by"]
    measure: str = DEFAULTS["measure"]
    county: str = ""
    cluster: str = ""
    move: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    toml: str = ""
    pinned_toml: str = ""
    income_part: str = link_income.DEFAULTS["income_part"]
    paths: str = link_income.DEFAULTS["paths"]
    trait: str = ""
    panel: str = ""
    survey: tuple[int, ...] = link_income.DEFAULTS["survey"]

    @property
    def shares(self) -> tuple[float, ...]:
        """The weights as shares adding to 1; equal when all are 0."""
        return share_out(self.weights)


@dataclass(frozen=True, slots=True)
class Ignored:
    """A part of a link that could not be used: its key and what it said."""

    key: str
    value: str


def read_link(parameters: Mapping[str, Sequence[str]], *, language: str = "en") -> tuple[View, tuple[Ignored, ...]]:
    """The view a link asks for, and the parts of the link that were ignored.

    ``parameters`` maps each key to its values as written; ``language`` stands when the link names none.
    """
    ignored: list[Ignored] = []

    def first(key: str) -> str:
        return parameters[key][0] if parameters.get(key) else ""

    def one_of(key: str, choices: Sequence[str], default: str) -> str:
        found = first(key)
        if found and found not in choices:
            ignored.append(Ignored(key, found))
        return found if found in choices else default

    def some_of(key: str, choices: Sequence[str]) -> tuple[str, ...]:
        asked = parameters.get(key, ())
        ignored.extend(Ignored(key, value) for value in asked if value not in choices)
        return tuple(dict.fromkeys(value for value in asked if value in choices))

    rules, impossible = read_rules([text[:LONGEST_RULE] for text in parameters.get("set", ())][:MOST_RULES])
    ignored.extend(Ignored("set", text) for text in impossible)
    values, unusable = link_portfolio.read_values(parameters)
    of_income, unread = link_income.read_values(parameters)
    ignored.extend(Ignored(key, text) for key, text in (*unusable, *unread))
    view = View(
        **values,
        **of_income,
        language=one_of("lang", LANGUAGES, language),
        weights=_read_weights(first("w"), ignored),
        kinds=some_of("kind", PROJECT_KINDS[:2]),
        levels=some_of("level", LEVELS),
        townships=tuple(dict.fromkeys(value[:LONGEST_ID] for value in parameters.get("town", ()) if value)),
        search=first("q")[:LONGEST_SEARCH],
        project=first("p")[:LONGEST_ID],
        picked=tuple(dict.fromkeys(value[:LONGEST_ID] for value in parameters.get("pick", ()) if value))[
            :MOST_COMPARED
        ],
        upload=first("list") if _DIGEST.fullmatch(first("list")) else "",
        rules=rules,
        book=first("book") if _DIGEST.fullmatch(first("book")) else "",
        at=one_of("at", SECTIONS, SECTIONS[0]),
        sheet=_read_sheet(first("sheet"), ignored),
        snapshot=first("snapshot")[:LONGEST_ID],
    )
    return view, tuple(ignored)


def _read_weights(text: str, ignored: list[Ignored]) -> tuple[int, ...]:
    if not text:
        return EQUAL_WEIGHTS
    match = _WEIGHTS.fullmatch(text)
    weights = tuple(int(number) for number in match.groups()) if match else ()
    if not weights or max(weights) > LARGEST_WEIGHT:
        ignored.append(Ignored("w", text))
        return EQUAL_WEIGHTS
    return weights


def _read_sheet(text: str, ignored: list[Ignored]) -> int:
    if not text:
        return 1
    if re.fullmatch(r"[1-9]\d{0,3}", text) and int(text) <= MOST_SHEETS:
        return int(text)
    ignored.append(Ignored("sheet", text))
    return 1


def write_link(view: View) -> dict[str, list[str]]:
    """The parameters of a link to this view; what is at its default is left out, but never the language."""
    mark = rules_mark(view.rules) or view.book
    written = {
        "lang": [view.language],
        "w": [] if view.weights == EQUAL_WEIGHTS else ["-".join(str(weight) for weight in view.weights)],
        "kind": list(view.kinds),
        "level": list(view.levels),
        "town": list(view.townships),
        "q": [view.search],
        "p": [view.project],
        "pick": list(view.picked),
        "list": [view.upload],
        "set": [] if mark else list(view.rules),
        "book": [mark],
        "at": [] if view.at == SECTIONS[0] else [view.at],
        "sheet": [] if view.sheet == 1 else [str(view.sheet)],
        **link_portfolio.write_values(view),
        **link_income.write_values(view),
        "snapshot": [view.snapshot],
    }
    return {key: kept for key, values in written.items() if (kept := [value for value in values if value])}


def unknown(view: View, *, projects: Iterable[str], townships: Iterable[str]) -> tuple[View, tuple[Ignored, ...]]:
    """The view without projects and townships that this list does not have, and what was dropped."""
    ids, towns = set(projects), set(townships)
    ignored = [Ignored("p", view.project)] if view.project and view.project not in ids else []
    ignored += [Ignored("pick", value) for value in view.picked if value not in ids]
    ignored += [Ignored("town", value) for value in view.townships if value not in towns]
    plans: dict[str, Any] = {}
    for key, name in (("plan", "plan"), ("plana", "pinned")):
        plans[name], lost = link_portfolio.keep_known(getattr(view, name), ids)
        ignored += [Ignored(key, value) for value in lost]
    kept = replace(
        view,
        **plans,
        project=view.project if view.project in ids else "",
        picked=tuple(value for value in view.picked if value in ids),
        townships=tuple(value for value in view.townships if value in towns),
    )
    return kept, tuple(ignored)
