"""The balance of a list in words, as tables people read, as JSON and as files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from evaluator.balance import DIMENSIONS, MEASURES, measure_marginal
from evaluator.language import has_phrase, phrase
from evaluator.reference.lexicon import products
from evaluator.report.layout import lay_out
from evaluator.report.numbers import (
    MISSING,
    format_money,
    format_number,
    format_percent,
    format_quantity,
    format_share,
    is_missing,
)
from evaluator.report.plain import plain
from evaluator.report.rivals import describe_network, say_network, tabulate_clusters
from evaluator.report.terms import say_choice, say_group, say_horizon, say_product, say_setting, say_source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaluator.balance import Balance, Comparison, PolicyTest
    from evaluator.network import Network

GROUP_COLUMNS = ("projects", "amount", "share", "flagged", "households", "poor_households", "without_amount")
COUNTS = ("projects", "households", "poor_households")
NUMBERS = ("effective_types", "inverse_hhi", "hhi", "hhi_normalised", "gini", "gini_standardised", "gini_households", "theil")  # fmt: skip # noqa: E501
PLACES = {"全国": "china", "西藏自治区": "xizang", "内蒙古自治区": "inner_mongolia", "陕西省": "shaanxi"}
PRINTED = ("industry", "horizon", "township", "kind")
NAMED, IN_DEPTH = 12, 1_000


def say_balance_group(dimension: str, key: str, language: str) -> str:
    """A group of one dimension in words."""
    if key == "unknown":
        return phrase("balance.unknown", language)
    if dimension in ("product", "industry") and key not in ("other", "employment"):
        return say_product(key, language) if dimension == "product" else say_group(key, language)
    if dimension == "horizon":
        return say_horizon(key, language)
    if dimension == "family":
        return _say_family(key, language)
    return say_choice(key, language) if has_phrase(f"choice.{key}", language) else key


def _say_family(family: str, language: str) -> str:
    """A family by its general word in the lexicon, else by its first product."""
    known = [product for product in products().values() if product.family == family]
    if not known:
        return family
    general = next((product for product in known if product.generic), None)
    return general.name(language) if general else phrase("balance.family", language, product=known[0].name(language))


def format_measure(key: str, value: float, language: str, currency: str = "CNY") -> str:
    """The value of a measure: money, count, share or plain number."""
    if is_missing(value):
        return MISSING
    if key == "amount":
        return format_money(value, language, currency)
    if key in COUNTS:
        return format_number(value, language, decimals=0)
    if key in NUMBERS:
        return format_number(value, language, decimals=1 if key in ("effective_types", "inverse_hhi") else 3)
    return format_percent(value, language)


def format_change(key: str, value: float, language: str, currency: str = "CNY") -> str:
    """A change of a measure with its sign; shares in percentage points."""
    if is_missing(value):
        return MISSING
    if key in (*COUNTS, *NUMBERS) or key == "amount":
        text = format_measure(key, value, language, currency)
    else:
        points = format_number(100 * value, language, decimals=1)
        text = phrase("balance_finding.points", language, value=points)
    changed = any(figure in text for figure in "123456789")
    return f"+{text}" if value > 0 and changed else text


def format_stated(row: pd.Series, language: str, currency: str = "CNY") -> str:
    """The funds of a group; nothing where none of its projects states an amount."""
    silent = row["without_amount"] == row["projects"]
    return MISSING if silent else format_money(row["amount"], language, currency)


def tabulate_measures(balance: Balance, language: str) -> pd.DataFrame:
    """Every measure with its value, or the reason why it has none."""
    rows = [
        (
            phrase(f"balance.measure.{key}", language),
            format_measure(key, balance.measures[key], language, balance.currency),
            phrase(f"balance.reason.{balance.reasons[key]}", language) if key in balance.reasons else "",
        )
        for key in MEASURES
    ]
    return _titled(rows, ("measure", "value", "note"), language)


def tabulate_groups(balance: Balance, dimension: str, language: str) -> pd.DataFrame:
    """One dimension of ``balance.DIMENSIONS``, one row a group with projects."""
    table = balance.by(dimension)
    rows = [
        (
            say_balance_group(dimension, str(key), language),
            format_number(row["projects"], language),
            format_stated(row, language, balance.currency),
            format_share(row["share"], language),
            *(format_number(row[column], language, decimals=0) for column in GROUP_COLUMNS[3:]),
        )
        for key, row in table[table["projects"] > 0].iterrows()
    ]
    return _titled(rows, ("group", *GROUP_COLUMNS), language)


def tabulate_policies(balance: Balance, language: str) -> pd.DataFrame:
    """The policy tests: result, found with its range, needed, and whose rule it is."""
    rows = [
        (
            say_setting(f"balance.{test.key}", language),
            phrase(f"balance.result.{test.result}", language),
            say_found(test, language),
            say_needed(test, language),
            say_basis(test, language),
        )
        for test in balance.policies
    ]
    return _titled(rows, ("test", "result", "found", "needed", "source"), language)


def say_found(test: PolicyTest, language: str) -> str:
    """The share found, with the least and most it can be where something is not stated."""
    ends = [format_percent(value, language) for value in (test.found, test.low, test.high)]
    if is_missing(test.low) or test.high - test.low < 1e-9:
        return ends[0]
    return phrase("balance.needed.range", language, found=ends[0], low=ends[1], high=ends[2])


def say_needed(test: PolicyTest, language: str) -> str:
    """The bound of a test."""
    form = "most" if test.ceiling else "least"
    return phrase(f"balance.needed.{form}", language, value=format_percent(test.needed, language))


def say_basis(test: PolicyTest, language: str) -> str:
    """Whose rule it is: place, year and source as far as stated."""
    place = phrase(f"balance.place.{PLACES[test.place]}", language) if test.place in PLACES else test.place
    source = say_source(test.source, language)
    year = str(test.year) if test.year and str(test.year) not in source else ""
    parts = (place, year, source)
    return phrase("format.list_comma", language).join(part for part in parts if part)


def tabulate_townships(balance: Balance, language: str) -> pd.DataFrame:
    """Funds for each poor household by township, and the whole county's below."""
    towns = balance.townships
    rows = [
        (
            str(row["township"]),
            format_number(row["projects"], language),
            format_money(row["amount"], language, balance.currency),
            format_number(row["poor_households"], language, decimals=0),
            format_money(row["per_household"], language, balance.currency),
        )
        for _, row in towns.table.iterrows()
    ]
    if rows:
        sums = towns.table[["projects", "amount", "poor_households"]].sum()
        whole = phrase("balance.column.county", language)
        money = [format_money(value, language, balance.currency) for value in (sums["amount"], towns.county_line)]
        counts = [format_number(sums[key], language, decimals=0) for key in ("projects", "poor_households")]
        rows.append((whole, counts[0], money[0], counts[1], money[1]))
    return _titled(rows, ("township", "projects", "amount", "poor_households", "per_household"), language)


