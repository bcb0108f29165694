"""A case: everything a view was made from, so that it opens again elsewhere with the same numbers to the last digit.

Never household rows: of an income panel a case keeps the results only.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from evaluator.domain.case_frames import Cell, Rows, Sheets, cell_of, kind_of, lay_out_frame, read_cell, read_frame
from evaluator.domain.case_portfolio import lay_out_portfolio, read_portfolio_tables
from evaluator.domain.edits import Edits, Fact, read_fact, with_edits
from evaluator.domain.errors import EvaluatorError, Issue, SettingsError, TableError
from evaluator.domain.fields import FIELDS
from evaluator.domain.flows import Flows
from evaluator.domain.markets import Markets, Prices, Vacancies
from evaluator.domain.places import Places
from evaluator.domain.portfolio import Portfolio
from evaluator.domain.settings import Settings
from evaluator.domain.table_fields import MARKET_FIELDS, PLACE_FIELDS, PRICE_FIELDS, VACANCY_FIELDS

FORMAT = "evaluator-case 1"
LISTS = ("projects", "register")
_SIDE: Mapping[str, tuple[Any, Any, str | None]] = {
    "places": (Places, PLACE_FIELDS, "place_code"),
    "markets": (Markets, MARKET_FIELDS, None),
    "prices": (Prices, PRICE_FIELDS, None),
    "vacancies": (Vacancies, VACANCY_FIELDS, None),
}
_WORDS = frozenset({"project_id", "level"})
"""Columns of the numbers shown that hold words."""
_FLOWS = ("costs", "benefits", "subsidies", "household_benefit")


@dataclass(frozen=True, slots=True)
class Case:
    """The inputs of a view and what its reader chose.

    Attributes
    ----------
    projects, register, places, markets, prices, vacancies, flows
        The tables as they were read.
    facts
        Facts changed by hand: project id to field to value.
    settings, as_of, top
        The rule book with the weights of the view, the date of appraisal, how many projects the budget affords.
    view, page
        Parameters of the view's link, and the page it shows.
    files
        Name of the file each table came from.
    version, fingerprint, saved
        Which version computed it, the fingerprint it computed, and when (UTC, ISO 8601).
    outcome
        The numbers shown when it was saved, one row a scored project; empty when they were not kept.
    """

    projects: Portfolio
    register: Portfolio | None = None
    places: Places | None = None
    markets: Markets | None = None
    prices: Prices | None = None
    vacancies: Vacancies | None = None
    flows: Flows | None = None
    facts: Edits = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    as_of: date = date(2000, 1, 1)
    top: int | None = None
    view: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    fingerprint: str = ""
    saved: str = ""
    outcome: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def edited(self) -> Portfolio:
        """The list with the facts changed by hand."""
        return with_edits(self.projects, self.facts)


def lay_out_case(case: Case) -> dict[str, Rows]:
    """The case as plain tables by name, headings in the first row; the same case gives the same rows."""
    sheets: dict[str, Rows] = {"case": _lay_out_cover(case)}
    for name in LISTS:
        portfolio = getattr(case, name)
        if portfolio is not None:
            sheets |= lay_out_portfolio(portfolio, name)
    for name in _SIDE:
        if getattr(case, name) is not None:
            sheets[name] = lay_out_frame(getattr(case, name).frame)
    if case.flows is not None:
        sheets["flows"] = _lay_out_flows(case.flows)
    sheets["facts"] = _lay_out_facts(case)
    rules: Rows = [[key, json.dumps(value, ensure_ascii=False)] for key, value, _ in case.settings.rules()]
    sheets["settings"] = [["key", "value"], *rules]
    if len(case.outcome):
        sheets["outcome"] = lay_out_frame(case.outcome)
    return sheets


def read_case(sheets: Sheets) -> Case:
    """The case that ``lay_out_case`` laid out.

    Raises
    ------
    TableError
        ``E_CASE_FORMAT`` when this is no case of this format, ``E_CASE_CELL`` for cells that cannot be read,
        ``E_CASE_PART`` when a part is damaged or missing, ``E_CASE_SETTING`` for a rule that is impossible.
    """
    cover = {str(row[0]): row[1] for row in sheets.get("case", [])[1:] if len(row) > 1}
    if cover.get("format") != FORMAT:
        raise TableError(
            Issue("E_CASE_FORMAT", "error", found=str(cover.get("format") or ""), values={"needed": FORMAT})
        )
    try:
        return _read_case(sheets, cover)
    except EvaluatorError:
        raise
    except (ValueError, KeyError, TypeError, IndexError) as fault:
        raise TableError(Issue("E_CASE_PART", "error", found=str(fault)[:80])) from fault


def _read_case(sheets: Sheets, cover: Mapping[str, Cell]) -> Case:
    tables: dict[str, Any] = {name: read_portfolio_tables(sheets, name) for name in LISTS if name in sheets}
    tables |= {
        name: kind(read_frame(sheets[name], fields, sheet=name, index=index, set_type="text"))
        for name, (kind, fields, index) in _SIDE.items()
        if name in sheets
    }
    if "flows" in sheets:
        tables["flows"] = _read_flows(sheets["flows"], gross=bool(cover["gross"]))
    top = cover.get("top")
    return Case(
        **tables,
        facts=_read_facts(sheets.get("facts", []), tables["projects"]),
        settings=_read_settings(sheets.get("settings", [])),
        as_of=date.fromisoformat(str(cover["as_of"])[:10]),
        top=None if top is None else int(float(top)),
        view={key: tuple(values) for key, values in json.loads(str(cover.get("view") or "{}")).items()},
        files=json.loads(str(cover.get("files") or "{}")),
        page=str(cover.get("page") or ""),
        version=str(cover.get("version") or ""),
        fingerprint=str(cover.get("fingerprint") or ""),
        saved=str(cover.get("saved") or ""),
        outcome=_read_outcome(sheets.get("outcome", [])),
    )


def _lay_out_cover(case: Case) -> Rows:
    described: dict[str, Cell] = {
        "format": FORMAT,
        "page": case.page,
        "version": case.version,
        "fingerprint": case.fingerprint,
        "saved": case.saved,
        "as_of": case.as_of.isoformat(),
        "top": case.top,
        "gross": case.flows is not None and case.flows.gross,
        "view": json.dumps({key: list(values) for key, values in case.view.items()}, ensure_ascii=False),
        "files": json.dumps(dict(case.files), ensure_ascii=False),
    }
    return [["key", "value"], *([key, value] for key, value in described.items())]


def _lay_out_flows(flows: Flows) -> Rows:
    frame = flows.frame
    return lay_out_frame(frame.rename_axis("project_id"))


def _read_flows(rows: Rows, *, gross: bool) -> Flows:
    table = _table(rows)
    years = sum(str(head).startswith("costs_") for head in table.columns)

    def flow(key: str) -> Any:  # noqa: ANN401 - an array
        return table[[f"{key}_{year}" for year in range(years)]].astype("float64").to_numpy()

    ids = pd.Index(table["project_id"].astype(str), dtype=object)
    last = table["last"].astype("float64").to_numpy().astype(np.int64)
    costs, benefits, subsidies, household_benefit = map(flow, _FLOWS)
    return Flows(ids, costs, benefits, subsidies, household_benefit, last, gross)


def _lay_out_facts(case: Case) -> Rows:
    rows: Rows = [["project_id", "field", "value", "before"]]
    known = case.projects.frame.index
    return rows + [
        [project, key, cell_of(value), cell_of(read_fact(case.projects, project, key))]
        for project, values in case.facts.items()
        if project in known
        for key, value in values.items()
    ]


def _read_facts(rows: Rows, projects: Portfolio) -> dict[str, dict[str, Fact]]:
    """Facts changed by hand; one whose cell in the list was changed since gives way to the cell."""
    facts: dict[str, dict[str, Fact]] = {}
    for row in rows[1:]:
        project, key, cell, before = [*row, None, None, None, None][:4]
        if project is None or str(project) not in projects.frame.index:
            continue
        if cell_of(read_fact(projects, str(project), str(key))) != before:
            continue
        value = None if cell is None else read_cell(cell, kind_of(str(key), FIELDS) or "text")
        facts.setdefault(str(project), {})[str(key)] = value.date() if isinstance(value, pd.Timestamp) else value
    return facts


def _read_settings(rows: Rows) -> Settings:
    """The rule book; a rule this version does not have is passed over, one it has newly stands at its default."""
    book = Settings()
    known = {key for key, _, _ in book.rules()}
    try:
        return book.with_values({str(row[0]): json.loads(str(row[1])) for row in rows[1:] if row and row[0] in known})
    except SettingsError as fault:
        raise TableError(
            Issue("E_CASE_SETTING", "error", "settings", None, fault.key, str(fault.found)[:80])
        ) from fault


def _read_outcome(rows: Rows) -> pd.DataFrame:
    if not rows:
        return pd.DataFrame()
    table = _table(rows)
    return table.astype({key: object if key in _WORDS else "float64" for key in table.columns}).set_index("project_id")


def _table(rows: Rows) -> pd.DataFrame:
    heads = [str(head) for head in rows[0]]
    columns = {key: [row[place] if place < len(row) else None for row in rows[1:]] for place, key in enumerate(heads)}
    return pd.DataFrame(columns, dtype=object)
