"""The balance of a list in one sentence: how it is spread, what lasts, what is flagged, which tests are not met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluator.language import phrase
from evaluator.report.balanced import say_balance_group
from evaluator.report.numbers import format_money, format_number, format_percent, format_share, is_missing
from evaluator.report.terms import say_setting

if TYPE_CHECKING:
    from evaluator.balance import Balance, Comparison

TESTS_NAMED = 2
MOSTLY = 0.5


def say_balance_finding(balance: Balance, language: str) -> str:
    """One sentence without its full stop; empty for a list of which nothing can be said."""
    return phrase("format.sentence_join", language).join(
        part
        for part in (
            _say_spread(balance, language),
            _say_lasting(balance, language),
            _say_tests(balance, language),
        )
        if part
    )


def say_headline(balance: Balance, language: str) -> str:
    """The first sentence of the portfolio page: what the list is, how it is spread and what fails; with full stop."""
    join = phrase("format.sentence_join", language)
    if not len(balance.ledger):
        return phrase("balance.reason.no_projects", language)
    parts = [_say_spread(balance, language), _say_flagged(balance, language), _say_tests(balance, language)]
    said = join.join(part for part in parts if part)
    return _sentence(said or phrase("balance_finding.nothing", language), language)


def say_townships(balance: Balance, language: str) -> str:
    """Who receives most and least for each poor household beside the county's line; why not where it is not known."""
    towns = balance.townships
    if towns.reason:
        return phrase(f"balance.reason.{towns.reason}", language)
    first, last = towns.table.iloc[0], towns.table.iloc[-1]
    if len(towns.table) == 1:
        money = format_money(float(towns.county_line), language, balance.currency)
        return phrase("balance_finding.one_township", language, township=first["township"], money=money)
    return phrase(
        "balance_finding.townships",
        language,
        most=first["township"],
        least=last["township"],
        high=format_money(float(first["per_household"]), language, balance.currency),
        low=format_money(float(last["per_household"]), language, balance.currency),
        county=format_money(float(towns.county_line), language, balance.currency),
    )


def say_mosaic(balance: Balance, language: str) -> str:
    """What the mosaic shows: the cell with most funds, and the one with most flagged funds."""
    cells = balance.mosaic
    by_funds = balance.basis == "amount"
    size, flagged = ("amount", "flagged_amount") if by_funds else ("projects", "flagged")
    whole = float(cells[size].sum())
    if not whole > 0:
        return phrase("balance_finding.nothing", language)
    largest = cells.iloc[int(cells[size].to_numpy(float).argmax())]
    of = _of(balance)
    said = phrase(
        f"balance_finding.cell{of}",
        language,
        industry=say_balance_group("industry", str(largest["industry"]), language),
        horizon=phrase(f"balance_finding.horizon.{largest['horizon']}", language),
        share=format_share(float(largest[size]) / whole, language),
    )
    worst = cells.iloc[int(cells[flagged].to_numpy(float).argmax())]
    if not float(worst[flagged]) > 0:
        return said
    more = phrase(
        f"balance_finding.flagged_cell{of}",
        language,
        industry=say_balance_group("industry", str(worst["industry"]), language),
        horizon=phrase(f"balance_finding.horizon.{worst['horizon']}", language),
    )
    return phrase("format.sentence_join", language).join([said, more])


def say_largest_group(balance: Balance, dimension: str, language: str, *, by: str = "amount") -> str:
    """The group of a dimension with most funds, projects or households, and its share."""
    table = balance.by(dimension)
    whole = float(table[by].sum())
    known = table.drop(index="unknown", errors="ignore")
    if not whole > 0 or not float(known[by].sum()) > 0:
        return phrase("balance_finding.unknown_groups", language)
    at = int(known[by].to_numpy(float).argmax())
    return phrase(
        f"balance_finding.group.{by}",
        language,
        group=say_balance_group(dimension, str(known.index[at]), language),
        share=format_share(float(known[by].iloc[at]) / whole, language),
    )