def tabulate_comparison(comparison: Comparison, language: str, *, currency: str = "CNY") -> pd.DataFrame:
    """Two lists by measure: A, B and the change."""
    rows = [
        (
            phrase(f"balance.measure.{key}", language),
            *(format_measure(str(key), row[side], language, currency) for side in ("a", "b")),
            format_change(str(key), row["change"], language, currency),
        )
        for key, row in comparison.measures.iterrows()
    ]
    return _titled(rows, ("measure", "a", "b", "change"), language)


def tabulate_marginal(balance: Balance, language: str) -> pd.DataFrame:
    """What each project does to each measure, as numbers: the list with it minus the list without it."""
    table = measure_marginal(balance)
    titles = {key: phrase(f"balance.measure.{key}", language) for key in MEASURES}
    table.insert(0, phrase("balance.column.name", language), balance.labels.loc[table.index].to_numpy(object))
    return table.rename(columns=titles).reset_index(names=phrase("balance.column.project_id", language))


def say_missing(balance: Balance, language: str) -> str:
    """What is not stated, by how many projects and which; empty when all is."""
    comma, facts = phrase("format.list_comma", language), []
    for key, ids in balance.missing.items():
        more = [phrase("balance.more", language, count=len(ids) - NAMED)] if len(ids) > NAMED else []
        listed = comma.join([*ids[:NAMED], *more])
        if ids:
            fact = phrase(f"balance.fact.{key}", language)
            facts.append(phrase("balance.missing_fact", language, fact=fact, count=len(ids), ids=listed))
    return phrase("balance.missing", language, facts=comma.join(facts)) if facts else ""


def say_balance(
    balance: Balance, language: str, *, network: Network | None = None, comparison: Comparison | None = None
) -> str:
    """The balance as text for people: measures, groups, policy tests, clusters, what is not stated."""
    projects = format_quantity(balance.measures["projects"], "projects", language)
    amount = format_money(balance.measures["amount"], language, balance.currency)
    parts = [phrase("balance.title", language, projects=projects, amount=amount)]
    if balance.basis == "projects":
        parts.append(phrase("balance.shares_of_projects", language))
    parts.append(lay_out(tabulate_measures(balance, language)))
    for dimension in PRINTED:
        titled = tabulate_groups(balance, dimension, language)
        first = titled.columns[0]
        parts.append(lay_out(titled.rename(columns={first: phrase(f"balance.dimension.{dimension}", language)})))
    parts += [lay_out(tabulate_policies(balance, language)), phrase("balance.confirm", language)]
    if len(balance.townships.table):
        parts.append(lay_out(tabulate_townships(balance, language)))
    if network is not None:
        parts.append(say_network(network, language))
        if network.clusters:
            parts.append(lay_out(tabulate_clusters(network, language, currency=balance.currency)))
    if comparison is not None:
        parts.append(lay_out(tabulate_comparison(comparison, language, currency=balance.currency)))
    lost = phrase("format.list_comma", language).join(balance.townships.unmatched)
    parts += [phrase("balance.unmatched", language, names=lost)] if lost else []
    return "\n\n".join(part for part in (*parts, say_missing(balance, language)) if part)