def say_steps(comparison: Comparison, language: str, *, currency: str = "CNY") -> str:
    """Which industry gains most and which loses most from A to B; without full stop."""
    steps = comparison.steps.iloc[1:-1].set_index("group")["change"].astype(float)
    said = []
    for key, change in (("gains", steps.max()), ("loses", -steps.min())):
        if change > 0:
            group = steps.idxmax() if key == "gains" else steps.idxmin()
            industry = say_balance_group("industry", str(group), language)
            money = format_money(float(change), language, currency)
            said.append(phrase(f"balance_finding.{key}", language, industry=industry, money=money))
    return phrase("format.sentence_join", language).join(said) or phrase("balance_finding.no_steps", language)


def say_tests(balance: Balance, language: str) -> str:
    """How many policy tests that apply here are met, not met, and cannot be told; without full stop."""
    results = [test.result for test in balance.policies if test.result != "not_here"]
    counts = {key: results.count(key) for key in ("pass", "fail", "cannot_tell")}
    return phrase("pages.tests.finding", language, held=len(results), **counts)


def _say_spread(balance: Balance, language: str) -> str:
    types, by_industry = balance.measures["effective_types"], balance.by_industry
    known = by_industry[~by_industry.index.isin(["unknown", "other"])]
    parts = []
    if not is_missing(types):
        parts.append(
            phrase(f"balance_finding.types{_of(balance)}", language, types=format_number(types, language, decimals=1))
        )
    if len(known) and float(known["share"].iloc[0]) > 0:
        largest = say_balance_group("industry", str(known.index[0]), language)
        share = format_share(float(known["share"].iloc[0]), language)
        key = "largest" if balance.basis == "amount" else "largest_projects"
        parts.append(phrase(f"balance_finding.{key}", language, industry=largest, share=share))
    return phrase("balance_finding.comma", language).join(parts)


def _of(balance: Balance) -> str:
    """Ending of the phrases for shares that are of projects, where no amount is known."""
    return "" if balance.basis == "amount" else "_projects"


def _say_flagged(balance: Balance, language: str) -> str:
    """The share flagged; where nothing is flagged and most cannot be judged, that: it is no clean bill."""
    flagged, unjudged = (balance.measures[key] for key in ("flagged_share", "unjudged_share"))
    if is_missing(flagged):
        return ""
    open_yet = not flagged > 0 and unjudged > MOSTLY
    key, share = ("unjudged", unjudged) if open_yet else ("flagged", flagged)
    return phrase(f"balance_finding.{key}{_of(balance)}", language, share=format_share(share, language))


def _say_lasting(balance: Balance, language: str) -> str:
    long = balance.measures["long_share"]
    if is_missing(long):
        return ""
    years = format_number(balance.settings.long_years, language)
    return phrase(f"balance_finding.lasting{_of(balance)}", language, share=format_share(long, language), years=years)


def _say_tests(balance: Balance, language: str) -> str:
    held = [test for test in balance.policies if test.result != "not_here"]
    failed = [test for test in held if test.result == "fail"]
    if not held:
        return ""
    if failed:
        comma = phrase("format.list_comma", language)
        named = comma.join(
            phrase(
                "balance_finding.test",
                language,
                test=say_setting(f"balance.{test.key}", language),
                found=format_percent(test.found, language),
            )
            for test in failed[:TESTS_NAMED]
        )
        return phrase("balance_finding.failed", language, failed=len(failed), held=len(held), named=named)
    told = sum(test.result == "pass" for test in held)
    key = "passed" if told == len(held) else "untold"
    return phrase(f"balance_finding.{key}", language, passed=told, untold=len(held) - told, held=len(held))


def _sentence(said: str, language: str) -> str:
    return said[:1].upper() + said[1:] + phrase("format.clause_join", language).strip()