def describe_balance(
    balance: Balance, language: str = "en", *, network: Network | None = None, comparison: Comparison | None = None
) -> dict[str, Any]:
    """The balance as plain values for JSON; sentences in ``language``. Keys: docs/methods.md, section 11."""
    towns = balance.townships
    described: dict[str, Any] = {
        "currency": balance.currency,
        "basis": balance.basis,
        "measures": {key: plain(balance.measures[key]) for key in MEASURES},
        "reasons": dict(balance.reasons),
        "groups": {name: _records(balance.by(name), name, language) for name in DIMENSIONS},
        "mosaic": _rows(balance.mosaic),
        "concentration": _rows(balance.concentration.reset_index(names="dimension")),
        "townships": {
            "county_line": plain(towns.county_line),
            "reason": towns.reason or None,
            "rows": _rows(towns.table),
            "unmatched": towns.unmatched,
        },
        "policies": [_describe_test(test, language) for test in balance.policies],
        "missing": {key: list(ids) for key, ids in balance.missing.items()},
    }
    if len(balance.ledger) <= IN_DEPTH:
        described["marginal"] = _rows(measure_marginal(balance).reset_index(names="project_id"))
    if network is not None:
        described["network"] = describe_network(network, language)
    if comparison is not None:
        described["comparison"] = _describe_comparison(comparison)
    return described


def write_balance(
    balance: Balance,
    suffix: str,
    language: str = "en",
    *,
    network: Network | None = None,
    comparison: Comparison | None = None,
) -> bytes:
    """The balance as a file: ``.json`` and ``.xlsx`` hold all, ``.csv`` and ``.parquet`` the groups."""
    from evaluator.report.export import write_csv, write_json, write_workbook  # noqa: PLC0415 - only for files

    if suffix == ".json":
        return write_json(describe_balance(balance, language, network=network, comparison=comparison))
    groups = _all_groups(balance, language)
    if suffix == ".csv":
        return write_csv(groups)
    if suffix == ".parquet":
        from io import BytesIO  # noqa: PLC0415 - only for parquet

        target = BytesIO()
        groups.to_parquet(target, index=False)
        return target.getvalue()
    sheets: dict[str, pd.DataFrame] = {
        "measures": tabulate_measures(balance, language),
        "groups": groups,
        "policies": tabulate_policies(balance, language),
        "townships": tabulate_townships(balance, language),
    }
    if network is not None:
        sheets["clusters"] = tabulate_clusters(network, language, currency=balance.currency)
    if comparison is not None:
        sheets["comparison"] = tabulate_comparison(comparison, language, currency=balance.currency)
    if len(balance.ledger) <= IN_DEPTH:
        sheets["marginal"] = tabulate_marginal(balance, language)
    return write_workbook({phrase(f"balance.sheet.{key}", language): table for key, table in sheets.items()})


def _all_groups(balance: Balance, language: str) -> pd.DataFrame:
    """Every dimension in one table, numbers as numbers."""
    parts = []
    for name in DIMENSIONS:
        table = balance.by(name)
        part = table[table["projects"] > 0].rename(columns=lambda key: phrase(f"balance.column.{key}", language))
        part.insert(
            0, phrase("balance.column.group", language), [say_balance_group(name, str(k), language) for k in part.index]
        )
        part.insert(0, phrase("balance.column.dimension", language), phrase(f"balance.dimension.{name}", language))
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def _describe_test(test: PolicyTest, language: str) -> dict[str, Any]:
    keys = ("key", "result", "found", "low", "high", "needed", "ceiling")
    said = {"name": say_setting(f"balance.{test.key}", language), "basis": say_basis(test, language)}
    dated = {"year": test.year or None, "place": test.place or None, "missing": list(test.missing)}
    return {**{key: plain(getattr(test, key)) for key in keys}, **dated, **said}


def _describe_comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "measures": _rows(comparison.measures.reset_index(names="measure")),
        "groups": {name: _rows(table.reset_index(names="group")) for name, table in comparison.groups.items()},
        "steps": _rows(comparison.steps),
        "policies": _rows(comparison.policies.reset_index(names="key")),
        "added": list(comparison.added),
        "removed": list(comparison.removed),
        "changed": list(comparison.changed),
        "same_currency": comparison.same_currency,
    }


def _records(table: pd.DataFrame, dimension: str, language: str) -> list[dict[str, Any]]:
    met = table[table["projects"] > 0].reset_index(names="group")
    return [{**row, "name": say_balance_group(dimension, str(row["group"]), language)} for row in _rows(met)]


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): plain(value) for key, value in row.items()} for row in table.to_dict("records")]


def _titled(rows: Sequence[tuple[str, ...]], columns: tuple[str, ...], language: str) -> pd.DataFrame:
    titles = [phrase(f"balance.column.{column}", language) for column in columns]
    return pd.DataFrame(rows, columns=titles, dtype=object)
